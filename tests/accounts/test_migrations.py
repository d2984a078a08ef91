"""What an installation that was there before finds after an upgrade."""

from importlib import import_module

import pytest
from django.apps import apps

from places.models import SitterKind
from tests import factories

kind_of_turns = import_module("accounts.migrations.0003_kind_of_turns")


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("CAW", SitterKind.PARTNER),
        ("Ligo Noord-Kempen", SitterKind.PARTNER),
        ("Mika", SitterKind.COMMUNITY_WORKER),
        ("Rita", SitterKind.VOLUNTEER),
        ("rita peeters", SitterKind.VOLUNTEER),
        ("Greet", SitterKind.VOLUNTEER),
    ],
)
def test_upgrade_makes_no_name_of_a_volunteer_public(stek, counter, mika, who, kind):
    turn = factories.table_turn(factories.opening_hours(stek), who)
    kind_of_turns.tell(apps, None)
    turn.refresh_from_db()
    assert turn.kind == kind


def test_upgrade_knows_only_the_colleagues_of_that_stek(stek, essen, mika):
    turn = factories.table_turn(factories.opening_hours(essen), "Mika")
    kind_of_turns.tell(apps, None)
    turn.refresh_from_db()
    assert turn.kind == SitterKind.VOLUNTEER
