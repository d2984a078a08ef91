"""Coordinators give a token for the figures of their STEKs, see who reads, and take it back."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from reports.models import Consumer
from tests import factories
from tests.cast import signed_in
from tests.reports.api import TOKEN, ask
from tests.visits.desk import text_of

PAGE = "/rapporten/afnemers/"
PASSWORD = "koffie-en-thee-1"


def make(client, **form: Any):
    body = {"request_id": uuid.uuid4(), "name": "Koepel", "password": PASSWORD}
    return client.post(PAGE, body | form)


def token_on(answer) -> str:
    found = re.search(r'id="nieuw-token"[^>]*value="([^"]*)"', answer.content.decode(), re.DOTALL)
    return found[1] if found else ""


@pytest.fixture
def els(coordinator):
    """The coordinator of Kalmthout, whose password is known."""
    coordinator.user.set_password(PASSWORD)
    coordinator.user.save()
    coordinator.force_login(coordinator.user)
    return coordinator


@pytest.fixture
def both(els, essen):
    """The same, who coordinates Essen too."""
    factories.membership(essen, Role.COORDINATOR, user=els.user)
    els.force_login(els.user)
    session = els.session
    session["stek"] = els.membership.stek_id
    session.save()
    return els


def test_start_leads_coordinators_to_the_consumers(coordinator, mika):
    assert PAGE in coordinator.get("/rapporten/").content.decode()
    assert PAGE not in mika.get("/rapporten/").content.decode()


def test_page_without_consumers_says_what_that_means(coordinator):
    page = text_of(coordinator.get(PAGE))
    assert "Nog niemand" in page
    assert "alleen vastgelegde rapporten" in page


def test_token_is_shown_once_and_opens_the_api(els, stek):
    factories.snapshot(stek, "saamo", "2026-Q1")
    answer = make(els)
    assert (answer.status_code, answer.url) == (302, PAGE)
    token = token_on(els.get(PAGE))
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert token not in els.get(PAGE).content.decode()
    consumer = Consumer.objects.get()
    assert (consumer.name, consumer.created_by) == ("Koepel", els.user)
    assert list(consumer.steks.all()) == [stek]
    assert token not in str(Consumer.objects.values())
    assert ask("figures/", token).json()["count"] == 1
    event = AuditEvent.objects.get(verb="make_consumer")
    assert (event.actor_id, event.stek_id, event.subject_id) == (els.user.pk, stek.pk, consumer.pk)
    assert event.fields == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Geef de afnemer een naam."),
        ({"name": "x" * 81}, "80"),
        ({"password": ""}, "Typ je wachtwoord"),
        ({"password": "iets-anders-12"}, "Dat wachtwoord klopt niet"),
        ({"request_id": "x"}, "al eens gebruikt"),
    ],
)
def test_wrong_input_is_refused_in_words(els, form, said):
    answer = make(els, **form)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Consumer.objects.exists()
    assert "name" in form or 'value="Koepel"' in answer.content.decode()


def test_password_is_asked_once_in_a_quarter_of_an_hour(els):
    make(els)
    assert 'name="password"' not in els.get(PAGE).content.decode()
    assert make(els, name="Stad", password="").status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert 'name="password"' in els.get(PAGE).content.decode()


def test_form_sent_twice_makes_one_consumer_and_keeps_the_token(els):
    key = uuid.uuid4()
    make(els, request_id=key)
    assert make(els, request_id=key).status_code == 302
    assert Consumer.objects.count() == 1
    assert len(token_on(els.get(PAGE))) == 43
    # After it was shown it does not come back.
    make(els, request_id=key)
    assert token_on(els.get(PAGE)) == ""
    answer = make(els, request_id=key, name="Een ander")
    assert answer.status_code == 422
    assert "al eens gebruikt" in text_of(answer)


def test_who_coordinates_several_steks_chooses(both, stek, essen):
    page = both.get(PAGE).content.decode()
    assert "Van welke STEKs?" in page
    assert make(both).status_code == 422  # none is ticked
    make(both, steks=[stek.pk, essen.pk])
    assert set(Consumer.objects.get().steks.all()) == {stek, essen}
    events = AuditEvent.objects.filter(verb="make_consumer")
    assert {event.stek_id for event in events} == {stek.pk, essen.pk}


def test_nobody_gives_away_another_steks_figures(els, both, stek):
    elsewhere = factories.stek("Wuustwezel")
    factories.membership(elsewhere, Role.COMMUNITY_WORKER, user=els.user)
    answer = make(both, steks=[stek.pk, elsewhere.pk])
    assert answer.status_code == 422
    assert "Kies STEKs uit de lijst." in text_of(answer)
    assert "Wuustwezel" not in text_of(answer, "nieuwe-afnemer")
    assert not Consumer.objects.exists()


def test_with_one_stek_the_form_decides_nothing(els, stek, essen):
    make(els, steks=[essen.pk])
    assert list(Consumer.objects.get().steks.all()) == [stek]


def test_list_shows_who_reads_this_stek(coordinator, stek, essen):
    factories.consumer(stek, essen, name="Koepel")
    factories.consumer(essen, name="Alleen Essen")
    page = text_of(coordinator.get(PAGE))
    assert "Koepel" in page
    assert "Essen, Kalmthout" in page
    assert "nog niets gelezen" in page
    assert "Alleen Essen" not in page


def test_list_says_when_it_was_last_used(coordinator, stek):
    factories.consumer(stek, token=TOKEN)
    factories.snapshot(stek, "saamo", "2026-Q1")
    with time_machine.travel("2026-11-20T08:15:10+00:00", tick=False) as clock:
        ask("figures/")
        clock.shift(30)
        ask("figures/")
    assert "laatst gelezen op 20/11/2026 om 9u15" in text_of(coordinator.get(PAGE))


def test_last_use_that_fell_out_of_the_cache_comes_from_the_log(coordinator, stek):
    consumer = factories.consumer(stek)
    AuditEvent.objects.create(
        kind="read",
        verb="read_figures",
        subject_type="consumer",
        subject_id=consumer.pk,
        stek_id=stek.pk,
        at=dt.datetime(2026, 11, 3, 9, 30, tzinfo=dt.UTC),
    )
    assert "laatst gelezen op 03/11/2026 om 10u30" in text_of(coordinator.get(PAGE))


def test_list_asks_no_more_for_many(coordinator, stek, essen):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            coordinator.get(PAGE)
        return len(seen)

    factories.consumer(stek, essen)
    one = queries()
    for number in range(3):
        factories.consumer(stek, essen, name=f"Koepel {number}")
    assert queries() == one


def test_revoking_says_first_that_it_is_for_good(coordinator, stek):
    consumer = factories.consumer(stek, token=TOKEN)
    where = reverse("reports:revoke_consumer", args=[consumer.pk])
    page = text_of(coordinator.get(where))
    assert "niet ongedaan maken" in page
    assert ask("figures/").status_code == 200
    answer = coordinator.post(where)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert ask("figures/").status_code == 401
    consumer.refresh_from_db()
    assert (consumer.revoked_by, list(consumer.steks.all())) == (coordinator.user, [stek])
    page = text_of(coordinator.get(PAGE))
    assert "het token werkt niet meer" in page
    assert "ingetrokken door Els Goossens" in page
    assert AuditEvent.objects.get(verb="revoke_consumer").fields == ["revoked_at"]
    # Once more changes nothing.
    assert coordinator.post(where).status_code == 302
    assert coordinator.get(where).status_code == 404
    assert AuditEvent.objects.filter(verb="revoke_consumer").count() == 1


def test_revoking_takes_the_own_steks_out_and_leaves_the_others(
    coordinator, other_stek, stek, essen
):
    consumer = factories.consumer(stek, essen, token=TOKEN)
    factories.snapshot(stek, "saamo", "2026-Q1")
    factories.snapshot(essen, "saamo", "2026-Q1")
    where = reverse("reports:revoke_consumer", args=[consumer.pk])
    page = text_of(coordinator.get(where))
    assert "geen cijfers meer van: Kalmthout" in page
    assert "blijft werken voor: Essen." in page
    coordinator.post(where)
    assert [one["stek"]["slug"] for one in ask("figures/").json()["figures"]] == ["essen"]
    assert ask("figures/kalmthout/2026-Q1/").status_code == 404
    assert coordinator.get(where).status_code == 404  # it is no business of Kalmthout any more
    assert "leest de cijfers van jouw STEK niet meer" in text_of(coordinator.get(PAGE))
    event = AuditEvent.objects.get(verb="revoke_consumer")
    assert (event.stek_id, event.fields) == (stek.pk, ["steks"])
    other_stek.post(where)
    assert ask("figures/").status_code == 401


def test_who_coordinates_all_its_steks_revokes_it_whole(both, stek, essen):
    consumer = factories.consumer(stek, essen, token=TOKEN)
    both.post(reverse("reports:revoke_consumer", args=[consumer.pk]))
    assert ask("figures/").status_code == 401
    assert AuditEvent.objects.filter(verb="revoke_consumer").count() == 2


def test_name_is_text_on_the_page(coordinator, stek):
    factories.consumer(stek, name="<b>Koepel</b> & co")
    assert "&lt;b&gt;Koepel&lt;/b&gt; &amp; co" in coordinator.get(PAGE).content.decode()


def test_community_worker_sees_no_consumers(stek):
    client = signed_in(factories.membership(stek, Role.COMMUNITY_WORKER))
    assert client.get(PAGE).status_code == 403
