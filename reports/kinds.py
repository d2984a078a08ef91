"""The reports that people really send, each a choice of tables; a coordinator composes others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.catalogue import SPECS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """`leaves_house`: it is made for others, so small numbers are hidden in it."""

    key: str
    name: "StrOrPromise"
    about: "StrOrPromise"
    tables: tuple[str, ...]
    leaves_house: bool = True


_SHARED = tuple(spec.key for spec in SPECS if not spec.inside_only)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "gemeente",
            _("Gemeente"),
            _("Wie er kwam, waarover vragen gingen en wat er met signalen gebeurde."),
            (
                "meet", "visits_month", "visits_purpose", "households_size", "households_seen",
                "persons_age", "first_visits", "learn", "participants_kind", "refer",
                "questions_theme", "questions_outcome", "unmet_reason", "referrals_partner",
                "referrals_known", "policy", "signals_theme", "signals_phase",
            ),
        ),
        Kind("saamo", _("SAAMO"), _("Alle cijfers van de vier functies."), _SHARED),
        Kind(
            "partners",
            _("Partners"),
            _("Wie hielp aan tafel, waarnaar verwezen werd en wat ervan kwam."),
            (
                "meet", "learn", "participants_organiser", "refer", "questions_theme",
                "questions_help", "questions_organisation", "questions_outcome",
                "referrals_partner", "referrals_warmth", "referrals_state", "referrals_known",
                "answer_days", "policy", "signals_theme",
            ),
        ),
        Kind(
            "voedselhulp",
            _("Voedselhulp"),
            _("Hoeveel huishoudens en mensen naar de winkel kwamen, en hoe vaak."),
            (
                "meet", "visits_month", "visits_weekday", "visits_purpose", "visits_named",
                "households_size", "households_seen", "households_often",
                "persons_age", "first_visits",
            ),
        ),
        Kind(
            "team",
            _("Eigen team"),
            _("Alles, ook de kleine getallen: blijft binnen."),
            tuple(spec.key for spec in SPECS),
            leaves_house=False,
        ),
    )
}  # fmt: skip
