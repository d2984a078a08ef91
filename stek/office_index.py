"""The first page of the office: all that a coordinator keeps, whether Django's admin or a page of
its own holds it, in the order in which it is needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Membership, User
from forms_help.models import Document, HelpType, Theme
from people.models import BudgetRule, Household, HouseholdImport, Referrer
from places.models import ClosingDay, OpeningHours, Partner, Stek
from visits.models import Opening, Visit

#: Of the heading above the terms of keeping, on the page of the settings.
RETENTION_ID = "fieldset-0-4-heading"


@dataclass(frozen=True)
class Page:
    """A page of its own; whoever may open it, finds it here."""

    url: str
    label: str | Promise
    purpose: str | Promise


@dataclass(frozen=True)
class Part:
    """A part of a page of the admin."""

    model: Any
    element_id: str
    label: str | Promise
    purpose: str | Promise


@dataclass(frozen=True)
class Entry:
    """One line, ready to be drawn."""

    url: str
    label: str
    purpose: str


@dataclass(frozen=True)
class Group:
    key: str
    title: str | Promise
    entries: tuple[Entry, ...]


GROUPS: tuple[tuple[str, str | Promise, tuple[Any, ...]], ...] = (
    (
        "colleagues",
        _("Collega's"),
        (
            User,
            Page(
                "accounts:invitations",
                _("Uitnodigingen"),
                _("Nodig iemand uit met een mail, en zie wie nog niet antwoordde."),
            ),
            Page(
                "accounts:devices",
                _("Gedeelde laptops"),
                _("Waar een pincode genoeg is: vertrouw een laptop, of trek hem in."),
            ),
        ),
    ),
    ("open", _("Wanneer open, en met wie"), (OpeningHours, ClosingDay, Partner)),
    (
        "shop",
        _("Winkel"),
        (
            Referrer,
            Page(
                "inbound:list",
                _("Aanvragen van toeleiders"),
                _("Wie toegang vraagt, en met welke link een toeleider dat doet."),
            ),
            BudgetRule,
            Page(
                "people:import_start",
                _("Klantenlijst inlezen"),
                _("Uit een rekenblad, met eerst een voorbeeld."),
            ),
            HouseholdImport,
        ),
    ),
    ("lists", _("Lijsten aan tafel"), (Theme, HelpType, Document)),
    (
        "settings",
        _("Instellingen"),
        (
            Stek,
            Part(
                Stek,
                RETENTION_ID,
                _("Bewaartermijnen"),
                _("Hoelang namen, nota's, doorverwijzingen en het logboek blijven."),
            ),
        ),
    ),
    (
        "privacy",
        _("Privacy"),
        (
            Page(
                "people:leaving",
                _("Gaat uit de boeken"),
                _("Wie binnenkort gewist wordt, en wie langer blijft."),
            ),
            Page(
                "people:duplicates",
                _("Mogelijke dubbels"),
                _("Huishoudens die er misschien twee keer in staan."),
            ),
            Page(
                "people:looked_choose",
                _("Wie keek?"),
                _("Wat een collega bekeek. Bij een huishouden vind je dat op de fiche."),
            ),
            AuditEvent,
            Page(
                "register",
                _("Register van verwerkingen"),
                _("Wat we bijhouden, waarom en hoelang. Om te tonen aan wie het vraagt."),
            ),
            Page(
                "breach",
                _("Datalek"),
                _("Wie zag wat? Om snel te weten wie je moet verwittigen."),
            ),
        ),
    ),
    (
        "figures",
        _("Cijfers naar buiten"),
        (
            Page(
                "reports:consumers",
                _("Afnemers van cijfers"),
                _("Welk programma onze cijfers leest, en met welk token."),
            ),
            Page(
                "reports:raw",
                _("Ruwe gegevens"),
                _("Rijen om zelf te tellen, een dag lang te downloaden."),
            ),
        ),
    ),
    ("look", _("Om in te kijken"), (Household, Opening, Visit)),
    (
        "health",
        _("Loopt alles?"),
        (
            Page(
                "status",
                _("Toestand"),
                _("De laatste back-up, de schijf, de mail en de versie."),
            ),
        ),
    ),
)


def groups_for(request: HttpRequest, offices: Mapping[Any, Any]) -> list[Group]:
    """What this role may open; a group in which nothing is left is not shown."""
    found = [
        Group(key, title, tuple(e for item in items if (e := _entry(request, offices, item))))
        for key, title, items in GROUPS
    ]
    return [group for group in found if group.entries]


def _entry(request: HttpRequest, offices: Mapping[Any, Any], item: Any) -> Entry | None:
    if isinstance(item, Page):
        return _page(request, item)
    model = item.model if isinstance(item, Part) else item
    office = offices[model]
    if not office.has_view_permission(request):
        return None
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    if isinstance(item, Part):
        return Entry(f"{url}#{item.element_id}", str(item.label), str(item.purpose))
    label = capfirst(str(office.label or model._meta.verbose_name_plural))
    return Entry(url, label, str(office.purpose))


def _page(request: HttpRequest, page: Page) -> Entry | None:
    url = reverse(page.url)
    membership: Membership = request.membership  # type: ignore[attr-defined]  # in the office
    if membership.role not in resolve(url).func.allowed_roles:  # type: ignore[attr-defined]  # by `allow`
        return None
    return Entry(url, str(page.label), str(page.purpose))
