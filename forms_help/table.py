"""Everything that the table's page shows, gathered once: the line, and who sits in front of you."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass

from accounts.models import Membership
from accounts.roles import FOLLOWING
from forms_help.forms import Offered
from forms_help.lists import Lists
from forms_help.models import FollowUp, Question, QuestionDraft
from forms_help.outcomes import Minutes
from places.models import Stek
from places.planning import planned_days
from visits.line import LineEntry, QueueLine
from visits.models import Opening, Visit

#: Questions that are looked at: of a helper for how long they usually take, of a household for
#: what it came with last.
LOOKED_BACK = 30
#: How far ahead the next opening is looked for; without one a week later will do.
AHEAD = dt.timedelta(days=60)
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One line of the list beside the form."""

    entry: LineEntry
    #: What they said they would bring: "loonbrief, huurcontract"; empty for nothing.
    brings: str
    is_mine: bool
    #: Minutes since the check-in.
    waited: int | None


@dataclass(frozen=True)
class Person:
    """Who sits in front of you; `visit` is None for somebody without a name.

    `last` is what was noted at an earlier visit, as far as this role may see it.
    """

    visit: Visit | None
    row: Row | None
    #: Empty when this STEK shows no names, or there is none.
    first_name: str
    last: Question | None
    noted: tuple[Question, ...]
    #: What is still open, and whether this role may read its text.
    follow_ups: tuple[tuple[FollowUp, bool], ...]
    draft: QuestionDraft | None

    @property
    def is_voided(self) -> bool:
        return self.visit is not None and self.visit.is_voided

    @classmethod
    def of(cls, page: "Table", visit: Visit | None) -> "Person":
        """Three to five queries, and one for their kinds of help and papers each."""
        membership, opening = page.membership, page.opening
        drafts = QuestionDraft.objects.of_user(membership.user).for_place(opening, visit)
        if visit is None:
            return cls(None, None, "", None, (), (), drafts.first())
        visible = Question.objects.visible_to(membership).counted().with_words()
        household = visit.household
        if household is None or household.is_restricted:
            questions, open_ = visible.of_visit(visit), FollowUp.objects.none()
        else:
            questions = visible.of_household(household.pk)
            open_ = FollowUp.objects.of_household(household.pk).open().with_words().by_due()
        latest = list(questions[:LOOKED_BACK])
        return cls(
            visit=visit,
            row=page.row_of(visit.pk),
            first_name=household.first_name if household and page.stek.shows_names else "",
            last=next((one for one in latest if one.is_repeatable_at(visit)), None),
            noted=tuple(one for one in latest if one.visit_id == visit.pk),
            follow_ups=tuple((row, row.may_be_read_by(membership)) for row in open_),
            draft=drafts.first(),
        )


@dataclass(frozen=True)
class Table:
    """`opening` is today's, or the earlier one that somebody of the record completes."""

    membership: Membership
    opening: Opening
    line: QueueLine
    brings: dict[int, str]
    now: dt.datetime

    @classmethod
    def of(cls, membership: Membership, opening: Opening, *, now: dt.datetime) -> "Table":
        """Three queries, whatever the number of visitors."""
        line = QueueLine.of(opening)
        return cls(membership, opening, line, _brought_by(line), now)

    @property
    def stek(self) -> Stek:
        return self.membership.stek

    @property
    def may_follow(self) -> bool:
        return self.membership.role in FOLLOWING and not self.membership.by_pin

    @property
    def note_until(self) -> dt.date:
        """The last day of a note that is written at this opening."""
        return self.opening.day + dt.timedelta(days=self.stek.note_days)

    @property
    def waiting(self) -> list[Row]:
        """Who waits or is being helped, by number; your own first."""
        rows = [self._row(entry) for entry in self.line.in_line]
        return sorted(rows, key=lambda row: not row.is_mine)

    @property
    def others(self) -> list[Row]:
        return [self._row(entry) for entry in self.line.others]

    @property
    def waiting_count(self) -> int:
        return len(self.line.waiting)

    def row_of(self, visit_id: int) -> Row | None:
        entry = self.line.entry_of(visit_id)
        return self._row(entry) if entry else None

    def _row(self, entry: LineEntry) -> Row:
        return Row(
            entry=entry,
            brings=self.brings.get(entry.household_id or 0, ""),
            is_mine=entry.helper_id == self.membership.user_id,
            waited=entry.waited(self.now),
        )


def _brought_by(line: QueueLine) -> dict[int, str]:
    """By household: the papers that open follow-ups speak of."""
    ids = {entry.household_id for entry in line.in_line if entry.household_id}
    rows = FollowUp.objects.of_households(ids).unrestricted().open().papers().by_due()
    brought: dict[int, list[str]] = {}
    for row in rows.prefetch_related("documents"):
        names = [document.name for document in row.documents.all()]
        brought.setdefault(row.household_id or 0, []).extend(names)
    return {household: ", ".join(dict.fromkeys(names)) for household, names in brought.items()}


def offered_to(
    membership: Membership, opening: Opening, *, today: dt.date, nameless: bool
) -> Offered:
    """What the form offers; about thirteen queries, whatever there is."""
    return Offered(
        lists=Lists.of(membership.stek),
        team=tuple(Membership.objects.of_stek(membership.stek).current(today)),
        membership=membership,
        today=opening.day if opening.day > today else today,
        next_opening=next_opening(membership.stek, after=today),
        usual_minutes=usual_minutes(membership),
        nameless=nameless,
    )


def next_opening(stek: Stek, *, after: dt.date) -> dt.date:
    """The first day after this one on which the STEK opens; a week later when none is planned."""
    days = planned_days(stek, after + dt.timedelta(days=1), after + AHEAD)
    return next((day.day for day in days if day.is_open), after + A_WEEK)


def usual_minutes(membership: Membership) -> int:
    """The band that this helper picks most; of two the one picked last."""
    picked = Question.objects.visible_to(membership).latest_minutes_of(membership.user, LOOKED_BACK)
    return Tally(picked).most_common(1)[0][0] if picked else Minutes.TWENTY.value
