"""Questions about trusted devices, PINs, and who sits where."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class DeviceQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Any) -> "DeviceQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def trusted(self) -> "DeviceQuerySet":
        return self.filter(revoked_at__isnull=True)

    def with_people(self) -> "DeviceQuerySet":
        """With who trusted and who revoked it at hand; those in use first."""
        rows = self.select_related("created_by", "revoked_by")
        return rows.order_by(F("revoked_at").desc(nulls_first=True), "name")

    def with_secret_hash(self, secret_hash: str) -> Any:
        """The device that holds this secret, with its STEK at hand, or None."""
        return self.trusted().filter(secret_hash=secret_hash).select_related("stek").first()

    def made_by_request(self, request_id: Any) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def note_use(self, pk: int, now: dt.datetime) -> None:
        """Written at most once a minute; not an action, because nobody decides it."""
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - dt.timedelta(minutes=1))
        # A clock that was set back: what lies ahead is stale as well.
        stale |= Q(last_used_at__gt=now + dt.timedelta(minutes=1))
        self.filter(stale, pk=pk).update(last_used_at=now)


class PinQuerySet(models.QuerySet[Any]):
    def usable_on(self, device: Any, today: dt.date) -> "PinQuerySet":
        """Of who holds a role in the device's STEK today; who was here last comes first.

        With the user at hand, and `wrong_here`: wrong tries on this device.
        """
        seat = device.seats.filter(user_id=OuterRef("user_id"))
        rows = self.filter(_role_today(today), user__memberships__stek_id=device.stek_id)
        rows = rows.filter(user__is_active=True).select_related("user")
        rows = rows.annotate(
            wrong_here=Subquery(seat.values("wrong")[:1]),
            used_here=Subquery(seat.values("last_used_at")[:1]),
        )
        return rows.order_by(F("used_here").desc(nulls_last=True), "user__first_name", "id")

    def of_user(self, user_id: int) -> "PinQuerySet":
        return self.filter(user_id=user_id)

    def of_nobody(self, today: dt.date) -> "PinQuerySet":
        """Of who may sign in nowhere any more: the account is closed, or no role is left."""
        with_role = self.model.objects.filter(_role_today(today)).values("pk")
        return self.filter(Q(user__is_active=False) | ~Q(pk__in=with_role))

    def count_try(self, user_id: int, *, below: int) -> bool:
        """One more wrong try, unless there were as many already."""
        return bool(self.filter(user_id=user_id, wrong__lt=below).update(wrong=F("wrong") + 1))

    def give_back_try(self, user_id: int) -> None:
        self.filter(user_id=user_id, wrong__gt=0).update(wrong=F("wrong") - 1)

    def forget_tries(self, user_id: int) -> None:
        self.filter(user_id=user_id, wrong__gt=0).update(wrong=0)


def _role_today(today: dt.date) -> Q:
    """A role of the user of a PIN that has not ended."""
    last_day = "user__memberships__last_day"
    has_role = Q(user__memberships__isnull=False)
    return has_role & (Q(**{f"{last_day}__isnull": True}) | Q(**{f"{last_day}__gte": today}))


class SeatQuerySet(models.QuerySet[Any]):
    def at(self, device_id: int, user_id: int) -> "SeatQuerySet":
        return self.filter(device_id=device_id, user_id=user_id)

    def count_try(self, *, below: int) -> bool:
        return bool(self.filter(wrong__lt=below).update(wrong=F("wrong") + 1))

    def forget_tries(self) -> None:
        self.filter(wrong__gt=0).update(wrong=0)

    def left_before(self, moment: dt.datetime) -> "SeatQuerySet":
        """Where something waits since before this moment."""
        return self.filter(left_at__lt=moment)

    def empty(self) -> int:
        """Nothing waits there any more."""
        return self.exclude(sealed="").update(sealed="", left_at=None)

    def wrong_tries(self) -> int:
        return sum(self.values_list("wrong", flat=True))

    def of_stek(self, stek: models.Model) -> "SeatQuerySet":
        """Where something waits at a laptop of this STEK."""
        return self.exclude(sealed="").filter(device__stek=stek)

    def waiting(self) -> Any:
        """The row where something waits, or None."""
        return self.exclude(sealed="").first()

    def of_device(self, device_id: int) -> "SeatQuerySet":
        return self.filter(device_id=device_id)

    def of_user(self, user_id: int) -> "SeatQuerySet":
        return self.filter(user_id=user_id)
