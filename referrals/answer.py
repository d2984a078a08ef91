"""What a partner may see behind its link: who it is, as far as was agreed, and what to answer."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.course import may_follow
from referrals.models import AnswerLink, Referral
from referrals.states import REASONS_OF, REFUSALS, Happening, Reason, Source, State
from referrals.tokens import hash_of, read_code

#: The three answers that come first; the others are for later.
FIRST = (Happening.ACCEPTED, Happening.UNDER_STUDY, Happening.REFUSED)
#: What a partner said, as it said it.
SAID: dict[str, Promise | str] = {
    Happening.ACCEPTED: _("we nemen het op"),
    Happening.UNDER_STUDY: _("in onderzoek"),
    Happening.REFUSED: _("niet voor ons"),
    Happening.WAITING_LIST: _("op de wachtlijst"),
    Happening.APPOINTMENT: _("er is een afspraak"),
    Happening.ARRIVED: _("aangekomen"),
    Happening.CLOSED: _("afgerond"),
}
#: Where a partner has still to say whether it takes this.
_AT_FIRST = frozenset({State.CONTACTED, State.UNKNOWN})
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Found:
    """A way in that leads somewhere. Once it is `expired` only a new link can be asked for."""

    link: AnswerLink
    referral: Referral
    expired: bool


def find(token: str, *, now: dt.datetime) -> Found | None:
    """None for what never was a link, was stopped, or may not be told any more: all alike."""
    if len(token) > LONGEST_TOKEN:
        return None
    link = AnswerLink.objects.by_hash(hash_of(token)).not_letters().with_referral().first()
    if link is None or link.revoked_at is not None:
        return None
    if not link.referral.may_be_told(timezone.localdate(now)):
        return None
    return Found(link, link.referral, expired=not link.is_live(now))


def find_letter(code: str, month: dt.date, *, now: dt.datetime) -> AnswerLink | None:
    """The letter with this code, printed in this month, that still leads somewhere."""
    link = AnswerLink.objects.by_hash(hash_of(read_code(code))).letters().with_referral().first()
    if link is None or not link.is_live(now) or link.letter_day is None:
        return None
    if link.letter_day.replace(day=1) != month:
        return None
    return link if link.referral.may_be_told(timezone.localdate(now)) else None


@dataclass(frozen=True)
class AnswerPage:
    """Empty texts were not agreed to, or are not known."""

    referral: Referral
    name: str
    phone: str
    language: str
    theme: str
    moves: tuple[Happening, ...]

    @classmethod
    def of(cls, referral: Referral) -> "AnswerPage":
        """No query: the referral comes with its words."""
        household, consent = referral.household, referral.consent
        assert household is not None
        assert consent is not None
        theme = referral.question.theme
        return cls(
            referral=referral,
            name=household.full_name,
            phone=household.phone if consent.tells_phone else "",
            language=household.get_language_display() if consent.tells_language else "",
            theme=theme.name if consent.tells_theme and theme else "",
            moves=may_follow(referral.state, Source.PARTNER),
        )

    @property
    def first(self) -> list[Happening]:
        """The answers that are asked for now; the one that was given last is not asked again, and
        who is further on the way says at most that it is not for them after all.
        """
        asked = FIRST if self.referral.state in _AT_FIRST else (Happening.REFUSED,)
        return [one for one in self.moves if one in asked and one != self.referral.answer]

    @property
    def said(self) -> str:
        """The last answer, in the words of the buttons."""
        return str(SAID.get(self.referral.answer, ""))

    @property
    def dial(self) -> str:
        """The phone number as a phone takes it."""
        return "".join(one for one in self.phone if one in "+0123456789")

    @property
    def may_appoint(self) -> bool:
        return Happening.APPOINTMENT in self.moves

    @property
    def later(self) -> list[Happening]:
        """One tap, further on the way."""
        return [one for one in self.moves if one in {Happening.WAITING_LIST, Happening.ARRIVED}]

    @property
    def results(self) -> tuple[Reason, ...]:
        return REASONS_OF[Happening.CLOSED] if Happening.CLOSED in self.moves else ()

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """To say more exactly why, after "niet voor ons"."""
        if self.referral.state != State.REFUSED:
            return ()
        return tuple(one for one in REFUSALS if one != self.referral.reason)

    @property
    def is_over(self) -> bool:
        return not self.moves
