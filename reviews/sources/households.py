"""Households that ask for a look: new, incomplete, not seen, whose access or time here ends."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Household
from people.querysets import HouseholdQuerySet
from reviews.kinds import Kind
from reviews.leaving import LEAVES_WITHIN, Leaves, came_after, last_visit, leaving
from reviews.sources import words
from reviews.sources.source import Item, Look, Source

#: A household is new, or not seen, for so many days.
EIGHT_WEEKS = 56


def households(look: Look) -> HouseholdQuerySet:
    return Household.objects.visible_to(look.membership).in_use()


def _item(row: Any, *, since: dt.date, said: str, **more: Any) -> Item:
    return Item(
        subject_id=row.pk,
        about_day=row.about_day,
        since=since,
        number=row.number,
        words=said,
        url="people:household",
        url_id=row.pk,
        **more,
    )


# --- new, and incomplete ---


def _new(look: Look) -> QuerySet[Any]:
    """Those of a list that was read in are known."""
    rows = households(look).entered_since(look.days_ago(EIGHT_WEEKS))
    return rows.filter(source_import__isnull=True).annotate(about_day=TruncDate("created_at"))


def _of_new(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        _item(
            row,
            since=row.about_day,
            said=_("Nieuw huishouden"),
            detail=words.size(row.adults, row.children),
            when=words.on(row.about_day),
        )
        for row in rows
    ]


NEW = Source(
    kind=Kind.NEW,
    explained=gettext_lazy("Ingeschreven in de laatste 8 weken."),
    all=Household.objects.visible_to,
    rows=_new,
    items=_of_new,
)


def _incomplete(look: Look) -> QuerySet[Any]:
    rows = households(look).with_access()
    undecided = Q(access__isnull=True)
    unsent = Q(
        access__referrer__isnull=True,
        access__valid_until__gte=look.today,
        access__ended_at__isnull=True,
    )
    day = Coalesce("access__valid_from", TruncDate("created_at"))
    return rows.filter(undecided | unsent).annotate(about_day=day)


def _of_incomplete(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        _item(
            row,
            since=row.about_day,
            said=_("Geen toeleider ingevuld") if row.access else _("Nog niet beslist over toegang"),
            detail=words.size(row.adults, row.children),
            when=_("sinds %(day)s") % {"day": words.full(row.about_day)},
        )
        for row in rows
    ]


MISSING = Source(
    kind=Kind.MISSING,
    explained=gettext_lazy("Niemand besliste over de toegang, of er staat niet bij wie toeleidde."),
    all=Household.objects.visible_to,
    rows=_incomplete,
    items=_of_incomplete,
)


# --- access that ends ---


def _ending(look: Look) -> QuerySet[Any]:
    rows = Household.objects.visible_to(look.membership)
    soon = rows.expiring(look.today, look.stek.expiring_days).with_referrer()
    return soon.annotate(about_day=F("access__valid_until"))


def _of_ending(rows: Sequence[Any], look: Look) -> list[Item]:
    before = dt.timedelta(days=look.stek.expiring_days)
    return [
        _item(
            row,
            since=row.about_day - before,
            said=_("Toegang tot en met %(day)s") % {"day": words.on(row.about_day)},
            detail=row.access.referrer.name if row.access.referrer else _("zonder toeleider"),
            when=words.on(row.about_day),
            is_late=row.about_day < look.week.last,
        )
        for row in rows
    ]


ENDING = Source(
    kind=Kind.ENDING,
    explained=gettext_lazy("De toegang loopt af en is nog niet verlengd."),
    all=Household.objects.visible_to,
    rows=_ending,
    items=_of_ending,
)


# --- not seen for eight weeks ---


def _unseen(look: Look) -> QuerySet[Any]:
    """With access that runs and a number to call: without those nobody would contact them."""
    since = look.today - dt.timedelta(days=EIGHT_WEEKS)
    running = Q(
        access__valid_from__lte=since,
        access__valid_until__gte=look.today,
        access__ended_at__isnull=True,
        access__suspended_at__isnull=True,
    )
    rows = households(look).with_access().filter(running).exclude(phone="")
    away = rows.exclude(pk__in=came_after(look.stek, since))
    return away.annotate(about_day=Coalesce(last_visit(), F("access__valid_from")))


def _of_unseen(rows: Sequence[Any], look: Look) -> list[Item]:
    return [
        _item(
            row,
            since=row.about_day + dt.timedelta(days=EIGHT_WEEKS),
            said=_("Niet gezien sinds %(day)s") % {"day": words.full(row.about_day)},
            detail=_("toegang tot %(day)s, met telefoon")
            % {"day": words.full(row.access.valid_until)},
            when=words.weeks_since(row.about_day, look.today),
        )
        for row in rows
    ]


UNSEEN = Source(
    kind=Kind.UNSEEN,
    explained=gettext_lazy("Heeft toegang en een telefoonnummer, en kwam 8 weken niet."),
    all=Household.objects.visible_to,
    rows=_unseen,
    items=_of_unseen,
)


# --- leaving the books ---


def _leaving(look: Look) -> QuerySet[Any]:
    """Who is kept longer, or restricted, asks for nothing: the list itself still shows them."""
    rows = leaving(households(look), stek=look.stek, today=look.today)
    return rows.unrestricted().filter(held_until__isnull=True)


def _of_leaving(rows: Sequence[Any], look: Look) -> list[Item]:
    found = []
    for row in rows:
        said = Leaves.of(row, stek=look.stek, today=look.today)
        found.append(
            _item(
                row,
                since=said.day - dt.timedelta(days=LEAVES_WITHIN),
                said=_("Gaat uit de boeken op %(day)s") % {"day": words.full(said.day)},
                detail=said.stays.label if said.stays else said.last_contact,
                when=words.by_when(said.day, look.today),
                is_late=said.day < look.today,
            )
        )
    return found


LEAVING = Source(
    kind=Kind.LEAVING,
    explained=gettext_lazy("De bewaartermijn is over 30 dagen voorbij, of is het al."),
    all=Household.objects.visible_to,
    rows=_leaving,
    items=_of_leaving,
    page="people:leaving",
    page_label=gettext_lazy("Wie gaat eruit, en bewaar langer"),
)
