"""Who may do what in the office (/beheer/), as a literal table over every page of the admin."""

from typing import Any

from django.apps import apps
from django.urls import reverse

from accounts.roles import Role
from tests.access.doors import COORDINATOR, OFFICE

NOBODY: set[Role] = set()
#: By model: who looks, who adds, who changes the row of `office_rows`, and who may delete it.
LISTS: dict[str, tuple[set[Role], set[Role], set[Role], set[Role]]] = {
    "places.stek": (OFFICE, NOBODY, OFFICE, NOBODY),
    # Hours that people have come by only end.
    "places.openinghours": (OFFICE, OFFICE, OFFICE, NOBODY),
    "places.closingday": (OFFICE, OFFICE, OFFICE, OFFICE),
    "places.partner": (COORDINATOR, NOBODY, NOBODY, NOBODY),
    "accounts.user": (OFFICE, OFFICE, OFFICE, NOBODY),
    "accounts.auditevent": (OFFICE, NOBODY, NOBODY, NOBODY),
    "people.household": (COORDINATOR, NOBODY, NOBODY, NOBODY),
    "people.referrer": (OFFICE, OFFICE, OFFICE, NOBODY),
    # A STEK has one rule, and this one has it.
    "people.budgetrule": (OFFICE, NOBODY, OFFICE, NOBODY),
    "people.householdimport": (COORDINATOR, NOBODY, NOBODY, NOBODY),
    "visits.opening": (OFFICE, NOBODY, NOBODY, NOBODY),
    "visits.visit": (COORDINATOR, NOBODY, NOBODY, NOBODY),
    "forms_help.theme": (OFFICE, OFFICE, OFFICE, NOBODY),
    "forms_help.helptype": (OFFICE, OFFICE, OFFICE, NOBODY),
    "forms_help.document": (OFFICE, OFFICE, OFFICE, NOBODY),
}
PAGES = ("changelist", "add", "change", "delete", "history")
#: Pages of the office itself: what they answer to whoever works there, and what stands in the
#: address. The page to sign in only leads to the one of the house, whoever asks.
SITE: dict[str, tuple[set[int], tuple[Any, ...]]] = {
    "admin:index": ({200}, ()),
    "admin:app_list": ({200}, ("places",)),
    "admin:jsi18n": ({200}, ()),
    "admin:login": ({302}, ()),
    "admin:logout": ({302}, ()),
    "admin:password_change": ({302}, ()),
}
#: Without a name: what Django adds behind each list, and at the end for all the rest.
UNNAMED = "admin:None"
#: The directory has pages of its own: the list leads whoever may look there.
LEADS_ELSEWHERE = "places.partner"


def address_of(label: str, page: str, row: Any) -> str:
    name = f"admin:{label.replace('.', '_')}_{page}"
    return reverse(name, args=() if page in {"changelist", "add"} else (row,))


def expected(label: str, page: str, method: str, role: Role, *, own: bool) -> set[int]:
    """What somebody gets who works in the office; a row of elsewhere leads to the first page."""
    looks, adds, changes, deletes = LISTS[label]
    if label == LEADS_ELSEWHERE and page in {"changelist", "change"}:
        return {302} if role in looks else {403}
    if page == "history":
        # Leads to the log, which is there for whoever works in the office, of the own STEK.
        return {302}
    if page == "add":
        return {200} if role in adds else {403}
    if page == "delete":
        # Which row it is says whether it may go, so a list from which some go leads away.
        some_go = deletes or label == "places.openinghours"
        if not own:
            return {302} if some_go else {403}
        return {200} if role in deletes else {403}
    may = changes if page == "change" and method == "POST" else looks
    if role not in may:
        return {403}
    if page == "changelist":
        return {200, 302}
    return {200} if own else {302}


def office_rows(stek: Any, rows: dict[str, Any]) -> dict[str, Any]:
    """One row of each list, in this STEK."""
    known = {
        "places.stek": stek.pk,
        "places.partner": rows["partner"],
        "people.household": rows["household"],
        "visits.visit": rows["visit"],
        "visits.opening": rows["opening"],
        "accounts.user": rows["volunteer"],
    }
    for label in LISTS:
        if label not in known:
            way = "stek_id" if label == "accounts.auditevent" else "stek"
            known[label] = apps.get_model(label).objects.filter(**{way: stek.pk})[0].pk
    return known
