"""A page that was opened before a merge decides nothing about who it turned out to be."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from people.actions import MergedMeanwhile
from people.books_actions import hold_household, restrict_household
from people.models import Household, RetentionHold
from people.rights import HoldReason, RestrictReason
from stek.erasure import erase_household
from tests import factories
from tests.stek.planted import rechecked
from tests.visits.desk import text_of


@pytest.fixture
def both(stek) -> tuple[Household, Household]:
    """The one that was kept, and the one that went into it."""
    gone = factories.household(stek, "Fatima", "El Amrani", number=40)
    kept = factories.household(stek, "Fatma", "El Amrani", number=41)
    factories.merge(kept, gone)
    kept.refresh_from_db()
    gone.refresh_from_db()
    return kept, gone


def changes() -> set[str]:
    rows = AuditEvent.objects.filter(kind="change")
    return set(rows.values_list("verb", flat=True)) - {"merge", "merge_away"}


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("erase", {"number": "40", "reason": "asked"}),
        ("restrict", {"reason": "objects"}),
        ("hold", {"reason": "claim", "until": "{soon}", "request_id": "{key}"}),
        ("everything", {"reason": "visitor"}),
    ],
)
def test_form_of_before_a_merge_shows_who_it_turned_out_to_be(
    coordinator, both, today, page, form: dict[str, Any]
):
    kept, gone = both
    soon = (today + dt.timedelta(days=30)).isoformat()
    body = {name: text.format(soon=soon, key=uuid.uuid4()) for name, text in form.items()}
    client = rechecked(coordinator)
    response = client.post(reverse(f"people:{page}", args=[gone.pk]), body)
    assert response.status_code == 302
    assert response.url == reverse(f"people:{page}", args=[kept.pk])
    assert "Nummer 40 is samengevoegd met nummer 41." in text_of(client.get(response.url))
    for one in both:
        one.refresh_from_db()
        assert (one.erased_at, one.restricted_at) == (None, None)
    assert kept.first_name == "Fatma"
    assert not RetentionHold.objects.exists()
    assert changes() == set()


def test_merged_between_the_look_and_the_hold_shows_who_it_turned_out_to_be(coordinator, stek):
    gone, kept = factories.household(stek, number=40), factories.household(stek, number=41)
    client = rechecked(coordinator)
    steps: list[str] = []

    def merge_first(execute: Any, sql: str, *rest: Any) -> Any:
        """Somebody's merge ends after the page looked and before its deed begins."""
        if not steps and 'FROM "people_household"' in sql:
            steps.append("looked")
        elif steps == ["looked"] and sql.startswith("SAVEPOINT"):
            steps.append("merged")
            factories.merge(kept, gone)
        return execute(sql, *rest)

    with connection.execute_wrapper(merge_first):
        body = {"number": "40", "reason": "asked"}
        response = client.post(reverse("people:erase", args=[gone.pk]), body)
    assert steps == ["looked", "merged"]
    assert response.url == reverse("people:erase", args=[kept.pk])
    gone.refresh_from_db()
    assert gone.erased_at is None
    assert "Nummer 40 is samengevoegd met nummer 41." in text_of(client.get(response.url))


@pytest.mark.parametrize("page", ["visits", "timeline"])
def test_history_of_a_merged_household_is_that_of_the_one_that_was_kept(mika, both, page):
    kept, gone = both
    response = mika.get(reverse(f"people:{page}", args=[gone.pk]))
    assert response.url == reverse(f"people:{page}", args=[kept.pk])


def test_nothing_is_decided_when_both_are_merged_at_that_moment(both, today):
    """The page saw two; the row that is held says one."""
    _kept, gone = both
    by = factories.user()
    with pytest.raises(MergedMeanwhile):
        erase_household(gone, by=by)
    with pytest.raises(MergedMeanwhile):
        restrict_household(gone, reason=RestrictReason.OBJECTS, by=by)
    with pytest.raises(MergedMeanwhile):
        hold_household(gone, reason=HoldReason.CLAIM, until=today, request_id=uuid.uuid4(), by=by)
    assert changes() == set()
