"""A question at the table: noting, repeating, refusing, taking back; and who may see which."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.actions import Answer, note_question
from forms_help.models import FollowUp, Question, QuestionDraft
from forms_help.outcomes import Outcome
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk
from tests.visits import desk as counter_desk
from tests.visits.desk import text_of
from visits.models import QueueTurn, Visit

KEY = "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"
IBAN = "BE71 0961 2345 6769"


def open_on(stek, day) -> None:
    """The place opens on this day, also when it is a holiday."""
    hours = {"opens_at": dt.time(13), "closes_at": dt.time(16)}
    factories.changed_day(stek, day, to_day=day, **hours)


#: Forms that say where they belong.
PLACED = ("referrals:note", "forms_help:chat", "forms_help:draft")


@pytest.fixture
def caw(stek):
    """Somebody of CAW at the table."""
    partner = factories.partner(stek, "CAW")
    return signed_in(factories.membership(stek, Role.HELPER, partner=partner))


def struck(client, reason: str = "mistake") -> dict[str, object]:
    return {"voided_at": timezone.now(), "voided_by": client.user, "void_reason": reason}


def refused(response, words: str) -> None:
    """Said in Dutch, and nothing is written."""
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Question.objects.exists()
    assert not FollowUp.objects.exists()
    assert not AuditEvent.objects.filter(kind="change").exists()


# --- noting ---


def test_question_is_noted_with_everything_that_was_tapped(
    helper, stek, opening, visit, rent, letter
):
    listened = factories.help_type(stek, "luisterend oor")
    fields = {"theme": rent, "help_types": [letter, listened], "minutes": 30}
    fields |= {"note": " Belt   morgen\r\nterug. ", "request_id": KEY}
    response = desk.note(helper, visit, **fields)
    question = Question.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.opening, question.visit, question.theme) == (opening, visit, rent)
    assert set(question.help_types.all()) == {letter, listened}
    assert (question.outcome, question.unmet_reason) == (Outcome.HANDLED, "")
    assert question.minutes == 30
    assert question.note == "Belt morgen terug."
    assert question.note_until == opening.day + dt.timedelta(days=90)
    assert (question.helper_role, question.organisation) == (Role.HELPER, None)
    assert question.created_by == helper.user
    assert str(question.request_id) == KEY
    page = text_of(helper.get(response.url))
    assert "Wonen en huur · brief uitgelegd · luisterend oor · afgehandeld · 30 min" in page
    assert "Belt morgen terug. Deze nota verdwijnt na" in page


def test_note_stays_as_long_as_the_stek_says(helper, stek, opening, visit, rent, letter):
    stek.note_days = 10
    stek.save()
    desk.note(helper, visit, theme=rent, help_types=letter, note="Belt morgen.")
    assert Question.objects.get().note_until == opening.day + dt.timedelta(days=10)


def test_question_without_note_has_no_last_day(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, note="  ")
    assert (Question.objects.get().note, Question.objects.get().note_until) == ("", None)


@pytest.mark.parametrize(
    "who", [Role.VOLUNTEER, Role.HELPER, Role.COMMUNITY_WORKER, Role.COORDINATOR]
)
def test_question_keeps_in_which_role_somebody_helped(stek, visit, rent, letter, who):
    client = signed_in(factories.membership(stek, who))
    assert desk.note(client, visit, theme=rent, help_types=letter).status_code == 302
    assert Question.objects.get().helper_role == who


def test_question_of_somebody_who_came_for_coffee_makes_it_a_question_visit(
    helper, opening, fatima, rent, letter
):
    factories.anonymous_visit(opening, purposes=["question"])
    visit = factories.visit(opening, fatima, purposes=["coffee"])
    desk.note(helper, visit, theme=rent, help_types=letter)
    visit.refresh_from_db()
    assert (visit.for_question, visit.for_coffee, visit.queue_number) == (True, True, 2)


def test_question_noted_while_the_counter_switches_it_off_stays_a_question_visit(
    helper, counter, opening, visit, rent
):
    seen = Visit.objects.get(pk=visit.pk)
    counter_desk.press(counter, "set_purpose", visit, set="question-0")
    note_question(
        Answer(outcome="handled", theme=rent),
        opening=opening,
        visit=seen,
        request_id=uuid.uuid4(),
        membership=helper.membership,
        by=helper.user,
    )
    visit.refresh_from_db()
    assert (visit.for_question, visit.queue_number) == (True, 1)


def test_question_ends_the_turn_as_helped(helper, volunteer, visit, rent, letter):
    desk.take(volunteer, visit)
    desk.note(helper, visit, theme=rent, help_types=letter)
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by, turn.ended_by) == ("helped", volunteer.user, helper.user)


def test_question_of_somebody_who_had_left_counts_them_as_helped(helper, visit, rent, letter):
    desk.leave(helper, visit)
    desk.note(helper, visit, theme=rent, help_types=letter)
    assert QueueTurn.objects.get().end == "helped"


def test_again_keeps_the_person_with_you(helper, visit, rent, energy, letter):
    desk.take(helper, visit)
    response = desk.note(helper, visit, theme=rent, help_types=letter, again="1")
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    assert QueueTurn.objects.get().end == ""
    page = text_of(helper.get(response.url))
    assert "Al genoteerd: wonen en huur, afgehandeld" in page
    desk.note(helper, visit, theme=energy, help_types=letter)
    assert QueueTurn.objects.get().end == "helped"
    assert Question.objects.filter(visit=visit).count() == 2


def test_again_without_being_called_takes_the_number(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, again="1")
    turn = QueueTurn.objects.get()
    assert (turn.taken_by, turn.end) == (helper.user, "")


def test_question_is_logged_without_what_it_says(helper, opening, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, note="Belt morgen.")
    event = AuditEvent.objects.get(verb="note_question")
    assert (event.actor_id, event.stek_id) == (helper.user.pk, opening.stek_id)
    assert (event.subject_type, event.subject_id) == ("question", Question.objects.get().pk)
    assert event.fields == []


def test_page_of_a_visitor_is_logged_as_read_before_it_is_shown(helper, opening, visit):
    desk.person(helper, visit)
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.subject_type, event.subject_id) == ("question", "visit", visit.pk)
    assert (event.actor_id, event.stek_id) == (helper.user.pk, opening.stek_id)


def test_pages_of_questions_are_logged_as_read(helper, opening, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    desk.question(helper, question)
    helper.get(reverse("forms_help:questions", args=[opening.pk]))
    read = AuditEvent.objects.filter(kind="read", verb="question")
    subjects = set(read.values_list("subject_type", "subject_id"))
    assert subjects == {("question", question.pk), ("opening", opening.pk)}


def test_page_names_nobody_in_its_title_or_address(helper, visit):
    page = desk.person(helper, visit)
    assert "Fatima" not in page.content.decode().split("</title>")[0]
    assert "no-store" in page.headers["Cache-Control"]


# --- a chat, and nobody by name ---


def test_chat_is_one_tap_and_a_full_question(helper, visit):
    response = desk.chat(helper, visit)
    question = Question.objects.get()
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.is_chat, question.theme, question.outcome) == (True, None, "handled")
    assert question.visit == visit
    assert QueueTurn.objects.get().end == "helped"
    assert "Een babbel telt mee als een volle hulpvraag." in text_of(helper.get(response.url))


def test_chat_without_a_visit_is_of_the_opening(helper, opening):
    assert desk.chat(helper, opening).status_code == 302
    question = Question.objects.get()
    assert (question.opening, question.visit, question.is_chat) == (opening, None, True)


def test_chat_twice_under_one_key_is_one(helper, opening, visit):
    for _tap in range(2):
        assert desk.chat(helper, visit, request_id=KEY).status_code == 302
    assert Question.objects.count() == 1
    other = desk.chat(helper, opening, request_id=KEY)
    assert other.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(other)
    assert Question.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0", "\x00"])
def test_chat_without_a_good_key_is_refused(helper, visit, key):
    refused(desk.chat(helper, visit, request_id=key), "Dit formulier was al eens gebruikt.")


def test_nameless_question_starts_with_what_is_usual(helper, opening, rent):
    page = helper.get(reverse("forms_help:nameless", args=[opening.pk])).content.decode()
    assert re_checked(page, "outcome") == ["handled"]
    assert re_checked(page, "minutes") == ["20"]
    assert "zonder naam: alleen de vraag wordt geteld" in page
    response = desk.note(helper, opening, theme=rent, minutes=20)
    question = Question.objects.get()
    assert response.status_code == 302
    assert (question.opening, question.visit) == (opening, None)
    assert not question.help_types.exists()


def re_checked(page: str, name: str) -> list[str]:
    """The values of this question that are chosen on the page."""
    inputs = [tag for tag in page.split("<input")[1:] if f'name="{name}"' in tag]
    ticked = [tag.split(">", 1)[0] for tag in inputs if " checked" in tag.split(">", 1)[0]]
    return [tag.split('value="', 1)[1].split('"', 1)[0] for tag in ticked]


def test_nameless_again_goes_on_without_a_name(helper, opening, rent):
    response = desk.note(helper, opening, theme=rent, again="1")
    assert response.url == reverse("forms_help:nameless", args=[opening.pk])


def test_visitor_without_a_name_needs_no_kind_of_help(helper, opening, rent):
    visit = factories.anonymous_visit(opening, purposes=["question"])
    assert desk.note(helper, visit, theme=rent).status_code == 302
    assert not AuditEvent.objects.filter(kind="read").exists()
    assert QueueTurn.objects.get().end == "helped"


def test_visitor_with_a_name_needs_a_kind_of_help(helper, visit, rent):
    refused(desk.note(helper, visit, theme=rent), "Kies wat je deed.")


def test_form_of_a_visitor_starts_with_nothing_chosen(helper, visit, rent, letter):
    page = desk.person(helper, visit).content.decode()
    for name in ("theme", "help_types", "outcome", "unmet_reason", "documents"):
        assert re_checked(page, name) == []


# --- minutes ---


def test_minutes_start_with_what_this_helper_usually_picks(helper, volunteer, visit, rent):
    page = desk.person(helper, visit).content.decode()
    assert re_checked(page, "minutes") == ["20"]
    for minutes in (60, 10, 10, 30, 30):
        factories.question(visit, rent, by=helper.user, minutes=minutes)
    for _other in range(5):
        factories.question(visit, rent, by=volunteer.user, minutes=60)
    page = desk.person(helper, visit).content.decode()
    assert re_checked(page, "minutes") == ["30"], "of two bands the one picked last"


def test_minutes_forget_what_was_long_ago(helper, visit, rent):
    for minutes in [10] * 40 + [60] * 30:
        factories.question(visit, rent, by=helper.user, minutes=minutes)
    assert re_checked(desk.person(helper, visit).content.decode(), "minutes") == ["60"]


@pytest.mark.parametrize("minutes", ["5", "15", "x", "-10", "1e1", "9" * 40])
def test_minutes_that_are_no_band_are_refused(helper, visit, rent, letter, minutes):
    response = desk.note(helper, visit, theme=rent, help_types=letter, minutes=minutes)
    assert response.status_code == 422
    assert "minutes" in response.context["form"].errors
    assert not Question.objects.exists()


# --- outcomes ---


def test_come_back_makes_papers_to_bring_by_the_next_opening(
    helper, stek, opening, visit, fatima, rent, letter, payslip, today
):
    tomorrow = today + dt.timedelta(days=1)
    open_on(stek, tomorrow)
    desk.note(
        helper, visit, theme=rent, help_types=letter, outcome="come_back", documents=[payslip]
    )
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.due, follow_up.for_role) == ("papers", tomorrow, "helper")
    assert (follow_up.household, follow_up.stek) == (fatima, stek)
    assert list(follow_up.documents.all()) == [payslip]
    assert follow_up.created_by == helper.user
    page = text_of(desk.question(helper, Question.objects.get()))
    assert "Brengt papieren mee: loonbrief" in page
    assert "Druk het briefje voor de volgende keer" in page


def test_follow_up_is_for_a_role_or_a_colleague_by_a_day(
    helper, mika, stek, visit, rent, letter, today
):
    due = today + dt.timedelta(days=12)
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up", "due": due.isoformat()}
    desk.note(helper, visit, **fields, for_whom=f"user-{mika.user.pk}", what="Belt Fluvius")
    desk.note(helper, visit, **fields, for_whom="role-coordinator")
    by_name, by_role = FollowUp.objects.order_by("pk")
    assert (by_name.kind, by_name.for_user, by_name.for_role) == ("task", mika.user, "")
    assert (by_name.what, by_name.due) == ("Belt Fluvius", due)
    assert (by_role.for_user, by_role.for_role) == (None, "coordinator")


def test_next_opening_skips_closed_days_and_is_a_week_later_without_a_pattern(
    helper, stek, visit, today
):
    def due() -> dt.date:
        return desk.person(helper, visit).context["form"]["due"].value()

    assert due() == today + dt.timedelta(days=7)
    first, second = today + dt.timedelta(days=2), today + dt.timedelta(days=3)
    for day in (first, second):
        factories.opening_hours(stek, day.weekday())
    assert due() == first
    factories.closing_day(stek, first)
    assert due() == second


@pytest.mark.parametrize("outcome", ["handled", "referred", "not_solved"])
def test_outcome_without_anything_to_do_makes_no_follow_up(
    helper, visit, rent, letter, payslip, outcome
):
    """What is left over from another outcome is out of sight, and ignored."""
    left_over = {"documents": [payslip], "what": "<b>x</b>", "due": "morgen", "for_whom": "x"}
    reason = {"unmet_reason": "no_time"}
    response = desk.note(
        helper, visit, theme=rent, help_types=letter, outcome=outcome, **left_over, **reason
    )
    assert response.status_code == 302
    assert not FollowUp.objects.exists()
    assert Question.objects.get().unmet_reason == ("no_time" if outcome == "not_solved" else "")


def test_documents_left_over_from_coming_back_are_ignored_for_a_task(
    helper, visit, rent, letter, payslip
):
    desk.note(
        helper, visit, theme=rent, help_types=letter, outcome="follow_up", documents=[payslip]
    )
    assert not FollowUp.objects.get().documents.exists()


def test_not_solved_needs_a_reason(helper, visit, rent, letter):
    response = desk.note(helper, visit, theme=rent, help_types=letter, outcome="not_solved")
    refused(response, "Kies waarom het niet lukte.")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "Kies een dag vanaf vandaag."), (367, "Kies een dag binnen het jaar.")],
)
def test_due_in_the_past_or_after_a_year_is_refused(
    helper, visit, rent, letter, today, days, words
):
    due = (today + dt.timedelta(days=days)).isoformat()
    fields = {"theme": rent, "help_types": letter, "outcome": "come_back"}
    refused(desk.note(helper, visit, **fields, due=due), words)


@pytest.mark.parametrize("due", ["31/02/2027", "morgen", "0000-00-00", "10000-01-01", "\x00"])
def test_due_that_is_no_day_is_refused(helper, visit, rent, letter, due):
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    refused(desk.note(helper, visit, **fields, due=due), "Kies een dag, bv. 21/03/2027.")


@pytest.mark.parametrize("days", [0, 366])
def test_due_today_and_in_a_year_are_taken(helper, visit, rent, letter, today, days):
    due = today + dt.timedelta(days=days)
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    assert desk.note(helper, visit, **fields, due=f"{due:%d/%m/%Y}").status_code == 302
    assert FollowUp.objects.get().due == due


# --- like the last time ---


@pytest.fixture
def last_week(stek, opening, fatima, today):
    earlier = factories.opening(stek, today - dt.timedelta(days=7), closed=True)
    return factories.visit(earlier, fatima, purposes=["question"])


def test_like_last_notes_the_same_coded_words(helper, last_week, visit, rent, letter):
    factories.question(
        last_week,
        rent,
        by=helper.user,
        help_types=[letter],
        outcome="not_solved",
        unmet_reason="digital",
        minutes=30,
        note="Belt morgen.",
        note_until=visit.opening.day,
    )
    assert "zoals vorige keer" in text_of(desk.person(helper, visit))
    response = desk.like_last(helper, visit)
    question = Question.objects.order_by("-pk")[0]
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.visit, question.theme, question.note) == (visit, rent, "")
    assert (question.outcome, question.unmet_reason) == ("not_solved", "digital")
    assert question.minutes == 30
    assert list(question.help_types.all()) == [letter]
    assert QueueTurn.objects.get().end == "helped"


def test_like_last_that_was_to_follow_up_is_to_follow_up_again(
    helper, stek, last_week, visit, rent, today
):
    open_on(stek, today + dt.timedelta(days=1))
    factories.question(last_week, rent, by=helper.user, outcome="come_back")
    desk.like_last(helper, visit)
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.due) == ("papers", today + dt.timedelta(days=1))


def test_like_last_twice_under_one_key_is_one(helper, last_week, visit, rent):
    factories.question(last_week, rent, by=helper.user)
    for _tap in range(2):
        assert desk.like_last(helper, visit, request_id=KEY).status_code == 302
    assert Question.objects.filter(visit=visit).count() == 1


@pytest.mark.parametrize("who", ["helper", "volunteer", "mika", "coordinator"])
def test_like_last_of_a_colleague_is_for_who_keeps_the_record(request, who, last_week, visit, rent):
    factories.question(last_week, rent, by=factories.user())
    client = request.getfixturevalue(who)
    may = who in {"mika", "coordinator"}
    assert ("vorige keer" in text_of(desk.person(client, visit))) == may
    assert desk.like_last(client, visit).status_code == (302 if may else 422)


@pytest.mark.parametrize("why", ["never", "chat", "retired", "voided", "same visit", "no name"])
def test_like_last_with_nothing_to_copy_says_so(mika, stek, opening, last_week, visit, rent, why):
    if why == "chat":
        factories.question(last_week)
    if why == "retired":
        factories.question(last_week, factories.theme(stek, "oud", retired=True))
    if why == "voided":
        factories.question(last_week, rent, **struck(mika))
    if why == "same visit":
        factories.question(visit, rent)
    if why == "no name":
        visit = factories.anonymous_visit(opening, purposes=["question"])
    assert "zoals vorige keer" not in text_of(desk.person(mika, visit))
    before = Question.objects.count()
    response = desk.like_last(mika, visit)
    assert response.status_code == 422
    assert "Er is geen vorige keer om over te nemen." in text_of(response)
    assert Question.objects.count() == before


def test_like_last_leaves_retired_kinds_of_help_out(helper, stek, last_week, visit, rent, letter):
    old = factories.help_type(stek, "oud", retired=True)
    factories.question(last_week, rent, by=helper.user, help_types=[letter, old])
    desk.like_last(helper, visit)
    assert list(Question.objects.get(visit=visit).help_types.all()) == [letter]


# --- the same form twice ---


def test_same_form_twice_is_one_question(helper, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "request_id": KEY, "note": "Belt morgen."}
    first, second = (desk.note(helper, visit, **fields) for _press in range(2))
    assert first.url == second.url
    assert Question.objects.count() == 1
    assert AuditEvent.objects.filter(verb="note_question").count() == 1


@pytest.mark.parametrize("other", ["theme", "help_types", "note", "outcome", "minutes", "visit"])
def test_same_key_with_another_body_is_refused_and_keeps_what_was_typed(
    helper, stek, opening, visit, rent, energy, letter, other
):
    fields = {"theme": rent, "help_types": [letter], "minutes": 10, "note": "Belt morgen."}
    desk.note(helper, visit, **fields, request_id=KEY)
    changed = {
        "theme": energy,
        "help_types": [factories.help_type(stek, "gebeld")],
        "note": "Belt overmorgen.",
        "outcome": "referred",
        "minutes": 60,
    }
    place = opening if other == "visit" else visit
    again = fields | {name: value for name, value in changed.items() if name == other}
    response = desk.note(helper, place, **again, request_id=KEY)
    assert response.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(response)
    assert Question.objects.count() == 1
    form = response.context["form"]
    assert str(form["request_id"].value()) != KEY
    assert form["note"].value() == again["note"]
    retry = again | {"request_id": form["request_id"].value()}
    assert desk.note(helper, place, **retry).status_code == 302


def test_key_of_another_stek_says_nothing_of_what_it_made(other_stek, essen, visit, rent):
    factories.question(visit, rent, request_id=KEY)
    theme = factories.theme(essen, "wonen en huur")
    response = desk.note(other_stek, factories.opening(essen), theme=theme, request_id=KEY)
    assert response.status_code == 422
    assert Question.objects.count() == 1


# --- refusing ---


def test_question_for_a_voided_visit_writes_nothing(helper, counter, visit, rent, letter):
    counter_desk.press(counter, "void", visit, reason="mistake")
    AuditEvent.objects.all().delete()
    words = "Dit bezoek is intussen geschrapt aan de balie. Er is niets bewaard."
    refused(desk.note(helper, visit, theme=rent, help_types=letter), words)
    refused(desk.chat(helper, visit), words)
    assert not QueueTurn.objects.exists()
    page = text_of(desk.person(helper, visit))
    assert "Dit bezoek is geschrapt aan de balie." in page
    assert "Bewaar" not in page


def test_like_last_for_a_voided_visit_writes_nothing(helper, counter, last_week, visit, rent):
    factories.question(last_week, rent, by=helper.user)
    counter_desk.press(counter, "void", visit, reason="mistake")
    response = desk.like_last(helper, visit)
    assert response.status_code == 422
    assert "Er is niets bewaard." in text_of(response)
    assert Question.objects.count() == 1


def test_retired_theme_from_an_old_form_is_refused_and_the_rest_kept(
    helper, stek, visit, letter, payslip
):
    old = factories.theme(stek, "oud thema", retired=True)
    fields = {"help_types": letter, "outcome": "come_back", "documents": [payslip]}
    response = desk.note(helper, visit, theme=old, **fields, note="Belt morgen.", minutes=60)
    refused(response, "Dit thema wordt niet meer gebruikt. Kies een ander.")
    page = response.content.decode()
    assert re_checked(page, "help_types") == [str(letter.pk)]
    assert re_checked(page, "outcome") == ["come_back"]
    assert re_checked(page, "documents") == [str(payslip.pk)]
    assert re_checked(page, "minutes") == ["60"]
    assert response.context["form"]["note"].value() == "Belt morgen."
    assert "oud thema" not in page


def test_retired_kind_of_help_is_refused(helper, stek, visit, rent):
    old = factories.help_type(stek, "oud", retired=True)
    words = "Deze keuze is niet meer in gebruik. Kies een andere."
    refused(desk.note(helper, visit, theme=rent, help_types=old), words)


def test_list_of_another_stek_is_refused(helper, essen, other_stek, visit, rent, letter):
    good = {"theme": rent, "help_types": letter, "outcome": "come_back"}
    for field, value in (
        ("theme", factories.theme(essen)),
        ("help_types", factories.help_type(essen)),
        ("documents", factories.document(essen)),
        ("for_whom", f"user-{other_stek.user.pk}"),
    ):
        response = desk.note(helper, visit, **good | {field: value})
        assert response.status_code == 422, field
        assert field in response.context["form"].errors
    assert not Question.objects.exists()


def test_colleague_whose_role_ended_is_refused(helper, stek, visit, rent, letter, today):
    gone = factories.membership(stek, Role.HELPER, last_day=today - dt.timedelta(days=1))
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    response = desk.note(helper, visit, **fields, for_whom=f"user-{gone.user_id}")
    assert response.status_code == 422
    assert not FollowUp.objects.exists()


def test_nothing_chosen_says_what_is_missing(helper, visit):
    response = desk.note(helper, visit, outcome=None)
    for words in ("Kies waarover het ging.", "Kies wat je deed.", "Kies hoe het afliep."):
        refused(response, words)


def test_place_of_another_stek_is_not_found(other_stek, opening, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter}
    assert desk.note(other_stek, visit, **fields).status_code == 404
    assert desk.note(other_stek, opening, **fields).status_code == 404
    assert desk.chat(other_stek, visit).status_code == 404
    assert desk.keep_draft(other_stek, visit, theme=rent).status_code == 404
    assert not QuestionDraft.objects.exists()
    assert not Question.objects.exists()


def test_own_opening_with_the_visit_of_another_stek_is_not_found(other_stek, essen, visit, rent):
    own = factories.opening(essen)
    for view in PLACED:
        form = {"opening": own.pk, "visit": visit.pk, "request_id": uuid.uuid4()}
        assert other_stek.post(reverse(view), form).status_code == 404


@pytest.mark.parametrize("none", ["", "x", "-1", "0", "1e3", "9" * 18, "9" * 40, KEY])
def test_place_that_is_none_is_not_found(helper, opening, visit, none):
    for view in (*PLACED, "forms_help:take_next"):
        form = {"opening": none, "request_id": KEY}
        assert helper.post(reverse(view), form).status_code == 404
        if none:
            form = {"opening": opening.pk, "visit": none, "request_id": KEY}
            assert helper.post(reverse(view), form).status_code == 404
    assert not Question.objects.exists()


# --- which day ---


@pytest.mark.parametrize("who", ["volunteer", "helper", "mika", "coordinator"])
def test_question_of_an_earlier_day_is_for_who_keeps_the_record(
    request, who, last_week, rent, letter
):
    client = request.getfixturevalue(who)
    may = who in {"mika", "coordinator"}
    assert desk.person(client, last_week).status_code == (200 if may else 404)
    noted = desk.note(client, last_week, theme=rent, help_types=letter)
    assert noted.status_code == (302 if may else 404)
    assert Question.objects.count() == may
    address = reverse("forms_help:questions", args=[last_week.opening_id])
    assert client.get(address).status_code == (200 if may else 404)


def test_question_of_an_earlier_day_keeps_that_day(mika, last_week, rent, letter, today):
    desk.note(mika, last_week, theme=rent, help_types=letter, note="Belt morgen.")
    question = Question.objects.get()
    assert question.opening == last_week.opening
    assert question.note_until == today - dt.timedelta(days=7) + dt.timedelta(days=90)
    assert "aan. Terug naar vandaag" in text_of(desk.person(mika, last_week))


def test_own_question_of_an_earlier_day_is_not_there_for_a_helper(helper, last_week, rent):
    question = factories.question(last_week, rent, by=helper.user)
    assert desk.question(helper, question).status_code == 404
    assert desk.void(helper, question).status_code == 404


def test_table_before_the_day_is_opened_leads_to_the_counter(helper, last_week, opening):
    opening.delete()
    assert "De dag is nog niet geopend." in text_of(desk.show(helper))


# --- a partner's helper ---


def test_partner_stores_theme_and_outcome_only(caw, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "minutes": 30, "note": "Iets over haar."}
    assert desk.note(caw, visit, **fields, outcome="referred").status_code == 302
    question = Question.objects.get()
    assert (question.theme, question.outcome) == (rent, "referred")
    assert (question.minutes, question.note, question.note_until) == (None, "", None)
    assert not question.help_types.exists()
    assert (question.helper_role, question.organisation.name) == (Role.HELPER, "CAW")


def test_partner_leaves_no_text_in_a_follow_up_either(caw, visit, rent, payslip):
    fields = {"theme": rent, "outcome": "come_back", "documents": [payslip]}
    desk.note(caw, visit, **fields, what="Iets over haar.")
    follow_up = FollowUp.objects.get()
    assert (follow_up.what, list(follow_up.documents.all())) == ("", [payslip])


def test_partner_is_asked_for_nothing_else(caw, visit, rent, letter):
    page = desk.person(caw, visit).content.decode()
    for name in ("help_types", "minutes", "note", "what"):
        assert f'name="{name}"' not in page
    assert "Je helpt voor een partner: hier bewaren we alleen het thema" in page


def test_partner_like_last_stores_theme_and_outcome_only(caw, last_week, visit, rent, letter):
    partner = caw.membership.partner
    factories.question(last_week, rent, by=caw.user, help_types=[letter], organisation=partner)
    assert desk.like_last(caw, visit).status_code == 302
    question = Question.objects.get(visit=visit)
    assert not question.help_types.exists()
    assert question.organisation == partner


def test_partner_sends_the_same_form_twice_and_makes_one(caw, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "note": "x", "minutes": 10, "request_id": KEY}
    for _press in range(2):
        assert desk.note(caw, visit, **fields).status_code == 302
    assert Question.objects.count() == 1


# --- the note ---


def note_of(client, visit, rent, letter, note, **more):
    return desk.note(client, visit, theme=rent, help_types=letter, note=note, **more)


@pytest.mark.parametrize("letters", [1, 280])
def test_note_of_280_characters_is_kept(helper, visit, rent, letter, letters):
    assert note_of(helper, visit, rent, letter, "x" * letters).status_code == 302
    assert Question.objects.get().note == "x" * letters


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("x" * 281, "Een nota is kort: hoogstens 280 tekens."),
        ("x" * 10_000, "Een nota is kort: hoogstens 280 tekens."),
        ("<script>alert(1)</script>", "Laat de tekens < en > weg."),
        ("=1+1", "Begin niet met het teken"),
        ("Belt\x07 morgen", "Hierin staat een onzichtbaar teken."),
        ("Belt\x00 morgen", "Hierin staat een onzichtbaar teken."),
        ("Belt\u202e morgen", "Hierin staat een onzichtbaar teken."),
        ("Nummer 85.07.30-033.28", "Dit lijkt op een rijksregisternummer."),
        ("Nummer 85073003328", "Dit lijkt op een rijksregisternummer."),
        (f"Rekening {IBAN}", "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "").lower(), "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "-"), "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "."), "Dit lijkt op een rekeningnummer."),
    ],
)
def test_note_is_refused_at_its_field_and_kept(helper, visit, rent, letter, note, words):
    response = note_of(helper, visit, rent, letter, note)
    refused(response, words)
    assert response.context["form"]["note"].value() == note
    assert re_checked(response.content.decode(), "theme") == [str(rent.pk)]


@pytest.mark.parametrize("what", ["Nummer 85.07.30-033.28", f"Stort op {IBAN}", "x" * 141, "a<b"])
def test_text_of_a_follow_up_is_held_to_the_same_rule(helper, visit, rent, letter, what):
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    response = desk.note(helper, visit, **fields, what=what)
    assert response.status_code == 422
    assert "what" in response.context["form"].errors
    assert not FollowUp.objects.exists()


def test_note_on_health_is_asked_about_once_and_kept_when_saved_again(helper, visit, rent, letter):
    note = "Heeft kanker en is depressief."
    response = note_of(helper, visit, rent, letter, note)
    refused(response, "Gaat “kanker, depressief” over iemands gezondheid? Laat het dan weg.")
    form = response.context["form"]
    again = note_of(helper, visit, rent, letter, note, health_seen=form["health_seen"].value())
    assert again.status_code == 302
    assert Question.objects.get().note == note


def test_note_on_health_that_was_changed_is_asked_about_again(helper, visit, rent, letter):
    first = note_of(helper, visit, rent, letter, "Heeft kanker.")
    seen = first.context["form"]["health_seen"].value()
    refused(note_of(helper, visit, rent, letter, "Heeft diabetes.", health_seen=seen), "diabetes")


def test_note_says_until_when_it_stays_and_what_may_not_stand_in_it(helper, opening, visit):
    page = text_of(desk.person(helper, visit))
    until = opening.day + dt.timedelta(days=90)
    assert "Niets over gezondheid, schulden, afkomst of geloof" in page
    assert f"De nota verdwijnt vanzelf na {until:%d/%m/%Y}." in page


def test_note_is_shown_as_text(helper, visit, rent, letter):
    note_of(helper, visit, rent, letter, "{{ 7*7 }} & 'x'")
    page = desk.question(helper, Question.objects.get()).content.decode()
    assert "{{ 7*7 }} &amp; &#x27;x&#x27;" in page


# --- taking back ---


def test_undo_takes_it_back_and_offers_its_fields_again(
    helper, stek, opening, visit, rent, letter, payslip, today
):
    due = today + dt.timedelta(days=3)
    desk.note(
        helper,
        visit,
        theme=rent,
        help_types=letter,
        outcome="come_back",
        minutes=30,
        note="Belt morgen.",
        documents=[payslip],
        what="van mei",
        due=due.isoformat(),
    )
    question = Question.objects.get()
    response = desk.undo(helper, question)
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    question.refresh_from_db()
    assert (question.void_reason, question.voided_by) == ("undone", helper.user)
    assert (question.note, question.note_until) == ("", None)
    assert FollowUp.objects.get().drop_reason == "mistake"
    assert QueueTurn.objects.get().end == "", "the visitor is with you again"
    page = text_of(helper.get(response.url))
    assert "Je was hier al iets aan het invullen" in page
    assert "Al genoteerd" not in page
    offered = desk.person(helper, visit, klad="1").content.decode()
    assert re_checked(offered, "theme") == [str(rent.pk)]
    assert re_checked(offered, "help_types") == [str(letter.pk)]
    assert re_checked(offered, "outcome") == ["come_back"]
    assert re_checked(offered, "minutes") == ["30"]
    assert re_checked(offered, "documents") == [str(payslip.pk)]
    assert "Belt morgen." in offered
    assert 'value="van mei"' in offered
    assert f'value="{due.isoformat()}"' in offered


def test_undo_twice_is_undoing_once(helper, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    for _press in range(2):
        assert desk.undo(helper, question).status_code == 302
    assert AuditEvent.objects.filter(verb="void_question").count() == 1


def test_undo_of_a_chat_leaves_no_draft(helper, opening):
    desk.chat(helper, opening)
    response = desk.undo(helper, Question.objects.get())
    assert response.url == reverse("forms_help:nameless", args=[opening.pk])
    assert not QuestionDraft.objects.exists()


def test_undo_after_a_quarter_asks_for_a_reason(helper, visit, rent):
    created = timezone.now() - dt.timedelta(minutes=15)
    question = factories.question(visit, rent, by=helper.user, created_at=created)
    assert "Ongedaan maken" not in text_of(desk.question(helper, question))
    response = desk.undo(helper, question)
    assert response.status_code == 422
    assert "Schrap het met een reden." in text_of(response)
    question.refresh_from_db()
    assert not question.is_voided


@pytest.mark.parametrize(("who", "status"), [("volunteer", 404), ("helper", 404), ("mika", 422)])
def test_undo_of_a_colleagues_question_is_refused(request, visit, rent, who, status):
    question = factories.question(visit, rent)
    assert desk.undo(request.getfixturevalue(who), question).status_code == status
    question.refresh_from_db()
    assert not question.is_voided


def test_void_keeps_the_question_with_its_reason(helper, opening, visit, rent):
    question = factories.question(
        visit, rent, by=helper.user, note="Belt morgen.", note_until=opening.day
    )
    follow_up = factories.follow_up(question)
    factories.turn(visit, end="helped")
    response = desk.void(helper, question, "double")
    assert response.url == reverse("forms_help:question", args=[question.pk])
    question.refresh_from_db()
    follow_up.refresh_from_db()
    assert (question.void_reason, question.note) == ("double", "")
    assert (follow_up.drop_reason, follow_up.dropped_by) == ("mistake", helper.user)
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by) == ("", helper.user)
    event = AuditEvent.objects.get(verb="void_question")
    assert (event.actor_id, event.subject_id) == (helper.user.pk, question.pk)
    assert (event.stek_id, event.fields) == (opening.stek_id, ["void_reason"])
    assert "Dubbel" in text_of(helper.get(response.url))
    assert not QuestionDraft.objects.exists()


def test_void_of_one_of_two_questions_keeps_the_visitor_helped(helper, visit, rent, energy):
    factories.question(visit, energy)
    question = factories.question(visit, rent, by=helper.user)
    factories.turn(visit, end="helped")
    desk.void(helper, question)
    assert QueueTurn.objects.get().end == "helped"


def test_void_leaves_a_follow_up_that_is_done(helper, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    done = {"done_at": timezone.now(), "done_by": helper.user}
    follow_up = factories.follow_up(question, **done)
    desk.void(helper, question)
    follow_up.refresh_from_db()
    assert (follow_up.done_by, follow_up.dropped_at) == (helper.user, None)


@pytest.mark.parametrize("reason", ["", "undone", "x", "left"])
def test_void_needs_a_reason_from_the_list(helper, visit, rent, reason):
    question = factories.question(visit, rent, by=helper.user)
    response = desk.void(helper, question, reason)
    assert response.status_code == 422
    assert "Kies waarom." in text_of(response)
    question.refresh_from_db()
    assert not question.is_voided


def test_void_by_who_keeps_the_record_works_on_a_colleagues_question(mika, last_week, rent):
    question = factories.question(last_week, rent)
    assert desk.void(mika, question).status_code == 302
    question.refresh_from_db()
    assert question.voided_by == mika.user


def test_question_that_was_undone_can_be_noted_again(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter)
    desk.undo(helper, Question.objects.get())
    assert desk.note(helper, visit, theme=rent, help_types=letter).status_code == 302
    assert Question.objects.counted().count() == 1
    assert not QuestionDraft.objects.exists()


# --- who may see which ---


@pytest.mark.parametrize(
    ("who", "sees_all"),
    [("volunteer", False), ("helper", False), ("mika", True), ("coordinator", True)],
)
def test_questions_of_today_are_ones_own_or_all(request, opening, visit, rent, who, sees_all):
    client = request.getfixturevalue(who)
    own = factories.question(visit, rent, by=client.user)
    other = factories.question(visit, factories.theme(opening.stek, "schulden en facturen"))
    page = text_of(client.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "wonen en huur" in page
    assert ("schulden" in page) == sees_all
    assert desk.question(client, own).status_code == 200
    assert desk.question(client, other).status_code == (200 if sees_all else 404)
    assert ("schulden en facturen, afgehandeld" in text_of(desk.person(client, visit))) == sees_all


def test_questions_of_today_show_numbers_and_no_names(mika, opening, visit, rent):
    factories.question(visit, rent)
    factories.question(None, opening=opening)
    page = text_of(mika.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "Fatima" not in page
    assert " 1 wonen en huur afgehandeld" in page
    assert " – babbel afgehandeld" in page


def test_questions_keep_what_was_struck_in_sight_with_its_reason(mika, opening, visit, rent):
    factories.question(visit, rent, **struck(mika, "double"))
    page = text_of(mika.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "geschrapt: dubbel" in page


def test_note_of_a_colleague_is_not_on_the_page_of_a_visitor(helper, opening, visit, rent):
    factories.question(visit, rent, note="Belt morgen.", note_until=opening.day)
    assert "Belt morgen." not in desk.person(helper, visit).content.decode()


def test_like_last_brings_the_same_papers_as_far_as_they_are_in_use(
    stek, helper, last_week, visit, rent, payslip
):
    old = factories.document(stek, "oud blad", retired=True)
    question = factories.question(last_week, rent, by=helper.user, outcome="come_back")
    factories.follow_up(question, documents=[payslip, old])
    desk.like_last(helper, visit)
    noted = Question.objects.of_visit(visit).get()
    assert list(noted.follow_up.documents.all()) == [payslip]


def test_void_of_an_earlier_day_calls_nobody_to_the_table(mika, last_week, rent):
    factories.turn(last_week, end="helped")
    question = factories.question(last_week, rent)
    desk.void(mika, question, reason="mistake")
    question.refresh_from_db()
    assert question.is_voided
    assert QueueTurn.objects.get().end == QueueTurn.End.HELPED
