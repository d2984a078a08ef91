"""Two STEKs with rows of every kind that figures could trip over, drawn from a seed.

Days lie from September 2025 into January 2027: around New Year, week 53, both nights on which the
clock changes, and 29 March to 1 April.
"""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from forms_help.models import HelpType, Theme
from forms_help.outcomes import Outcome, QuestionVoidReason, UnmetReason
from people.models import Household
from places.models import Partner, Stek
from places.purposes import Purpose
from policy.models import Bundle
from policy.states import KNOWN_OUTSIDE, OF_BUNDLE, Phase
from policy.states import VoidReason as SignalVoidReason
from referrals.models import Referral
from referrals.states import KNOWN, Channel, State, Warmth
from tests import factories
from visits.eligibility import VoidReason
from visits.models import Activity, Visit

FIRST, LAST = dt.date(2025, 9, 1), dt.date(2027, 1, 20)
EDGES = [
    dt.date(2025, 10, 26), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 3, 28),
    dt.date(2026, 3, 29), dt.date(2026, 3, 31), dt.date(2026, 4, 1), dt.date(2026, 6, 30),
    dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2026, 10, 26), dt.date(2026, 12, 28),
    dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 1, 3), dt.date(2027, 1, 4),
]  # fmt: skip
#: Of the local day: just after midnight, in the hour that the clock skips or repeats, at the end.
HOURS = [dt.time(0), dt.time(0, 30), dt.time(2, 30), dt.time(13, 45), dt.time(23, 30)]
WEEK = dt.timedelta(days=7)
#: After the contact: on both sides of thirty days.
LATER = [
    dt.timedelta(0), dt.timedelta(days=12), dt.timedelta(days=29, hours=23, minutes=59),
    dt.timedelta(days=30), dt.timedelta(days=30, minutes=1), dt.timedelta(days=45),
]  # fmt: skip


@dataclass
class Book:
    """What the rows of one STEK refer to."""

    stek: Stek
    rng: random.Random
    by: User
    households: list[Household]
    #: They come seldom.
    rare: list[Household]
    themes: list[Theme]
    helps: list[HelpType]
    partners: list[Partner]

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def struck(self, chance: float, reasons: list[str]) -> dict[str, object]:
        """The fields of a row that was struck out, now and then."""
        if not self.maybe(chance):
            return {}
        reason = self.rng.choice(reasons)
        return {"voided_at": timezone.now(), "voided_by": self.by, "void_reason": reason}

    def moment(self) -> dt.datetime:
        day = self.rng.choice(EDGES) if self.maybe(0.4) else self.day()
        return timezone.make_aware(dt.datetime.combine(day, self.rng.choice(HOURS)))

    def day(self) -> dt.date:
        return FIRST + dt.timedelta(days=self.rng.randrange((LAST - FIRST).days))


def two_steks(seed: int) -> list[Stek]:
    """Themes have a key in both with another name, or a name of their own; partners are spelt in
    two ways; in the second STEK some tables stay empty.
    """
    rng = random.Random(seed)
    made = []
    for name, size in (("Kalmthout", 14), ("Essen", 4)):
        stek = factories.stek(name)
        book = Book(
            stek=stek,
            rng=rng,
            by=factories.user(),
            households=[
                factories.household(stek, adults=rng.randint(0, 2), children=rng.randint(1, 4))
                for _number in range(size)
            ],
            rare=[factories.household(stek) for _number in range(size)],
            themes=[
                factories.theme(stek, f"wonen {name}", key="housing"),
                factories.theme(stek, "energie", key="energy", retired=True),
                factories.theme(stek, "Tuin"),
                factories.theme(stek, f"{name.lower()} alleen", retired=True),
            ],
            helps=[
                factories.help_type(stek, f"brief {name}", key="letter"),
                factories.help_type(stek, "gebeld"),
                factories.help_type(stek, "Gebeld", retired=True),
            ],
            partners=[
                factories.partner(stek, "CAW" if name == "Essen" else "Caw"),
                factories.partner(stek, "OCMW"),
                factories.partner(stek, "LIGO", retired=True),
            ],
        )
        _visits(book, days=30 if size > 4 else 8)
        _activities(book)
        _signals(book)
        made.append(stek)
    return made


def _visits(book: Book, *, days: int) -> None:
    rng = book.rng
    chosen = {*rng.sample(EDGES, min(days // 2, len(EDGES))), *(book.day() for _n in range(days))}
    for day in chosen:
        opening = factories.opening(book.stek, day, by=book.by, closed=book.maybe(0.8))
        for household in rng.sample(book.households, rng.randint(0, len(book.households) // 2)):
            for repeated in (False, True) if book.maybe(0.2) else (False,):
                _asked(book, _visit(book, opening, household, repeated=repeated))
        for _number in range(rng.randint(0, 3)):
            _asked(book, _visit(book, opening, None))
        if book.maybe(0.3):
            _question(book, None, opening=opening)
        # Who comes once, after a visit that was struck out or not.
        for household in rng.sample(book.rare, min(1, len(book.rare))):
            _visit(book, opening, household, **book.struck(0.5, list(VoidReason.values)))


def _visit(book: Book, opening: object, household: Household | None, **fields: object) -> Visit:
    """The size changes from one visit to the next."""
    rng = book.rng
    purposes = rng.sample([purpose.value for purpose in Purpose], rng.randint(0, 3))
    values: dict[str, object] = {
        "adults": rng.randint(1, 3),
        "children": rng.randint(0, 4),
        "first_this_year": book.maybe(0.3),
        **book.struck(0.15, list(VoidReason.values)),
        **fields,
    }
    if book.maybe(0.2):
        values["arrived_at"] = None  # typed in afterwards
    return factories.visit(opening, household, purposes=purposes, by=book.by, **values)


def _asked(book: Book, visit: Visit) -> None:
    for _number in range(book.rng.choice([0, 0, 1, 2])):
        _question(book, visit)


def _question(book: Book, visit: Visit | None, **fields: object) -> None:
    rng = book.rng
    outcome = rng.choice(Outcome.values)
    partner = rng.choice(book.partners) if book.maybe(0.3) else None
    question = factories.question(
        visit,
        rng.choice([None, *book.themes]),
        outcome=outcome,
        unmet_reason=rng.choice(UnmetReason.values) if outcome == "not_solved" else "",
        organisation=partner,
        helper_role=rng.choice([Role.VOLUNTEER, Role.HELPER, Role.COMMUNITY_WORKER]),
        help_types=rng.sample(book.helps, rng.randint(0, 3)),
        by=book.by,
        **book.struck(0.15, list(QuestionVoidReason.values)),
        **fields,
    )
    for partner in rng.sample(book.partners, rng.choice([0, 0, 1, 2])):
        _referral(book, question, partner, visit.household if visit else None)


def _referral(book: Book, question: Any, partner: Partner, household: Any) -> None:
    rng = book.rng
    is_warm = household is not None and book.maybe(0.7)
    state = rng.choice(State.values)
    contacted = None if state in {"proposed", "consented"} else book.moment()
    if state == "dropped_out" and book.maybe(0.4):
        contacted = None
    reasons = {"refused": "full", "closed": "helped", "dropped_out": "no_wish"}
    at = contacted or book.moment()
    Referral.objects.create(
        stek=book.stek,
        question=question,
        household=household,
        partner=partner,
        warmth=Warmth.WARM if is_warm else Warmth.COLD,
        channel=Channel.PHONE if is_warm else Channel.ADDRESS,
        consent=factories.consent(household, partner) if is_warm else None,
        state=state,
        state_at=at,
        reason=reasons.get(state, ""),
        contacted_at=contacted,
        answered_at=at + rng.choice(LATER) if book.maybe(0.6) else None,
        appointment_at=at if state == "appointment" else None,
        outcome_known_at=at + rng.choice(LATER) if state in KNOWN else None,
        created_by=book.by,
        **book.struck(0.15, ["mistake"]),
    )


def _activities(book: Book) -> None:
    for _number in range(15):
        fields: dict[str, object] = {"participants": book.rng.choice([None, 0, 1, 7, 40])}
        if book.maybe(0.2):
            gone = {"cancelled_at": timezone.now(), "cancelled_by": book.by}
            fields = {"participants": None, **gone}
        day = book.rng.choice([*EDGES, book.day()])
        fields |= {
            "kind": book.rng.choice(Activity.Kind.values),
            "organiser": book.rng.choice([None, *book.partners]),
        }
        for _time in range(book.rng.choice([1, 2])):  # two of one kind on a day
            factories.activity(book.stek, day, by=book.by, **fields)


def _bundle(book: Book) -> Bundle:
    rng, phase = book.rng, book.rng.choice(OF_BUNDLE)
    fields: dict[str, object] = {}
    if phase in KNOWN_OUTSIDE or book.maybe(0.3):
        day = rng.choice([*EDGES, book.day()])
        fields = {"recipient": "gemeente", "handed_on": day}
        if book.maybe(0.5):
            answer = {"answer_at": timezone.now(), "answer_by": book.by}
            fields |= {"answer": "Ja.", "answered_on": day + rng.choice([dt.timedelta(0), WEEK])}
            fields |= answer
    return Bundle.objects.create(
        stek=book.stek,
        title="Wat terugkomt",
        phase=phase,
        phase_at=timezone.now(),
        reason="known" if phase == Phase.NOT_RETAINED else "",
        created_by=book.by,
        **fields,
        **book.struck(0.2, list(SignalVoidReason.values)),
    )


def _signals(book: Book) -> None:
    rng = book.rng
    bundles = [_bundle(book) for _number in range(6)]
    standing = [bundle for bundle in bundles if not bundle.is_voided]
    for _number in range(30):
        bundle = rng.choice(standing) if standing and book.maybe(0.4) else None
        fields: dict[str, object] = {"bundle": bundle}
        if bundle is None:
            phase = rng.choice([Phase.NOTICED, Phase.COLLECTED, Phase.NOT_RETAINED])
            reason = "known" if phase == Phase.NOT_RETAINED else ""
            fields = {"phase": phase, "reason": reason}
        factories.signal(
            book.stek,
            theme=rng.choice([None, *book.themes]),
            with_visitors=book.maybe(0.5),
            noted_at=book.moment(),
            by=book.by,
            **fields,
            **book.struck(0.15, list(SignalVoidReason.values)),
        )
