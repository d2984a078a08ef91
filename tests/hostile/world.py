"""The rows that the forms speak of, and who sends them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.device import cookie_name
from accounts.link_keys import key_of
from accounts.roles import Role
from people.models import GroceryAccess, Household, HouseholdImport
from places.models import Stek
from referrals.models import Referral
from referrals.seen import contact_as_shown, mark_of, partner_as_shown, service_as_shown
from referrals.tokens import code_of
from tests import factories
from tests.cast import Colleague, signed_in
from tests.hostile.forms import FORMS, OF_A_STRANGER
from tests.referrals import partner
from tests.strict import StrictClient
from visits.models import Opening
from visits.period import week_of


@dataclass(frozen=True)
class World:
    """Who sends, and the ids of the rows that addresses and bodies name."""

    coordinator: Colleague
    stranger: Client
    rows: dict[str, Any]

    def form(self, route: str) -> tuple[Client, str, dict[str, str]]:
        """Who sends this form, its address, and a body that is accepted."""
        names, body = FORMS[route]
        sender = self.stranger if route in OF_A_STRANGER else self.coordinator
        address = reverse(route, args=[self.rows[name] for name in names])
        return sender, address, {name: value.format(**self.rows) for name, value in body.items()}


def make_world() -> World:
    """STEK Kalmthout on an open day, with its coordinator."""
    stek, today = factories.stek("Kalmthout"), factories.today()
    opening = factories.opening(stek)
    els = factories.user("els", password="koffie-en-thee")
    coordinator = signed_in(factories.membership(stek, Role.COORDINATOR, user=els))
    device, secret = factories.device(stek)
    stranger = StrictClient()
    stranger.cookies[cookie_name()] = secret
    rows = _rows(stek, opening, today, coordinator) | {"device": device.pk}
    return World(coordinator, stranger, rows)


def fill_the_office() -> None:
    """A row more of what only the office has forms for."""
    stek = Stek.objects.get()
    factories.table_turn(factories.opening_hours(stek))
    factories.closing_day(stek, factories.today())


def _rows(stek: Stek, opening: Opening, today: dt.date, coordinator: Colleague) -> dict[str, Any]:
    household = factories.household(stek)
    other = factories.household(stek, "Jo", "Maes")
    rule = factories.budget_rule(stek)
    request = factories.inbound_referral(stek, link=factories.inbound_link(stek, "a" * 43))
    theme = factories.theme(stek)
    earlier = factories.opening(stek, today - dt.timedelta(days=40))
    before = factories.visit(earlier, household, purposes=["question"])
    question = factories.question(before, theme, by=coordinator.user)
    asking = factories.visit(opening, household, purposes=["question"], repeated=True)
    visit = factories.visit(opening, other, by=coordinator.user)
    asked = factories.question(asking, theme, by=coordinator.user)
    caw, ligo = factories.partner(stek), factories.partner(stek, "LIGO")
    of_other = factories.question(factories.visit(earlier, other), theme)
    referrals = {
        "referral": factories.referral(asked, caw),
        "proposed": factories.referral(question, ligo, agreed=None),
        "arrived": factories.referral(question, caw, channel="table"),
        "told": factories.referral(of_other, caw, days_ago=40),
    }
    service, contact = factories.service(ligo), factories.contact(ligo, "Jan")
    coordinator.give_password()  # wrong ones are tested elsewhere
    bundle, known = factories.bundle(stek), factories.bundle(stek, handed_on=True)
    return {
        "signal": factories.signal(stek, by=coordinator.user).pk,
        "bundled": factories.signal(stek, bundle=bundle).pk,
        "bundle": bundle.pk,
        "v_bundle": bundle.version,
        "known": known.pk,
        "v_known": known.version,
        "me": coordinator.user.pk,
        **{name: row.pk for name, row in referrals.items()},
        **{f"v_{name}": row.version for name, row in referrals.items()},
        "asked": asked.pk,
        "token": "a" * 43,
        **_ways_in(referrals["referral"]),
        "request": request.pk,
        "directory": factories.directory_import(stek).request_id,
        "inbound_link": request.link_id,
        "referrer": factories.referrer(stek, "CAW").pk,
        "step": rule.steps.get(amount=18).pk,
        "invitation": factories.invitation(stek, "ander@stek.example").pk,
        "colleague": factories.membership(stek, Role.COORDINATOR).user_id,
        "handle": "0" * 20,
        "stek": stek.pk,
        "opening": opening.pk,
        "household": household.pk,
        "number": household.number,
        "other": other.pk,
        "other_number": other.number,
        "pair": factories.duplicate_pair(household, other).pk,
        **_merged(stek),
        "card": household.card,
        "access": factories.access(household).pk,
        "visit": visit.pk,
        "message": factories.message(other).pk,
        "own_message": factories.message(household).pk,
        "member": factories.member(household).pk,
        "suspended": _suspended(factories.household(stek), coordinator).pk,
        "caw": caw.pk,
        "closed": earlier.pk,
        "invited": _key_of_invitation(stek),
        "import": _uploaded(coordinator),
        "asking": asking.pk,
        "theme": theme.pk,
        "help_type": factories.help_type(stek).pk,
        "question": question.pk,
        "follow_up": factories.follow_up(question).pk,
        "date": _session(stek, today + dt.timedelta(days=14)),
        "changed": factories.changed_day(stek, today + dt.timedelta(days=21)).day,
        "activity": factories.activity(stek).pk,
        "week": week_of(today).key,
        "decision": factories.decision(stek, other.pk).pk,
        "export": factories.export(stek).pk,
        "consumer": factories.consumer(stek).pk,
        "composed": factories.composed_report(stek).pk,
        "gemeente": "gemeente",
        "quarter": "2026-Q1",
        "frozen": factories.snapshot(stek, "gemeente", "2025-Q1", stale=True).period,
        "partner": ligo.pk,
        "seen_partner": mark_of(partner_as_shown(ligo)),
        "service": service.pk,
        "seen_service": mark_of(service_as_shown(service)),
        "contact": contact.pk,
        "seen_contact": mark_of(contact_as_shown(contact)),
        "document": factories.document(stek).pk,
        "soon": (today + dt.timedelta(days=7)).isoformat(),
        "today": today.isoformat(),
        "yesterday": (today.replace(day=1) if today.day > 1 else today).isoformat(),
        "later": today.replace(year=today.year + 1, day=1).isoformat(),
    }


def _suspended(household: Household, by: Colleague) -> GroceryAccess:
    said = {"suspended_at": timezone.now(), "suspended_by": by.user, "suspended_reason": "papers"}
    return factories.access(household, **said)


def _key_of_invitation(stek: Stek) -> str:
    return key_of(factories.invitation(stek, "lut@stek.example").nonce)


def _uploaded(coordinator: Colleague) -> UUID:
    """A list that waits for a decision."""
    listed = SimpleUploadedFile("lijst.csv", b"Nr;Naam;Voornaam\r\n70;Peeters;An\r\n")
    coordinator.post(reverse("people:import_start"), {"request_id": uuid4(), "file": listed})
    return HouseholdImport.objects.get().request_id


def _merged(stek) -> dict[str, int]:
    """Two that became one, and two that somebody said were two."""
    merged = factories.merge(factories.household(stek), factories.household(stek))
    said = {"apart_at": timezone.now(), "apart_by": factories.user(), "apart_print": "x"}
    apart = factories.duplicate_pair(merged.kept, factories.household(stek), **said)
    return {"merge": merged.pk, "apart": apart.pk}


def _ways_in(referral: Referral) -> dict[str, str]:
    """A link, and a letter."""
    letter = partner.link_to(referral, kind="letter")
    return {
        "way_in": partner.token_to(referral),
        "letter_code": code_of(letter.nonce),
        "letter_month": f"{letter.letter_day:%Y-%m}",
    }


def _session(stek, day: dt.date) -> dt.date:
    """A day in the pattern, with CAW at the table."""
    hours = factories.opening_hours(stek, day.weekday(), opens_at=dt.time(9))
    factories.table_turn(hours, "CAW")
    return day
