"""New households that may be one that is there already; only the new ones are compared.

The keys of the search say who comes near: two queries, whatever the number of households.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.duplicates import DuplicateFinder
from people.models import Household, Member, NameKey
from people.names import normalise
from people.search_keys import sound
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.households import EIGHT_WEEKS, households
from reviews.sources.source import Item, Look, Source

#: The newest so many are compared, with at most so many that sound alike.
NEWEST, MOST_ALIKE = 40, 600


def _new(look: Look) -> QuerySet[Any]:
    rows = households(look).unrestricted().entered_since(look.days_ago(EIGHT_WEEKS))
    return rows.annotate(about_day=TruncDate("created_at"))


def _of_new(rows: Sequence[Any], look: Look) -> list[Item]:
    finder = _near(rows, look)
    found = []
    for row in rows:
        alike = finder.find(
            first_name=row.first_name,
            last_name=row.last_name,
            phone=row.phone,
            adults=row.adults,
            children=row.children,
            exclude=row,
        )
        # Of two new ones the newer says it.
        older = [one for one in alike if one.household and one.household.pk < row.pk]
        if older:
            numbers = ", ".join(str(one.household.number) for one in older if one.household)
            found.append(
                Item(
                    subject_id=row.pk,
                    about_day=row.about_day,
                    since=row.about_day,
                    number=row.number,
                    words=_("Lijkt op klant %(numbers)s") % {"numbers": numbers},
                    detail=", ".join(str(reason.label) for reason in older[0].reasons),
                    when=words.on(row.about_day),
                    url="people:household",
                    url_id=row.pk,
                )
            )
    return found


def _near(rows: Sequence[Any], look: Look) -> DuplicateFinder:
    """Knows whoever shares a word by sound, or the phone, with one of these."""
    finder = DuplicateFinder()
    if not rows:
        return finder
    near = set(_sounding_like(rows, look)) | {row.pk for row in rows}
    phones = {row.phone for row in rows if row.phone}
    known = households(look)
    finder.add_households(
        known.filter(Q(pk__in=near) | Q(phone__in=phones)),
        Member.objects.visible_to(look.membership).filter(household__in=near),
    )
    return finder


def _sounding_like(rows: Iterable[Any], look: Look) -> Iterable[int]:
    names = (f"{row.first_name} {row.last_name}" for row in rows)
    heard = {sound(word) for name in names for word in normalise(name)} - {""}
    if not heard:
        return []
    # From the whole word on: "!" is the first sign after the space that ends it.
    starts = [Q(key__gte=f"{one} ", key__lt=f"{one}!") for one in sorted(heard)]
    keys = NameKey.objects.filter(
        reduce(or_, starts), stek=look.stek, kind=NameKey.Kind.SOUND
    ).order_by()
    return keys.values_list("household_id", flat=True).distinct()[:MOST_ALIKE]


DUPLICATE = Source(
    kind=Kind.DUPLICATE,
    explained=gettext_lazy(
        "Nieuw in de laatste 8 weken, en het lijkt op een huishouden dat er al was."
    ),
    all=Household.objects.visible_to,
    rows=_new,
    items=_of_new,
    sifts=NEWEST,
)
