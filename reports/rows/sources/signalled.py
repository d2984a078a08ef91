"""The rows behind politiseren."""

from django.db.models import F
from django.db.models.functions import Coalesce

from forms_help.models import Theme
from policy.states import Phase
from reports.rows.sources.place import Behind, Place, one_of, rows, words_of_row


def _policy(place: Place, row: str) -> Behind:
    one_of(row, {"signals", "handed_on", "answered"})
    if row == "signals":
        return rows(place.signals())
    return rows(place.bundles("handed_on" if row == "handed_on" else "answered_on"))


def _signals_theme(place: Place, row: str) -> Behind:
    if row == "none":
        return rows(place.signals().filter(theme__isnull=True))
    return rows(place.signals().filter(theme__in=words_of_row(Theme, place, row)))


def _signals_phase(place: Place, row: str) -> Behind:
    one_of(row, Phase.values)
    return rows(
        place.signals()
        .annotate(stands_at=Coalesce("bundle__phase", F("phase")))
        .filter(stands_at=row)
    )


def _signals_visitors(place: Place, row: str) -> Behind:
    one_of(row, {"with", "without"})
    return rows(place.signals().filter(with_visitors=row == "with"))


TABLES = {
    "policy": _policy,
    "signals_theme": _signals_theme,
    "signals_phase": _signals_phase,
    "signals_visitors": _signals_visitors,
}
