"""What waits after a day: follow-ups that are due, and days that were never closed."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from forms_help.models import FollowUp
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.source import Item, Look, Source
from visits.models import Opening


def _due(look: Look) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.visible_to(look.membership).open().with_words()
    in_time = rows.filter(due__lte=look.week.last, question__voided_at__isnull=True)
    return in_time.annotate(about_day=F("due"))


def _of_follow_ups(rows: Sequence[FollowUp], look: Look) -> list[Item]:
    return [
        Item(
            subject_id=row.pk,
            about_day=row.due,
            since=row.due - dt.timedelta(days=row.due.weekday()),
            number=row.household.number if row.household else None,
            words=_what(row),
            detail=_about(row),
            when=words.by_when(row.due, look.today),
            is_late=row.due < look.today,
            url="forms_help:follow_ups",
            anchor=f"opvolging-{row.pk}",
        )
        for row in rows
    ]


def _what(row: FollowUp) -> str:
    if row.kind == FollowUp.Kind.TASK:
        return row.what or _("Op te volgen")
    papers = ", ".join(document.name for document in row.documents.all()) or row.what
    return _("Brengt mee: %(papers)s") % {"papers": papers} if papers else _("Brengt papieren mee")


def _about(row: FollowUp) -> str:
    theme = row.question.theme.name if row.question.theme else ""
    if row.for_user is not None:
        whom = _("voor %(who)s") % {"who": row.for_user.first_name or row.for_user.username}
    elif row.for_role == Role.HELPER:
        whom = _("voor wie aan tafel zit")
    else:
        whom = _("voor de %(who)s") % {"who": row.get_for_role_display()}
    nameless = "" if row.household else _("zonder naam")
    return " · ".join(filter(None, [theme, nameless, whom]))


FOLLOW_UP = Source(
    kind=Kind.FOLLOW_UP,
    explained=gettext_lazy("Wat deze week gedaan moet zijn, of al eerder."),
    all=FollowUp.objects.visible_to,
    rows=_due,
    items=_of_follow_ups,
)


def _never_closed(look: Look) -> QuerySet[Opening]:
    rows = Opening.objects.visible_to(look.membership).before(look.today)
    return rows.filter(closed_at__isnull=True).annotate(about_day=F("day"))


def _of_openings(rows: Sequence[Opening], look: Look) -> list[Item]:
    return [
        Item(
            subject_id=row.pk,
            about_day=row.day,
            since=row.day,
            words=_("De dag van %(day)s is niet gesloten") % {"day": words.on(row.day)},
            detail=_("Kijk de lijst na en sluit de dag."),
            when=words.weeks_since(row.day, look.today),
            url="visits:close_day",
            url_id=row.pk,
        )
        for row in rows
    ]


OPENING = Source(
    kind=Kind.OPENING,
    explained=gettext_lazy("Een dag die voorbij is en die niemand sloot."),
    all=Opening.objects.visible_to,
    rows=_never_closed,
    items=_of_openings,
)
