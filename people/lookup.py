"""Finding a household in the office: by card, number, phone or name, with its access today."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Membership
from people.cards import looks_like_card, read_token
from people.eligibility import Standing
from people.imports.values import read_phone
from people.models import Household
from people.search import find_households
from people.standing import standing_of

#: Digits from which on a text is a phone rather than a customer number.
PHONE_DIGITS = 8


@dataclass(frozen=True)
class Line:
    """One household that may be meant; `marks` are the pieces of the name, True where typed."""

    household: Household
    standing: Standing
    marks: list[tuple[str, bool]]
    is_member: bool = False
    sounds_like: bool = False


def recognise(text: str, *, membership: Membership) -> Household | None:
    """The one household that a scanned card or a typed number stands for, or None."""
    households = Household.objects.visible_to(membership).in_use()
    if token := read_token(text):
        return households.with_card(token)
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        return households.with_number(int(digits))
    return None


def old_number_of(text: str, household: Household) -> str:
    """What to say when the number or card that was given is of a household merged into this one."""
    token, digits = read_token(text), text.strip()
    if token and token != household.card:
        was = household.absorbed.with_card(token)
    elif not token and digits != str(household.number) and digits.isdigit():
        was = household.absorbed.with_number(int(digits))
    else:
        return ""
    if was is None:
        return ""
    said = _("Nummer %(old)s is samengevoegd met nummer %(number)s.")
    return said % {"old": was.number, "number": household.number}


def look_up(text: str, *, membership: Membership, today: dt.date) -> list[Line]:
    """Who may be meant, best first; a constant number of queries."""
    if looks_like_card(text):  # one that was read well is recognised
        return []
    if _is_phone(text):
        return _with_phone(text, membership, today)
    stek = membership.stek
    hits = find_households(stek=stek, text=text)
    ids = [hit.household_id for hit in hits]
    households = Household.objects.visible_to(membership).in_use().with_access().in_bulk(ids)
    return [
        Line(
            household=households[hit.household_id],
            standing=standing_of(households[hit.household_id], day=today, stek=stek),
            marks=hit.marks,
            is_member=hit.member_id is not None,
            sounds_like=hit.matched == "sound",
        )
        for hit in hits
        if hit.household_id in households
    ]


def why_nobody(text: str) -> str:
    """What to say, and to try, when this finds nobody."""
    if looks_like_card(text):
        return _("Deze kaart is niet goed gelezen of niet van hier. Scan ze nog eens.")
    if _is_phone(text):
        return _("Niemand heeft telefoonnummer %s. Kijk het nummer na, of zoek op naam.") % text
    if text.isdecimal():
        return _("Er is geen klant met nummer %s. Kijk het nummer na, of zoek op naam.") % text
    return _("Niemand gevonden met “%s”. Probeer minder letters, of alleen de familienaam.") % text


def _is_phone(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= PHONE_DIGITS


def _with_phone(text: str, membership: Membership, today: dt.date) -> list[Line]:
    spellings = {text.strip(), read_phone(text.strip()) or text.strip()}
    found = Household.objects.visible_to(membership).in_use().with_access().with_phone(spellings)
    return [
        Line(
            household=household,
            standing=standing_of(household, day=today, stek=membership.stek),
            marks=[(household.full_name, False)],
        )
        for household in found[:8]
    ]
