"""The network set: STEKs alike with people of their own, and figures that hold."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, User
from places.models import Stek
from visits.models import Visit

pytestmark = pytest.mark.one_engine("the figures of such rows are in tests/reports, on each engine")


def make_network(**options: Any) -> str:
    out = io.StringIO()
    call_command("make_network", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo_mode(settings: Any) -> None:
    settings.DEMO = True


def test_network_has_steks_alike_and_figures_that_hold(db: None) -> None:
    said = make_network(steks=2, years=1)
    assert "2/2 STEK Dorp 2" in said
    assert Stek.objects.count() == 2
    each = [Visit.objects.filter(opening__stek=stek).count() for stek in Stek.objects.all()]
    assert min(each) > 2_000
    assert set(Membership.objects.filter(user__username="saamo").values_list("stek__slug")) == {
        ("dorp-1",),
        ("dorp-2",),
    }
    # Outside of a demo nobody can sign in.
    assert not any(user.has_usable_password() for user in User.objects.all())
    call_command("check_figures", stdout=io.StringIO())


def test_network_in_a_database_with_other_data_is_refused(stek: Stek) -> None:
    with pytest.raises(CommandError, match="niet leeg"):
        make_network(steks=1, years=1)
    assert Stek.objects.count() == 1


def test_network_beside_the_demo_is_made_once(demo_mode: None, stek: Stek) -> None:
    make_network(steks=1, years=1)
    assert Stek.objects.count() == 2
    assert User.objects.get(username="saamo").check_password("koffie-en-thee-2026")
    with pytest.raises(CommandError, match="is er al"):
        make_network(steks=1, years=1)


def test_network_of_nothing_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="minstens 1 STEK"):
        make_network(steks=0)
