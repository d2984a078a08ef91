"""Referrals of years, and a file of partners: made in the process that fills a database."""

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.client import HOST
from bench.referrals import FEW, LIST, SERVICES
from forms_help.models import Document, Question, Theme
from places.models import Partner, Stek
from policy.models import Bundle
from referrals.hsds.archive import pack
from referrals.hsds.writing import tables_of
from referrals.links import make_link
from referrals.models import AnswerLink, Referral, ReferralStep, Service, ServiceHours
from referrals.states import State
from referrals.tokens import token_of

ORGANISATIONS = 250


def top_up(stek: Stek, wanted: int, rng: random.Random) -> int:
    """So many referrals: beside those of the demo the same stories with other partners."""
    told = list(Referral.objects.of_stek(stek).order_by("pk").prefetch_related("steps"))
    stories = {named: [one for one in told if bool(one.household_id) == named] for named in (0, 1)}
    there = {(one.question_id, one.partner_id) for one in told}
    asked = Question.objects.filter(opening__stek=stek).select_related("visit").order_by("pk")
    free = [
        (question, partner)
        for question in asked
        for partner in Partner.objects.of_stek(stek)
        if question.visit is not None and (question.pk, partner.pk) not in there
    ]
    made, steps = [], []
    for question, partner in rng.sample(free, max(0, wanted - len(told))):
        story = rng.choice(stories[bool(question.visit.household_id)])
        copy = _copy(story, request_id=uuid.uuid4(), question=question, partner=partner)
        copy.household_id, copy.service = question.visit.household_id, None
        made.append(copy)
        steps += [_copy(step, request_id=uuid.uuid4(), referral=copy) for step in story.steps.all()]
    Referral.objects.bulk_create(made, batch_size=500)
    ReferralStep.objects.bulk_create(steps, batch_size=500)
    return len(told) + len(made)


def _copy(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def facts(stek: Stek, shoppers: list[int], data_dir: Path) -> dict[str, Any]:
    """What the measurements over HTTP need to know, and what the list asks of the database."""
    now = timezone.now()
    rows = Referral.objects.of_stek(stek).open().with_words().filter(contacted_at__isnull=False)
    live = [one for one in rows if one.may_be_told(timezone.localdate(now))]
    links = [make_link(one, kind=AnswerLink.Kind.MAIL, now=now) for one in live[:100]]
    return {
        "referrals": Referral.objects.of_stek(stek).count(),
        "partners": list(Partner.objects.of_stek(stek).values_list("pk", flat=True)),
        "tokens": [token_of(link.nonce) for link in links],
        "loops": _unheard_of(stek, shoppers),
        "bundles": list(
            Bundle.objects.filter(stek=stek, voided_at=None).values_list("pk", flat=True)
        ),
        "queries": _queries(),
        "services": str(_services(stek, data_dir / "services.zip")),
    }


def _unheard_of(stek: Stek, shoppers: list[int]) -> list[int]:
    """Households of whom nobody heard what became of their latest one: the counter asks for it."""
    rows = Referral.objects.of_stek(stek).counted().warm().filter(household__in=shoppers)
    told = rows.filter(contacted_at__lt=timezone.now() - dt.timedelta(days=1))
    latest = {one.household_id: one.pk for one in told.order_by("contacted_at", "pk")}
    Referral.objects.filter(pk__in=latest.values()).update(
        state=State.CONTACTED, reason="", answer="", answered_at=None, outcome_known_at=None
    )
    return sorted(latest)


def _queries() -> dict[str, int]:
    """Of the list with all of them, and once more with few; the others come back after it."""
    browser = Client(headers={"host": HOST})
    browser.force_login(User.objects.get(username="coordinator"))
    browser.get(LIST)
    asked = {"all": _asked(browser)}
    with transaction.atomic():
        kept = list(Referral.objects.open().order_by("-pk").values_list("pk", flat=True)[:FEW])
        for model, column in (
            (AnswerLink, "referral"),
            (ReferralStep, "referral"),
            (Referral, "pk"),
        ):
            model._base_manager.exclude(**{f"{column}__in": kept}).delete()
        asked["few"] = _asked(browser)
        transaction.set_rollback(True)
    return asked


def _asked(browser: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        if browser.get(LIST).status_code != 200:
            raise SystemExit("The list of referrals was not answered.")
    statements = [query["sql"] for query in captured]
    return sum(
        not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in statements
    )


def _services(stek: Stek, path: Path) -> Path:
    """A file as another STEK would hand it over: written out, and nothing of it is kept."""
    with transaction.atomic():
        partners = Partner.objects.bulk_create(
            Partner(
                stek=stek,
                name=f"Dienst {number}",
                line="Hulp bij geld, wonen en gezondheid",
                phone="014 21 08 02",
                website=f"https://dienst-{number}.example/",
            )
            for number in range(ORGANISATIONS)
        )
        services = Service.objects.bulk_create(
            [_service(stek, partners[number % ORGANISATIONS], number) for number in range(SERVICES)]
        )
        ServiceHours.objects.bulk_create(
            ServiceHours(service=one, weekday=day, opens_at=dt.time(9), closes_at=dt.time(12))
            for one in services
            for day in (0, 2, 4)
        )
        themes = list(Theme.objects.of_stek(stek))
        papers = list(Document.objects.of_stek(stek))
        for place, one in enumerate(services):
            one.themes.set([themes[place % len(themes)]])
            one.documents.set(papers[: place % 3])
        path.write_bytes(pack(tables_of(stek)))
        transaction.set_rollback(True)
    return path


def _service(stek: Stek, partner: Partner, number: int) -> Service:
    return Service(
        stek=stek,
        partner=partner,
        name=f"Aanbod {number}: hulp bij rekeningen en schulden",
        description="We kijken samen naar je rekeningen, en maken een plan. " * 6,
        conditions="vanaf 18 jaar, wie in de streek woont",
        fee="gratis",
        area="Kalmthout, Essen, Kapellen, Wuustwezel",
        languages=["nl", "fr", "en", "ar"],
        how_to_reach="bel tussen 9u en 12u, of kom langs",
        by_appointment=number % 2 == 0,
        phone="03 123 45 67",
        email=f"dienst{number}@example.org",
        website=f"https://dienst.example/{number}",
        street=f"Kerkstraat {number}",
        postcode="2920",
        town="Kalmthout",
    )
