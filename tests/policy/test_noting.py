"""Noting a signal: two lines, from anywhere; no names, no numbers; taken back, and answered."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from policy.models import Signal
from policy.states import Phase
from tests import factories
from tests.races import at_once
from tests.visits.desk import text_of

NOTE = "/signalen/noteren/"


def note(client, text="De bus rijdt niet op woensdag.", **fields):
    values = {"bottleneck": text, "request_id": uuid.uuid4()} | fields
    return client.post(NOTE, values)


@pytest.mark.parametrize("who", ["counter", "helper", "mika", "coordinator"])
def test_whoever_meets_visitors_may_note(who, request):
    client = request.getfixturevalue(who)
    assert "Wat loopt er niet?" in text_of(client.get(NOTE))
    assert note(client, proposal="Een belbus.", with_visitors="on").status_code == 302
    signal = Signal.objects.get()
    assert (signal.bottleneck, signal.proposal) == ("De bus rijdt niet op woensdag.", "Een belbus.")
    assert (signal.noted_by, signal.stek) == (client.user, client.membership.stek)
    assert (signal.phase, signal.with_visitors) == (Phase.NOTICED, True)
    assert AuditEvent.objects.get(verb="note_signal").subject_id == signal.pk


def test_every_page_offers_it_to_those_who_may(counter, administrator, opening):
    page = counter.get("/balie/").content.decode()
    assert "data-stek-signal-open" in page
    assert "terug=/balie/" in page
    assert "data-stek-signal-open" not in administrator.get("/balie/").content.decode()


def test_same_form_twice_is_one_signal_and_another_text_is_refused(helper):
    key = uuid.uuid4()
    first, second = (note(helper, request_id=key) for _ in range(2))
    assert first.url == second.url
    refused = note(helper, "Iets anders.", request_id=key)
    assert refused.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(refused)
    assert Signal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_form_many_times_at_once_is_one_signal(stek, helper):
    key = uuid.uuid4()
    statuses = [
        answer.status_code for answer in at_once(5, lambda _n: note(helper, request_id=key))
    ]
    assert set(statuses) == {302}
    assert Signal.objects.count() == 1


def test_lines_that_were_typed_are_one_paragraph(helper):
    note(helper, "De bus\r\nrijdt  niet.")
    assert Signal.objects.get().bottleneck == "De bus rijdt niet."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Schrijf in één zin wat er niet loopt."),
        ("Iemand met 85.07.30-033.61 wacht al lang.", "rijksregisternummer"),
        ("Stort op BE71 0961 2345 6769.", "rekeningnummer"),
        ("x" * 301, "hoogstens 300 tekens"),
        ("<b>bus</b>", "Laat de tekens < en > weg."),
    ],
)
def test_what_does_not_belong_there_is_refused_and_the_rest_kept(helper, text, said):
    response = note(helper, text, proposal="Een belbus.")
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Een belbus." in text_of(response)
    assert not Signal.objects.exists()


def test_words_about_health_are_warned_of_once(helper):
    text = "Wie verslaafd is, wacht een half jaar."
    first = note(helper, text)
    assert first.status_code == 422
    assert "Gaat “verslaafd” over één persoon?" in text_of(first)
    seen = first.context["form"]["health_seen"].value()
    assert note(helper, text, health_seen=seen).status_code == 302
    # It was that text that somebody looked at, no other.
    assert note(helper, "Iemand is ziek.", health_seen=seen).status_code == 422


# --- from a question ---


@pytest.fixture
def question(opening, stek, helper):
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    return factories.question(visit, factories.theme(stek), by=helper.user)


def test_question_gives_its_theme_and_is_linked(helper, question):
    page = helper.get(reverse("forms_help:question", args=[question.pk]))
    address = f"{NOTE}?vraag={question.pk}"
    assert address in page.content.decode()
    form = helper.get(address).context["form"]
    assert (form["question"].value(), form["theme"].value()) == (question.pk, question.theme_id)
    note(helper, question=question.pk, theme=question.theme_id)
    signal = Signal.objects.get()
    assert (signal.question, signal.theme) == (question, question.theme)


def test_question_of_a_colleague_or_another_stek_does_not_exist(counter, other_stek, question):
    for client in (counter, other_stek):
        assert client.get(f"{NOTE}?vraag={question.pk}").status_code == 404
        assert note(client, question=question.pk).status_code == 404
    assert not Signal.objects.exists()


def test_theme_of_another_stek_is_no_theme(helper, essen):
    theirs = factories.theme(essen)
    assert note(helper, theme=theirs.pk).status_code == 422


# --- the way back ---


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/balie/", "/balie/"),
        ("https://elders.example/", "/"),
        ("//elders.example/", "/"),
        ("/\\elders.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("balie", "/"),
    ],
)
def test_way_back_is_a_page_of_ours(helper, asked, back):
    response = helper.get(note(helper, back=asked).url)
    assert response.context["back"] == back


# --- taking back ---


def test_who_noted_it_takes_it_back_in_the_first_minutes(helper, coordinator):
    page = helper.get(note(helper).url)
    assert "Ongedaan maken" in text_of(page)
    signal = Signal.objects.get()
    address = reverse("signals:undo", args=[signal.pk])
    assert coordinator.post(address).status_code == 404
    assert helper.post(address).status_code == helper.post(address).status_code == 302
    signal.refresh_from_db()
    assert signal.void_reason == "undone"
    assert "Je noteerde nog niets." in text_of(helper.get(reverse("signals:mine")))


def test_later_or_once_sorted_it_is_not_taken_back(helper, stek):
    before = timezone.now() - dt.timedelta(minutes=16)
    old = factories.signal(stek, by=helper.user, noted_at=before)
    kept = factories.signal(stek, by=helper.user, phase=Phase.COLLECTED)
    for signal in (old, kept):
        response = helper.post(reverse("signals:undo", args=[signal.pk]))
        assert response.status_code == 422
        signal.refresh_from_db()
        assert not signal.is_voided


def test_who_works_in_two_steks_reads_in_each_what_they_noted_there(helper, stek, essen):
    factories.membership(essen, Role.HELPER, user=helper.user)
    there = factories.signal(stek, "In Kalmthout.", by=helper.user)
    factories.signal(essen, "In Essen.", by=helper.user)
    page = text_of(helper.get(reverse("signals:mine")))
    assert "In Essen." in page  # where they work now
    assert "In Kalmthout." not in page
    assert helper.post(reverse("signals:undo", args=[there.pk])).status_code == 404


def test_office_leads_to_the_page_and_back(coordinator):
    page = coordinator.get(reverse("admin:index")).content.decode()
    assert 'href="/signalen/noteren/?terug=/beheer/"' in page
    response = coordinator.get(note(coordinator, back="/beheer/").url)
    assert response.context["back"] == "/beheer/"


# --- the answer ---


def test_who_signalled_sees_that_there_is_an_answer_and_reads_it(helper, counter, mika, stek):
    bundle = factories.bundle(stek, handed_on=True)
    signal = factories.signal(stek, by=helper.user, bundle=bundle)
    factories.signal(stek, by=counter.user)
    mine = reverse("signals:mine")
    assert "Doorgegeven aan gemeente Kalmthout" in text_of(helper.get(mine))
    answer = {"answer": "Er komt een belbus.", "day": factories.today(), "version": bundle.version}
    mika.post(reverse("signals:answer", args=[bundle.pk]), answer)
    assert "bar-mark-new" in helper.get("/agenda/").content.decode()
    assert "bar-mark-new" not in counter.get("/agenda/").content.decode()
    page = text_of(helper.get(mine))
    assert "Lees het antwoord" in page
    assert "Er komt een belbus." not in page
    read = helper.post(reverse("signals:read_answer", args=[signal.pk]))
    assert read.url == f"{mine}#signaal-{signal.pk}"
    page = helper.get(mine)
    assert "Er komt een belbus." in text_of(page)
    assert "bar-mark-new" not in page.content.decode()
    # Another answer is new again.
    bundle.refresh_from_db()
    mika.post(
        reverse("signals:answer", args=[bundle.pk]),
        answer | {"answer": "De belbus rijdt.", "version": bundle.version},
    )
    assert "Lees het antwoord" in text_of(helper.get(mine))


def test_answer_to_a_signal_that_was_taken_out_is_not_shown(helper, mika, stek):
    bundle = factories.bundle(stek, handed_on=True)
    signal = factories.signal(stek, by=helper.user, bundle=bundle)
    answer = {"answer": "Neen.", "day": factories.today(), "version": bundle.version}
    mika.post(reverse("signals:answer", args=[bundle.pk]), answer)
    mika.post(reverse("signals:take_out", args=[signal.pk]))
    assert "bar-mark-new" not in helper.get("/agenda/").content.decode()
