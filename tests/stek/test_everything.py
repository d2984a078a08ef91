"""Everything about one household, and who looked: all of it, and nothing of anybody else."""

import datetime as dt
import io
import json
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AuditEvent
from stek.everything.files import make_json, make_pdf
from stek.everything.gather import Everything
from stek.everything.links import LEFT_OUT
from tests import factories
from tests.people import office
from tests.stek.planted import household_with_everything, mark, rechecked
from tests.visits.desk import text_of


@pytest.fixture
def fatima(stek, opening, coordinator):
    return household_with_everything(stek, opening, by=coordinator.user)


def told(household) -> str:
    return make_json(Everything.of(household, now=timezone.now())).decode()


def pages(household) -> str:
    pdf = PdfReader(io.BytesIO(make_pdf(Everything.of(household, now=timezone.now()))))
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_everything_that_hangs_from_a_household_is_in_it_and_nothing_of_another(
    stek, opening, fatima
):
    other = household_with_everything(stek, opening, "Jozef", "Maes")
    mine, theirs = mark(fatima, "M"), mark(other, "T")
    text = told(fatima)
    missing = {name for sign, name in mine.items() if sign not in text}
    assert missing == {name for name in LEFT_OUT if name in mine.values()}
    assert [name for sign, name in theirs.items() if sign in text] == []
    assert "Maes" not in text


def test_household_of_another_stek_is_in_nothing_of_it(stek, essen, opening, fatima):
    there = household_with_everything(essen, factories.opening(essen), "Jozef", "Maes")
    theirs = mark(there, "T")
    assert not [sign for sign in theirs if sign in told(fatima)]


def test_pair_of_look_alikes_is_in_that_of_both_without_the_name_of_the_other(stek, fatima):
    first, last = factories.household(stek, "Jo", "Maes"), factories.household(stek, "Joo", "Maes")
    factories.duplicate_pair(first, last)
    for mine, other in ((first, "Joo"), (last, '"Jo"')):
        (pair,) = json.loads(told(mine))["parts"]["people.duplicatepair"]
        assert pair["score"] == 97
        assert [pair["one"], pair["other"]].count(mine.number) == 1
        assert other not in told(mine)


def test_keys_of_the_file_are_those_of_the_classification(stek, fatima):
    factories.access(fatima, referrer=factories.referrer(stek))
    found = json.loads(told(fatima))
    assert found["version"] == 1
    assert found["number"] == fatima.number
    (household,) = found["parts"]["people.household"]
    assert household["first_name"] == "Fatima"
    assert household["created_by"] == {"role": "coordinator"}
    (question,) = found["parts"]["forms_help.question"]
    assert question["note"] == "Belt."
    assert question["help_types"] == [f"hulp {fatima.number}"]
    assert {"people.member", "people.groceryaccess", "visits.visit", "visits.queueturn",
            "visits.message", "forms_help.followup", "forms_help.questiondraft",
            "people.consent", "referrals.referral", "referrals.referralstep",
            "referrals.answerlink", "referrals.inboundreferral", "policy.signal",
            "reviews.decision", "people.retentionhold", "people.leavingnotice",
            "people.namekey"} <= set(found["parts"])  # fmt: skip


def test_exports_and_mails_about_it_are_named_without_what_a_colleague_wrote(stek, fatima):
    factories.export(stek, reason_words="voor Jan Smit", with_names=True)
    far = timezone.localdate() - dt.timedelta(days=900)
    factories.export(stek, subject="questions", first_day=far, last_day=far)
    text = told(fatima)
    (export,) = json.loads(text)["parts"]["reports.export"]
    assert (export["subject"], export["with_names"]) == ("visits", True)
    assert "Smit" not in text


def test_who_looked_is_a_role_with_first_name_and_initial(coordinator, mika, counter, fatima):
    office.record(mika, fatima)
    looks = json.loads(told(fatima))["log"]
    (look,) = [one for one in looks if one["kind"] == "read"]
    assert (look["role"], look["name"], look["verb"]) == ("community_worker", "Mika V.", "open")
    assert not {"Verlinden", "Goossens"} & set(told(fatima).replace(chr(34), " ").split())


def test_colleague_who_left_is_still_somebody_who_looked(mika, fatima):
    office.record(mika, fatima)
    mika.membership.delete()
    looks = json.loads(told(fatima))["log"]
    assert [one["role"] for one in looks if one["kind"] == "read"] == ["colleague"]


def test_log_is_that_of_all_its_rows_and_of_no_other(stek, opening, mika, fatima):
    other = household_with_everything(stek, opening, "Jozef", "Maes")
    for row in (fatima.referrals.get(), other.referrals.get()):
        mika.get(reverse("referrals:referral", args=[row.pk]))
    looks = json.loads(told(fatima))["log"]
    assert [one["verb"] for one in looks if one["kind"] == "read"] == ["referral"]


def test_paper_says_it_in_words_that_a_visitor_knows(mika, fatima):
    office.record(mika, fatima)
    text = pages(fatima)
    for words in (
        "Alles wat we over jou bewaren",
        "Wie nog voor je mag komen",
        "voornaam: Fatima",
        "korte nota: Belt.",
        "mee te brengen: papier",
        "Wie naar jou keek",
        "opbouwwerker (Mika V.)",
    ):
        assert words in text
    for code in ("first_name", "request_id", "community_worker", "None", "True"):
        assert code not in text


def test_paper_is_tagged_a4_and_dutch(fatima):
    pdf = PdfReader(io.BytesIO(make_pdf(Everything.of(fatima, now=timezone.now()))))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("nl")
    assert round(float(pdf.pages[0].mediabox.width)) == 595


@pytest.mark.parametrize("written", ["#set page(fill: red)", "*vet* $x$ @iets", "Олена عمر 🙂"])
def test_what_somebody_wrote_is_text_on_paper_and_never_run(fatima, written):
    fatima.members.update(first_name=written)
    assert make_pdf(Everything.of(fatima, now=timezone.now())).startswith(b"%PDF-")
    assert json.dumps(written, ensure_ascii=False)[1:-1] in told(fatima)


def test_household_that_has_nothing_yet_and_one_that_is_erased_have_a_paper(stek, coordinator):
    row = factories.household(stek, "Jo", "")
    assert "voornaam: Jo" in pages(row)


def test_costs_the_same_for_one_year_and_for_three(stek, fatima, django_assert_max_num_queries):
    for week in range(30):
        day = timezone.localdate() - dt.timedelta(weeks=week + 1)
        visit = factories.visit(factories.opening(stek, day, closed=True), fatima)
        factories.question(visit, factories.theme(stek, f"t {week}"))
    with django_assert_max_num_queries(45):
        Everything.of(fatima, now=timezone.now())


# --- asking for it ---


def ask(client, household, **more):
    address = reverse("people:everything", args=[household.pk])
    return client.post(address, {"reason": "visitor"} | more)


def take(client, household, file_format="json"):
    return client.get(reverse("people:everything_file", args=[household.pk, file_format]))


@pytest.mark.parametrize(
    ("file_format", "kind"), [("json", "application/json"), ("pdf", "application/pdf")]
)
def test_coordinator_takes_it_after_the_password_and_the_reason(
    coordinator, fatima, file_format, kind
):
    response = ask(rechecked(coordinator), fatima)
    assert "Neem het mee" in text_of(coordinator.get(response["Location"]))
    answer = take(coordinator, fatima, file_format)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert "no-store" in answer["Cache-Control"]
    assert "Fatima" not in answer["Content-Disposition"]
    asked = AuditEvent.objects.get(verb="everything")
    assert (asked.kind, asked.actor_id) == ("change", coordinator.user.pk)
    assert asked.fields == ["reason_visitor"]
    assert AuditEvent.objects.filter(verb="everything_file", kind="read").count() == 1


def test_file_says_who_took_it(coordinator, fatima):
    ask(rechecked(coordinator), fatima)
    looks = json.loads(take(coordinator, fatima).content)["log"]
    assert looks[-1]["verb"] == "everything_file"
    assert looks[-1]["name"] == "Els G."


def test_without_the_password_there_is_no_file(coordinator, fatima):
    assert "Typ je wachtwoord" in text_of(ask(coordinator, fatima))
    answer = take(coordinator, fatima)
    assert answer.status_code == 302
    assert not AuditEvent.objects.filter(verb__startswith="everything").exists()


def test_asking_for_one_household_gives_nothing_of_another(coordinator, stek, fatima):
    other = factories.household(stek, "Jozef", "Maes")
    ask(rechecked(coordinator), fatima)
    assert take(coordinator, other).status_code == 302


def test_password_for_something_else_gives_no_file_that_was_asked_long_ago(coordinator, fatima):
    ask(rechecked(coordinator), fatima)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        assert take(rechecked(coordinator), fatima).status_code == 302


def test_reason_must_be_chosen(coordinator, fatima):
    response = ask(rechecked(coordinator), fatima, reason="zomaar")
    assert response.status_code == 422
    assert "Kies een reden" in text_of(response)


def test_file_of_an_unknown_form_does_not_exist(coordinator, fatima):
    assert take(rechecked(coordinator), fatima, "xlsx").status_code == 404
