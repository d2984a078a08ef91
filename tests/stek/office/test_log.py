"""The office: the log, to read."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accounts.log_words import REASONS
from accounts.models import AuditEvent, User
from people.rights import AccessReason, EraseReason, RestrictReason
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import add, change, changelist, delete, save


def test_the_log_is_to_read(coordinator: Colleague, stek: Stek) -> None:
    event = AuditEvent.objects.create(
        kind="change", verb="check_in", stek_id=stek.pk, actor_id=coordinator.user.pk, fields=["x"]
    )
    AuditEvent.objects.create(
        kind="change",
        verb="erase",
        stek_id=stek.pk,
        subject_type="household",
        fields=["reason_term"],
    )
    merged = ["card", "merged_into"]
    AuditEvent.objects.create(
        kind="change", verb="x", stek_id=stek.pk, subject_type="household", fields=merged
    )
    first = User.objects.create(username="naamloos")
    AuditEvent.objects.create(kind="change", verb="x", stek_id=stek.pk, actor_id=first.pk)
    page = coordinator.get(changelist(AuditEvent)).content.decode()
    assert "Els Goossens" in page
    assert "naamloos" in page
    assert "klantenkaart, het huishouden dat bleef" in page
    assert "aangemeld" in page
    assert "omdat: de bewaartermijn is voorbij" in page
    assert coordinator.post(change(event), {"verb": "x"}).status_code == 403
    assert coordinator.post(delete(event), {"post": "yes"}).status_code == 403
    assert coordinator.get(add(AuditEvent)).status_code == 403


def test_the_log_counts_lines_in_dutch(coordinator: Colleague, stek: Stek) -> None:
    for _line in range(2):
        AuditEvent.objects.create(kind="change", verb="create", stek_id=stek.pk)
    assert "2 regels in het logboek" in coordinator.get(changelist(AuditEvent)).content.decode()
    assert "<h1>Logboek</h1>" in coordinator.get(changelist(AuditEvent)).content.decode()
    assert ">Logboek</a>" in coordinator.get(reverse("admin:index")).content.decode()


@pytest.fixture
def lines(coordinator: Colleague, counter: Colleague, stek: Stek, essen: Stek) -> dict[str, int]:
    """By name: what each of them did, one today and the others days ago; one in the other STEK."""

    def line(days_ago: int, verb: str, by: Colleague | None, **more: Any) -> int:
        at = timezone.now() - dt.timedelta(days=days_ago)
        who = by.user.pk if by else None
        values = {"kind": "change", "actor_id": who, "stek_id": stek.pk} | more
        return AuditEvent.objects.create(at=at, verb=verb, **values).pk

    return {
        "rita": line(0, "check_in", counter),
        "read": line(2, "open", counter, kind="read", subject_type="household", subject_id=7),
        "els": line(5, "erase", coordinator, subject_type="household", subject_id=7),
        "machine": line(9, "carry_out_terms", None),
        "essen": line(0, "check_in", counter, stek_id=essen.pk),
    }


def ago(days: int) -> str:
    return f"{factories.today() - dt.timedelta(days=days):%Y-%m-%d}"


def test_the_log_is_asked_by_who_what_kind_and_day(
    coordinator: Colleague, counter: Colleague, lines: dict[str, int]
) -> None:
    asked = [
        ({}, ["rita", "read", "els", "machine"]),
        ({"wie": counter.user.pk}, ["rita", "read"]),
        ({"wie": "vanzelf"}, ["machine"]),
        ({"wat": "erase"}, ["els"]),
        ({"soort": "read"}, ["read"]),
        ({"van": ago(5)}, ["rita", "read", "els"]),
        ({"tot": ago(5)}, ["els", "machine"]),
        ({"van": ago(5), "tot": ago(2), "wie": counter.user.pk}, ["read"]),
        ({"subject_type": "household", "subject_id": 7, "soort": "change"}, ["els"]),
    ]
    for query, expected in asked:
        answer = coordinator.get(changelist(AuditEvent), query)
        shown = {event.pk for event in answer.context["cl"].queryset}
        assert shown == {lines[name] for name in expected}, query


def test_the_log_keeps_what_was_chosen_in_its_form(
    coordinator: Colleague, counter: Colleague, lines: dict[str, int]
) -> None:
    chosen = {"wie": counter.user.pk, "wat": "open", "van": ago(3), "subject_id": 7}
    page = coordinator.get(changelist(AuditEvent), chosen).content.decode()
    assert f'<option value="{counter.user.pk}" selected>Rita Peeters</option>' in page
    assert '<option value="open" selected>geopend</option>' in page
    assert f'value="{ago(3)}"' in page
    assert '<input type="hidden" name="subject_id" value="7">' in page


def test_the_log_says_what_is_no_day(coordinator: Colleague, stek: Stek) -> None:
    for day in ("31/02/2026", "2026-02-31", "0001-01-01", "9999-12-31", "x"):
        answer = coordinator.get(changelist(AuditEvent), {"van": day})
        assert "“Van” is geen dag en telt niet mee." in answer.content.decode(), day
    assert coordinator.get(changelist(AuditEvent), {"van": "\x00"}).status_code == 400


def test_the_log_tells_nothing_of_who_works_elsewhere(
    coordinator: Colleague, other_stek: Colleague, lines: dict[str, int]
) -> None:
    """Their id in the address is no filter, and their name is not offered."""
    answer = coordinator.get(changelist(AuditEvent), {"wie": other_stek.user.pk})
    assert answer.context["cl"].queryset.count() == 4
    assert "Nadia" not in answer.content.decode()


def test_the_log_names_fields_as_forms_do_and_holds_no_value(
    coordinator: Colleague, stek: Stek
) -> None:
    save(coordinator, change(stek), street="Canarielaan 9")
    page = coordinator.get(changelist(AuditEvent)).content.decode()
    assert "straat en nummer" in page
    assert "Canarielaan" not in page


def test_the_history_of_a_row_is_its_lines_in_the_log(coordinator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    coordinator.get(change(household))
    url = reverse("admin:people_household_history", args=[household.pk])
    answer = coordinator.get(url, follow=True)
    assert [event.subject_id for event in answer.context["cl"].queryset] == [household.pk]


def test_django_keeps_no_log_with_names(coordinator: Colleague, counter: Colleague) -> None:
    save(coordinator, change(counter.user), first_name="Marie-Louise")
    assert not LogEntry.objects.exists()
    assert "Marie-Louise" not in str(list(AuditEvent.objects.values()))


def test_log_knows_every_reason_in_the_words_with_which_it_was_chosen() -> None:
    chosen = [one for kind in (EraseReason, RestrictReason, AccessReason) for one in kind]
    assert len({one.value for one in chosen}) == len(chosen)
    words = {f"reason_{one.value}": str(one.label) for one in chosen}
    assert words == {code: str(said) for code, said in REASONS.items()}
