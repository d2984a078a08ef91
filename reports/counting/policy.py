"""Politiseren: signals, and the structural signals that were handed on and answered."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from policy import tallies
from policy.states import Phase
from policy.tallies import BundleTally, SignalTally
from reports.counted import Tally
from reports.counting.grouping import Parts, figures, fixed, grouped, listed
from visits.period import Period


def count(parts: Parts, period: Period) -> Mapping[int, Mapping[str, Tally]]:
    """Two queries."""
    span = (period.first, period.last)
    signals = listed(tallies.signals(parts, *span), parts)
    bundles = listed(tallies.bundles(parts, *span), parts)
    return {part: _tables(some, bundles[part]) for part, some in signals.items()}


def _tables(rows: list[SignalTally], bundles: list[BundleTally]) -> Mapping[str, Tally]:
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
                "handed_on": sum(row.handed_on for row in bundles),
                "answered": sum(row.answered for row in bundles),
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
