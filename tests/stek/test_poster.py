"""The poster: the weekly hours, who sits at the table, and a code that leads to the page."""

import datetime as dt
import html
import re

import pytest
import segno
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import reverse

from places.languages import LANGUAGES
from places.models import SitterKind
from tests import factories

ADDRESS = "http://testserver/stek/kalmthout/"


@pytest.fixture
def week(stek):
    hours = factories.opening_hours(stek)
    factories.table_turn(hours, "CAW")
    factories.table_turn(hours, "Rita Peeters", kind=SitterKind.VOLUNTEER)
    mika = {"kind": SitterKind.COMMUNITY_WORKER, "every_weeks": 2}
    factories.table_turn(hours, "Mika Verlinden", **mika)
    return hours


def poster(client, **query: str) -> HttpResponse:
    caches["pages"].clear()
    response = client.get(reverse("poster", args=["kalmthout"]), query)
    assert response.status_code == 200
    return response


def text_of(response: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def test_it_says_when_and_who(client, week):
    text = text_of(poster(client))
    assert text.startswith("STEK Kalmthout Koffie & Formulieren Hulp bij brieven")
    assert "woensdag 13u–16u CAW · Mika (niet elke week) · vrijwilligers" in text
    assert "Het is gratis." in text
    assert "2920 Kalmthout" in text
    assert "testserver/stek/kalmthout/" in text
    assert "Peeters" not in text


def test_the_code_leads_to_the_page(client, week):
    picture = segno.make(ADDRESS, micro=False, error="m").svg_data_uri(border=0, omitsize=True)
    assert html.escape(picture) in poster(client).content.decode()
    assert client.get(ADDRESS).status_code == 200


def test_hours_that_ended_or_start_later_do_not_hang_in_the_window(client, stek, week, today):
    factories.opening_hours(stek, weekday=0, last_day=today - dt.timedelta(days=1))
    factories.opening_hours(stek, weekday=1, first_day=today + dt.timedelta(days=60))
    factories.opening_hours(stek, weekday=4, first_day=today + dt.timedelta(days=7))
    text = text_of(poster(client))
    assert "maandag" not in text
    assert "dinsdag" not in text
    assert "vrijdag" in text


def test_a_stek_without_hours_has_a_poster_that_says_so(client, stek):
    assert "We weten nog niet wanneer we weer open zijn." in text_of(poster(client))


@pytest.mark.parametrize(
    ("asked", "paper"), [("a3", "a3"), ("a4", "a4"), ("", "a4"), ("a0", "a4"), ("A3'--", "a4")]
)
def test_it_comes_on_two_sizes_of_paper(client, week, asked, paper):
    assert f'class="poster poster-{paper} ' in poster(client, formaat=asked).content.decode()


def test_the_other_paper_keeps_the_language(client, week):
    body = poster(client, taal="ar").content.decode()
    assert "?taal=ar&amp;formaat=a3" in body
    assert "?taal=fr&amp;formaat=a4" in body


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_it_comes_in_every_language(client, week, language):
    response = poster(client, taal=language.code)
    assert f'<html lang="{language.code}" dir="{language.direction}">' in response.content.decode()
    assert ("woensdag" in text_of(response)) is (language.code == "nl")


def test_more_lines_stand_there_smaller(client, stek):
    sizes = []
    for number in range(7):
        factories.opening_hours(stek, weekday=number)
        body = poster(client).content.decode()
        sizes += re.findall(r"poster-(large|medium|small|tiny)", body)
    assert sizes == ["large"] * 2 + ["medium"] + ["small"] * 2 + ["tiny"] * 2


def test_it_takes_as_many_queries_with_one_and_with_three_lines(
    client, stek, week, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(4) as few:
        poster(client)
    for weekday in (0, 1, 3):
        factories.table_turn(factories.opening_hours(stek, weekday=weekday), "LIGO")
    with django_assert_num_queries(len(few)):
        poster(client)
