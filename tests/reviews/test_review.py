"""Reviewing a week: a note, frozen figures, what changed since, reopened, and which weeks were."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reviews.models import WeekReview
from tests import factories
from tests.reviews import desk


@pytest.fixture
def opening(stek):
    """Last week, with two visits."""
    row = factories.opening(stek, desk.day("2026-11-10"), closed=True)
    for _visit in range(2):
        factories.anonymous_visit(row)
    return row


def reopen(who, key=desk.BEFORE, reason="late"):
    return who.post(reverse("reviews:reopen", args=[key]), {"reason": reason})


def verbs():
    changes = AuditEvent.objects.filter(kind="change", subject_type="weekreview")
    return list(changes.order_by("id").values_list("verb", flat=True))


# --- the note ---


def test_note_is_kept_before_the_week_is_reviewed(mika, coordinator):
    response = desk.review(mika, note="Twee vragen over\n de budgetmeter.")
    assert response.url == "/week/2026-W47/#nota"
    assert "Twee vragen over de budgetmeter." in desk.read(coordinator)
    assert not WeekReview.objects.get().is_reviewed
    desk.review(coordinator, note="Bundelen.", version=1)
    assert WeekReview.objects.get().note == "Bundelen."
    assert verbs() == ["note_week", "note_week"]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Met 85.07.30-033.61 gebeld.", "Dit lijkt op een rijksregisternummer."),
        ("Stort op BE71 0961 2345 6769.", "Dit lijkt op een rekeningnummer."),
        ("<b>dik</b>", "Laat de tekens &lt; en &gt; weg."),
        ("x" * 601, "Hou het kort: hoogstens 600 tekens."),
    ],
)
def test_note_that_holds_what_we_do_not_keep_is_refused(mika, note, said):
    response = desk.review(mika, note=note)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not WeekReview.objects.exists()


def test_second_of_two_who_write_a_note_keeps_the_own_text_and_sees_the_other(mika, coordinator):
    desk.review(mika, note="Van Mika.")
    response = desk.review(coordinator, note="Van Els.")
    page = desk.words(response.content.decode())
    assert response.status_code == 422
    assert "Een collega schreef intussen: “Van Mika.”" in page
    assert "Van Els." in page
    assert WeekReview.objects.get().note == "Van Mika."
    assert desk.review(coordinator, note="Van allebei.", version=1).status_code == 302


def test_same_note_sent_twice_is_kept_once(mika):
    form = {"note": "Druk.", "request_id": uuid.uuid4()}
    assert [desk.review(mika, **form).status_code for _twice in range(2)] == [302, 302]
    assert verbs() == ["note_week"]


# --- reviewing ---


def test_reviewed_week_stays_as_it_was_and_says_what_changed_since(mika, opening):
    assert desk.review(mika, desk.BEFORE, close=True, note="Rustig.").status_code == 302
    factories.anonymous_visit(opening)
    text = desk.read(mika, desk.BEFORE)
    assert "Nagekeken door Mika op 19/11/2026 15u00." in text
    assert "Rustig." in text
    assert "2 bezoeken" in text
    assert "bezoeken: toen 2, nu 3" in text
    assert verbs() == ["review_week"]


def test_frozen_figures_are_numbers_with_their_definitions(mika, opening):
    desk.review(mika, desk.BEFORE, close=True)
    row = WeekReview.objects.get()
    assert row.definitions == 1
    figures: Any = row.figures
    assert figures["visits"] == {"now": 2, "before": [None] * 8}
    assert figures["themes"] == []


def test_nothing_is_said_to_have_changed_when_nothing_did(mika, opening):
    desk.review(mika, desk.BEFORE, close=True)
    assert "Sindsdien anders geteld" not in desk.read(mika, desk.BEFORE)


def test_running_week_is_reviewed_from_its_last_planned_opening_on(mika, stek, clock):
    factories.opening_hours(stek, 4)  # Friday
    assert "Je kijkt deze week na vanaf vrijdag 20 november" in desk.read(mika)
    response = desk.review(mika, close=True, note="Nu al.")
    assert response.status_code == 422
    assert "Deze week is nog niet voorbij." in response.content.decode()
    assert "Nu al." in response.content.decode()
    assert not WeekReview.objects.exists()
    clock.move_to("2026-11-20T17:00:00+01:00")
    assert "Week nagekeken" in desk.read(mika)
    assert desk.review(mika, close=True).status_code == 302


def test_running_week_without_openings_is_reviewed_when_it_is_over(mika, clock):
    assert "vanaf maandag 23 november" in desk.read(mika)
    assert desk.review(mika, close=True).status_code == 422
    clock.move_to("2026-11-23T09:00:00+01:00")
    desk.page(mika)
    assert desk.review(mika, close=True).status_code == 302


def test_week_to_come_is_not_reviewed(mika, stek):
    factories.opening_hours(stek, 0)
    assert desk.review(mika, desk.NEXT, close=True).status_code == 422
    assert not WeekReview.objects.exists()


def test_colleague_who_reviews_the_same_week_is_told(mika, coordinator, opening):
    desk.review(mika, desk.BEFORE, close=True, note="Rustig.")
    response = desk.review(coordinator, desk.BEFORE, close=True, note="Druk.")
    page = desk.words(response.content.decode())
    assert response.status_code == 422
    assert "Een collega was je voor." in page
    assert "Druk." in page
    assert "Nagekeken door Mika" in page
    assert WeekReview.objects.get().note == "Rustig."


def test_same_person_twice_reviews_once(mika, opening):
    form = {"note": "Rustig.", "request_id": uuid.uuid4(), "close": True}
    answers = [desk.review(mika, desk.BEFORE, **form).status_code for _twice in range(2)]
    assert answers == [302, 302]
    assert verbs() == ["review_week"]


def test_note_of_a_reviewed_week_does_not_change(mika, opening):
    desk.review(mika, desk.BEFORE, close=True, note="Rustig.")
    assert desk.review(mika, desk.BEFORE, note="Anders.", version=1).status_code == 422
    assert WeekReview.objects.get().note == "Rustig."


# --- reopening ---


def test_reopened_week_has_a_new_review_beside_the_first(mika, coordinator, opening):
    desk.review(mika, desk.BEFORE, close=True, note="Rustig.")
    assert reopen(coordinator).url == "/week/2026-W46/#nota"
    factories.anonymous_visit(opening)
    text = desk.read(mika, desk.BEFORE)
    assert "3 bezoeken" in text
    assert "Week nagekeken" in text
    assert (
        "Mika: 2 bezoeken, 0 vragen. Heropend op 19/11/2026 15u00 door Els: er kwam nog iets bij"
        in text
    )
    assert "Rustig." in text
    desk.review(mika, desk.BEFORE, close=True, note="Rustig.", version=1)
    frozen: list[Any] = list(
        WeekReview.objects.order_by("number").values_list("figures", flat=True)
    )
    assert [figures["visits"]["now"] for figures in frozen] == [2, 3]
    assert verbs() == ["review_week", "reopen_week", "review_week"]


def test_reopening_needs_a_reason_and_something_to_reopen(mika, opening):
    assert reopen(mika).status_code == 302
    assert not WeekReview.objects.exists()
    desk.review(mika, desk.BEFORE, close=True)
    assert reopen(mika, reason="zomaar").status_code == 422
    reopen(mika)
    reopen(mika)
    assert WeekReview.objects.count() == 2


def test_review_of_another_stek_is_not_seen(mika, other_stek, opening):
    desk.review(mika, desk.BEFORE, close=True, note="Rustig.")
    assert "Rustig." not in desk.read(other_stek, desk.BEFORE)
    reopen(other_stek)
    assert WeekReview.objects.get().reopened_at is None


# --- which weeks ---


def test_weeks_without_a_review_are_in_sight(mika, stek, opening):
    early = factories.opening(stek, desk.day("2026-10-27"), closed=True)
    factories.week_review(stek, desk.day("2026-10-26"))
    page = desk.words(
        desk.page(mika).content.decode().split('class="strip', 1)[1].split("</ul>")[0]
    )
    assert page.split(" ", 4)[-1]
    told = " ".join(page.split())
    assert "Week 44 nagekeken Week 45 gesloten Week 46 niet nagekeken" in told
    assert "Week 43" not in told
    assert early.day.isocalendar().week == 44


def test_strip_is_not_there_before_the_place_opened(mika):
    assert 'class="strip' not in desk.page(mika).content.decode()
