"""Two households side by side, before they are merged: what each says, and what would move."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_help.models import Question
from people.eligibility import Standing
from people.likeness import name_likeness
from people.models import Consent, DuplicatePair, Household, Member
from people.names import normalise
from people.pair_list import reasons_of
from people.standing import standing_of
from people.templatetags.households import access_badge, household_size
from reviews.kinds import OF_HOUSEHOLDS
from reviews.models import Decision
from stek.merge_moves import ACCESSES, DECISIONS, MEMBERS, MESSAGES, VISITS, model_and_field
from visits.models import Message, Visit

QUESTIONS = "forms_help.Question.visit"
#: What is counted on each side, in the order of the page.
COUNTED = {
    VISITS: gettext_lazy("bezoeken"),
    QUESTIONS: gettext_lazy("vragen"),
    "forms_help.FollowUp.household": gettext_lazy("opvolgingen"),
    "referrals.Referral.household": gettext_lazy("doorverwijzingen"),
    MESSAGES: gettext_lazy("berichten"),
    "people.Consent.household": gettext_lazy("toestemmingen"),
    ACCESSES: gettext_lazy("beslissingen over toegang"),
    "referrals.InboundReferral.household": gettext_lazy("aanvragen van toeleiders"),
    MEMBERS: gettext_lazy("leden"),
    DECISIONS: gettext_lazy("beslissingen in de week"),
}
#: What is chosen, in the order of the page.
LABELS = {
    "name": gettext_lazy("Naam"),
    "phone": gettext_lazy("Telefoon"),
    "language": gettext_lazy("Taal"),
    "size": gettext_lazy("Gezin"),
    "access": gettext_lazy("Toegang"),
}
#: Below this two names are of two people, who may both come.
SAME_PERSON = 0.8


@dataclass(frozen=True)
class Side:
    """One of both, with what the page says of it."""

    household: Household
    standing: Standing
    members: tuple[Member, ...]
    counts: dict[str, int]
    last_day: dt.date | None

    @property
    def visits(self) -> int:
        return self.counts[VISITS]

    @property
    def texts(self) -> dict[str, str]:
        """What there is to choose, as the page says it."""
        one = self.household
        return {
            "name": one.full_name,
            "phone": one.phone,
            "language": one.get_language_display(),
            "size": str(household_size(one.adults, one.children)),
            "access": access_text(self.standing),
        }


@dataclass(frozen=True)
class Choice:
    """One thing to choose between both, as the page asks it."""

    name: str
    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


@dataclass(frozen=True)
class Change:
    """What somebody saw of one of both, and what stands there now."""

    number: int
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Row:
    """How many of one kind each has."""

    label: str
    one: int
    other: int

    @property
    def together(self) -> int:
        return self.one + self.other


@dataclass(frozen=True)
class MergePage:
    """`warnings` are the rules that will decide something for these two, in words."""

    one: Side
    other: Side
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    pair: DuplicatePair | None

    @classmethod
    def of(cls, one: Household, other: Household, *, today: dt.date) -> "MergePage":
        """A constant number of queries; both come with their access and their STEK."""
        counts = _counts(one, other)
        seen = Visit.objects.last_days([one.pk, other.pk])
        sides = [
            Side(
                household=household,
                standing=standing_of(household, day=today, stek=household.stek),
                members=tuple(household.members.all()),
                counts=counts[household.pk],
                last_day=seen.get(household.pk),
            )
            for household in (one, other)
        ]
        return cls(
            one=sides[0],
            other=sides[1],
            rows=tuple(
                Row(str(label), sides[0].counts[key], sides[1].counts[key])
                for key, label in COUNTED.items()
                if sides[0].counts[key] or sides[1].counts[key]
            ),
            warnings=tuple(_warnings(one, other)),
            pair=DuplicatePair.objects.between(one.pk, other.pk).first(),
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        return reasons_of(self.pair) if self.pair else ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        one, other = self.one.texts, self.other.texts
        return tuple(
            Choice(name, str(label), one[name], other[name]) for name, label in LABELS.items()
        )

    @property
    def texts(self) -> dict[str, list[str]]:
        return {choice.name: [choice.one, choice.other] for choice in self.choices}

    def changed(self, seen: dict[str, list[str]]) -> tuple[Change, ...]:
        """Where both differ from what somebody saw."""
        sides = (self.one.household.number, self.other.household.number)
        return tuple(
            Change(number, str(LABELS[name]), was, now)
            for name, before in seen.items()
            for number, was, now in zip(sides, before, self.texts[name], strict=True)
            if was != now
        )

    def suggested(self) -> dict[str, Any]:
        """What is filled in: the number that people use most, and the fullest of everything."""
        one, other = self.one, self.other
        first, second = (one, other) if one.visits >= other.visits else (other, one)

        def fuller(name: str) -> int:
            use = first if getattr(first.household, name) else second
            return int(use.household.pk)

        access = max((first, second), key=lambda side: _worth(side.standing))
        return {
            "keep": first.household.pk,
            "name": first.household.pk,
            "phone": fuller("phone"),
            "language": fuller("language"),
            "size": first.household.pk,
            "access": access.household.pk,
            "also_member": not _one_person(one.household, other.household),
        }


def access_text(standing: Standing) -> str:
    """As the badge says it."""
    return " ".join(strip_tags(access_badge(standing)).split())


def _worth(standing: Standing) -> tuple[bool, dt.date]:
    return standing.may_shop, standing.valid_until or dt.date.min


def _one_person(one: Household, other: Household) -> bool:
    names = [(tuple(normalise(h.first_name)), tuple(normalise(h.last_name))) for h in (one, other)]
    return name_likeness(names[0], names[1])[0] >= SAME_PERSON


def _counts(one: Household, other: Household) -> dict[int, dict[str, int]]:
    """One query for each kind."""
    ids = (one.pk, other.pk)
    counts = {pk: dict.fromkeys(COUNTED, 0) for pk in ids}
    rows: QuerySet[Any]
    for key in COUNTED:
        if key == QUESTIONS:
            rows, name = Question.objects.filter(visit__household__in=ids), "visit__household"
        elif key == DECISIONS:
            about = Decision.objects.about(OF_HOUSEHOLDS).filter(stek=one.stek_id)
            rows, name = about.filter(subject_id__in=ids), "subject_id"
        else:
            model, name = model_and_field(key)
            rows = model._base_manager.filter(**{f"{name}__in": ids})
        for pk, number in rows.order_by().values_list(name).annotate(n=Count("pk")):
            counts[pk][key] = number
    return counts


def _warnings(one: Household, other: Household) -> list[str]:
    """Three queries."""
    ids = (one.pk, other.pk)
    once = Visit.objects.counted().filter(household__in=ids, repeated=False)
    openings = once.order_by().values("opening").annotate(n=Count("pk")).filter(n=2).count()
    said = []
    if openings:
        said.append(
            _(
                "Op %(days)s dag(en) waren beide er. Die bezoeken blijven allebei geteld: "
                "een ervan als tweede bezoek van die dag."
            )
            % {"days": openings}
        )
    waiting = Message.objects.waiting().filter(household__in=ids)
    if len(waiting) == 2:
        said.append(
            _(
                "Bij beide wacht een bericht. Alleen dat van het nummer dat blijft, komt aan de "
                "balie. Geef het andere eerst door als het belangrijk is."
            )
        )
    said += _consents(one, other)
    return said


def _consents(one: Household, other: Household) -> list[str]:
    """A partner that one of both withdrew from, and the other did not."""
    given: dict[str, list[set[int]]] = {}
    rows = Consent.objects.filter(household__in=(one.pk, other.pk)).select_related("partner")
    for consent in rows:
        kinds = given.setdefault(consent.partner.name, [set(), set()])
        kinds[0 if consent.withdrawn_at is None else 1].add(consent.household_id)
    return [
        _(
            "Voor %(partner)s is de toestemming bij een van beide ingetrokken en bij de andere "
            "niet. Vraag de bezoeker wat geldt, en trek ze anders eerst in."
        )
        % {"partner": partner}
        for partner, (live, withdrawn) in sorted(given.items())
        if live and withdrawn - live
    ]
