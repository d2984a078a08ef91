"""Where questions were referred to, and what came of it: a state of each kind, and open loops."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from forms_help.models import Theme
from forms_help.outcomes import Outcome
from people.eligibility import months_later
from people.models import Consent
from places.models import Partner
from referrals.course import standing_after
from referrals.models import Referral, ReferralStep, Service
from referrals.states import OVER, Channel, Happening, Reason, Source, Warmth
from stek.demo.population import made_key
from stek.demo.table import Noted, Table

#: Share that is warm, when somebody gave a name; of all of them about 70 % is then.
WARM = 0.95
#: Days after which an outcome that nobody heard of is written off.
GIVEN_UP = 66
H, S = Happening, Source
Told = tuple[int, Happening, str, Source]
#: How it went after the contact: (how often, (days later, what, why, who said so) for each step).
STORIES: tuple[tuple[int, tuple[Told, ...]], ...] = (
    (22, ((7, H.REACHED, "", S.VISITOR), (35, H.CLOSED, Reason.HELPED, S.TEAM))),
    (
        16,
        (
            (4, H.APPOINTMENT, "", S.PARTNER),
            (11, H.ARRIVED, "", S.PARTNER),
            (25, H.CLOSED, Reason.HELPED, S.PARTNER),
        ),
    ),
    (
        10,
        (
            (3, H.ACCEPTED, "", S.PARTNER),
            (12, H.ARRIVED, "", S.TEAM),
            (30, H.CLOSED, Reason.PARTLY, S.TEAM),
        ),
    ),
    (5, ((3, H.REFUSED, Reason.FULL, S.PARTNER),)),
    (4, ((2, H.REFUSED, Reason.CONDITIONS, S.PARTNER),)),
    (7, ((7, H.FAILED, Reason.NOT_REACHED, S.VISITOR),)),
    (4, ((14, H.DROPPED_OUT, Reason.NO_WISH, S.TEAM),)),
    (
        6,
        (
            (5, H.WAITING_LIST, "", S.PARTNER),
            (45, H.ARRIVED, "", S.VISITOR),
            (80, H.CLOSED, Reason.HELPED, S.TEAM),
        ),
    ),
    (
        9,
        (
            (10, H.REMINDED, "", S.MACHINE),
            (20, H.SILENT, "", S.MACHINE),
            (60, H.UNKNOWN, "", S.TEAM),
        ),
    ),
    (
        12,
        (
            (7, H.NOT_YET, "", S.VISITOR),
            (14, H.REACHED, "", S.VISITOR),
            (49, H.CLOSED, Reason.PARTLY, S.TEAM),
        ),
    ),
)
#: The latest ones show each state that chance may leave out; None: nothing said since the contact.
LATEST: tuple[Happening | None, ...] = (
    H.PROPOSED,
    H.CONSENTED,
    H.APPOINTMENT,
    H.WAITING_LIST,
    None,
    None,
)


@dataclass
class Step:
    """A step before it is written."""

    what: str
    at: dt.datetime
    reason: str = ""
    source: str = Source.TEAM
    appointment_at: dt.datetime | None = None
    appointment_place: str = ""
    ask_for: str = ""


#: Rows in one statement.
BATCH = 500


def save_referrals(table: Table, *, now: dt.datetime, rng: random.Random) -> None:
    """One for each question that was referred; the partner is one that helps with its theme."""
    wanted = [
        noted
        for noted in table.noted
        if noted.row.outcome == Outcome.REFERRED and noted.row.voided_at is None and noted.theme
    ]
    named = [noted for noted in wanted if noted.household_id][-len(LATEST) :]
    ends = dict(zip((noted.row.request_id for noted in named), LATEST, strict=False))
    partners, services, keys = _partners(table), _services(table), table.keys()
    worker = _worker(table)
    made = Made([], [], [])
    for noted in wanted:
        forced = noted.row.request_id in ends
        warm = noted.household_id is not None and (forced or rng.random() < WARM)
        steps = (
            _forced(noted, ends[noted.row.request_id], now)
            if forced
            else _steps(noted, warm=warm, now=now, rng=rng)
        )
        choice = partners.get(noted.theme) or partners[""]
        referral = _referral(noted, rng.choice(choice), keys, warm=warm, rng=rng)
        referral.service_id = services.get((referral.partner_id, noted.theme))
        made.add(table, referral, steps, by=noted.row.created_by_id, worker=worker, rng=rng)
    made.save()


def _partners(table: Table) -> dict[str, list[Partner]]:
    """By the key of the theme; all of them under the empty one."""
    found: dict[str, list[Partner]] = {"": list(Partner.objects.of_stek(table.stek).in_use())}
    for theme in Theme.objects.of_stek(table.stek).prefetch_related("partners"):
        found[theme.key] = list(theme.partners.all())
    return found


def _services(table: Table) -> dict[tuple[int, str], int]:
    """By partner and the key of a theme: what this partner offers for it."""
    rows = Service.objects.of_stek(table.stek).in_use().prefetch_related("themes")
    return {(one.partner_id, theme.key): one.pk for one in rows for theme in one.themes.all()}


def _worker(table: Table) -> User | None:
    team = Membership.objects.of_stek(table.stek).select_related("user").order_by("pk")
    return next((one.user for one in team if one.role == Role.COMMUNITY_WORKER), None)


def _contact(noted: Noted, *, warm: bool) -> list[Step]:
    start = noted.row.created_at
    first = [Step(H.PROPOSED, start)]
    return first + ([Step(H.CONSENTED, start)] if warm else []) + [Step(H.CONTACTED, start)]


def _steps(noted: Noted, *, warm: bool, now: dt.datetime, rng: random.Random) -> list[Step]:
    """The contact, and of one story what is over by now; who has no name is not heard of again."""
    steps = _contact(noted, warm=warm)
    told = rng.choices([story for _often, story in STORIES], [often for often, _story in STORIES])
    unheard = ((GIVEN_UP, H.UNKNOWN, "", S.TEAM),)
    for days, what, reason, source in told[0] if noted.household_id else unheard:
        moment = noted.row.created_at + dt.timedelta(days=days)
        if moment < now:
            steps.append(_step(what, moment, reason, source))
    return steps


def _step(what: Happening, moment: dt.datetime, reason: str, source: Source) -> Step:
    if what != H.APPOINTMENT:
        return Step(what, moment, reason, source)
    later = (moment + dt.timedelta(days=7)).replace(hour=9, minute=30, second=0, microsecond=0)
    return Step(what, moment, reason, source, appointment_at=later, ask_for="het onthaal")


def _forced(noted: Noted, end: Happening | None, now: dt.datetime) -> list[Step]:
    steps = _contact(noted, warm=True)
    if end == H.PROPOSED:
        return steps[:1]
    if end == H.CONSENTED:
        return steps[:2]
    if end is not None:
        step = _step(end, min(now, noted.row.created_at + dt.timedelta(hours=1)), "", S.PARTNER)
        if step.appointment_at:
            step.appointment_at = _next_morning(now)
        steps.append(step)
    return steps


def _next_morning(now: dt.datetime) -> dt.datetime:
    """Half past nine, two days later or on the Monday after that."""
    later = timezone.localtime(now) + dt.timedelta(days=2)
    later += dt.timedelta(days=max(0, 7 - later.weekday()) if later.weekday() > 4 else 0)
    return later.replace(hour=9, minute=30, second=0, microsecond=0)


def _referral(
    noted: Noted, partner: Partner, keys: Mapping[UUID, int], *, warm: bool, rng: random.Random
) -> Referral:
    channel = rng.choice((Channel.LETTER, Channel.PHONE)) if warm else Channel.ADDRESS
    if warm and partner.email:
        channel = Channel.MAIL
    return Referral(
        question_id=keys[noted.row.request_id],
        household_id=noted.household_id,
        partner=partner,
        warmth=Warmth.WARM if warm else Warmth.COLD,
        channel=channel,
        request_id=made_key(rng),
        created_at=noted.row.created_at,
        created_by_id=noted.row.created_by_id,
    )


@dataclass
class Made:
    """Rows that are written together: one by one they took half the time of a set."""

    consents: list[Consent]
    referrals: list[Referral]
    steps: list[ReferralStep]

    def add(
        self,
        table: Table,
        referral: Referral,
        steps: Sequence[Step],
        *,
        by: int,
        worker: User | None,
        rng: random.Random,
    ) -> None:
        referral.stek = table.stek
        if any(step.what == H.CONSENTED for step in steps):
            given = referral.created_at
            assert referral.household_id is not None
            referral.consent = Consent(
                household_id=referral.household_id,
                partner=referral.partner,
                how=rng.choice((Consent.How.SPOKEN, Consent.How.SPOKEN, Consent.How.SIGNED)),
                until=months_later(given.date(), table.stek.consent_months),
                given_at=given,
                given_by_id=by,
            )
            self.consents.append(referral.consent)
        for name, value in asdict(standing_after(steps)).items():
            setattr(referral, name, value)
        forgotten = months_later(referral.state_at.date(), table.stek.referral_months) < table.today
        if referral.state in OVER and forgotten:
            referral.appointment_at, referral.ask_for = None, ""
        referral.version = len(steps)
        self.referrals.append(referral)
        self.steps.extend(
            ReferralStep(
                referral=referral,
                what=step.what,
                reason=step.reason,
                source=step.source,
                at=step.at,
                by_id=_by(step, by, worker),
                appointment_at=referral.appointment_at and step.appointment_at,
                ask_for=referral.ask_for and step.ask_for,
                request_id=made_key(rng),
            )
            for step in steps
        )

    def save(self) -> None:
        """Each row takes up the ids of those before it."""
        Consent.objects.bulk_create(self.consents, batch_size=BATCH)
        Referral.objects.bulk_create(self.referrals, batch_size=BATCH)
        ReferralStep.objects.bulk_create(self.steps, batch_size=BATCH)


def _by(step: Step, helper: int, worker: User | None) -> int | None:
    if step.source in {S.PARTNER, S.MACHINE}:
        return None
    later = worker is not None and step.what not in {H.PROPOSED, H.CONSENTED, H.CONTACTED}
    return worker.pk if worker is not None and later else helper
