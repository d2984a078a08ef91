"""A directory with everything in it that a file can say, for the tests of HSDS."""

import datetime as dt
from typing import Any

from forms_help.models import Document, Theme
from places.models import Partner, Stek
from referrals.hsds.plan import Plan, make_plan
from referrals.hsds.storing import store
from referrals.hsds.tables import Tables
from referrals.models import Contact, Service, ServiceHours
from tests import factories


def full(stek: Stek) -> tuple[Partner, Service]:
    """CAW with two kinds of help and somebody to ask for, and an OCMW of which only the name."""
    themes, documents = lists(stek)
    caw = factories.partner(
        stek,
        "CAW De Kempen",
        line="Hulp bij geld en wonen",
        email="onthaal@caw.example",
        phone="014 21 08 02",
        website="https://www.caw.example/",
    )
    factories.partner(stek, "OCMW Kalmthout", position=3)
    Contact.objects.create(
        partner=caw, name="An Peeters", task="budget", phone="0476 12 34 56", email="an@caw.example"
    )
    Contact.objects.create(partner=caw, name="Onthaal")
    help_with_money = factories.service(
        caw,
        "Budgethulp; “schulden”, rekeningen",
        description="We kijken samen naar je rekeningen.",
        conditions="vanaf 18 jaar",
        fee="€ 3,50 per keer",
        area="Kalmthout, Essen",
        languages=["nl", "fr", "ar"],
        how_to_reach="bel of kom langs",
        by_appointment=True,
        phone="+31 6 12345678",
        email="budget@caw.example",
        website="https://www.caw.example/budget?x=1&y=2",
        social_map="https://www.desocialekaart.be/fiche/1",
        street="Kerkstraat 1, bus 2",
        postcode="2920",
        town="Kalmthout",
        themes=themes[:2],
    )
    help_with_money.documents.set(documents)
    for weekday, opens, closes in ((0, 9, 12), (2, 9, 12), (2, 13, 16)):
        ServiceHours.objects.create(
            service=help_with_money,
            weekday=weekday,
            opens_at=dt.time(opens),
            closes_at=dt.time(closes),
        )
    factories.service(caw, "Wonen")
    return caw, help_with_money


def lists(stek: Stek) -> tuple[list[Theme], list[Document]]:
    """The lists that both sides of an exchange have."""
    themes = [
        factories.theme(stek, "geld en schulden", key="money"),
        factories.theme(stek, "wonen en huur"),
        factories.theme(stek, "gezondheid", key="health"),
    ]
    names = ("loonbrief", "huurcontract", "identiteitskaart")
    return themes, [factories.document(stek, name) for name in names]


def read_in(tables: Tables, stek: Stek) -> Plan:
    plan = make_plan(tables, stek)
    store(plan, lambda _done, _total: None)
    return plan


def service_item(**changes: Any) -> dict[str, Any]:
    """A service as somebody else's file has it, with its organisation."""
    return {
        "id": "11111111-1111-4111-8111-111111111111",
        "name": "Juridisch advies",
        "status": "active",
        "organization": {
            "id": "22222222-2222-4222-8222-222222222222",
            "name": "Huis van het Recht",
            "description": "Gratis advies",
        },
    } | changes
