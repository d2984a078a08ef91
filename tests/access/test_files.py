"""What is taken out as a file holds the own STEK only; each is opened and searched."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Pin
from reports.exports.words import FileFormat, Subject
from reports.files import FORMATS
from reports.models import Consumer, Export
from stek.everything_views import FORMATS as EVERYTHING
from tests import factories
from tests.access.actors import Actor
from tests.access.marks import to_plant
from tests.access.reading import text_of
from tests.access.world import Answer, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(world: World) -> Actor:
    return world.actor("coordinator")


def fields_in(world: World, coordinator: Actor, answer: Any) -> set[str]:
    """Of the own STEK; of another there is nothing."""
    assert answer.status_code == 200
    text = text_of(answer)
    assert not world.foreign(coordinator, Answer(200, text, ""))
    return {field for _town, field in world.marks.found_in(text)}


@pytest.mark.parametrize("file_format", FileFormat.values)
@pytest.mark.parametrize("subject", Subject.values)
def test_rows_with_names_are_those_of_the_own_stek(
    world: World, coordinator: Actor, subject: str, file_format: str
) -> None:
    today = factories.today()
    wish: dict[str, Any] = {
        "subject": subject,
        "file_format": file_format,
        "first_day": f"{today - dt.timedelta(days=300):%d/%m/%Y}",
        "last_day": f"{today:%d/%m/%Y}",
        "with_names": "on",
        "reason": "own_work",
        "reason_words": "jaarverslag",
        "request_id": uuid4(),
    }
    sent = coordinator.client.post(reverse("reports:raw"), wish)
    assert sent.status_code == 302, sent.content
    export = Export.objects.get(request_id=wish["request_id"])
    answer = coordinator.client.get(reverse("reports:download", args=[export.pk]))
    assert fields_in(world, coordinator, answer)


@pytest.mark.parametrize("file_format", FORMATS)
def test_report_as_a_file_counts_the_own_stek(
    world: World, coordinator: Actor, file_format: str
) -> None:
    rows = world.rows["K"]
    ways = {
        "reports:file": [rows["frozen"], rows["quarter"], rows["first"], file_format],
        "reports:file_of_several": ["team", rows["quarter"], file_format],
    }
    for name, args in ways.items():
        fields_in(world, coordinator, coordinator.client.get(reverse(name, args=args)))


@pytest.mark.parametrize("file_format", EVERYTHING)
def test_everything_of_a_household_holds_nobody_of_another_stek(
    world: World, coordinator: Actor, file_format: str
) -> None:
    pk = world.rows["K"]["household"]
    asked = coordinator.client.post(reverse("people:everything", args=[pk]), {"reason": "visitor"})
    assert asked.status_code == 302
    answer = coordinator.client.get(reverse("people:everything_file", args=[pk, file_format]))
    assert "people.Household.last_name" in fields_in(world, coordinator, answer)


def test_directory_for_others_holds_the_own_partners(world: World, coordinator: Actor) -> None:
    answer = coordinator.client.get(reverse("hsds:export"))
    assert "places.Partner.name" in fields_in(world, coordinator, answer)


def test_paper_for_policy_holds_the_own_signals(world: World, coordinator: Actor) -> None:
    address = reverse("signals:brief_pdf", args=[world.rows["K"]["bundle"]])
    answer = coordinator.client.get(address)
    assert "policy.Bundle.title" in fields_in(world, coordinator, answer)


# --- what searches can find, or it would find nothing anywhere ---


def test_every_text_that_tells_something_is_marked_in_both_steks(world: World) -> None:
    assert world.marks.planted("E") == to_plant()


def test_secret_and_number_of_another_stek_are_seen(world: World) -> None:
    actor = world.actor("coordinator")
    hashed = Pin.objects.values_list("code_hash", flat=True)[0]
    token = Consumer.objects.values_list("token_hash", flat=True)[0]
    for text in ("Nr. 904117", f"<td>{hashed}</td>", f'"{token}"'):
        assert world.foreign(actor, Answer(200, text, "")), text
    for text in ("b" * 64, "12904117", "904117a3-0000-4000-8000-000000000000"):
        assert not world.foreign(actor, Answer(200, text, "")), text
