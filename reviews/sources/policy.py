"""What waits on the way to policy: signals to sort, structural signals that stand still."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policy.models import Bundle, Signal
from policy.states import Phase
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.source import Item, Look, Source

#: A structural signal that stands still longer than this is asked for.
STANDS_STILL = 28  # days
LONGEST = 90  # letters of a line


def _short(text: str) -> str:
    return str(Truncator(text).chars(LONGEST))


def _loose(look: Look) -> QuerySet[Any]:
    rows = Signal.objects.visible_to(look.membership).counted().loose()
    return rows.select_related("theme").annotate(about_day=TruncDate("noted_at"))


def _of_signals(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        Item(
            subject_id=row.pk,
            about_day=(noted := timezone.localtime(row.noted_at).date()),
            since=noted,
            words=_short(row.bottleneck),
            detail=" · ".join(
                filter(None, [row.theme.name if row.theme else "", str(row.get_phase_display())])
            ),
            when=words.weeks_since(noted, look.today),
            url="signals:list",
            anchor=f"signaal-{row.pk}",
        )
        for row in rows
    ]


SIGNAL = Source(
    kind=Kind.SIGNAL,
    explained=gettext_lazy("Een signaal dat nog in geen bundel zit."),
    all=Signal.objects.visible_to,
    rows=_loose,
    items=_of_signals,
)


def _standing_still(look: Look) -> QuerySet[Any]:
    rows = Bundle.objects.visible_to(look.membership).open().select_related("theme")
    still = Q(phase_at__lt=look.days_ago(STANDS_STILL))
    answered = Q(answer_at__isnull=False, phase__in=(Phase.HANDED_ON, Phase.DECISION))
    since = TruncDate(Coalesce("answer_at", "phase_at"))
    return rows.filter(still | answered).annotate(about_day=since)


def _of_bundles(rows: Sequence[Any], look: Look) -> list[Item]:
    return [_bundle(row, look) for row in rows]


def _bundle(row: Any, look: Look) -> Item:
    day = timezone.localtime(row.answer_at or row.phase_at).date()
    if row.answer_at is not None:
        detail, since = _("Er kwam een antwoord: ga verder, of koppel terug."), day
    else:
        phase = _("%(phase)s op %(day)s, en sindsdien niets")
        detail = phase % {"phase": row.get_phase_display(), "day": words.on(day)}
        since = day + dt.timedelta(days=STANDS_STILL + 1)
    return Item(
        subject_id=row.pk,
        about_day=day,
        since=since,
        words=_short(row.title),
        detail=detail,
        when=words.weeks_since(day, look.today),
        url="signals:bundle",
        url_id=row.pk,
    )


BUNDLE = Source(
    kind=Kind.BUNDLE,
    explained=gettext_lazy("Een structureel signaal dat 4 weken stilstaat, of een antwoord kreeg."),
    all=Bundle.objects.visible_to,
    rows=_standing_still,
    items=_of_bundles,
)
