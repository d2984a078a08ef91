"""What a partner without an account does: opens its link, answers, types the code of a letter."""

import datetime as dt
import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.consent_actions import Agreed
from places.models import Stek
from referrals.links import make_link
from referrals.models import AnswerLink, Referral
from referrals.states import Channel
from referrals.tokens import code_of, token_of
from tests import factories

#: What no partner may read, wherever it is written.
SECRETS = {
    "a number": "734189",
    "of a member": "Zonnebloem",
    "in the note": "Pastinaak",
    "in a message": "Rabarber",
    "of another question": "Schorseneer",
    "of a colleague": "Venkel",
}
#: What it may read when the visitor agrees.
NAME, PHONE, LANGUAGE, THEME = "Fatima El Amrani", "0476 12 34 56", "Arabisch", "Wonen en huur"


def asked(stek: Stek, *, partner: str = "CAW", **fields: Any) -> Referral:
    """By mail, of a household of which far more is known than a partner may read."""
    maker = factories.user(first_name=SECRETS["of a colleague"])
    household = factories.household(
        stek, phone=PHONE, language="ar", number=int(SECRETS["a number"]), adults=2, children=3
    )
    factories.member(household, SECRETS["of a member"])
    factories.access(household)
    factories.message(household, f"{SECRETS['in a message']} belde.")
    opening = stek.openings.first() or factories.opening(stek)
    visit = factories.visit(opening, household, purposes=["question"])
    other = factories.theme(stek, SECRETS["of another question"])
    factories.question(factories.visit(opening, household, repeated=True), other)
    question = factories.question(
        visit,
        factories.theme(stek, THEME.lower()),
        by=maker,
        note=SECRETS["in the note"],
        note_until=factories.today() + dt.timedelta(days=30),
    )
    to = factories.partner(stek, partner, email="onthaal@caw.test")
    return factories.referral(question, to, **{"channel": Channel.MAIL, **fields})


def agreed(*tells: str) -> Agreed:
    return Agreed(
        how="spoken",
        tells_phone="phone" in tells,
        tells_language="language" in tells,
        tells_theme="theme" in tells,
    )


def link_to(referral: Referral, *, days_ago: int = 0, kind: str = "mail") -> AnswerLink:
    now = timezone.now() - dt.timedelta(days=days_ago)
    return make_link(referral, kind=AnswerLink.Kind(kind), now=now)


def token_to(referral: Referral, **fields: Any) -> str:
    return token_of(link_to(referral, **fields).nonce)


def address(token: str) -> str:
    return reverse("answers:answer", args=[token])


def opened(client: Client, token: str) -> HttpResponse:
    return client.get(address(token))


def answered(client: Client, token: str, what: str, **more: Any) -> HttpResponse:
    """A button of the page as it stands now, unless a version or key is given."""
    row = Referral.objects.get(pk=more.pop("of").pk)
    form = {"happening": what, "version": row.version, "request_id": uuid.uuid4()} | more
    return client.post(address(token), form)


def code_and_month(referral: Referral) -> tuple[str, str]:
    link = AnswerLink.objects.get(referral=referral, kind="letter")
    assert link.letter_day is not None
    return code_of(link.nonce), f"{link.letter_day:%Y-%m}"


def typed(client: Client, code: str, month: str) -> HttpResponse:
    return client.post(reverse("answers:code"), {"code": code, "month": month})


def link_in(text: str) -> str:
    """The token of the one link in a mail."""
    (token,) = re.findall(r"http\S+/antwoord/([\w-]+)/", text)
    return str(token)


def secrets_in(text: str) -> list[str]:
    return [where for where, word in SECRETS.items() if word.lower() in text.lower()]
