"""The pages of reports: which report, which period, what stands on it, and for whom."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from reports.kinds import KINDS
from tests import factories
from tests.cast import signed_in
from tests.visits.desk import text_of

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def page(client, kind="gemeente", period="2026-Q3"):
    return client.get(reverse("reports:report", kwargs={"kind": kind, "period": period}))


def visits_on(stek, day, count, **fields):
    opening = factories.opening(stek, day, closed=True)
    return [factories.visit(opening, factories.household(stek), **fields) for _ in range(count)]


def test_start_offers_the_last_closed_quarter(coordinator):
    text = text_of(coordinator.get(reverse("reports:start")))
    assert "Over derde kwartaal 2026" in text
    for kind in KINDS.values():
        assert str(kind.name) in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"periode": "2026-W47"}, "Over week 47 van 2026"),
        ({"periode": "2020-W53"}, "Over week 53 van 2020"),
        ({"periode": "2026-10"}, "Over oktober 2026"),
        ({"periode": "2026-H1"}, "Over eerste halfjaar 2026"),
        ({"periode": "2025"}, "Over 2025"),
        ({"van": "2026-03-28", "tot": "2026-03-30"}, "28 maart tot en met 30 maart 2026"),
        ({"van": "2026-10-25", "tot": "2026-10-25"}, "Over 25 oktober 2026"),
    ],
)
def test_start_takes_a_period(coordinator, asked, said):
    assert said in text_of(coordinator.get(reverse("reports:start"), asked))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"van": "2026-03-30", "tot": "2026-03-28"}, "De laatste dag komt voor de eerste."),
        ({"van": "2026-03-30", "tot": ""}, "Vul de eerste en de laatste dag in."),
        ({"van": "2026-02-30", "tot": "2026-03-01"}, "Vul de eerste en de laatste dag in."),
        ({"van": "gisteren", "tot": "2026-03-01"}, "Vul de eerste en de laatste dag in."),
        ({"van": "2001-01-01", "tot": "2026-03-01"}, "Dat is meer dan vijf jaar."),
        ({"periode": "2027"}, "Die periode moet nog beginnen."),
        ({"periode": "2026-W54"}, "Dat is geen periode."),
        ({"periode": "2026-Q5"}, "Dat is geen periode."),
        ({"periode": "٢٠٢٦"}, "Dat is geen periode."),
        ({"periode": "\x00"}, "Dat is geen periode."),
    ],
)
def test_start_says_what_is_wrong_with_a_period(coordinator, asked, said):
    answer = coordinator.get(reverse("reports:start"), asked)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if "van" in asked:  # what was typed stays
        assert f'value="{asked["van"]}"' in answer.content.decode()


@pytest.mark.parametrize("period", ["2027", "2026-W54", "x", "2026-03-30_2026-03-28", "2026-13"])
def test_report_of_no_period_does_not_exist(coordinator, period):
    assert page(coordinator, period=period).status_code == 404


def test_report_of_no_kind_does_not_exist(coordinator):
    for kind in ("geen", "eigen-0", "eigen-99999999999999999999", "eigen-x"):
        assert page(coordinator, kind).status_code == 404


def test_choosing_another_period_keeps_the_report(coordinator):
    address = reverse("reports:choose", kwargs={"kind": "saamo"})
    answer = coordinator.get(address, {"periode": "2026-05"})
    assert answer["Location"] == reverse(
        "reports:report", kwargs={"kind": "saamo", "period": "2026-05"}
    )
    assert coordinator.get(address, {"periode": "nooit"}).status_code == 422


@pytest.mark.parametrize("kind", KINDS)
def test_report_of_an_empty_stek_says_that_there_is_nothing(coordinator, kind):
    text = text_of(page(coordinator, kind))
    assert "In deze periode is er niets genoteerd." in text
    assert "Ontmoeten" in text


def test_report_stands_beside_the_period_before_and_the_year_before(coordinator, stek):
    visits_on(stek, dt.date(2026, 8, 4), 9)
    visits_on(stek, dt.date(2026, 5, 5), 6)
    visits_on(stek, dt.date(2025, 8, 5), 12)
    text = text_of(page(coordinator, "team"))
    assert "9 bezoeken 3 meer dan in kw. 2 2026" in text.replace("\xa0", " ")
    assert "samen 9 6 12 +3" in text


def test_report_counts_nothing_of_another_stek(coordinator, stek, essen):
    visits_on(stek, dt.date(2026, 8, 4), 7)
    visits_on(essen, dt.date(2026, 8, 4), 30)
    assert "7 bezoeken" in text_of(page(coordinator, "team"))


def test_each_figure_says_what_it_counts(coordinator, stek):
    visits_on(stek, dt.date(2026, 8, 4), 7)
    text = text_of(page(coordinator, "team"))
    assert "Wat telt dit?" in text
    assert "Geschrapte bezoeken tellen niet." in text


def test_report_asks_as_many_questions_for_one_visit_as_for_many(coordinator, stek):
    visits_on(stek, dt.date(2026, 8, 4), 1)
    page(coordinator, "team")
    with CaptureQueriesContext(connection) as few:
        page(coordinator, "team")
    visits_on(stek, dt.date(2026, 8, 6), 12)
    with CaptureQueriesContext(connection) as many:
        page(coordinator, "team")
    assert len(many) == len(few)


# --- put together by a coordinator ---


def compose(client, route="reports:compose", args=(), **more):
    form = {"name": "Voor de raad", "tables": ["questions_theme", "meet"], "leaves_house": "on"}
    form |= {"request_id": "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"} | more
    form = {name: value for name, value in form.items() if value is not None}
    return client.post(reverse(route, args=args), form)


def test_composed_report_is_found_by_colleagues_of_the_same_stek(coordinator, mika, other_stek):
    answer = compose(coordinator)
    kind = answer["Location"].strip("/").rpartition("/")[2]
    for colleague in (coordinator, mika):
        assert "Voor de raad" in text_of(colleague.get(reverse("reports:start")))
        text = text_of(page(colleague, kind))
        assert "Ontmoeten in cijfers" not in text  # figures stand large, not in a table
        assert "Vragen per thema" in text
        assert "Bezoeken per maand" not in text
    assert "Voor de raad" not in text_of(other_stek.get(reverse("reports:start")))
    assert page(other_stek, kind).status_code == 404


def test_composing_twice_makes_one(coordinator):
    first, second = compose(coordinator), compose(coordinator)
    assert first["Location"] == second["Location"]
    answer = compose(coordinator, name="Iets anders")
    assert answer.status_code == 422
    assert "al eens gebruikt" in text_of(answer)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": " "}, "Geef het rapport een naam."),
        ({"name": "78.01.02-123.29"}, "rijksregisternummer"),
        ({"tables": None}, "Kies minstens één tabel."),
        ({"tables": ["meet", "zomaar"]}, "Kies tabellen uit de lijst."),
        ({"tables": ["meet", "visits_day"]}, "is te fijn om te delen"),
    ],
)
def test_composing_says_what_is_missing(coordinator, more, said):
    answer = compose(coordinator, **more)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_fine_tables_are_for_inside(coordinator):
    answer = compose(coordinator, tables=["visits_day"], leaves_house=None)
    assert answer.status_code == 302


def test_two_reports_of_one_name_are_refused(coordinator):
    compose(coordinator)
    answer = compose(coordinator, request_id="00000000-0000-4000-8000-000000000001")
    assert answer.status_code == 422
    assert "Er is al een rapport met deze naam." in text_of(answer)


def test_changed_report_takes_the_place_of_the_old_one(coordinator, stek):
    old = factories.composed_report(stek, "Voor de raad")
    answer = compose(coordinator, "reports:change", [old.pk], tables=["learn"])
    assert answer.status_code == 302
    page_after = coordinator.get(reverse("reports:start")).content.decode()
    assert reverse("reports:choose", kwargs={"kind": old.key})[:-1] not in page_after
    assert answer["Location"].strip("/") in page_after
    # Whoever had it open meanwhile is told.
    late = compose(
        coordinator,
        "reports:change",
        [old.pk],
        request_id="00000000-0000-4000-8000-000000000002",
    )
    assert late.status_code == 422
    assert "Een collega paste dit rapport intussen aan" in late.content.decode()


def test_report_put_away_stays_where_it_was_used(coordinator, stek):
    report = factories.composed_report(stek, "Oud rapport")
    coordinator.post(reverse("reports:retire", args=[report.pk]))
    start = coordinator.get(reverse("reports:start"))
    assert reverse("reports:choose", kwargs={"kind": report.key}) not in start.content.decode()
    assert page(coordinator, report.key).status_code == 200


# --- several STEKs ---


@pytest.fixture
def of_both(coordinator, essen):
    """Els, who coordinates Essen too."""
    factories.membership(essen, Role.COORDINATOR, user=coordinator.user)
    return signed_in(coordinator.membership)


def several(client, kind="team", **asked):
    address = reverse("reports:of_several", kwargs={"kind": kind, "period": "2026-Q3"})
    return client.get(address, asked)


def test_steks_stand_beside_each_other_and_summed(of_both, stek, essen):
    visits_on(stek, dt.date(2026, 8, 4), 7)
    visits_on(essen, dt.date(2026, 8, 4), 6)
    text = text_of(several(of_both))
    assert "Essen 1 6" in text
    assert "Kalmthout 1 7" in text
    assert "samen 2 13" in text
    assert "telt in elk van de twee" in text


def test_steks_can_be_summed_against_earlier(of_both, stek, essen):
    visits_on(stek, dt.date(2026, 8, 4), 7)
    visits_on(essen, dt.date(2026, 5, 5), 6)
    assert "samen 7 6 0 +1" in text_of(several(of_both, toon="samen"))


def test_only_steks_of_ones_own_can_be_chosen(coordinator, stek, essen):
    visits_on(essen, dt.date(2026, 8, 4), 6)
    text = text_of(several(coordinator, stek="essen"))
    assert "Essen" not in text
    assert "Kalmthout 0 0" in text


def test_role_at_the_counter_of_another_stek_shows_no_figures_of_it(coordinator, stek, essen):
    factories.membership(essen, Role.VOLUNTEER, user=coordinator.user)
    visits_on(essen, dt.date(2026, 8, 4), 6)
    assert "Essen 1 6" not in text_of(several(signed_in(coordinator.membership)))


def test_choosing_steks_leads_to_their_report(of_both):
    asked = {"rapport": "saamo", "periode": "2026-Q3", "stek": ["essen"], "toon": "naast"}
    answer = of_both.get(reverse("reports:together"), asked)
    assert answer["Location"].endswith("/rapporten/samen/saamo/2026-Q3/?stek=essen&toon=naast")


def test_running_period_stands_beside_the_same_days_of_earlier_ones(coordinator, stek):
    """On 26 November: 57 days of the fourth quarter, of the third, and of that of 2025."""
    visits_on(stek, dt.date(2026, 10, 6), 9)
    visits_on(stek, dt.date(2026, 7, 7), 6)
    visits_on(stek, dt.date(2026, 9, 29), 20)  # past the 57th day of its quarter
    visits_on(stek, dt.date(2025, 12, 2), 20)  # past the 26th of November
    text = text_of(page(coordinator, "team", "2026-Q4"))
    assert "9 bezoeken 3 meer dan in 01/07/26-26/08/26" in text.replace("\xa0", " ")
