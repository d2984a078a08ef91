"""`check_figures`: says that the figures hold, or what differs."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.management.commands.check_figures import Command
from reports.recount import Rows, differences, recount
from tests import factories
from visits.period import Period, month_of


def check(**options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("check_figures", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def visited(stek):
    return factories.visit(factories.opening(stek), factories.household(stek))


def test_figures_that_hold_are_said_to(visited, essen):
    out, _err = check()
    assert "1/2 kalmthout" in out
    assert "Alle cijfers van 2 STEKs kloppen" in out


def test_one_stek_and_periods_can_be_chosen(visited, essen):
    out, _err = check(stek=["kalmthout"], period=["2026", "2026-W53"])
    assert out.splitlines()[0] == "1/1 kalmthout: 2026, 2026-W53"


def test_unknown_stek_or_period_is_refused(stek):
    with pytest.raises(CommandError, match="geen STEK met de naam nergens"):
        check(stek=["nergens"])
    with pytest.raises(CommandError, match="geen periode: 2026-Q5"):
        check(period=["2026-Q5"])


def test_figure_that_does_not_hold_is_named_and_ends_in_an_error(visited):
    """As if the fast path had lost the visits of the month."""
    key = month_of(visited.opening.day).key
    nothing = recount(Rows([], [], [], [], [], [], []), Period.parse(key))

    class Forgetful(Command):
        @staticmethod
        def count(steks: Any, _period: Any) -> Any:
            return {stek.pk: nothing for stek in steks}

    err = io.StringIO()
    with pytest.raises(CommandError, match="kloppen niet met de rijen"):
        call_command(Forgetful(), period=[key], stdout=io.StringIO(), stderr=err)
    assert f"kalmthout {key} visits_named: 0, should be 1" in err.getvalue()


def test_differences_name_rows_that_one_of_both_lacks(visited):
    period = month_of(visited.opening.day)
    rows = Rows.of(visited.opening.stek)
    full, empty = recount(rows, period), recount(Rows([], [], [], [], [], [], []), period)
    assert list(differences(full, full)) == []
    day = visited.opening.day.isoformat()
    assert any(line.startswith(f"visits_day, {day}: None") for line in differences(empty, full))
