"""The rows behind the figures, for an export: which columns, and the rows of some openings at a
time, so that no question to the database is long and nobody waits for it.

Left out, asked or not: notes, appointments and places of referrals, who was erased, and what was
struck out. Names and telephone come only when they are asked for.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, ExpressionWrapper, F, Field, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_help.models import Question
from forms_help.outcomes import Outcome, UnmetReason
from people.models import Household
from referrals.models import Referral
from referrals.states import Channel, Reason, State, Warmth
from reports.exports.words import Subject
from reports.files.sheet import Column, Kind
from visits.models import Opening, Visit
from visits.period import Period

#: Openings, or households, whose rows are asked for at once.
AT_ONCE = 100
#: How long it rests after each part, in times that the part took to read and write.
REST = 0.4

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Reader:
    """`keys` are what the rows hang from; `rows` gives those of some of them."""

    keys: list[int]
    rows: Callable[[Sequence[int]], Rows]

    def __len__(self) -> int:
        """Of how many parts."""
        return -(-len(self.keys) // AT_ONCE)

    def parts(self) -> Iterator[list[int]]:
        """The keys of one part after the other. A rest between two leaves the disk, and the
        server of the database, to who stands at the counter.
        """
        for at in range(0, len(self.keys), AT_ONCE):
            start = time.monotonic()
            yield self.keys[at : at + AT_ONCE]
            time.sleep(REST * (time.monotonic() - start))


@dataclass(frozen=True)
class Source:
    """`people` are the columns that say who it is; `read` takes STEKs, period, and whether with
    them.
    """

    columns: tuple[Column, ...]
    people: tuple[Column, ...]
    read: Callable[[Collection[int], Period, bool], Reader]

    def columns_with(self, names: bool) -> tuple[Column, ...]:
        return self.columns + (self.people if names else ())


def _openings(stek_ids: Collection[int], period: Period) -> dict[int, dt.date]:
    """With their day, the first day first."""
    rows = Opening.objects.filter(stek_id__in=stek_ids, day__range=(period.first, period.last))
    return dict(rows.order_by("day", "id").values_list("pk", "day"))


def _number(household: str) -> Case:
    """The customer number of who was not erased."""
    return Case(When(**{f"{household}__erased_at__isnull": True}, then=F(f"{household}__number")))


def _as_stored(yes_no: str) -> ExpressionWrapper:
    """Without Django's way to False and True, which costs SQLite a fifth of the time."""
    return ExpressionWrapper(F(yes_no), output_field=Field())


def _people(names: bool, household: str = "", more: Sequence[str] = ()) -> tuple[Case, ...]:
    """Names; of who is restricted only that it is so, and nothing more."""
    path = f"{household}__" if household else ""
    free = {f"{path}restricted_at__isnull": True}
    said = (Value(_("op beperking")), *[Value("")] * (1 + len(more)))
    fields = ("first_name", "last_name", *more)
    found = [
        Case(When(**free, then=F(f"{path}{field}")), default=instead)
        for field, instead in zip(fields, said, strict=True)
    ]
    return tuple(found) if names else ()


def _visits(stek_ids: Collection[int], period: Period, names: bool) -> Reader:
    """Openings and households are read before: joined to each part they cost more than it."""
    days = _openings(stek_ids, period)
    people = _people(names)
    households = Household.objects.in_use().filter(stek_id__in=stek_ids).order_by()
    known = {pk: told for pk, *told in households.values_list("pk", "number", *people)}
    nobody = [None, *("" for _name in people)]

    def rows(openings: Sequence[int]) -> Iterator[Sequence[Any]]:
        visits = Visit.objects.counted().filter(opening_id__in=openings).order_by()
        fields: tuple[str | Combinable, ...] = (
            *("opening_id", "pk", "household_id", "adults", "children"),
            _as_stored("first_this_year"),
            *map(_as_stored, ("for_grocery", "for_coffee", "for_question", "for_activity")),
        )
        places = {pk: place for place, pk in enumerate(openings)}
        found = sorted(visits.values_list(*fields), key=lambda one: (places[one[0]], one[1]))
        for opening, _pk, household, *rest in found:
            told = known.get(household, nobody)
            yield days[opening], household is not None, told[0], *rest, *told[1:]

    return Reader(list(days), rows)


def _questions(stek_ids: Collection[int], period: Period, names: bool) -> Reader:
    outcomes, reasons = _labels(Outcome), _labels(UnmetReason)

    def rows(openings: Sequence[int]) -> Iterator[Sequence[Any]]:
        found = list(
            Question.objects.counted()
            .filter(opening_id__in=openings)
            .order_by("opening__day", "id")
            .values_list(
                *("pk", "opening__day", "theme__name", "is_chat", "outcome", "unmet_reason"),
                *("minutes", "organisation__name", _number("visit__household")),
                *_people(names, "visit__household"),
            )
        )
        helped = _help_types([row[0] for row in found])
        for key, day, theme, is_chat, outcome, reason, *rest in found:
            about = _("babbel") if is_chat else theme
            why = reasons.get(reason)
            yield day, about, ", ".join(helped[key]), outcomes[outcome], why, *rest

    return Reader(list(_openings(stek_ids, period)), rows)


def _help_types(questions: list[int]) -> dict[int, list[str]]:
    links = Question.help_types.through.objects.filter(question_id__in=questions)
    helped: dict[int, list[str]] = defaultdict(list)
    for question_id, name in links.order_by("id").values_list("question_id", "helptype__name"):
        helped[question_id].append(name)
    return helped


def _referrals(stek_ids: Collection[int], period: Period, names: bool) -> Reader:
    warmths, channels, states, reasons = map(_labels, (Warmth, Channel, State, Reason))

    def rows(openings: Sequence[int]) -> Iterator[Sequence[Any]]:
        found = (
            Referral.objects.counted()
            .filter(question__opening_id__in=openings)
            .order_by("question__opening__day", "id")
            .values_list(
                *("question__opening__day", "question__theme__name", "partner__name"),
                *("service__name", "warmth", "channel", "state", "reason", "contacted_at"),
                *("answered_at", "outcome_known_at", _number("household")),
                *_people(names, "household"),
            )
        )
        for day, theme, partner, service, warmth, channel, state, reason, *moments in found:
            yield (
                *(day, theme, partner, service, warmths[warmth], channels[channel]),
                *(states[state], reasons.get(reason), *map(_day, moments[:3]), *moments[3:]),
            )

    return Reader(list(_openings(stek_ids, period)), rows)


def _households(stek_ids: Collection[int], period: Period, names: bool) -> Reader:
    """Those that came in the period, and were not erased since."""
    days = (period.first, period.last)
    came = Visit.objects.counted().filter(
        opening__stek_id__in=stek_ids, opening__day__range=days, household__isnull=False
    )
    keys = came.order_by("household_id").values_list("household_id", flat=True).distinct()
    visits = Q(visits__voided_at__isnull=True, visits__opening__day__range=days)

    def rows(households: Sequence[int]) -> Rows:
        found = Household.objects.in_use().with_access().filter(pk__in=households)
        return (
            found.annotate(came=Count("visits", filter=visits))
            .order_by("number")
            .values_list(
                *("number", "adults", "children", "language", "access__valid_until"),
                *("access__referrer__name", "came"),
                *_people(names, more=("phone",)),
            )
        )

    return Reader(list(keys), rows)


def _labels(choices: Any) -> dict[str, str]:
    return {key: str(label) for key, label in choices.choices}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def _name_columns() -> tuple[Column, ...]:
    return Column(_("voornaam"), width=18), Column(_("familienaam"), width=22)


def source_of(subject: str) -> Source:
    """Columns have their titles in the language of who asks, so they are made when asked."""
    day = Column(_("dag"), Kind.DAY, 12)
    number = Column(_("klantnummer"), Kind.NUMBER, 14)
    sizes = (Column(_("volwassenen"), Kind.NUMBER), Column(_("kinderen"), Kind.NUMBER))
    theme = Column(_("thema"), width=28)
    if subject == Subject.VISITS:
        purposes = (_("winkel"), _("koffie"), _("vraag"), _("activiteit"))
        columns = (
            day, Column(_("huishouden gekend"), Kind.YES_NO, 18), number, *sizes,
            Column(_("eerste keer dit jaar"), Kind.YES_NO, 19),
            *(Column(name, Kind.YES_NO, 11) for name in purposes),
        )  # fmt: skip
        return Source(columns, _name_columns(), _visits)
    if subject == Subject.QUESTIONS:
        columns = (
            day, theme, Column(_("soort hulp"), width=40), Column(_("resultaat"), width=24),
            Column(_("niet gelukt omdat"), width=26), Column(_("minuten"), Kind.NUMBER, 10),
            Column(_("organisatie"), width=22), number,
        )  # fmt: skip
        return Source(columns, _name_columns(), _questions)
    if subject == Subject.REFERRALS:
        columns = (
            day, theme, Column(_("partner"), width=26), Column(_("aanbod"), width=26),
            Column(_("warm of koud"), width=14), Column(_("hoe"), width=16),
            Column(_("stand"), width=18), Column(_("reden"), width=22),
            Column(_("contact gelegd op"), Kind.DAY, 18), Column(_("antwoord op"), Kind.DAY, 14),
            Column(_("uitkomst bekend op"), Kind.DAY, 19), number,
        )  # fmt: skip
        return Source(columns, _name_columns(), _referrals)
    columns = (
        number, *sizes, Column(_("taal"), width=8), Column(_("toegang tot en met"), Kind.DAY, 19),
        Column(_("toeleider"), width=24), Column(_("bezoeken in de periode"), Kind.NUMBER, 22),
    )  # fmt: skip
    people = (*_name_columns(), Column(_("telefoon"), width=18))
    return Source(columns, people, _households)
