"""What is still to do after a question: the list, its buttons, and who sees which."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import FollowUp
from tests import factories
from tests.forms_help import desk
from tests.visits.desk import card_of, text_of


@pytest.fixture
def papers(visit, rent, payslip, today):
    """Fatima brings a payslip tomorrow; noted by somebody who is not in the cast."""
    return factories.follow_up(factories.question(visit, rent), documents=[payslip])


@pytest.fixture
def task(visit, rent):
    question = factories.question(visit, rent)
    return factories.follow_up(question, kind="task", what="Belt Fluvius", documents=[])


@pytest.fixture
def gone(stek, papers, task, visit):
    """Nobody is here today: the visit with its follow-ups was last week."""
    visit.opening.day -= dt.timedelta(days=7)
    visit.opening.save()
    return visit


def brings(client, visit) -> str:
    """The line that the counter's card fetches."""
    return text_of(client.get(reverse("forms_help:brings", args=[visit.pk])))


def state(follow_up: FollowUp) -> tuple[object, ...]:
    follow_up.refresh_from_db()
    return follow_up.done_by, follow_up.dropped_by, follow_up.drop_reason


# --- the list ---


def test_list_shows_overdue_first_and_then_by_day(mika, visit, rent, today):
    for what, days in (("later", 5), ("vandaag aan de beurt", 0), ("te laat", -3)):
        due = today + dt.timedelta(days=days)
        factories.follow_up(factories.question(visit, rent), kind="task", what=what, due=due)
    page = text_of(desk.follow_ups(mika))
    assert page.index("te laat") < page.index("vandaag aan de beurt") < page.index("later")
    assert page.count("had moeten zijn") == 1
    assert "vandaag Gedaan" in page


def test_list_says_who_what_for_whom_and_by_whom(mika, helper, stek, visit, rent, papers):
    theme = factories.theme(stek, "schulden en facturen")
    question = factories.question(visit, theme, by=helper.user)
    factories.follow_up(question, kind="task", for_role="", for_user=mika.user)
    nameless = factories.question(None, rent, opening=visit.opening)
    factories.follow_up(nameless, kind="task", for_role=Role.COORDINATOR)
    page = text_of(desk.follow_ups(mika))
    assert "Brengt papieren mee: loonbrief klant 1, Fatima El Amrani · wonen en huur" in page
    assert "voor wie aan tafel zit" in page
    assert "schulden en facturen · voor Mika · genoteerd door Bram" in page
    assert "zonder naam · wonen en huur · voor de coördinator" in page


def test_list_is_logged_as_read(mika, stek, papers):
    desk.follow_ups(mika)
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.subject_id, event.actor_id) == ("follow_ups", stek.pk, mika.user.pk)


def test_list_without_anything_says_so(mika):
    assert "Er staat niets open." in text_of(desk.follow_ups(mika))


def test_list_shows_what_was_closed_in_the_last_two_weeks(mika, visit, rent):
    for what, days in (("van gisteren", 1), ("van vroeger", 15)):
        done = {"done_at": timezone.now() - dt.timedelta(days=days), "done_by": mika.user}
        factories.follow_up(factories.question(visit, rent), kind="task", what=what, **done)
    page = text_of(desk.follow_ups(mika))
    assert "Er staat niets open." in page
    assert "Op te volgen: van gisteren" in page
    assert "van vroeger" not in page


def test_list_offers_nothing_of_a_question_that_was_struck_out(mika, papers):
    desk.void(mika, papers.question)
    page = text_of(desk.follow_ups(mika))
    assert "Heropen" not in page
    assert "loonbrief" not in page


# --- its buttons ---


def test_done_ticks_it_off_once(helper, papers):
    for _press in range(2):
        response = desk.press(helper, "done", papers)
        assert response.url == reverse("forms_help:follow_ups")
    assert state(papers) == (helper.user, None, "")
    event = AuditEvent.objects.get(verb="follow_up_done")
    assert (event.actor_id, event.subject_id) == (helper.user.pk, papers.pk)
    assert (event.stek_id, event.fields) == (papers.stek_id, ["done_at"])


def test_done_at_the_table_goes_back_to_the_visitor(helper, visit, papers):
    assert "Brengt papieren mee: loonbrief" in text_of(desk.person(helper, visit))
    response = desk.press(helper, "done", papers, visit=visit.pk)
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    assert "loonbrief" not in text_of(desk.person(helper, visit), "who")


@pytest.mark.parametrize("back", ["", "x", "-1", "٣", "9" * 40, "//evil.example"])
def test_done_with_a_strange_way_back_goes_to_the_list(helper, papers, back):
    response = desk.press(helper, "done", papers, visit=back)
    assert response.url == reverse("forms_help:follow_ups")


def test_drop_needs_a_reason_and_keeps_it(helper, papers):
    response = desk.press(helper, "drop", papers)
    assert response.status_code == 422
    assert "Kies waarom." in text_of(response)
    for wrong in ("x", "undone", ""):
        assert desk.press(helper, "drop", papers, reason=wrong).status_code == 422
    assert state(papers) == (None, None, "")
    assert desk.press(helper, "drop", papers, reason="elsewhere").status_code == 302
    desk.press(helper, "drop", papers, reason="not_seen")
    assert state(papers) == (None, helper.user, "elsewhere")
    assert AuditEvent.objects.filter(verb="follow_up_drop").count() == 1
    assert "elders geholpen" in text_of(desk.follow_ups(helper))


def test_done_after_drop_changes_nothing(helper, papers):
    desk.press(helper, "drop", papers, reason="elsewhere")
    desk.press(helper, "done", papers)
    assert state(papers) == (None, helper.user, "elsewhere")


@pytest.mark.parametrize("first", [("done", {}), ("drop", {"reason": "mistake"})])
def test_reopen_takes_it_back(helper, papers, first):
    what, form = first
    desk.press(helper, what, papers, **form)
    for _press in range(2):
        assert desk.press(helper, "reopen", papers).status_code == 302
    assert state(papers) == (None, None, "")
    assert AuditEvent.objects.filter(verb="follow_up_reopen").count() == 1
    assert "Gedaan" in text_of(desk.follow_ups(helper))


def test_move_puts_it_on_another_day(helper, papers, today):
    due = today + dt.timedelta(days=9)
    for _press in range(2):
        assert desk.press(helper, "move", papers, due=f"{due:%d/%m/%Y}").status_code == 302
    papers.refresh_from_db()
    assert papers.due == due
    event = AuditEvent.objects.get(verb="follow_up_move")
    assert (event.actor_id, event.fields) == (helper.user.pk, ["due"])
    assert f"Verplaatst naar {due:%d/%m/%Y}." in text_of(desk.follow_ups(helper))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("", "Kies een dag."),
        ("morgen", "Kies een dag, bv. 21/03/2027."),
        ("2026-02-30", "Kies een dag, bv. 21/03/2027."),
        ("\x00", "Kies een dag, bv. 21/03/2027."),
        (-1, "Kies een dag vanaf vandaag, binnen het jaar."),
        (367, "Kies een dag vanaf vandaag, binnen het jaar."),
    ],
)
def test_move_refuses_another_day_at_its_row(helper, papers, task, today, due, words):
    if isinstance(due, int):
        due = (today + dt.timedelta(days=due)).isoformat()
    before = papers.due
    response = desk.press(helper, "move", papers, due=due)
    assert response.status_code == 422
    page = response.content.decode()
    row = page.split(f'id="opvolging-{papers.pk}"')[1].split("</li>")[0]
    assert words in row
    assert page.count(words) == 1
    papers.refresh_from_db()
    assert papers.due == before


# --- at the next check-in ---


def test_counter_hears_which_papers_somebody_brings(counter, stek, visit, papers):
    later = factories.visit(visit.opening, visit.household, repeated=True)
    assert brings(counter, later) == (
        "Brengt papieren mee: loonbrief Wil die persoon langs de tafel? Tik op “vraag”."
    )
    assert brings(counter, visit) == "Brengt papieren mee: loonbrief"
    assert (
        reverse("forms_help:brings", args=[visit.pk])
        in counter.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    )
    assert "wonen" not in card_of(counter, visit)


def test_counter_never_hears_a_theme_or_the_text_of_a_task(counter, visit, task):
    said = brings(counter, visit)
    assert said == "Aan de tafel Koffie & Formulieren staat nog iets open."


def test_counter_hears_nothing_of_what_is_done_or_of_somebody_else(
    counter, helper, stek, visit, papers
):
    other = factories.visit(visit.opening, factories.household(stek, "Jo", "Maes"))
    nameless = factories.anonymous_visit(visit.opening)
    assert brings(counter, other) == brings(counter, nameless) == ""
    desk.press(helper, "done", papers)
    assert brings(counter, visit) == ""


def test_line_says_which_papers_somebody_brings(helper, visit, papers, task):
    assert "1 Fatima E. brengt mee: loonbrief" in desk.line_of(helper, visit.opening)
    assert "Fluvius" not in desk.line_of(helper, visit.opening)


# --- who sees which ---


def test_helper_sees_what_is_for_the_table_by_name_or_of_a_question_of_theirs(
    helper, mika, visit, rent
):
    def add(what, by=None, **fields):
        question = factories.question(visit, rent, by=by)
        return factories.follow_up(question, kind="task", what=what, **fields)

    add("aan tafel")
    add("op naam", for_role="", for_user=helper.user)
    add("zelf genoteerd", by=helper.user, for_role=Role.COORDINATOR)
    add("voor de coördinatie", for_role=Role.COORDINATOR)
    add("voor Mika", for_role="", for_user=mika.user)
    page = text_of(desk.follow_ups(helper))
    for seen in ("aan tafel", "op naam", "zelf genoteerd"):
        assert f"Op te volgen: {seen}" in page
    for hidden in ("voor de coördinatie", "Op te volgen: voor Mika"):
        assert hidden not in page
    all_of_it = text_of(desk.follow_ups(mika))
    assert "Op te volgen: voor de coördinatie" in all_of_it
    assert "Op te volgen: op naam" in all_of_it


def test_volunteer_sees_no_list(volunteer, papers):
    assert desk.follow_ups(volunteer).status_code == 403
    for what in ("reopen", "move", "drop"):
        assert desk.press(volunteer, what, papers, reason="mistake").status_code == 403


def test_volunteer_ticks_off_for_who_is_here_today(volunteer, visit, papers):
    assert "Brengt papieren mee: loonbrief" in text_of(desk.person(volunteer, visit))
    response = desk.press(volunteer, "done", papers, visit=visit.pk)
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    assert state(papers)[0] == volunteer.user


def test_volunteer_finds_nothing_of_who_is_not_here(volunteer, gone, papers):
    assert desk.press(volunteer, "done", papers).status_code == 404
    assert state(papers) == (None, None, "")


def test_volunteer_finds_nothing_of_a_voided_visit(volunteer, counter, visit, papers):
    counter.post(reverse("visits:void", args=[visit.pk]), {"reason": "mistake"})
    assert desk.press(volunteer, "done", papers).status_code == 404


def test_helper_handles_what_is_not_theirs_only_for_who_is_here(helper, mika, visit, papers):
    papers.for_role, papers.for_user = "", mika.user
    papers.save()
    assert desk.press(helper, "done", papers).status_code == 302
    visit.opening.day -= dt.timedelta(days=7)
    visit.opening.save()
    for what in ("done", "reopen", "move", "drop"):
        assert desk.press(helper, what, papers, reason="mistake").status_code == 404


def test_follow_up_of_another_stek_is_not_found(other_stek, essen, visit, papers):
    """Also when somebody of the same number is here today."""
    household = factories.household(essen, number=visit.household.number)
    factories.visit(factories.opening(essen), household)
    for what in ("done", "reopen", "move", "drop"):
        form = {"reason": "mistake", "due": papers.due.isoformat()}
        assert desk.press(other_stek, what, papers, **form).status_code == 404
    assert "loonbrief" not in text_of(desk.follow_ups(other_stek))
    assert state(papers) == (None, None, "")


def test_follow_up_of_a_week_ago_waits_for_the_next_visit(volunteer, gone, papers, stek):
    opening = factories.opening(stek)
    visit = factories.visit(opening, gone.household, purposes=["question"])
    assert "brengt mee: loonbrief" in desk.line_of(volunteer, opening)
    page = text_of(desk.person(volunteer, visit))
    assert "Brengt papieren mee: loonbrief" in page
    assert desk.press(volunteer, "done", papers, visit=visit.pk).status_code == 302


# --- who may read the text ---


def test_volunteer_reads_no_text_of_a_colleagues_task(volunteer, visit, task):
    page = text_of(desk.person(volunteer, visit))
    assert "Er staat nog iets open van een collega" in page
    assert "Fluvius" not in page


def test_volunteer_reads_the_text_of_an_own_task_and_a_helper_any(volunteer, helper, visit, rent):
    question = factories.question(visit, rent, by=volunteer.user)
    factories.follow_up(question, kind="task", what="Belt Fluvius")
    assert "Belt Fluvius" in text_of(desk.person(volunteer, visit))
    assert "Belt Fluvius" in text_of(desk.person(helper, visit))


def test_list_shows_a_helper_a_short_name_and_the_record_a_full_one(helper, mika, papers):
    address = reverse("forms_help:follow_ups")
    assert "Fatima E." in text_of(helper.get(address))
    assert "El Amrani" not in text_of(helper.get(address))
    assert "Fatima El Amrani" in text_of(mika.get(address))


def test_list_of_a_stek_that_shows_numbers_shows_a_helper_no_name(stek, helper, papers):
    stek.shows_names = False
    stek.save()
    assert "Fatima" not in text_of(helper.get(reverse("forms_help:follow_ups")))


def test_move_of_what_is_only_at_hand_is_refused(helper, visit, rent, today):
    own = factories.follow_up(factories.question(visit, rent), for_role=Role.COORDINATOR)
    address = reverse("forms_help:follow_up_move", args=[own.pk])
    assert helper.post(address, {"due": today.isoformat()}).status_code == 404
