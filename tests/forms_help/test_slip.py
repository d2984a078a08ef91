"""The next-time slip: what stands on it, in which language, and what never does."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.list_actions import start_lists
from forms_help.models import Document, DocumentName, FollowUp
from forms_help.slip_words import SLIP_WORDS
from people.models import Language
from tests import factories
from tests.visits.desk import text_of

pytestmark = pytest.mark.one_engine("a paper")

#: A Thursday without anything particular to it.
THURSDAY = dt.date(2026, 12, 3)


@pytest.fixture
def visit(stek, opening):
    stek.street = "Kapellensteenweg 0"
    stek.save()
    household = factories.household(stek, "Jozef", "Van den Broeck")
    return factories.visit(opening, household, purposes=["question"])


@pytest.fixture
def question(stek, visit):
    return factories.question(
        visit,
        factories.theme(stek, "schulden en facturen"),
        note="deurwaarder",
        note_until=THURSDAY,
    )


@pytest.fixture
def payslip(stek):
    document = factories.document(stek, "loonbrief", pictogram="briefcase")
    DocumentName.objects.create(document=document, language="ar", name="قسيمة الراتب")
    return document


@pytest.fixture
def follow_up(question, payslip):
    return factories.follow_up(
        question, documents=[payslip], due=THURSDAY, what="schuld bij Fluvius"
    )


def on_thursdays(stek, **hours):
    """Open each Thursday since the start of that year, from 13 to 16."""
    factories.opening_hours(stek, 3, first_day=dt.date(2026, 1, 1), **hours)


def show(client, follow_up, taal=""):
    query = {"taal": taal} if taal else {}
    return client.get(reverse("forms_help:slip", args=[follow_up.pk]), query)


def slip_of(response) -> str:
    """The source of the sheet itself."""
    found = re.search(r'<section class="slip.*?</section>', response.content.decode(), re.DOTALL)
    assert found
    return found[0]


# --- what stands on it ---


def test_slip_says_what_to_bring_when_where_and_whom_to_ask_for(mika, stek, follow_up):
    on_thursdays(stek)
    page = text_of(show(mika, follow_up))
    for words in (
        "Breng mee loonbrief",
        "donderdag 3 december 2026",
        "van 13u tot 16u",
        "iemand aan de tafel Koffie & Formulieren",
        "STEK Kalmthout Kapellensteenweg 0 2920 Kalmthout",
    ):
        assert words in page


def test_slip_in_the_visitors_language_keeps_the_dutch_word(mika, stek, follow_up):
    on_thursdays(stek, opens_at=dt.time(9, 30))
    sheet = slip_of(show(mika, follow_up, "ar"))
    assert 'lang="ar"' in sheet
    assert 'dir="rtl"' in sheet
    assert "قسيمة الراتب" in sheet
    assert '<small lang="nl" dir="ltr">loonbrief</small>' in sheet
    assert "من الساعة 9:30 إلى الساعة 16:00" in sheet
    assert "الخميس" in sheet


def test_slip_without_a_name_in_that_language_shows_the_dutch_word_once(mika, follow_up):
    sheet = slip_of(show(mika, follow_up, "pl"))
    assert sheet.count("loonbrief") == 1
    assert '<strong lang="nl" dir="ltr">loonbrief</strong>' in sheet


@pytest.mark.parametrize("language", Language.values)
def test_slip_never_says_who_or_why(mika, follow_up, language):
    sheet = slip_of(show(mika, follow_up, language))
    for secret in ("Jozef", "Broeck", "schulden", "schuld", "Fluvius", "deurwaarder"):
        assert secret not in sheet


def test_slip_shows_the_drawing_of_each_paper(mika, follow_up):
    assert 'img/pictograms.svg#briefcase"' in slip_of(show(mika, follow_up))


def test_slip_of_a_task_brings_no_papers(mika, question, payslip):
    task = factories.follow_up(question, kind=FollowUp.Kind.TASK, documents=[payslip], due=THURSDAY)
    sheet = slip_of(show(mika, task))
    assert "Breng mee" not in sheet
    assert "loonbrief" not in sheet
    assert "donderdag 3 december 2026" in sheet


# --- when ---


@pytest.mark.parametrize(("minutes", "said"), [(0, "van 14u tot 16u"), (30, "van 14u30 tot 16u")])
def test_slip_writes_dutch_hours_as_people_do(mika, stek, follow_up, minutes, said):
    on_thursdays(stek, opens_at=dt.time(14, minutes))
    assert said in text_of(show(mika, follow_up))


def test_slip_of_a_day_without_opening_shows_the_date_alone(mika, stek, follow_up):
    on_thursdays(stek)
    factories.changed_day(stek, THURSDAY, reason="verbouwing")
    page = text_of(show(mika, follow_up))
    assert "donderdag 3 december 2026" in page
    assert "13u" not in page


def test_slip_follows_other_hours_of_that_date(mika, stek, follow_up):
    on_thursdays(stek)
    hours = {"opens_at": dt.time(17), "closes_at": dt.time(19)}
    factories.changed_day(stek, THURSDAY, to_day=THURSDAY, **hours)
    assert "van 17u tot 19u" in text_of(show(mika, follow_up))


def test_slip_of_a_day_that_passed_says_so_beside_it(mika, follow_up, today):
    warning = "Deze dag is al voorbij."
    follow_up.due = today
    follow_up.save()
    assert warning not in text_of(show(mika, follow_up))
    follow_up.due = today - dt.timedelta(days=1)
    follow_up.save()
    response = show(mika, follow_up)
    assert warning in text_of(response)
    assert warning not in slip_of(response)


# --- whom to ask for ---


def test_slip_for_one_colleague_gives_the_first_name(mika, coordinator, question):
    mine = factories.follow_up(question, for_role="", for_user=coordinator.user, due=THURSDAY)
    sheet = slip_of(show(mika, mine))
    assert "Els" in sheet
    assert "Goossens" not in sheet


def test_slip_for_the_community_worker_gives_the_name_that_visitors_know(mika, question):
    for_mika = factories.follow_up(question, for_role=Role.COMMUNITY_WORKER, due=THURSDAY)
    assert "<strong>Mika</strong>" in slip_of(show(mika, for_mika))


def test_slip_gives_no_name_when_there_are_two_community_workers(mika, stek, question):
    factories.membership(stek, Role.COMMUNITY_WORKER)
    for_one = factories.follow_up(question, for_role=Role.COMMUNITY_WORKER, due=THURSDAY)
    assert "<strong>de opbouwwerker</strong>" in slip_of(show(mika, for_one))


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.COORDINATOR, "de coördinator"),
        (Role.HELPER, "iemand aan de tafel"),
        (Role.VOLUNTEER, "iemand aan de tafel"),
    ],
)
def test_slip_for_a_role_says_it_in_words(mika, question, role, said):
    for_role = factories.follow_up(question, for_role=role, due=THURSDAY)
    assert said in text_of(show(mika, for_role))


# --- in which language ---


def test_slip_starts_in_the_language_of_the_household(mika, visit, follow_up):
    visit.household.language = "ti"
    visit.household.save()
    assert 'lang="ti"' in slip_of(show(mika, follow_up))
    assert 'lang="fr"' in slip_of(show(mika, follow_up, "fr"))


@pytest.mark.parametrize("asked", ["", "xx", "NL", "ar\x00", "<b>", "a" * 5000])
def test_slip_in_a_language_that_is_not_there_is_dutch(mika, follow_up, asked):
    response = show(mika, follow_up, asked)
    assert response.status_code == 200
    assert 'lang="nl"' in slip_of(response)


def test_slip_of_somebody_without_a_name_is_dutch(mika, stek, opening):
    visit = factories.anonymous_visit(opening, purposes=["question"])
    follow_up = factories.follow_up(factories.question(visit, factories.theme(stek)))
    assert 'lang="nl"' in slip_of(show(mika, follow_up))


def test_slip_offers_every_language_in_its_own_name(mika, follow_up):
    page = show(mika, follow_up, "fa").content.decode()
    links = re.findall(r'href="\?taal=(\w\w)"\s+lang="(\w\w)"\s+dir="(\w+)"( aria-current)?', page)
    assert [one[0] for one in links] == Language.values
    assert all(one[0] == one[1] for one in links)
    assert {one[0] for one in links if one[2] == "rtl"} == {"ar", "fa"}
    assert [one[0] for one in links if one[3]] == ["fa"]


def test_slip_has_words_in_every_language_of_a_household():
    assert list(SLIP_WORDS) == Language.values
    for words in SLIP_WORDS.values():
        values = vars(words)
        assert all(values.values()), words.language.name
        assert "{opens}" in words.hours
        assert "{closes}" in words.hours
    for field in ("language", "title", "bring", "when", "hours", "ask_for", "where"):
        assert len({getattr(words, field) for words in SLIP_WORDS.values()}) >= 11, field


# --- who may see it, and what it costs ---


def test_slip_is_for_who_may_see_the_follow_up(volunteer, helper, other_stek, follow_up):
    assert show(helper, follow_up).status_code == 200
    assert show(volunteer, follow_up).status_code == 404
    assert show(other_stek, follow_up).status_code == 404
    follow_up.created_by = volunteer.user
    follow_up.save()
    assert show(volunteer, follow_up).status_code == 200


def test_slip_is_logged_as_read(mika, stek, follow_up):
    show(mika, follow_up)
    event = AuditEvent.objects.get()
    assert (event.kind, event.verb) == ("read", "next_time_slip")
    assert (event.subject_id, event.stek_id) == (follow_up.pk, stek.pk)


def test_slip_costs_the_same_for_one_paper_and_for_eight(mika, stek, opening):
    start_lists(stek, by=None)
    follow_up = factories.follow_up(factories.question(None, opening=opening))

    def cost(count: int) -> int:
        follow_up.documents.set(Document.objects.of_stek(stek)[:count])
        with CaptureQueriesContext(connection) as asked:
            response = show(mika, follow_up, "uk")
        assert slip_of(response).count("<li>") == count
        return len(asked)

    assert cost(1) == cost(8)
