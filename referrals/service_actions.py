"""What can be done with what a partner offers, and with the people to ask for there."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from places.models import Partner
from referrals.directory import same_name
from referrals.models import Contact, Service, ServiceHours
from referrals.partner_actions import NameTaken
from referrals.seen import (
    SERVICE,
    ChangedMeanwhile,
    Hours,
    contact_as_shown,
    mark_of,
    service_as_shown,
)


def create_service(
    partner: Partner, *, details: dict[str, Any], request_id: UUID, by: User
) -> Service:
    """Add something that a partner offers; the same form sent again makes it once.

    Raises `NameTaken`, and `OtherBody` when the key comes back with another name or partner.
    """
    for _attempt in range(2):
        earlier: Service | None = Service.objects.of_stek(partner.stek).made_by_request(request_id)
        if earlier is not None:
            if (earlier.partner_id, earlier.name) != (partner.pk, details["name"]):
                raise OtherBody
            return earlier
        try:
            with transaction.atomic():
                _refuse_name(partner, details["name"])
                service: Service = Service.objects.create(
                    stek_id=partner.stek_id,
                    partner=partner,
                    hsds_id=request_id,
                    **{name: details[name] for name in SERVICE},
                )
                _set_around(service, details, ("themes", "documents", "hours"))
                record("create", on=service, by=by)
                return service
        except NameTaken as taken:
            if taken.other.hsds_id != request_id:
                raise  # else it is this very form, sent twice at one moment
        except IntegrityError:
            continue  # somebody did the same at this moment: the second look sees it
    raise OtherBody


def update_service(service: Service, *, details: dict[str, Any], seen: str, by: User) -> Service:
    """Save what differs, unless somebody saved it since `seen` was shown.

    Raises `ChangedMeanwhile` then, and `NameTaken`.
    """
    try:
        with transaction.atomic():
            return _update(service, details, seen=seen, by=by)
    except IntegrityError:
        _refuse_name(service.partner, details["name"], but=service.pk)
        raise


def _update(service: Service, details: dict[str, Any], *, seen: str, by: User) -> Service:
    current: Service = Service.objects.locked(service.pk)
    shown = service_as_shown(current)
    changed = [name for name, value in details.items() if shown[name] != value]
    if not changed:
        return current
    if mark_of(shown) != seen:
        raise ChangedMeanwhile(current)
    if "name" in changed:
        _refuse_name(current.partner, details["name"], but=current.pk)
    for name in set(changed) & set(SERVICE):
        setattr(current, name, details[name])
    current.version += 1
    current.save()
    _set_around(current, details, changed)
    record("update", on=current, by=by, fields=changed)
    return current


@transaction.atomic
def retire_service(service: Service, *, by: User) -> Service:
    """Offer it no more; referrals keep its name. A second time changes nothing."""
    return _set_retired(service, retired=True, verb="retire", by=by)


@transaction.atomic
def restore_service(service: Service, *, by: User) -> Service:
    """It is offered again."""
    return _set_retired(service, retired=False, verb="restore", by=by)


@transaction.atomic
def add_contact(
    partner: Partner, *, details: dict[str, Any], request_id: UUID, by: User
) -> Contact:
    """Somebody to ask for; the same form sent again adds nobody."""
    contact, made = Contact.objects.get_or_create(
        partner=partner, hsds_id=request_id, defaults=details
    )
    if not made and contact.name != details["name"]:
        raise OtherBody
    if made:
        record("create", on=contact, by=by, stek_id=partner.stek_id)
    return contact


@transaction.atomic
def update_contact(contact: Contact, *, details: dict[str, Any], seen: str, by: User) -> Contact:
    """Save what differs; raises `ChangedMeanwhile` when somebody saved it first."""
    current: Contact = Contact.objects.locked(contact.pk)
    shown = contact_as_shown(current)
    changed = [name for name, value in details.items() if shown[name] != value]
    if not changed:
        return current
    if mark_of(shown) != seen:
        raise ChangedMeanwhile(current)
    for name in changed:
        setattr(current, name, details[name])
    current.save(update_fields=changed)
    record("update", on=current, by=by, stek_id=contact.partner.stek_id, fields=changed)
    return current


@transaction.atomic
def remove_contact(partner: Partner, contact_id: int, *, by: User) -> None:
    """Who left a partner goes at once, name and all: nothing refers to it."""
    gone, _models = Contact.objects.of_partners([partner.pk]).with_id(contact_id).delete()
    if gone:
        record("remove_contact", on=partner, by=by)


def _refuse_name(partner: Partner, name: str, *, but: int | None = None) -> None:
    for other in Service.objects.of_partner(partner.pk):
        if other.pk != but and same_name(other.name, name):
            raise NameTaken(other)


def _set_around(service: Service, details: dict[str, Any], changed: Any) -> None:
    if "themes" in changed:
        service.themes.set(details["themes"])
    if "documents" in changed:
        service.documents.set(details["documents"])
    if "hours" in changed:
        _set_hours(service, details["hours"])


def _set_hours(service: Service, hours: list[Hours]) -> None:
    service.hours.all().delete()
    ServiceHours.objects.bulk_create(
        ServiceHours(
            service=service,
            weekday=weekday,
            opens_at=dt.time.fromisoformat(opens),
            closes_at=dt.time.fromisoformat(closes),
        )
        for weekday, opens, closes in hours
    )


def _set_retired(service: Service, *, retired: bool, verb: str, by: User) -> Service:
    current: Service = Service.objects.locked(service.pk)
    if current.retired != retired:
        current.retired = retired
        current.version += 1
        current.save(update_fields=["retired", "version"])
        record(verb, on=current, by=by, fields=["retired"])
    return current
