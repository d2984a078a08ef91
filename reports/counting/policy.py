"""Politiseren: signals, and the structural signals that were handed on and answered."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from policy import tallies
from policy.states import Phase
from policy.tallies import BundleTally, SignalTally
from reports.counted import Tally
from reports.counting.grouping import figures, fixed, grouped, listed
from visits.period import Period


def count(stek_ids: Collection[int], period: Period) -> Mapping[int, Mapping[str, Tally]]:
    """Two queries."""
    rows = tallies.signals(stek_ids, period.first, period.last)
    signals = listed(rows, lambda row: row.stek_id)
    bundles = {b.stek_id: b for b in tallies.bundles(stek_ids, period.first, period.last)}
    nothing = BundleTally(0, 0, 0)
    return {
        stek_id: _tables(signals.get(stek_id, []), bundles.get(stek_id, nothing))
        for stek_id in stek_ids
    }


def _tables(rows: list[SignalTally], bundles: BundleTally) -> Mapping[str, Tally]:
    together = sum(row.signals for row in rows if row.with_visitors)
    everything = sum(row.signals for row in rows)
    return {
        "policy": figures(
            {
                "signals": _("signalen"),
                "handed_on": _("signalen doorgegeven"),
                "answered": _("antwoorden op signalen"),
            },
            {
                "signals": everything,
                "handed_on": bundles.handed_on,
                "answered": bundles.answered,
            },
        ),
        "signals_theme": grouped("signals_theme", ((*_theme(r), r.signals) for r in rows)),
        "signals_phase": fixed(
            "signals_phase",
            dict(Phase.choices),
            {phase: sum(r.signals for r in rows if r.phase == phase) for phase in Phase},
        ),
        "signals_visitors": fixed(
            "signals_visitors",
            {"with": _("samen met bezoekers"), "without": _("zonder bezoekers")},
            {"with": together, "without": everything - together},
        ),
    }


def _theme(row: SignalTally) -> tuple[str, str]:
    if not row.theme:
        return "none", _("zonder thema")
    return row.theme_key or f"name:{row.theme.casefold()}", row.theme
