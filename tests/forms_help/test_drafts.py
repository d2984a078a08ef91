"""A half-filled question: kept for who typed it, offered again, and gone after a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from forms_help.drafts import MOST_LETTERS, drop_old_drafts
from forms_help.models import Question, QuestionDraft
from tests import factories
from tests.forms_help import desk
from tests.visits.desk import text_of

KEY = "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"
OFFER = "Je was hier al iets aan het invullen"


def test_draft_is_kept_without_a_word_and_without_a_question(helper, opening, visit, rent, letter):
    fields = {"theme": rent, "help_types": [letter], "note": "Belt morgen.", "request_id": KEY}
    response = desk.keep_draft(helper, visit, **fields, unknown="x", csrfmiddlewaretoken="y")
    assert (response.status_code, response.content) == (204, b"")
    draft = QuestionDraft.objects.get()
    assert (draft.user, draft.opening, draft.visit) == (helper.user, opening, visit)
    assert draft.fields == {
        "theme": [str(rent.pk)],
        "help_types": [str(letter.pk)],
        "note": ["Belt morgen."],
    }
    assert not Question.objects.exists()
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_draft_kept_again_replaces_the_one_before(helper, visit, rent, energy):
    desk.keep_draft(helper, visit, theme=rent, outcome="handled")
    desk.keep_draft(helper, visit, theme=energy)
    assert QuestionDraft.objects.get().fields == {"theme": [str(energy.pk)]}


def test_draft_is_offered_and_not_imposed(helper, visit, rent, letter):
    desk.keep_draft(helper, visit, theme=rent, help_types=[letter], note="Belt morgen.", due="x")
    page = desk.person(helper, visit)
    assert OFFER in text_of(page)
    assert "Belt morgen." not in page.content.decode()
    taken = desk.person(helper, visit, klad="1")
    assert OFFER not in text_of(taken)
    assert "Belt morgen." in taken.content.decode()
    form = taken.context["form"]
    assert form["theme"].value() == str(rent.pk)
    assert form["help_types"].value() == [str(letter.pk)]
    assert form["due"].value() == "x"
    assert QuestionDraft.objects.exists(), "until the question is saved"


def test_draft_is_not_offered_beside_a_refused_form_that_holds_the_same(helper, visit, rent):
    desk.keep_draft(helper, visit, theme=rent)
    refused = desk.note(helper, visit, theme=rent)
    assert refused.status_code == 422
    assert OFFER not in text_of(refused)
    assert OFFER in text_of(desk.person(helper, visit))


def test_draft_is_for_who_typed_it_only(helper, volunteer, mika, visit, rent):
    desk.keep_draft(helper, visit, theme=rent, note="Belt morgen.")
    for colleague in (volunteer, mika):
        page = desk.person(colleague, visit, klad="1")
        assert OFFER not in text_of(page)
        assert "Belt morgen." not in page.content.decode()
    desk.keep_draft(volunteer, visit, note="Iets anders.")
    assert QuestionDraft.objects.count() == 2


def test_draft_survives_signing_in_again(helper, visit, rent):
    desk.keep_draft(helper, visit, theme=rent)
    helper.logout()
    helper.force_login(helper.user)
    assert OFFER in text_of(desk.person(helper, visit))


def test_draft_of_one_visitor_is_not_offered_for_another(helper, opening, visit, rent):
    other = factories.anonymous_visit(opening, purposes=["question"])
    desk.keep_draft(helper, visit, theme=rent)
    assert OFFER not in text_of(desk.person(helper, other))
    nameless = reverse("forms_help:nameless", args=[opening.pk])
    assert OFFER not in text_of(helper.get(nameless))
    desk.keep_draft(helper, opening, theme=rent)
    assert OFFER in text_of(helper.get(nameless))


def test_draft_is_gone_once_the_question_is_saved(helper, volunteer, opening, visit, rent, letter):
    for client in (helper, volunteer):
        desk.keep_draft(client, visit, theme=rent)
    desk.keep_draft(helper, opening, theme=rent)
    desk.note(helper, visit, theme=rent, help_types=letter)
    left = {(draft.user, draft.visit) for draft in QuestionDraft.objects.all()}
    assert left == {(volunteer.user, visit), (helper.user, None)}
    desk.note(helper, opening, theme=rent)
    assert QuestionDraft.objects.get().user == volunteer.user


def test_draft_that_comes_after_its_form_was_saved_is_not_kept(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, request_id=KEY)
    for key in (KEY, KEY.upper(), KEY.replace("-", "")):
        assert desk.keep_draft(helper, visit, theme=rent, request_id=key).status_code == 204
    assert not QuestionDraft.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 5000])
def test_draft_with_a_strange_key_is_kept(helper, visit, rent, key):
    assert desk.keep_draft(helper, visit, theme=rent, request_id=key).status_code == 204
    assert QuestionDraft.objects.exists()


def test_draft_can_be_thrown_away(helper, volunteer, opening, visit, rent):
    for place in (visit, opening):
        desk.keep_draft(helper, place, theme=rent)
    desk.keep_draft(volunteer, visit, theme=rent)
    response = desk.keep_draft(helper, visit, weg="1")
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    response = desk.keep_draft(helper, opening, weg="1")
    assert response.url == reverse("forms_help:nameless", args=[opening.pk])
    assert QuestionDraft.objects.get().user == volunteer.user


def test_draft_with_too_much_text_is_not_kept(helper, visit):
    assert desk.keep_draft(helper, visit, note="x" * MOST_LETTERS).status_code == 204
    assert QuestionDraft.objects.exists()
    desk.keep_draft(helper, visit, weg="1")
    assert desk.keep_draft(helper, visit, note="x" * (MOST_LETTERS + 1)).status_code == 204
    assert not QuestionDraft.objects.exists()


@pytest.mark.parametrize(
    "note",
    ["Belt\x00 morgen", "\ud800".encode("utf-8", "replace").decode() + "\x00", "\x00", "\\u0000"],
)
def test_draft_with_signs_that_a_database_refuses_is_no_error(helper, visit, rent, note):
    assert desk.keep_draft(helper, visit, theme=rent, note=note).status_code == 204
    offered = desk.person(helper, visit, klad="1")
    assert offered.context["form"]["theme"].value() == str(rent.pk)


@pytest.mark.parametrize(
    "text", ["Nummer 85.07.30-033.28", "Nummer 85073003328", "Rekening BE71 0961 2345 6769"]
)
@pytest.mark.parametrize("field", ["note", "what"])
def test_draft_never_keeps_a_national_or_account_number(helper, visit, rent, field, text):
    """We say that we keep them nowhere."""
    desk.keep_draft(helper, visit, theme=rent, **{field: text})
    assert QuestionDraft.objects.get().fields == {"theme": [str(rent.pk)]}


@pytest.mark.parametrize(
    "fields",
    [
        {"theme": "x", "help_types": ["1", "x"], "documents": "y"},
        {"theme": ["1", "2"], "outcome": "<b>", "unmet_reason": "'", "minutes": "veel"},
        {"due": "2026-02-30", "for_whom": "user-0", "what": "<script>", "note": "<script>"},
    ],
)
def test_draft_of_nonsense_is_offered_as_text(helper, visit, fields):
    assert desk.keep_draft(helper, visit, **fields).status_code == 204
    page = desk.person(helper, visit, klad="1")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("<form", 1)[1].split("</form>", 1)[0]


def test_draft_waits_a_day_and_goes(helper, opening, visit, rent):
    desk.keep_draft(helper, visit, theme=rent)
    desk.keep_draft(helper, opening, theme=rent)
    now = timezone.now()
    QuestionDraft.objects.filter(visit=visit).update(saved_at=now - dt.timedelta(hours=25))
    assert drop_old_drafts(now) == 1
    assert drop_old_drafts(now) == 0
    assert QuestionDraft.objects.get().visit is None


def test_draft_of_a_partners_helper_keeps_theme_and_outcome_only(stek, helper, visit, rent, letter):
    helper.membership.partner = factories.partner(stek, "LIGO")
    helper.membership.save()
    fields = {"theme": rent, "help_types": [letter], "outcome": "handled", "note": "Belt morgen."}
    desk.keep_draft(helper, visit, **fields, minutes="10", what="Belt Fluvius")
    assert set(QuestionDraft.objects.get().fields) == {"theme", "outcome"}
