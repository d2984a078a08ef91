"""The page "gaat uit de boeken": who leaves, keeping somebody longer, and taking that back."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.eligibility import months_later
from people.models import Household, RetentionHold
from reviews.kinds import Kind
from tests import factories
from tests.reviews import desk as week
from tests.visits.desk import text_of


@pytest.fixture
def jozef(stek, today) -> Household:
    """Not seen for two years."""
    row = week.household(stek, "Jozef", "Maes", days_ago=900, number=12)
    ended = {"valid_from": months_later(today, -30), "valid_until": months_later(today, -24)}
    factories.access(row, **ended)
    return row


def page(who) -> str:
    response = who.get(reverse("people:leaving"))
    assert response.status_code == 200
    return text_of(response)


def hold(who, row, **more):
    until = months_later(timezone.localdate(), 3).isoformat()
    body = {"reason": "returns", "until": until, "request_id": str(uuid.uuid4())} | more
    return who.post(reverse("people:hold", args=[row.pk]), body)


def test_page_without_anybody_says_so(mika):
    assert "Niemand." in page(mika)


def test_page_says_who_and_when_and_is_logged(mika, stek, jozef, today):
    factories.leaving_notice(jozef, since=today)
    said = page(mika)
    assert "12 Jozef Maes" in said
    assert f"op {today + week.dt.timedelta(days=30):%d/%m/%Y}" in said
    event = AuditEvent.objects.get(verb="leaving")
    assert (event.kind, event.actor_id, event.stek_id) == ("read", mika.user.pk, stek.pk)


def test_page_shows_nobody_of_another_stek(other_stek, jozef):
    assert "Jozef" not in page(other_stek)


def test_week_and_page_speak_of_the_same_people_on_the_same_day(mika, stek, jozef, today):
    factories.leaving_notice(jozef, since=today - week.dt.timedelta(days=10))
    other = factories.restricted(week.household(stek, "Sofie", "Smet", days_ago=900, number=13))
    answer = mika.get(reverse("reviews:now"), follow=True)
    lines = [text for name, text in week_lines(answer).items() if name.startswith(Kind.LEAVING)]
    leaves = f"{today + week.dt.timedelta(days=20):%d/%m/%Y}"
    assert len(lines) == 1
    assert leaves in lines[0]
    assert reverse("people:leaving") in answer.content.decode()
    said = page(mika)
    assert leaves in said
    assert str(other.number) in said
    assert "Sofie" not in said


def week_lines(answer) -> dict[str, str]:
    return {name: week.words(one) for name, one in week.lines(answer).items()}


def test_who_is_kept_longer_is_shown_with_why_and_until_when(coordinator, mika, jozef):
    assert hold(coordinator, jozef).status_code == 302
    said = page(mika)
    assert "Blijft voorlopig" in said
    assert "komt binnenkort terug" in said
    row = RetentionHold.objects.get()
    assert (row.held_by, row.reason) == (coordinator.user, "returns")
    event = AuditEvent.objects.get(verb="hold")
    assert (event.actor_id, event.fields) == (coordinator.user.pk, ["reason", "until"])


def test_keeping_longer_is_taken_back_with_one_press(coordinator, jozef):
    hold(coordinator, jozef)
    address = reverse("people:lift_hold", args=[jozef.pk])
    for _twice in range(2):
        assert coordinator.post(address).status_code == 302
    row = RetentionHold.objects.get()
    assert row.lifted_by == coordinator.user
    assert AuditEvent.objects.filter(verb="lift_hold").count() == 1
    assert "Blijft voorlopig" not in page(coordinator)


def test_hold_leads_back_to_the_list_or_to_who_does_not_stand_in_it(coordinator, stek, jozef):
    lut = factories.household(stek, "Lut", "Aerts")
    record = reverse("people:household", args=[lut.pk])
    lift = [reverse("people:lift_hold", args=[one.pk]) for one in (jozef, lut)]
    assert hold(coordinator, jozef)["Location"] == reverse("people:leaving")
    assert hold(coordinator, lut)["Location"] == record
    assert coordinator.post(lift[0])["Location"] == reverse("people:leaving")
    assert coordinator.post(lift[1])["Location"] == record


def test_newer_hold_replaces_the_one_that_runs(coordinator, jozef):
    hold(coordinator, jozef)
    hold(coordinator, jozef, reason="claim")
    assert RetentionHold.objects.not_lifted().get().reason == "claim"


def test_hold_sent_twice_is_one_hold_and_another_body_is_refused(coordinator, jozef):
    key = str(uuid.uuid4())
    assert hold(coordinator, jozef, request_id=key).status_code == 302
    assert hold(coordinator, jozef, request_id=key).status_code == 302
    assert hold(coordinator, jozef, request_id=key, reason="claim").status_code == 422
    assert RetentionHold.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("reason", "", "Kies een reden."),
        ("reason", "zomaar", "Kies een reden uit de lijst."),
        ("until", "", "Kies een dag."),
        ("until", "2020-01-01", "Kies een dag na vandaag."),
        ("until", "2099-01-01", "Kies een dag binnen het jaar."),
        ("until", "morgen", "Typ de dag zoals 21/03/2027."),
    ],
)
def test_hold_without_a_good_reason_or_day_is_refused(coordinator, jozef, field, value, said):
    response = hold(coordinator, jozef, **{field: value})
    assert response.status_code == 422
    assert said in text_of(response)
    assert not RetentionHold.objects.exists()


def test_who_only_looks_has_no_buttons(mika, coordinator, jozef):
    address = reverse("people:hold", args=[jozef.pk])
    pages = [who.get(reverse("people:leaving")).content.decode() for who in (mika, coordinator)]
    assert [address in one for one in pages] == [False, True]


def test_page_costs_the_same_for_one_and_for_three(
    mika, stek, jozef, django_assert_max_num_queries
):
    for name in ("Een", "Twee"):
        row = week.household(stek, name, "Smet", days_ago=900)
        factories.retention_hold(row)
    with django_assert_max_num_queries(9):
        page(mika)
