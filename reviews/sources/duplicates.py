"""New households that may be one that is there already, from the pairs that `run_due` keeps."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import COORDINATION
from people.models import DuplicatePair, Household
from people.pair_list import reasons_of
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.households import EIGHT_WEEKS, households
from reviews.sources.source import Item, Look, Source


def _pairs(look: Look) -> Any:
    """Of two the newer says it; what somebody said to be two is no pair any more."""
    return DuplicatePair.objects.visible_to(look.membership).open()


def _new(look: Look) -> QuerySet[Any]:
    rows = households(look).unrestricted().entered_since(look.days_ago(EIGHT_WEEKS))
    alike = _pairs(look).order_by().filter(other=OuterRef("pk"))
    return rows.filter(Exists(alike)).annotate(about_day=TruncDate("created_at"))


def _of_new(rows: Sequence[Any], look: Look) -> list[Item]:
    likeliest: dict[int, list[DuplicatePair]] = {}
    for pair in _pairs(look).newest_of(row.pk for row in rows).select_related("one"):
        likeliest.setdefault(pair.other_id, []).append(pair)
    may_merge = look.membership.role in COORDINATION
    return [_item(row, likeliest[row.pk], may_merge) for row in rows if row.pk in likeliest]


def _item(row: Any, pairs: Sequence[DuplicatePair], may_merge: bool) -> Item:
    """A coordinator goes to both side by side, who may not merge to the new one."""
    numbers = ", ".join(str(pair.one.number) for pair in pairs)
    return Item(
        subject_id=row.pk,
        about_day=row.about_day,
        since=row.about_day,
        number=row.number,
        words=_("Lijkt op klant %(numbers)s") % {"numbers": numbers},
        detail=", ".join(reasons_of(pairs[0])),
        when=words.on(row.about_day),
        url="people:pair" if may_merge else "people:household",
        url_id=pairs[0].pk if may_merge else row.pk,
    )


DUPLICATE = Source(
    kind=Kind.DUPLICATE,
    explained=gettext_lazy(
        "Nieuw in de laatste 8 weken, en het lijkt op een huishouden dat er al was."
    ),
    all=Household.objects.visible_to,
    rows=_new,
    items=_of_new,
)
