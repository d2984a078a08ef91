"""One row of each kind that a door leads to, in the STEK that is asked for."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.link_keys import key_of
from accounts.roles import Role
from forms_help.models import QuestionDraft
from people.models import HouseholdImport
from places.models import Stek
from policy.models import Bundle
from referrals.links import make_link
from referrals.models import AnswerLink
from referrals.tokens import token_of
from tests import factories
from tests.cast import Colleague
from visits.models import Opening, Visit
from visits.period import week_of


def rows_behind_doors(stek: Stek, coordinator: Colleague) -> dict[str, Any]:
    """By the names that stand in the tables of tests/access."""
    household = factories.household(stek)
    opening = factories.opening(stek)
    visit = factories.visit(opening, household, purposes=["question"])
    question = factories.question(visit)
    asked = factories.question(visit, factories.theme(stek))
    referral = factories.referral(asked, factories.partner(stek))
    ligo = factories.partner(stek, "LIGO")
    by_letter = factories.referral(asked, ligo, channel="letter")
    request = factories.inbound_referral(stek)
    bundle = factories.bundle(stek)
    return {
        "device": factories.device(stek)[0].pk,
        "signal": factories.signal(stek).pk,
        "signals": factories.signal(stek).pk,
        "bundled": factories.signal(stek, bundle=bundle).pk,
        "bundle": bundle.pk,
        "partner": ligo.pk,
        "service": factories.service(ligo).pk,
        "contact": factories.contact(ligo).pk,
        "request": request.pk,
        "inbound_link": request.link_id,
        "referrer": request.link.referrer_id,
        "invitation": factories.invitation(stek).pk,
        "colleague": coordinator.user.pk,
        "household": household.pk,
        "double": (double := factories.household(stek)).pk,
        "pair": factories.duplicate_pair(household, double).pk,
        "merge": factories.merge(factories.household(stek), factories.household(stek)).pk,
        "member": factories.member(household).pk,
        "access": factories.access(household).pk,
        "opening": opening.pk,
        "export": factories.export(stek).pk,
        "consumer": factories.consumer(stek).pk,
        "visit": visit.pk,
        "question": question.pk,
        "asked": asked.pk,
        "referral": referral.pk,
        "agreed": referral.partner_id,
        "by_letter": by_letter.pk,
        "follow_up": factories.follow_up(question).pk,
        "message": factories.message(household).pk,
        "activity": factories.activity(stek).pk,
        "composed": (composed := factories.composed_report(stek)).pk,
        "retiring": factories.composed_report(stek).pk,
        "kind": composed.key,
        "frozen": (kept := factories.composed_report(stek)).key,
        "first": factories.snapshot(stek, kept.key, "2026-Q1").version,
        "csv": "csv",
        "json": "json",
        "team": "team",  # of no STEK, like the date: each has its own figures there
        "saamo": "saamo",
        "quarter": "2026-Q1",
        "table": "questions_theme",
        "theme": "name:wonen en huur",  # of the question above; nowhere else is that a theme
        "week": week_of(factories.today()).key,
        "item": f"new-{household.pk}",
        "decision": factories.decision(stek, household.pk).pk,
        "date": factories.today(),  # of no STEK: each has its own on that date
        "directory": factories.directory_import(stek).request_id,
        "import": _import(coordinator),
        "slug": stek.slug,
        "anything": "nergens",
        **_keys(stek, referral),
    }


def _import(coordinator: Colleague) -> Any:
    listed = SimpleUploadedFile("lijst.csv", b"Nr;Naam;Voornaam\r\n7;Peeters;An\r\n")
    coordinator.post(reverse("people:import_start"), {"request_id": uuid4(), "file": listed})
    return HouseholdImport.objects.get(stek=coordinator.membership.stek).request_id


def _keys(stek: Stek, referral: Any) -> dict[str, str]:
    """What somebody without an account holds."""
    factories.inbound_link(stek, token := f"{stek.slug}-{uuid4().hex}")
    answering = make_link(referral, kind=AnswerLink.Kind.MAIL, now=timezone.now())
    return {
        "invited": key_of(factories.invitation(stek, "gast@stek.example").nonce),
        "asking": token,
        "answering": token_of(answering.nonce),
    }


def furnish(stek: Stek, rows: dict[str, Any]) -> dict[str, Any]:
    """The rest that pages show: hours, terms, notes, a draft, a household on restriction."""
    today, opening = factories.today(), Opening.objects.get(pk=rows["opening"])
    hours = factories.opening_hours(stek, weekday=today.weekday())
    factories.table_turn(hours, "CAW")
    factories.table_turn(hours, "Mika V.", kind="community_worker")
    factories.closing_day(stek, today + dt.timedelta(days=9), reason="Feest")
    factories.changed_day(stek, today + dt.timedelta(days=7), reason="Storm")
    factories.table_change(stek, today, "LIGO", comes=True)
    factories.attendance(opening, "CAW")
    factories.budget_rule(stek)
    factories.document(stek)
    factories.help_type(stek)
    last_week = week_of(today).first - dt.timedelta(days=7)
    factories.week_review(stek, last_week, note="Rustig.")
    visit = Visit.objects.get(pk=rows["visit"])
    # Of another helper than whoever looks.
    helper = factories.membership(stek, Role.HELPER).user
    theme = factories.theme(stek, "werk")
    asked = factories.question(
        visit, theme, note="Belt zelf.", note_until=today + dt.timedelta(days=90), by=helper
    )
    factories.follow_up(asked, what="van mei", for_role=Role.HELPER)
    QuestionDraft.objects.create(
        user=helper, opening=opening, visit=visit, fields={}, saved_at=timezone.now()
    )
    hidden = factories.household(stek, "Jozef", "Maes", phone="0476 12 34 56")
    factories.member(hidden)
    of_hidden = factories.question(
        factories.visit(opening, hidden, purposes=["question"]), theme, by=helper
    )
    factories.follow_up(of_hidden, for_role=Role.HELPER)
    factories.access(hidden)
    factories.retention_hold(hidden)
    factories.leaving_notice(hidden, since=today)
    factories.restricted(hidden)
    answered = factories.bundle(stek, "De brug", handed_on=True)
    Bundle.objects.filter(pk=answered.pk).update(
        answer="Ze komt er.", answered_on=today, answer_at=timezone.now(), answer_by=helper
    )
    factories.snapshot(stek, "gemeente", "2025-Q4", version=2, why="Eerst fout geteld.")
    volunteer = factories.membership(stek, Role.VOLUNTEER).user
    factories.pin(volunteer)
    return {"volunteer": volunteer.pk, "hidden": hidden.pk}
