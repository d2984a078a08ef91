"""The public page: the coming four weeks, and what it never says."""

import datetime as dt

from places.models import SitterKind
from tests import factories
from tests.stek.public.reading import MORNING, days_of, page


def test_four_weeks_say_who_is_there_and_when_mika_is_not(client, stek, table):
    factories.opening_hours(stek, weekday=4)  # Fridays: Christmas, nobody at the table
    cards = days_of(client.get("/"))
    assert cards[0] == "woensdag 2 december 13u–16u Aan tafel CAW vrijwilligers Mika is er"
    assert cards[2] == "woensdag 9 december 13u–16u Aan tafel CAW vrijwilligers Mika is er niet"
    assert "vrijdag 25 december Gesloten: Kerstmis" in cards
    assert len(cards) == 8
    assert "30 december" not in str(cards)


def test_no_volunteer_is_named_and_no_family_name(client, table, stek):
    factories.table_change(
        stek, MORNING.date(), "Jos Wouters", comes=True, kind=SitterKind.VOLUNTEER
    )
    for address in ("/", "/agenda.ics", "/stek/kalmthout/affiche/"):
        body = client.get(address).content.decode().replace("\r\n ", "")
        assert "Mika" in body
        for hidden in ("Rita", "Peeters", "Jos", "Wouters", "Verlinden"):
            assert hidden not in body, f"{hidden} on {address}"


def test_changed_days_say_what_changed(client, stek, table):
    factories.changed_day(stek, dt.date(2026, 12, 9), reason="staking")
    factories.changed_day(
        stek,
        dt.date(2026, 12, 16),
        to_day=dt.date(2026, 12, 17),
        opens_at=dt.time(9, 30),
        closes_at=dt.time(12),
    )
    factories.changed_day(
        stek,
        dt.date(2026, 12, 23),
        to_day=dt.date(2026, 12, 23),
        opens_at=dt.time(10),
        closes_at=dt.time(12),
        reason="feest",
    )
    cards = days_of(client.get("/"))
    assert "woensdag 9 december Gaat niet door: staking" in cards
    assert "woensdag 16 december Verplaatst naar donderdag 17 december" in cards
    assert (
        "donderdag 17 december 9u30–12u In de plaats van woensdag 16 december "
        "Aan tafel CAW vrijwilligers Mika is er"
    ) in cards
    assert any(card.startswith("woensdag 23 december 10u–12u feest") for card in cards)


def test_a_closing_without_a_reason_is_closed_without_a_date(client, stek, table):
    factories.closing_day(stek, dt.date(2026, 12, 9))
    assert "woensdag 9 december Gesloten" in days_of(client.get("/"))


def test_somebody_who_cannot_come_is_not_at_the_table(client, stek, table):
    factories.table_change(stek, MORNING.date(), "CAW", comes=False)
    factories.table_change(stek, MORNING.date(), "LIGO", comes=True)
    assert "Aan tafel LIGO vrijwilligers" in days_of(client.get("/"))[0]


def test_public_activities_of_the_four_weeks_are_named(client, stek):
    caw = factories.partner(stek, "Rap op Stap")
    factories.activity(
        stek, dt.date(2026, 12, 3), title="Kerstmarkt", kind="trip", organiser=caw,
        ends_at=dt.time(12, 30),
    )  # fmt: skip
    factories.activity(stek, dt.date(2026, 12, 4), title="Intern overleg", is_public=False)
    factories.activity(stek, dt.date(2026, 12, 30), title="Te ver weg")
    by = factories.user()
    factories.activity(
        stek, dt.date(2026, 12, 5), title="Koken", cancelled_at=MORNING, cancelled_by=by
    )
    cards = days_of(client.get("/"))
    assert cards == [
        "Kerstmarkt donderdag 3 december · 10u–12u30 uitstap Rap op Stap",
        "Koken zaterdag 5 december Gaat niet door les",
    ]


def test_partners_of_the_place_stand_with_their_line(client, stek):
    factories.partner(stek, "LIGO", line="Leer met ons lezen.", on_site=True)
    factories.partner(stek, "VDAB", on_site=False)
    factories.partner(stek, "Oude partner", on_site=True, retired=True)
    text = page(client)
    assert "LIGO Leer met ons lezen." in text
    assert "VDAB" not in text
    assert "Oude partner" not in text


def test_address_phone_and_map_are_links_to_press(client, stek):
    stek.street, stek.phone, stek.email = "Dorpsstraat 1 & 3", "+32 3 666 00 00", "stek@example.org"
    stek.save()
    body = client.get("/").content.decode()
    assert 'href="tel:+3236660000"' in body
    assert 'href="mailto:stek@example.org"' in body
    assert (
        'href="https://www.openstreetmap.org/search?query=Dorpsstraat+1+%26+3%2C+2920+Kalmthout"'
        in body
    )
    assert 'rel="noreferrer noopener"' in body


def test_another_stek_shows_nothing_of_this_one(client, stek, essen, table):
    factories.partner(stek, "LIGO", on_site=True)
    factories.activity(stek, MORNING.date(), title="Kerstmarkt")
    factories.changed_day(stek, MORNING.date(), reason="staking")
    text = page(client, "/stek/essen/")
    for word in ("LIGO", "Kerstmarkt", "staking", "CAW", "Mika"):
        assert word not in text
