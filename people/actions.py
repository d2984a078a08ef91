"""What can be done with a household; every verb is atomic and audited. Its access is apart."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from people.cards import new_token
from people.models import LAST_NUMBER, DuplicatePair, Household, Member
from people.rights import EraseReason
from people.search import rebuild_keys
from places.models import Stek
from places.sensitive import clean_name

#: What is compared with other households; a change asks to compare it anew.
COMPARED = frozenset({"first_name", "last_name", "phone", "adults", "children"})
#: So many laptops may reach for the same next number at one moment; each round one gets it.
AT_ONCE = 25


class MergedMeanwhile(Exception):
    """It turned out to be another household, to which everything of it moved: nothing was done."""


class OtherBody(Exception):
    """A form key came back with other content: two different things under one key."""


class EditedMeanwhile(Exception):
    """Somebody else saved this row first; `current` is how it stands now."""

    def __init__(self, current: Household) -> None:
        self.current = current
        super().__init__("edited meanwhile")


class NumberTaken(Exception):
    """The customer number that somebody chose is already of another household."""


def next_number(stek: Stek) -> int:
    """The number after the highest that was ever given, so that no number changes hands."""
    households = Household.objects.of_stek(stek)
    number = (households.aggregate(highest=Max("number"))["highest"] or 0) + 1
    if number <= LAST_NUMBER:
        return number
    # Somebody chose the last number there is: go on with the first that was never given.
    given = set(households.values_list("number", flat=True))
    return next(number for number in range(1, LAST_NUMBER) if number not in given)


def create_household(
    *,
    stek: Stek,
    first_name: str,
    last_name: str,
    adults: int,
    children: int,
    request_id: UUID,
    by: User,
    number: int | None = None,
    phone: str = "",
    language: str = "",
) -> Household:
    """Enter a household; without a number it gets the next one.

    The same `request_id` again returns what was made the first time; with another name or size
    it raises `OtherBody`. A chosen number that is in use raises `NumberTaken`.
    """
    body = {
        "first_name": clean_name(first_name),
        "last_name": clean_name(last_name),
        "adults": adults,
        "children": children,
    }
    chosen = number
    # Laptops may reach for the same next number: the constraint says so, and we take another.
    for attempt in range(AT_ONCE):
        try:
            with transaction.atomic():
                household = Household(
                    stek=stek,
                    number=chosen or next_number(stek),
                    phone=phone,
                    language=language,
                    request_id=request_id,
                    created_by=by,
                    **body,
                )
                household.save(force_insert=True)
                rebuild_keys(household)
                record("create", on=household, by=by)
                return household
        except IntegrityError as error:
            earlier = Household.objects.made_by_request(request_id)
            if earlier is not None:
                if earlier.stek_id != stek.pk or any(
                    getattr(earlier, name) != value for name, value in body.items()
                ):
                    raise OtherBody from None
                return earlier
            if is_key_elsewhere(error):
                raise OtherBody from None
            if chosen is not None and Household.objects.of_stek(stek).with_number(chosen):
                raise NumberTaken from None
            if attempt == AT_ONCE - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def update_household(
    household: Household, *, changes: dict[str, object], version: int, by: User
) -> Household:
    """Save changed fields, unless somebody saved the row since `version` was read.

    Raises `EditedMeanwhile` then, and `NumberTaken` for a number of another household.
    """
    current = Household.objects.locked(household.pk)
    if current.version != version:
        raise EditedMeanwhile(current)
    changed = [name for name, value in changes.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name in changed:
        setattr(current, name, changes[name])
    current.version += 1
    current.to_compare += bool(COMPARED & set(changed))
    try:
        with transaction.atomic():
            current.save(update_fields=[*changed, "version", "to_compare"])
    except IntegrityError:
        if "number" not in changed:
            raise
        raise NumberTaken from None
    if {"first_name", "last_name"} & set(changed):
        rebuild_keys(current)
    record("update", on=current, by=by, fields=changed)
    return current


@transaction.atomic
def replace_card(household: Household, *, lost: str, by: User) -> Household:
    """Give a new card; the lost one stops working at once. A second press changes nothing more."""
    current = Household.objects.locked(household.pk)
    if current.card == lost:
        current.card = new_token()
        current.save(update_fields=["card"])
        record("replace_card", on=current, by=by, fields=["card"])
    return current


@transaction.atomic
def add_member(
    household: Household, *, first_name: str, last_name: str, request_id: UUID, by: User
) -> Member:
    """Name another person who may come for this household; the same key again adds nobody."""
    member, made = Member.objects.get_or_create(
        request_id=request_id,
        defaults={
            "household": household,
            "first_name": clean_name(first_name),
            "last_name": clean_name(last_name),
        },
    )
    if member.household_id != household.pk:
        raise OtherBody
    if made:
        rebuild_keys(household)
        Household.objects.compare_again(household.pk)
        record("add_member", on=household, by=by)
    return member


@transaction.atomic
def remove_member(member: Member, *, by: User) -> Household:
    """Take a person off the household; their name goes at once, nothing refers to it."""
    household = member.household
    member.delete()
    rebuild_keys(household)
    Household.objects.compare_again(household.pk)
    record("remove_member", on=household, by=by)
    return household


@transaction.atomic
def forget_identity(household: Household, *, by: User | None, reason: EraseReason) -> Household:
    """Take name, members, phone and language away for good; number and sizes stay.

    The card in somebody's pocket leads nowhere any more. `by` is None when the term is over.
    Erasing somebody everywhere is `stek.erasure.erase_household`, which holds the row.
    """
    Member.objects.of_household(household).delete()
    household.first_name = household.last_name = household.phone = household.language = ""
    household.card = new_token()
    household.erased_at = timezone.now()
    household.eraser, household.erased_reason = by, reason
    household.restricted_at, household.restricted_by = None, None
    household.restricted_reason = ""
    household.version += 1
    household.save()
    rebuild_keys(household)
    DuplicatePair.objects.of_household(household.pk).delete()
    # The log holds no values; why it was done is a code, and says nothing about anybody.
    record("erase", on=household, by=by, fields=[f"reason_{reason}"])
    return household
