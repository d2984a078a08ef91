"""The public page: whose it is, and whether the place is open now."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Session
from accounts.roles import Role
from places.languages import LANGUAGES
from tests import factories
from tests.cast import signed_in
from tests.hostile import TEXT
from tests.stek.public.reading import MORNING, page, text_of

# --- which page, for whom ---


def test_a_visitor_sees_the_page_of_the_first_stek(client, stek, essen):
    response = client.get("/")
    assert "STEK Kalmthout" in text_of(response)
    assert f'href="{reverse("public", args=["essen"])}?taal=nl"' in response.content.decode()


def test_each_stek_has_its_own_page(client, stek, essen):
    essen_page = page(client, reverse("public", args=["essen"]))
    assert "STEK Essen" in essen_page
    assert "Ook open in: Kalmthout" in essen_page


def test_an_empty_installation_says_so(client, db):
    assert "Hier is nog geen STEK" in page(client)
    assert client.get(reverse("first_calendar")).status_code == 404


def test_somebody_with_a_role_goes_on_to_their_work(counter):
    response = counter.get("/")
    assert response.url == reverse("visits:counter")
    assert "no-store" in response["Cache-Control"]


def test_somebody_whose_role_ended_sees_what_everybody_sees(stek):
    ended = factories.membership(stek, Role.COORDINATOR, last_day=dt.date(2020, 1, 1))
    assert "STEK Kalmthout" in page(signed_in(ended))


def test_the_page_leaves_no_session_and_no_cookie(client, stek):
    for address in ("/", "/stek/kalmthout/", "/stek/kalmthout/affiche/", "/agenda.ics"):
        assert not client.get(address).cookies, address
    assert not Session.objects.exists()


def test_the_first_page_is_asked_for_again_and_the_others_for_a_minute(client, stek):
    first = client.get("/")
    assert first["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/stek/kalmthout/")["Cache-Control"] == "public, max-age=60"


def test_a_page_that_the_browser_has_does_not_keep_a_colleague_there(counter, client, stek):
    tag = client.get("/")["ETag"]
    assert counter.get("/", headers={"If-None-Match": tag}).status_code == 302


def test_search_engines_may_find_the_page(client, stek):
    body = client.get("/").content.decode()
    assert "noindex" not in body
    assert '<link rel="canonical" href="http://testserver/stek/kalmthout/?taal=nl">' in body
    assert body.count('rel="alternate"') == len(LANGUAGES)


# --- now, and when next ---


def test_before_the_hours_it_says_when_today(client, table):
    text = page(client)
    assert "We zijn nu gesloten Volgende keer open Vandaag 13u–16u" in text


def test_in_the_hours_it_says_until_when(client, table, clock):
    clock.move_to(MORNING.replace(hour=13))
    assert "We zijn nu open tot 16u" in page(client)


def test_the_page_of_before_the_hours_is_not_shown_in_them(client, table, clock):
    clock.move_to(MORNING.replace(hour=12, minute=59, second=59))
    assert "We zijn nu gesloten" in page(client)
    clock.move_to(MORNING.replace(hour=13))
    assert "We zijn nu open" in page(client)


def test_what_the_counter_does_shows_within_half_a_minute(client, stek, table, clock):
    clock.move_to(MORNING.replace(hour=14))
    assert "We zijn nu open" in page(client)
    factories.opening(stek, MORNING.date(), closed=True, closed_at=MORNING.replace(hour=14))
    clock.shift(30)
    text = page(client)
    assert "We zijn vandaag vroeger gesloten" in text
    assert "Volgende keer open woensdag 9 december 13u–16u" in text


def test_the_day_after_is_called_tomorrow(client, table, clock):
    clock.move_to(MORNING - dt.timedelta(days=1))
    assert "Volgende keer open Morgen 13u–16u" in page(client)


def test_a_cancelled_day_says_so_on_top(client, stek, table):
    factories.changed_day(stek, MORNING.date(), reason="de verwarming is stuk")
    text = page(client)
    assert "Vandaag: Gaat niet door ( de verwarming is stuk )" in text
    assert "Volgende keer open woensdag 9 december" in text


def test_the_next_time_may_be_after_the_four_weeks(client, stek, table):
    factories.closing_day(stek, MORNING.date(), last_day=dt.date(2027, 2, 1), reason="verbouwing")
    assert "Volgende keer open woensdag 3 februari 13u–16u" in page(client)


def test_without_hours_nobody_is_told_a_day(client, stek):
    text = page(client)
    assert "We weten nog niet wanneer we weer open zijn." in text
    assert "In deze vier weken is er geen opening gepland." in text


# --- bad input, and size ---


@pytest.mark.parametrize("value", ["xx", "", "../nl", "nl'--", "\x00", "fr&taal=ar", "a" * 5000])
def test_an_unknown_language_is_dutch(client, stek, value):
    response = client.get("/", {"taal": value})
    assert (response.status_code, '<html lang="nl"' in response.content.decode()) == (200, True)


def test_strange_names_of_steks_are_not_found(client, stek):
    strange = ["bestaat-niet", "KALMTHOUT", "1", "%00", "..%2F", "a" * 400, "%D9%83", "<b>"]
    for slug in strange:
        for tail in ("", "affiche/", "agenda.ics"):
            assert client.get(f"/stek/{slug}/{tail}").status_code == 404, slug


def test_a_strange_host_is_refused_before_it_is_kept(client, stek):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("kind", TEXT)
def test_strange_words_are_shown_as_text(client, stek, table, kind):
    texts = [text.replace("\x00", "")[:60].strip() or "x" for text in TEXT[kind][:28]]
    for n, text in enumerate(texts):
        factories.partner(stek, f"{n} {text}"[:60], line=text, on_site=True)
        factories.changed_day(stek, MORNING.date() + dt.timedelta(days=n), reason=text)
    body = client.get("/?taal=fr").content.decode()
    assert "<script" not in body
    assert [text for text in texts if escape(text) not in body] == []
    assert client.get("/agenda.ics").status_code == 200


def test_a_warm_page_takes_one_query_and_a_cold_one_a_constant_number(
    client, stek, essen, table, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    for n in range(3):
        factories.partner(stek, f"Partner {n}", on_site=True)
        organiser = factories.partner(stek, f"Organiser {n}")
        factories.activity(stek, dt.date(2026, 12, 3 + n), organiser=organiser)
        hours = factories.opening_hours(stek, weekday=n, opens_at=dt.time(9))
        factories.table_turn(hours, "LIGO")
        factories.changed_day(stek, dt.date(2026, 12, 9 + n), reason="staking")
        factories.closing_day(stek, dt.date(2026, 12, 20 + n))
        factories.table_change(stek, dt.date(2026, 12, 14 + n), "CAW", comes=False)
    for n in range(3):
        factories.stek(f"Dorp {n}")
    caches["pages"].clear()
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_the_page_of_a_busy_stek_is_light(client, stek):
    for weekday in range(6):
        hours = factories.opening_hours(stek, weekday=weekday)
        for who in ("CAW", "LIGO", "Rap op Stap", "OCMW"):
            factories.table_turn(hours, who)
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 12_000
