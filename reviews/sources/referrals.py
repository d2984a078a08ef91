"""What waits between us and others: referrals, partners that are silent, requests of referrers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import COORDINATION
from referrals.models import InboundReferral, Referral
from referrals.states import State
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.source import Item, Look, Source

#: Longer than this is long.
WAITS = 7  # days


def _local(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _not_contacted(look: Look) -> QuerySet[Any]:
    rows = Referral.objects.visible_to(look.membership).counted().unrestricted().for_lines()
    waiting = rows.in_states((State.PROPOSED, State.CONSENTED))
    old = waiting.filter(state_at__lt=look.days_ago(WAITS))
    return old.annotate(about_day=TruncDate("state_at"))


def _of_waiting(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        _referral(
            row,
            since=_local(row.state_at) + dt.timedelta(days=WAITS + 1),
            said=_("Nog geen contact met %(partner)s"),
            when=words.weeks_since(_local(row.state_at), look.today),
        )
        for row in rows
    ]


def _referral(row: Any, *, since: dt.date, said: str, when: str) -> Item:
    theme = row.question.theme.name if row.question.theme else ""
    state = _("%(state)s sinds %(day)s") % {
        "state": row.get_state_display(),
        "day": words.on(_local(row.state_at)),
    }
    return Item(
        subject_id=row.pk,
        about_day=_local(row.state_at),
        since=since,
        number=row.household.number if row.household else None,
        words=said % {"partner": row.partner.name},
        detail=" · ".join(filter(None, [theme, state])),
        when=when,
        url="referrals:referral",
        url_id=row.pk,
    )


WAITING = Source(
    kind=Kind.WAITING,
    explained=gettext_lazy("Voorgesteld of met toestemming, en al meer dan 7 dagen geen contact."),
    all=Referral.objects.visible_to,
    rows=_not_contacted,
    items=_of_waiting,
)


def _silent(look: Look) -> QuerySet[Any]:
    rows = Referral.objects.visible_to(look.membership).unrestricted().for_lines()
    quiet = rows.unanswered_since(look.now - dt.timedelta(days=look.stek.silent_days))
    return quiet.annotate(about_day=TruncDate("state_at"))


def _of_silent(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        _referral(
            row,
            since=_local(row.state_at) + dt.timedelta(days=look.stek.silent_days),
            said=_("%(partner)s liet niets weten"),
            when=words.weeks_since(_local(row.state_at), look.today),
        )
        for row in rows
    ]


SILENT = Source(
    kind=Kind.SILENT,
    explained=gettext_lazy("Een partner die na de herinnering nog niets liet weten."),
    all=Referral.objects.visible_to,
    rows=_silent,
    items=_of_silent,
)


def _requests(look: Look) -> QuerySet[Any]:
    rows = InboundReferral.objects.visible_to(look.membership).waiting().oldest_first()
    old = rows.filter(requested_at__lt=look.days_ago(WAITS))
    return old.annotate(about_day=TruncDate("requested_at"))


def _of_requests(rows: Sequence[Any], look: Look) -> list[Item]:
    decides = look.membership.role in COORDINATION
    return [
        Item(
            subject_id=row.pk,
            about_day=_local(row.requested_at),
            since=_local(row.requested_at) + dt.timedelta(days=WAITS + 1),
            words=_("%(who)s vroeg toegang") % {"who": row.link.referrer.name},
            detail=" · ".join(
                [
                    words.size(row.adults, row.children),
                    _("beslis erover") if decides else _("een coördinator beslist"),
                ]
            ),
            when=words.weeks_since(_local(row.requested_at), look.today),
            url="inbound:list" if decides else "",
        )
        for row in rows
    ]


REQUEST = Source(
    kind=Kind.REQUEST,
    explained=gettext_lazy("Een toeleider vroeg toegang, en wacht al meer dan 7 dagen."),
    all=InboundReferral.objects.visible_to,
    rows=_requests,
    items=_of_requests,
)
