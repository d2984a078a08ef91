"""One small function per model: a row that holds, with only what the test is about spelt out.

Rows are written directly, not through actions: a test of a page should not fail on another rule.
Only a referral is made by its action, because its state follows from its steps.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import timezone

from accounts.laptop import device as trusted
from accounts.link_keys import hash_of as hash_of_link
from accounts.link_keys import key_of
from accounts.models import Invitation, Membership, Pin, TrustedDevice, User
from accounts.roles import OFFICE, Role
from accounts.sealed import seal
from forms_help.models import Document, FollowUp, HelpType, Question, Theme
from forms_help.outcomes import Outcome
from people.actions import next_number
from people.consent_actions import Agreed
from people.imports.referrers import referrer_key
from people.models import (
    BudgetRule,
    BudgetStep,
    Consent,
    DuplicatePair,
    GroceryAccess,
    Household,
    HouseholdImport,
    LeavingNotice,
    Member,
    Merge,
    Referrer,
    RetentionHold,
)
from people.search import rebuild_keys
from places.models import (
    ChangedDay,
    ClosingDay,
    OpeningHours,
    Partner,
    SitterKind,
    Stek,
    TableChange,
    TableTurn,
)
from places.purposes import Purpose
from policy.bundle_actions import move_bundle
from policy.models import Bundle, Signal
from policy.states import Move, Phase
from policy.steps import add, settle
from referrals.actions import Plan, refer
from referrals.inbound import initials_of
from referrals.models import (
    Contact,
    DirectoryImport,
    InboundLink,
    InboundReferral,
    PartnerCheck,
    Referral,
    Service,
)
from referrals.states import Channel
from referrals.tokens import hash_of, new_token
from reports.exports.folder import begin, complete, new_name
from reports.kinds import KINDS
from reports.models import ComposedReport, Consumer, Export, Snapshot
from reports.report import compared
from reports.safe import make_safe
from reports.stored import as_json
from reviews.figures import DEFINITIONS, WeekFigures
from reviews.kinds import Kind, What
from reviews.models import Decision, WeekReview
from stek.merging import Both, Choices, merge_households
from visits.days import current_day
from visits.models import Activity, Attendance, Message, Opening, QueueTurn, Visit
from visits.period import Period

_counter = itertools.count(1)


def today() -> dt.date:
    """The local day, as the application sees it."""
    return timezone.localdate()


# --- places ---


def stek(name: str = "", **fields: Any) -> Stek:
    number = next(_counter)
    return Stek.objects.create(
        name=name or f"Dorp {number}",
        slug=fields.pop("slug", "") or name.lower().replace(" ", "-") or f"dorp-{number}",
        **fields,
    )


def opening_hours(stek: Stek, weekday: int = 2, **fields: Any) -> OpeningHours:
    """Wednesday from 13 to 16, since the start of last year."""
    values = {
        "opens_at": dt.time(13),
        "closes_at": dt.time(16),
        "first_day": dt.date(today().year - 1, 1, 1),
    } | fields
    return OpeningHours.objects.create(stek=stek, weekday=weekday, **values)


def table_turn(hours: OpeningHours, who: str = "CAW", **fields: Any) -> TableTurn:
    return TableTurn.objects.create(
        hours=hours,
        who=who,
        **{"first_day": hours.first_day, "kind": SitterKind.PARTNER, **fields},
    )


def closing_day(stek: Stek, day: dt.date, **fields: Any) -> ClosingDay:
    return ClosingDay.objects.create(stek=stek, **{"first_day": day, "last_day": day, **fields})


def changed_day(stek: Stek, day: dt.date, **fields: Any) -> ChangedDay:
    """A day that is cancelled, unless the fields say that it moved or has other hours."""
    return ChangedDay.objects.create(stek=stek, day=day, **fields)


def table_change(stek: Stek, day: dt.date, who: str, *, comes: bool, **fields: Any) -> TableChange:
    return TableChange.objects.create(stek=stek, day=day, who=who, comes=comes, **fields)


def partner(stek: Stek, name: str = "CAW", **fields: Any) -> Partner:
    return Partner.objects.create(stek=stek, name=name, **fields)


# --- accounts ---


def user(username: str = "", *, password: str | None = None, **fields: Any) -> User:
    """Somebody with an account; without a password, because tests sign in by force."""
    return User.objects.create_user(
        username=username or f"medewerker{next(_counter)}", password=password, **fields
    )


def device(stek: Stek, name: str = "", **values: Any) -> tuple[TrustedDevice, str]:
    """A trusted laptop, and the secret that its cookie holds."""
    secret = trusted.new_secret()
    made = TrustedDevice.objects.create(
        stek=stek,
        name=name or f"laptop {next(_counter)}",
        secret_hash=trusted.hash_of(secret),
        request_id=uuid.uuid4(),
        **{"created_at": timezone.now(), "created_by": values.pop("by", None) or user()} | values,
    )
    return made, secret


#: Of everybody for whom `pin` was asked.
PIN = "274163"


def pin(owner: User, digits: str = PIN) -> Pin:
    found, _made = Pin.objects.get_or_create(
        user=owner, defaults={"code_hash": make_password(digits), "set_at": timezone.now()}
    )
    return found


def membership(stek: Stek, role: Role = Role.VOLUNTEER, **fields: Any) -> Membership:
    """The role of `user`, or of somebody new, in this STEK.

    Who needs a second factor has one, unless `factor=False`: without it no door opens.
    """
    who, with_factor = fields.pop("user", None) or user(), fields.pop("factor", True)
    if with_factor and role in OFFICE:
        second_factor(who)
    return Membership.objects.create(stek=stek, role=role, user=who, **fields)


#: The secret of every second factor that a test does not set up itself.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def second_factor(user: User, *, secret: str = SECRET) -> Authenticator:
    """An app that shows codes, no code of which was used; without recovery codes."""
    row, _made = Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": seal(secret), "step": 0}},
    )
    return row


def invitation(stek: Stek, email: str = "nieuw@stek.example", **fields: Any) -> Invitation:
    """Sent just now; its key is `key_of(row.nonce)`."""
    nonce = uuid.uuid4()
    values = {
        "role": Role.VOLUNTEER,
        "until": timezone.now() + dt.timedelta(days=7),
        "created_by": fields.pop("by", None) or user(),
    } | fields
    return Invitation.objects.create(
        stek=stek, email=email, nonce=nonce, key_hash=hash_of_link(key_of(nonce)), **values
    )


# --- people ---


def duplicate_pair(one: Household, other: Household, **fields: Any) -> DuplicatePair:
    """Found by name and phone, nobody said anything yet."""
    first, second = sorted((one, other), key=lambda household: household.pk)
    values = {"score": 97, "reasons": ["same_name", "same_phone"]} | fields
    return DuplicatePair.objects.create(stek=one.stek, one=first, other=second, **values)


def merge(kept: Household, gone: Household, **choices: Any) -> Merge:
    """By its action: what moved has to be right."""
    both = Both(kept, gone, kept.version, gone.version)
    return merge_households(both, choices=Choices(**choices), request_id=uuid.uuid4(), by=user())


def referrer(stek: Stek, name: str = "OCMW Kalmthout", **fields: Any) -> Referrer:
    key = referrer_key(name, town=stek.town)
    return Referrer.objects.create(stek=stek, name=name, key=key, **fields)


def budget_rule(
    stek: Stek, *, steps: Iterable[tuple[int, int | str]] = ((1, 18), (2, 42)), **fields: Any
) -> BudgetRule:
    """€ 18 a week for one, € 42 for a family; `steps` are (from so many persons, amount)."""
    rule = BudgetRule.objects.create(stek=stek, **fields)
    for from_persons, amount in steps:
        BudgetStep.objects.create(rule=rule, from_persons=from_persons, amount=Decimal(amount))
    return rule


def household(
    stek: Stek,
    first_name: str = "Fatima",
    last_name: str = "El Amrani",
    *,
    by: User | None = None,
    **fields: Any,
) -> Household:
    """A household that the search finds; its number is the next one."""
    row = Household.objects.create(
        stek=stek,
        first_name=first_name,
        last_name=last_name,
        number=fields.pop("number", None) or next_number(stek),
        created_by=by or user(),
        **fields,
    )
    rebuild_keys(row)
    return row


def member(household: Household, first_name: str = "Youssef", last_name: str = "") -> Member:
    row = Member.objects.create(
        household=household, first_name=first_name, last_name=last_name or household.last_name
    )
    rebuild_keys(household)
    return row


def access(household: Household, *, by: User | None = None, **fields: Any) -> GroceryAccess:
    """Access that runs: since a month, and for five more. It becomes the current one."""
    household.accesses.current().update(current=False)
    values = {
        "valid_from": today() - dt.timedelta(days=30),
        "valid_until": today() + dt.timedelta(days=150),
        "created_by": by or household.created_by,
    } | fields
    return GroceryAccess.objects.create(household=household, **values)


def leaving_notice(household: Household, since: dt.date) -> LeavingNotice:
    return LeavingNotice.objects.create(household=household, since=since)


def retention_hold(household: Household, **fields: Any) -> RetentionHold:
    """Until next month, because of a complaint."""
    values: dict[str, Any] = {
        "reason": "claim",
        "until": today() + dt.timedelta(days=30),
        "held_at": timezone.now(),
        "held_by": household.created_by,
    }
    return RetentionHold.objects.create(household=household, **(values | fields))


def restricted(household: Household) -> Household:
    """The visitor says that something is wrong."""
    household.restricted_at, household.restricted_by = timezone.now(), household.created_by
    household.restricted_reason = "disputed"
    household.save()
    return household


def household_import(stek: Stek, *, by: User | None = None, **fields: Any) -> HouseholdImport:
    return HouseholdImport.objects.create(
        stek=stek, created_by=by or user(), **{"file_name": "klanten.xlsx", **fields}
    )


# --- visits ---


def opening(
    stek: Stek,
    day: dt.date | None = None,
    *,
    closed: bool = False,
    by: User | None = None,
    **fields: Any,
) -> Opening:
    """Today unless another day is given, opened at 13 o'clock, and still open unless `closed`."""
    day = day or current_day(timezone.now())  # at night still that of the evening
    by = by or user()
    values: dict[str, Any] = {"opened_at": _at(day, 13), "opened_by": by}
    if closed:
        values |= {"closed_at": _at(day, 16), "closed_by": by}
    return Opening.objects.create(stek=stek, day=day, **(values | fields))


def attendance(opening: Opening, who: str = "CAW", **fields: Any) -> Attendance:
    return Attendance.objects.create(opening=opening, who=who, **fields)


def visit(
    opening: Opening,
    household: Household | None,
    *,
    purposes: Iterable[str] = (Purpose.GROCERY,),
    by: User | None = None,
    **fields: Any,
) -> Visit:
    """A household that came in at half past one; a question gets the next number in the line."""
    values: dict[str, Any] = {f"for_{purpose}": True for purpose in purposes}
    if values.get("for_question"):
        opening.last_queue_number += 1
        opening.save(update_fields=["last_queue_number"])
        values["queue_number"] = opening.last_queue_number
    if household is not None:
        values |= {"adults": household.adults, "children": household.children}
    values |= {"arrived_at": _at(opening.day, 13, 30), "created_by": by or opening.opened_by}
    return Visit.objects.create(opening=opening, household=household, **(values | fields))


def anonymous_visit(
    opening: Opening,
    *,
    adults: int = 1,
    children: int = 0,
    purposes: Iterable[str] = (Purpose.COFFEE,),
    **fields: Any,
) -> Visit:
    return visit(opening, None, purposes=purposes, adults=adults, children=children, **fields)


def message(
    household: Household, text: str = "LIGO belde terug.", *, by: User | None = None
) -> Message:
    return Message.objects.create(
        household=household, text=text, created_by=by or household.created_by
    )


def turn(visit: Visit, *, by: User | None = None, end: str = "") -> QueueTurn:
    """The visitor was called by this colleague; `end` says how it ended, if it did."""
    by = by or user()
    now = timezone.now()
    ended: dict[str, Any] = {"end": end, "ended_at": now, "ended_by": by} if end else {}
    return QueueTurn.objects.create(visit=visit, taken_at=now, taken_by=by, **ended)


def activity(stek: Stek, day: dt.date | None = None, **fields: Any) -> Activity:
    """A lesson today at ten, in which nobody was counted yet."""
    values: dict[str, Any] = {
        "starts_at": dt.time(10),
        "kind": Activity.Kind.LESSON,
        "title": "Nederlands oefenen",
        "created_by": fields.pop("by", None) or user(),
    }
    day = day or current_day(timezone.now())
    return Activity.objects.create(stek=stek, day=day, **(values | fields))


# --- forms_help ---


def document(stek: Stek, name: str = "loonbrief", **fields: Any) -> Document:
    return Document.objects.create(stek=stek, name=name, **fields)


def theme(stek: Stek, name: str = "wonen en huur", **fields: Any) -> Theme:
    return Theme.objects.create(stek=stek, name=name, **fields)


def help_type(stek: Stek, name: str = "brief uitgelegd", **fields: Any) -> HelpType:
    return HelpType.objects.create(stek=stek, name=name, **fields)


def question(visit: Visit | None, theme: Theme | None = None, **fields: Any) -> Question:
    """A question that was handled; a chat when no theme is given. Without a visit: `opening`."""
    values: dict[str, Any] = {
        "opening": visit.opening if visit else None,
        "visit": visit,
        "theme": theme,
        "is_chat": theme is None,
        "outcome": Outcome.HANDLED,
        "helper_role": Role.HELPER,
        "created_by": fields.pop("by", None) or user(),
    }
    help_types = fields.pop("help_types", ())
    row = Question.objects.create(**(values | fields))
    row.help_types.set(help_types)
    return row


def follow_up(question: Question, **fields: Any) -> FollowUp:
    """Papers to bring tomorrow, for whoever sits at the table."""
    visit = question.visit
    documents = fields.pop("documents", ())
    values: dict[str, Any] = {
        "stek_id": question.opening.stek_id,
        "household_id": visit.household_id if visit else None,
        "kind": FollowUp.Kind.PAPERS,
        "for_role": Role.HELPER,
        "due": today() + dt.timedelta(days=1),
        "created_by": question.created_by,
    }
    row = FollowUp.objects.create(question=question, **(values | fields))
    row.documents.set(documents)
    return row


# --- referrals ---


def consent(household: Household, partner: Partner, **fields: Any) -> Consent:
    """Spoken, for half a year from now."""
    values: dict[str, Any] = {
        "how": Consent.How.SPOKEN,
        "until": today() + dt.timedelta(days=180),
        "given_at": timezone.now(),
        "given_by": household.created_by,
    }
    return Consent.objects.create(household=household, partner=partner, **(values | fields))


def service(partner: Partner, name: str = "Budgethulp", **fields: Any) -> Service:
    themes = fields.pop("themes", ())
    row = Service.objects.create(stek=partner.stek, partner=partner, name=name, **fields)
    row.themes.set(themes)
    return row


def contact(partner: Partner, name: str = "Sofie Maes", **fields: Any) -> Contact:
    return Contact.objects.create(partner=partner, name=name, **fields)


def partner_check(partner: Partner, *, days_ago: int = 0, by: User | None = None) -> PartnerCheck:
    return PartnerCheck.objects.create(
        partner=partner,
        checked_at=timezone.now() - dt.timedelta(days=days_ago),
        checked_by=by or user(),
    )


def directory_import(stek: Stek, **fields: Any) -> DirectoryImport:
    """A file of partners that nobody decided on yet; there is nothing in it."""
    values = {"file_name": "partners.zip", "created_by": fields.pop("by", None) or user()}
    return DirectoryImport.objects.create(stek=stek, **(values | fields))


def referral(question: Question, partner: Partner, *, days_ago: int = 0, **fields: Any) -> Referral:
    """A warm one by phone, made as the page makes it; the time of its steps is put back after."""
    channel = fields.pop("channel", Channel.PHONE)
    agreed = None if channel == Channel.ADDRESS else Agreed(how="spoken")
    plan = Plan(partner=partner, channel=channel, agreed=fields.pop("agreed", agreed), **fields)
    row = refer(question, plan=plan, request_id=uuid.uuid4(), by=question.created_by)
    if days_ago:
        back = dt.timedelta(days=days_ago)
        row.steps.update(at=F("at") - back)
        Referral.objects.of_question(question).update(
            state_at=F("state_at") - back, contacted_at=F("contacted_at") - back
        )
        row.refresh_from_db()
    return row


def inbound_link(stek: Stek, token: str = "", **fields: Any) -> InboundLink:
    """A private link of "OCMW Kalmthout", or of `referrer`; opened by `token`."""
    values: dict[str, Any] = {
        "referrer": fields.pop("referrer", None) or referrer(stek, f"OCMW {next(_counter)}"),
        "token_hash": hash_of(token or uuid.uuid4().hex),
        "created_by": fields.pop("by", None) or user(),
    }
    return InboundLink.objects.create(stek=stek, **(values | fields))


def inbound_referral(
    stek: Stek,
    first_name: str = "Amina",
    last_name: str = "Yilmaz",
    *,
    link: InboundLink | None = None,
    household: Household | None = None,
    **fields: Any,
) -> InboundReferral:
    """A request for half a year that waits; with a household it was accepted for that one."""
    values: dict[str, Any] = {
        "link": link or inbound_link(stek),
        "initials": initials_of(first_name, last_name),
        "valid_until": today() + dt.timedelta(days=180),
        "agreed": True,
    }
    if household is not None:
        values |= {"state": "accepted", "household": household, "access": access(household)}
    if "state" in {*values, *fields}:
        values |= {"decided_at": timezone.now(), "decided_by": user()}
    return InboundReferral.objects.create(
        stek=stek, first_name=first_name, last_name=last_name, **(values | fields)
    )


# --- policy ---


def signal(stek: Stek, bottleneck: str = "De bus rijdt niet op woensdag.", **fields: Any) -> Signal:
    """A signal that nobody sorted yet; in `bundle` it is bundled."""
    values: dict[str, Any] = {
        "noted_at": timezone.now(),
        "noted_by": fields.pop("by", None) or user(),
    }
    if fields.get("bundle"):
        values["phase"] = Phase.BUNDLED
    return Signal.objects.create(stek=stek, bottleneck=bottleneck, **(values | fields))


def bundle(stek: Stek, title: str = "De bus op woensdag", **fields: Any) -> Bundle:
    """A structural signal as it is made, without signals; `handed_on` says to the town, today."""
    by = fields.pop("by", None) or user()
    handed_on = fields.pop("handed_on", False)
    row = Bundle.objects.create(
        stek=stek, title=title, phase_at=timezone.now(), created_by=by, **fields
    )
    add(row, Move.BUNDLED, by=by)
    settle(row)
    if handed_on:
        move_bundle(
            row,
            what=Move.HANDED_ON,
            version=row.version,
            recipient="gemeente Kalmthout",
            day=today(),
            by=by,
        )
        row.refresh_from_db()
    return row


# --- reports ---


def composed_report(stek: Stek, name: str = "", **fields: Any) -> ComposedReport:
    """With two tables, made for others."""
    values: dict[str, Any] = {
        "tables": ["meet", "questions_theme"],
        "created_by": fields.pop("by", None) or user(),
    }
    name = name or f"Rapport {next(_counter)}"
    return ComposedReport.objects.create(stek=stek, name=name, **(values | fields))


def export(stek: Stek, **fields: Any) -> Export:
    """Visits of this year as CSV, ready, with its file; another state has none."""
    values: dict[str, Any] = {
        "subject": "visits",
        "file_format": "csv",
        "first_day": today().replace(month=1, day=1),
        "last_day": today(),
        "reason": "own_work",
        "reason_words": "jaarverslag",
        "created_by": fields.pop("by", None) or user(),
        "state": "done",
    } | fields
    if values["state"] == "done" and "file" not in values:
        values["file"] = new_name("csv")
        begin(values["file"]).write_bytes(b"dag;klantnummer\r\n")
        complete(values["file"])
        values |= {"rows": 0, "size": 17, "expires_at": timezone.now() + dt.timedelta(hours=24)}
    return Export.objects.create(stek=stek, **values)


# --- reviews ---


def decision(stek: Stek, subject_id: int, **fields: Any) -> Decision:
    """Seen just now, of a household that was new today; `days_ago` puts it back."""
    by = fields.pop("by", None) or user()
    moment = timezone.now() - dt.timedelta(days=fields.pop("days_ago", 0))
    values = {"kind": Kind.NEW, "about_day": today(), "what": What.SEEN, "decided_at": moment}
    return Decision.objects.create(
        stek=stek, subject_id=subject_id, decided_by=by, **(values | fields)
    )


def week_review(stek: Stek, monday: dt.date, **fields: Any) -> WeekReview:
    """Reviewed, with nothing counted; `reviewed_at=None` makes it a note only."""
    values: dict[str, Any] = {"reviewed_at": timezone.now(), "reviewed_by": user()} | fields
    if values["reviewed_at"] is None:
        values["reviewed_by"] = None
    else:
        nothing = WeekFigures.nothing().as_json()
        values = {"figures": nothing, "definitions": DEFINITIONS} | values
    return WeekReview.objects.create(stek=stek, week=monday, **values)


def snapshot(
    stek: Stek,
    kind: str = "gemeente",
    period: str = "2026-Q1",
    *,
    stale: bool = False,
    **fields: Any,
) -> Snapshot:
    """Frozen by the machine, as it is counted now; `stale`: as if a visit was struck out since."""
    names = KINDS[kind].tables if kind in KINDS else ("meet", "questions_theme")
    about = Period.parse(period)
    report = compared(kind, kind.capitalize(), names, steks=[stek], period=about)
    stored = as_json(report)
    if stale:
        stored["tables"][0]["rows"][1][3][0] += 1
    values: dict[str, Any] = {
        "stek": stek,
        "first": about.first,
        "last": about.last,
        "figures": stored,
        "shown": as_json(make_safe(report, ())),
        "definitions_version": report.definitions_version,
        "made_at": timezone.now(),
    }
    return Snapshot.objects.create(kind=kind, period=period, **(values | fields))


def consumer(
    *steks: Stek, name: str = "Koepel", token: str = "", by: User | None = None, **fields: Any
) -> Consumer:
    """Who reads the figures of these STEKs, with this token."""
    row = Consumer.objects.create(
        name=name,
        token_hash=hash_of(token or new_token()),
        created_by=by or user(),
        **fields,
    )
    row.steks.set(steks)
    return row


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
