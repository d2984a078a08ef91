"""The demo set is made only where asked, and the same every time."""

from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import models, transaction

from accounts.demo import DEMO_PASSWORD
from accounts.models import User
from forms_help.models import FollowUp, Question
from people.models import GroceryAccess, Household, Member, NameKey
from places.models import (
    Stek,
)
from tests import factories
from tests.stek.demo.making import make_demo
from visits.models import (
    Activity,
    Attendance,
    Message,
    Opening,
    QueueTurn,
    Visit,
)

pytestmark = pytest.mark.one_engine("the rows follow from the seed")

# --- when it may ---


def test_make_demo_outside_demo_mode_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="STEK_DEMO=1"):
        make_demo()
    assert not User.objects.exists()


def test_make_demo_in_a_database_with_a_stek_is_refused(demo_mode: None, stek: Stek) -> None:
    with pytest.raises(CommandError, match="niet leeg"):
        make_demo()
    assert Stek.objects.count() == 1


def test_make_demo_does_not_take_over_an_account(demo_mode: None, db: None) -> None:
    factories.user("coordinator")
    with pytest.raises(CommandError, match="niet leeg"):
        make_demo()
    assert not Stek.objects.exists()


def test_make_demo_if_empty_leaves_a_filled_database_alone(demo_mode: None, stek: Stek) -> None:
    assert make_demo(if_empty=True) == ""
    assert Stek.objects.count() == 1
    assert not Household.objects.exists()


def test_make_demo_if_empty_fills_an_empty_database_and_says_how(demo_mode: None, db: None) -> None:
    said = make_demo(if_empty=True)
    assert "STEK Kalmthout: 160 huishoudens (72 met toegang)" in said
    assert DEMO_PASSWORD in said


# --- the same every time ---


def rows(model: type[models.Model], order: str, *names: str) -> list[tuple[Any, ...]]:
    return list(model._default_manager.order_by(order).values_list(*names))


def everything(seed: int) -> list[list[tuple[Any, ...]]]:
    """The set in the order of its keys; taken back, so that another can be made."""
    with transaction.atomic():
        make_demo(seed=seed)
        found = [
            rows(Household, "pk", "number", "card", "first_name", "last_name", "request_id"),
            rows(Member, "pk", "household__number", "first_name", "last_name", "request_id"),
            rows(GroceryAccess, "pk", "request_id", "valid_until", "referrer__name"),
            rows(Opening, "pk", "stek__slug", "day", "last_queue_number"),
            rows(Attendance, "pk", "opening__day", "who"),
            rows(Visit, "pk", "request_id", "household__number", "arrived_at", "queue_number"),
            rows(NameKey, "pk", "household__number", "kind", "key"),
            rows(Message, "pk", "request_id", "text"),
            rows(QueueTurn, "pk", "visit__request_id", "taken_at", "end", "ended_by__username"),
            rows(Question, "pk", "request_id", "theme__key", "outcome", "minutes", "note"),
            rows(Question.help_types.through, "pk", "question__request_id", "helptype__key"),
            rows(FollowUp, "pk", "question__request_id", "due", "what", "drop_reason"),
            rows(FollowUp.documents.through, "pk", "followup__due", "document__key"),
            rows(Activity, "pk", "request_id", "day", "title", "participants"),
        ]
        transaction.set_rollback(True)
    return found


def test_make_demo_same_seed_gives_the_same_rows_in_the_same_order(
    demo_mode: None, db: None
) -> None:
    first = everything(seed=7)
    assert all(first)
    assert everything(seed=7) == first
    other = everything(seed=8)
    assert all(mine != theirs for mine, theirs in zip(first, other, strict=True))
