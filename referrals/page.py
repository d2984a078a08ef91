"""What the pages of referrals show: one with its timeline, the list, the board."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, OutgoingMail
from accounts.roles import RECORD
from places.models import Partner
from referrals.course import may_follow
from referrals.figure import KnownOutcomes
from referrals.mails import TO_PARTNER, last_mail
from referrals.models import Referral, ReferralStep
from referrals.querysets import ReferralQuerySet
from referrals.states import KNOWN, OPEN, OVER, REASONS_OF, Happening, Reason, Source, State
from referrals.step_actions import FIXED

#: Days after which an open one is old: green until the first, amber until the second.
AGES = (10, 30)
#: The most that stand in one column of the board.
BOARD_ROWS = 15


@dataclass(frozen=True)
class Move:
    """A step that somebody may note now; `reasons` is empty when none is asked."""

    what: Happening
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Line:
    """A referral in a list, with how long it has been waiting."""

    referral: Referral
    days: int
    #: Of the one button that it may have.
    key: UUID = field(default_factory=uuid4)

    @property
    def who(self) -> str:
        """The number of the household, never a name."""
        if self.referral.household is None:
            return _("zonder naam")
        return _("klant %(number)s") % {"number": self.referral.household.number}

    # Not `get_..._display`: for each row that puts all choices of the field into words.
    @property
    def state(self) -> str:
        return str(State(self.referral.state).label)

    @property
    def more(self) -> str:
        """Why it ended, or the last word of the partner while it waits."""
        if self.referral.reason:
            return str(Reason(self.referral.reason).label)
        if self.referral.answer and self.referral.state == State.CONTACTED:
            return str(Happening(self.referral.answer).label)
        return ""

    @property
    def since(self) -> str:
        if self.days == 0:
            return _("vandaag")
        return ngettext("%(days)s dag", "%(days)s dagen", self.days) % {"days": self.days}

    @property
    def age(self) -> str:
        """The class of its badge; none once we know what came of it."""
        if not self.referral.is_open or self.referral.state in KNOWN:
            return ""
        first, second = AGES
        return "ok" if self.days < first else "warn" if self.days < second else "off"


def line_of(referral: Referral, now: dt.datetime) -> Line:
    return Line(referral, (now - referral.state_at).days)


@dataclass(frozen=True)
class Page:
    """One referral: what happened, what may be noted now, and what was agreed to."""

    referral: Referral
    steps: tuple[ReferralStep, ...]
    moves: tuple[Move, ...]
    may_be_told: bool
    can_undo: bool
    keeps_record: bool
    #: So long nobody said anything that "onbekend" is proposed.
    is_unheard: bool
    #: The newest mail to the partner about it.
    mail: OutgoingMail | None

    @classmethod
    def of(cls, referral: Referral, membership: Membership, *, now: dt.datetime) -> "Page":
        """Three queries; `referral` comes `with_words`."""
        steps = tuple(referral.steps.select_related("by"))
        moves = () if referral.is_voided else may_follow(referral.state, Source.TEAM)
        return cls(
            referral=referral,
            steps=steps,
            moves=tuple(Move(what, REASONS_OF.get(what, ())) for what in moves),
            may_be_told=referral.may_be_told(timezone.localdate(now)),
            can_undo=referral.may_be_undone(by=membership.user, now=now),
            keeps_record=membership.role in RECORD,
            is_unheard=_unheard(membership, now).with_id(referral.pk).exists(),
            mail=last_mail(referral),
        )

    @property
    def quick_moves(self) -> list[Move]:
        """Those that need no more than a tap, and are not proposed above."""
        elsewhere = {Happening.APPOINTMENT} | ({Happening.UNKNOWN} if self.is_unheard else set())
        return [one for one in self.moves if not one.reasons and one.what not in elsewhere]

    @property
    def reasoned_moves(self) -> list[Move]:
        return [one for one in self.moves if one.reasons]

    @property
    def may_appoint(self) -> bool:
        return any(one.what == Happening.APPOINTMENT for one in self.moves)

    @property
    def waits_for_contact(self) -> bool:
        return self.referral.state in {State.PROPOSED, State.CONSENTED}

    @property
    def can_strike_last(self) -> bool:
        """Whether the last step can be taken away; the contact itself can't."""
        last = next((one for one in reversed(self.steps) if one.struck_at is None), None)
        return last is not None and last.what not in FIXED and not self.referral.is_voided

    @property
    def last_step(self) -> ReferralStep | None:
        return next((one for one in reversed(self.steps) if one.struck_at is None), None)


@dataclass(frozen=True)
class Filters:
    """What the list was narrowed to; unknown words in the address are as if they were not there."""

    show: str = "open"
    state: str = ""
    partner: int = 0
    silent: bool = False
    mail: bool = False
    unheard: bool = False

    @classmethod
    def of(cls, query: dict[str, str]) -> "Filters":
        state, show, partner = (query.get(name, "") for name in ("stand", "toon", "partner"))
        is_id = partner.isascii() and partner.isdigit() and len(partner) < 19
        return cls(
            show=show if show in {"open", "over", "all"} else "open",
            state=state if state in State.values else "",
            partner=int(partner) if is_id else 0,
            silent=query.get("zwijgt") == "1",
            mail=query.get("mail") == "1",
            unheard=query.get("onbekend") == "1",
        )

    @property
    def query(self) -> str:
        """The same as part of an address."""
        parts = [
            f"toon={self.show}" if self.show != "open" else "",
            f"stand={self.state}" if self.state else "",
            f"partner={self.partner}" if self.partner else "",
            "zwijgt=1" if self.silent else "",
            "mail=1" if self.mail else "",
            "onbekend=1" if self.unheard else "",
        ]
        return "&".join(filter(None, parts))


def listed(membership: Membership, filters: Filters, *, now: dt.datetime) -> ReferralQuerySet:
    """The rows of the list, the newest first; a queryset, to be paged."""
    rows = Referral.objects.visible_to(membership).counted().unrestricted().for_lines()
    if filters.mail:
        rows = rows.mail_did_not_leave(TO_PARTNER)
    elif filters.unheard:
        rows = rows.unheard_since(_unheard_before(membership, now))
    elif filters.silent:
        rows = rows.unanswered_since(now - dt.timedelta(days=membership.stek.remind_days))
    elif filters.state:
        rows = rows.in_state(filters.state)
    elif filters.show != "all":
        rows = rows.in_states(OPEN if filters.show == "open" else OVER)
    if filters.partner:
        rows = rows.to_partner(filters.partner)
    return rows


@dataclass(frozen=True)
class Overview:
    """What stands above the list where it begins, and not above a narrowed one: it is about all."""

    known: KnownOutcomes
    #: Of how many the mail did not leave, or perhaps not.
    mails_left_behind: int
    #: Of how many "onbekend" is proposed.
    unheard: int

    @classmethod
    def of(cls, membership: Membership, *, now: dt.datetime) -> "Overview":
        """Three queries."""
        mine = Referral.objects.visible_to(membership).counted()
        return cls(
            known=KnownOutcomes.of(membership.stek, now=now),
            mails_left_behind=mine.mail_did_not_leave(TO_PARTNER).count(),
            unheard=_unheard(membership, now).count(),
        )


def _unheard(membership: Membership, now: dt.datetime) -> ReferralQuerySet:
    rows: ReferralQuerySet = Referral.objects.visible_to(membership)
    return rows.unheard_since(_unheard_before(membership, now))


def _unheard_before(membership: Membership, now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(days=membership.stek.unknown_days)


@dataclass(frozen=True)
class Column:
    """One state of the board; `more` are not shown."""

    state: State
    lines: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def board(membership: Membership, *, now: dt.datetime) -> list[Column]:
    """The open ones by state, the oldest first; two queries per column."""
    mine = Referral.objects.visible_to(membership).counted().unrestricted()
    counts = mine.counts_by_state()
    return [
        Column(
            state,
            tuple(
                line_of(row, now)
                for row in mine.in_state(state).for_lines().oldest_first()[:BOARD_ROWS]
            ),
            counts.get(state, 0),
        )
        for state in OPEN
    ]


def partners_of(membership: Membership) -> list[Partner]:
    return list(Partner.objects.of_stek(membership.stek))
