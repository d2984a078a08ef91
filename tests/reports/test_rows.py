"""The rows behind a number: of one's own STEK only, and never a name."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from accounts.roles import Role
from reports.catalogue import TABLES
from reports.rows.keys import LONGEST, RowKeyConverter
from reports.rows.sources import UnknownRowError, behind
from tests import factories
from tests.cast import signed_in
from visits.period import Period


@pytest.fixture
def theme(stek):
    return factories.theme(stek, "wonen / huur")


def _page(client, table, row, period="2026", **query):
    kwargs = {"table": table, "row": row, "period": period}
    return client.get(reverse("reports:rows", kwargs=kwargs), query)


@pytest.mark.parametrize("table", TABLES)
def test_unknown_row_of_a_table_is_not_found(coordinator, table):
    assert _page(coordinator, table, "nergens").status_code == 404


def test_unknown_table_and_period_are_not_found(coordinator):
    assert _page(coordinator, "nergens", "visits").status_code == 404
    assert _page(coordinator, "meet", "visits", "2026-Q5").status_code == 404


def test_page_says_the_number_and_lists_the_rows(coordinator, stek):
    opening = factories.opening(stek)
    household = factories.household(stek, "Fatima", "El Amrani")
    factories.visit(opening, household)
    factories.anonymous_visit(opening, adults=2, children=3)
    text = _page(coordinator, "meet", "visits", f"{opening.day:%Y-%m}").content.decode()
    assert "<strong>2</strong>" in text
    assert f"huishouden {household.number}" in text
    assert reverse("people:household", kwargs={"pk": household.pk}) in text
    assert "zonder naam" in text
    assert "2 volwassenen, 3 kinderen" in text
    assert "Fatima" not in text
    assert "Amrani" not in text


def test_question_is_listed_without_its_note(coordinator, stek, theme):
    visit = factories.visit(factories.opening(stek), factories.household(stek))
    until = factories.today()
    factories.question(visit, theme, note="belt morgen terug", note_until=until)
    period = f"{visit.opening.day:%Y-%m}"
    text = _page(coordinator, "questions_theme", "name:wonen / huur", period).content.decode()
    assert "wonen / huur" in text
    assert "afgehandeld" in text
    assert "belt morgen" not in text


def test_erased_household_has_no_link(coordinator, stek):
    opening = factories.opening(stek)
    gone = {"erased_at": timezone.now(), "eraser": factories.user()}
    household = factories.household(stek, "", "", **gone)
    factories.visit(opening, household)
    text = _page(coordinator, "meet", "households", f"{opening.day:%Y-%m}").content.decode()
    assert f"huishouden {household.number}" in text
    assert reverse("people:household", kwargs={"pk": household.pk}) not in text


def test_rows_come_fifty_to_a_page(coordinator, stek):
    opening = factories.opening(stek)
    for _number in range(52):
        factories.anonymous_visit(opening)
    period = f"{opening.day:%Y-%m}"
    first = _page(coordinator, "meet", "visits", period)
    last = _page(coordinator, "meet", "visits", period, pagina=2)
    assert [len(page.context["rows"].lines) for page in (first, last)] == [50, 2]


def test_first_visits_go_on_from_households_to_visits_without_name(coordinator, stek):
    opening = factories.opening(stek)
    for _number in range(30):
        factories.visit(opening, factories.household(stek))
        factories.anonymous_visit(opening, first_this_year=True)
    period = f"{opening.day:%Y-%m}"
    first = _page(coordinator, "meet", "first_visits", period).context["rows"]
    last = _page(coordinator, "meet", "first_visits", period, pagina=2).context["rows"]
    assert first.number == 60
    assert [line.what == "zonder naam" for line in first.lines] == [False] * 30 + [True] * 20
    assert [line.what for line in last.lines] == ["zonder naam"] * 10


def test_persons_say_how_many_they_are_in_each_household(coordinator, stek):
    opening = factories.opening(stek)
    factories.visit(opening, factories.household(stek, adults=2, children=1))
    factories.visit(opening, factories.household(stek, adults=1, children=0))
    page = _page(coordinator, "persons_age", "adults", f"{opening.day:%Y-%m}").context["rows"]
    assert page.number == 3
    assert [line.detail for line in page.lines] == ["2 personen", "1 persoon"]


def test_rows_of_another_stek_are_not_there(other_stek, stek):
    opening = factories.opening(stek)
    factories.visit(opening, factories.household(stek))
    page = _page(other_stek, "meet", "visits", f"{opening.day:%Y-%m}").context["rows"]
    assert page.number == 0
    assert page.lines == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_a_coordinator_sees_the_rows(stek, role):
    client = signed_in(factories.membership(stek, role))
    assert _page(client, "meet", "visits").status_code == 403


def test_looking_at_rows_is_logged(coordinator, stek):
    _page(coordinator, "meet", "visits")
    event = AuditEvent.objects.get(verb="figure_rows")
    assert (event.actor_id, event.stek_id) == (coordinator.user.pk, stek.pk)


@given(st.text(min_size=1, max_size=80))
def test_any_key_survives_the_address(key):
    converter = RowKeyConverter()
    assert converter.to_python(converter.to_url(key)) == key


@pytest.mark.parametrize("value", ["~@", "~YQ==", "~YQ", "~_w", "~" + "A" * LONGEST])
def test_key_that_no_page_makes_is_no_key(value):
    """Not base64, padded, of a plain key, not UTF-8, too long."""
    with pytest.raises(ValueError):
        RowKeyConverter().to_python(value)


def test_row_of_a_day_outside_the_period_is_unknown(stek):
    with pytest.raises(UnknownRowError):
        behind(stek, "visits_day", "2025-12-31", Period.parse("2026"))
