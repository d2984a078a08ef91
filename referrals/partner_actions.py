"""What can be done with a partner: keep it, look whether it still holds, retire it."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from forms_help.models import Theme
from people.actions import OtherBody
from places.models import Partner, Stek
from referrals.directory import Checked, same_name
from referrals.models import PartnerCheck
from referrals.seen import ChangedMeanwhile, mark_of, partner_as_shown


class NameTaken(Exception):
    """There is one with this name already, perhaps in other capitals; `other` is that one."""

    def __init__(self, other: Any) -> None:
        self.other = other
        super().__init__("name taken")


def create_partner(*, stek: Stek, details: dict[str, Any], request_id: UUID, by: User) -> Partner:
    """Add a partner; the same form sent again returns what was made the first time.

    Raises `NameTaken`, and `OtherBody` when the key comes back with another name.
    """
    for _attempt in range(2):
        if earlier := _of_request(stek, request_id):
            if earlier.name != details["name"]:
                raise OtherBody
            return earlier
        try:
            with transaction.atomic():
                _refuse_name(stek, details["name"])
                values = {name: value for name, value in details.items() if name != "themes"}
                partner: Partner = Partner.objects.create(stek=stek, hsds_id=request_id, **values)
                _set_themes(partner, details["themes"])
                record("create", on=partner, by=by)
                return partner
        except NameTaken as taken:
            if taken.other.hsds_id != request_id:
                raise  # else it is this very form, sent twice at one moment
        except IntegrityError:
            continue  # somebody did the same at this moment: the second look sees it
    raise OtherBody


def update_partner(partner: Partner, *, details: dict[str, Any], seen: str, by: User) -> Partner:
    """Save what differs, unless somebody saved it since `seen` was shown.

    Raises `ChangedMeanwhile` then, and `NameTaken`.
    """
    try:
        with transaction.atomic():
            return _update(partner, details, seen=seen, by=by)
    except IntegrityError:
        _refuse_name(partner.stek, details["name"], but=partner.pk)
        raise


def _update(partner: Partner, details: dict[str, Any], *, seen: str, by: User) -> Partner:
    current: Partner = Partner.objects.locked(partner.pk)
    shown = partner_as_shown(current)
    changed = [name for name, value in details.items() if shown[name] != value]
    if not changed:
        return current
    if mark_of(shown) != seen:
        raise ChangedMeanwhile(current)
    if "name" in changed:
        _refuse_name(current.stek, details["name"], but=current.pk)
    for name in changed:
        if name != "themes":
            setattr(current, name, details[name])
    current.save()
    if "themes" in changed:
        _set_themes(current, details["themes"])
    record("update", on=current, by=by, fields=changed)
    return current


@transaction.atomic
def retire_partner(partner: Partner, *, by: User) -> Partner:
    """Offer it no more; what was referred to it stays. A second time changes nothing."""
    return _set_retired(partner, retired=True, verb="retire", by=by)


@transaction.atomic
def restore_partner(partner: Partner, *, by: User) -> Partner:
    """It takes part again."""
    return _set_retired(partner, retired=False, verb="restore", by=by)


@transaction.atomic
def check_partner(partner: Partner, *, by: User) -> PartnerCheck:
    """Somebody looked, and what we say still holds; once a day is enough."""
    current: Partner = Partner.objects.locked(partner.pk)
    last = PartnerCheck.objects.of_partner(current).first()
    if last is not None and Checked.of(last, today=timezone.localdate()).is_today:
        return last
    check: PartnerCheck = PartnerCheck.objects.create(
        partner=current, checked_at=timezone.now(), checked_by=by
    )
    record("check_partner", on=current, by=by)
    return check


@transaction.atomic
def take_back_check(partner: Partner, *, by: User) -> bool:
    """Who tapped by mistake takes the check of today away again."""
    current: Partner = Partner.objects.locked(partner.pk)
    last = PartnerCheck.objects.of_partner(current).first()
    if not Checked.of(last, today=timezone.localdate()).may_be_taken_back_by(by):
        return False
    assert last is not None
    last.delete()
    record("take_back_check", on=current, by=by)
    return True


def _of_request(stek: Stek, request_id: UUID) -> Partner | None:
    found: Any = Partner.objects.of_stek(stek).made_by_request(request_id)
    return found


def _refuse_name(stek: Stek, name: str, *, but: int | None = None) -> None:
    for other in Partner.objects.of_stek(stek):
        if other.pk != but and same_name(other.name, name):
            raise NameTaken(other)


def _set_themes(partner: Partner, themes: list[int]) -> None:
    """The relation is kept with the theme."""
    mine = Theme.partners.through.objects.filter(partner=partner)
    mine.exclude(theme_id__in=themes).delete()
    there = set(mine.values_list("theme_id", flat=True))
    Theme.partners.through.objects.bulk_create(
        Theme.partners.through(theme_id=theme, partner_id=partner.pk)
        for theme in themes
        if theme not in there
    )


def _set_retired(partner: Partner, *, retired: bool, verb: str, by: User) -> Partner:
    current: Partner = Partner.objects.locked(partner.pk)
    if current.retired != retired:
        current.retired = retired
        current.save(update_fields=["retired"])
        record(verb, on=current, by=by, fields=["retired"])
    return current
