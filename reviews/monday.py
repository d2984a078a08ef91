"""The mail on Monday: how much waits, whether the week before was reviewed, and a link.

Nothing in it is about anybody. It is put in once for each colleague and week, and written when it
leaves: when nothing waits any more and the week is reviewed, it is not sent.
"""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import visits.tallies as came
from accounts.models import Membership, OutgoingMail
from accounts.outbox import put_in
from accounts.roles import RECORD
from places.models import Stek
from reviews.inbox import open_counts
from reviews.models import WeekMail, WeekReview
from visits.period import Period, week_of

#: The kind of mail, as `stek.mails` finds the writer.
WEEK = "week"
#: On Monday from this local hour on; later that week for a machine that was off until then.
FROM = dt.time(7)
#: The last weekday on which it still makes sense; Monday is 0.
LAST_WEEKDAY = 1


def put_in_week_mails(now: dt.datetime) -> int:
    """One for each colleague who reviews weeks, has an address and wants it; how many are new."""
    local = timezone.localtime(now)
    if local.weekday() > LAST_WEEKDAY or (local.weekday() == 0 and local.time() < FROM):
        return 0
    week = week_of(local.date()).before()
    refused = WeekMail.objects.refused_by()
    keys = {
        _key(one, week): one
        for one in Membership.objects.current(local.date()).reachable(RECORD)
        if one.pk not in refused
    }
    there = OutgoingMail.objects.keys_among(keys)
    for key in keys.keys() - there:
        one = keys[key]
        put_in(stek=one.stek, kind=WEEK, subject_id=one.pk, key=key, not_before=now)
    return len(keys.keys() - there)


def _key(membership: Membership, week: Period) -> str:
    return f"{WEEK}:{membership.pk}:{week.key}"


def write_week(mail: OutgoingMail) -> EmailMessage | None:
    """None when there is nothing to do, when this colleague left or wants no mail any more, and
    when it waited so long that another week has gone by.
    """
    now = timezone.now()
    people = Membership.objects.current(timezone.localdate(now)).reachable(RECORD)
    membership: Membership | None = people.with_id(mail.subject_id).first()
    if membership is None or not WeekMail.objects.wants(membership):
        return None
    week = Period.parse(mail.key.rpartition(":")[2])
    if week.after() != week_of(timezone.localdate(now)):
        return None
    counts = open_counts(membership, now=now)
    unreviewed = needs_review(membership.stek, week)
    if not counts and not unreviewed:
        return None
    lines = [f"- {kind.label}: {count}" for kind, count in counts.items()]
    waits = ngettext("Er wacht %(n)s ding:", "Er wachten %(n)s dingen:", sum(counts.values()))
    number = {"week": week.first.isocalendar().week}
    parts = [
        _("Dag %(name)s,") % {"name": membership.user.first_name or membership.user.username},
        _("Week %(week)s is nog niet nagekeken.") % number if unreviewed else "",
        "\n".join([waits % {"n": sum(counts.values())}, *lines]) if counts else "",
        f"{settings.PUBLIC_URL}{reverse('reviews:week', args=[week.key])}",
        _("Deze mail zet je zelf uit, met “Mail op maandag” onder de week."),
    ]
    subject = _("%(stek)s: week %(week)s") % {"stek": membership.stek, **number}
    text = "\n\n".join(part for part in parts if part)
    return EmailMessage(subject, f"{text}\n", to=[membership.user.email])


def needs_review(stek: Stek, week: Period) -> bool:
    """The place was open, and nobody reviewed the week; two queries."""
    if WeekReview.objects.of_stek(stek).mondays_reviewed(week.first, week.first):
        return False
    return bool(came.openings([stek.pk], week.first, week.last))
