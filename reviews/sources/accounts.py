"""Accounts that nobody signs in with any more; for the coordinator, who decides on them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.querysets import MembershipQuerySet
from accounts.roles import COORDINATION
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.source import Item, Look, Source

#: Days without signing in.
UNUSED_DAYS = 90


def _of_coordinators(membership: Membership) -> MembershipQuerySet:
    rows: MembershipQuerySet = Membership.objects.of_stek(membership.stek)
    return rows if membership.role in COORDINATION else rows.none()


def _unused(look: Look) -> QuerySet[Any]:
    rows = _of_coordinators(look.membership).current(look.today)
    last = Coalesce("user__last_login", "user__date_joined")
    rows = rows.annotate(last_there=last, about_day=TruncDate(last))
    return rows.filter(last_there__lt=look.days_ago(UNUSED_DAYS))


def _of_accounts(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        Item(
            subject_id=row.pk,
            about_day=row.about_day,
            since=row.about_day,
            words=str(row.user),
            detail=" · ".join((str(row.get_role_display()), _last(row))),
            when=words.weeks_since(row.about_day, look.today),
            url="admin:accounts_user_change",
            url_id=row.user_id,
        )
        for row in rows
    ]


def _last(row: Any) -> str:
    if row.user.last_login is None:
        return _("meldde zich nog nooit aan")
    return _("laatst aangemeld op %s") % words.full(row.about_day)


UNUSED = Source(
    kind=Kind.UNUSED,
    explained=gettext_lazy("Al 90 dagen niet aangemeld. Werkt deze collega hier nog?"),
    all=_of_coordinators,
    rows=_unused,
    items=_of_accounts,
)
