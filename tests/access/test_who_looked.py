"""Every page that shows somebody writes in the log that it was looked at; the others are listed.

The doors are those of tests/access/doors.py, so that a page that is added has to choose.
"""

import pytest

from accounts.models import AuditEvent
from tests.access.doors import DOORS
from tests.access.routes import address
from tests.access.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine("whether a page writes its line; that it stays: test_log_stays.py"),
]

#: Pages that name no visitor, or only what the whole counter works with; and why.
SHOWS_NOBODY = {
    **dict.fromkeys(
        (
            "visits:counter", "visits:opening", "visits:openings", "visits:today",
            "visits:attendance", "visits:close_day", "visits:slips", "visits:print_slips",
        ),
        "the list of the day: number, first name and initial, for who is on duty",
    ),
    **dict.fromkeys(
        ("forms_help:table", "forms_help:opening", "forms_help:line", "forms_help:nameless",
         "forms_help:brings", "referrals:loop"),
        "the line of the day: number, first name and initial; the rest is opened by itself",
    ),
    **dict.fromkeys(
        ("agenda:list", "agenda:find", "agenda:day", "activities:list", "activities:create",
         "activities:edit"),
        "days and colleagues",
    ),
    **dict.fromkeys(
        ("partners:list", "partners:create", "partners:edit", "partners:create_service",
         "partners:edit_service", "partners:add_contact", "partners:edit_contact", "hsds:start"),
        "organisations",
    ),
    **dict.fromkeys(
        ("reports:start", "reports:definitions", "reports:compose", "reports:change",
         "reports:consumers", "reports:revoke_consumer", "reports:raw", "reports:export",
         "reports:together", "reports:of_several", "reports:choose", "reports:report",
         "reports:version", "reports:correct"),
        "counts",
    ),
    **dict.fromkeys(
        ("signals:note", "signals:mine", "signals:noted", "signals:word_bundle", "signals:reword"),
        "words of a signal, without anybody in them; one's own",
    ),
    **dict.fromkeys(("reviews:now", "reviews:mail"), "leads to the week; a choice about a mail"),
    **dict.fromkeys(
        ("people:search", "people:create", "people:import_start", "people:cards"),
        "an empty form; what is found or chosen with it is noted",
    ),
    **dict.fromkeys(
        ("accounts:invitations", "accounts:reset_factor", "accounts:devices"), "colleagues"
    ),
    **dict.fromkeys(("accounts:awake", "accounts:pin", "accounts:waiting"), "only one's own"),
    **dict.fromkeys(("register", "breach"), "kinds of data, and of how many people"),
    "status": "backups, disk and version",
    "people:pair": "leads to both side by side",
    "people:everything_file": "asks for the password first; what is taken along is noted",
    "referrals:consent_text": "a text without anybody in it",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if "GET" in door[0]])
def test_opening_a_page_about_somebody_is_noted(world: World, name: str) -> None:
    coordinator = world.actor("coordinator").client
    before = AuditEvent.objects.filter(kind="read").count()
    answer = coordinator.get(address(name, world.rows["K"])[0])
    # Without a choice in its address a page may ask for one; what a colleague noted is not shown.
    assert answer.status_code in ({200, 204, 302, 404, 422} if name in SHOWS_NOBODY else {200, 302})
    noted = AuditEvent.objects.filter(kind="read").count() - before
    if name in SHOWS_NOBODY:
        return
    assert noted, f"{name} shows somebody, and nobody knows who looked"
    event = AuditEvent.objects.filter(kind="read").latest("pk")
    assert event.actor_id == coordinator.user.pk
    assert event.stek_id == coordinator.membership.stek_id


def test_list_of_pages_that_show_nobody_is_no_longer_than_it_has_to_be() -> None:
    assert {name for name, door in DOORS.items() if "GET" in door[0]} >= set(SHOWS_NOBODY)
