"""Referrals, what partners offer, and requests of referrers."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forms_help.models import Question
from people.consent_actions import Agreed
from people.models import Household
from places.models import Partner, Stek
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
from referrals.tokens import hash_of
from tests.factories.accounts import user
from tests.factories.moments import today
from tests.factories.numbers import fresh
from tests.factories.people import access, referrer


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
        "referrer": fields.pop("referrer", None) or referrer(stek, f"OCMW {fresh()}"),
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
