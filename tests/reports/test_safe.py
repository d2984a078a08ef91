"""What is hidden in a report for others, rule by rule."""

import pytest

from reports.report import Cell, Row
from reports.safe import Release, make_safe
from tests.reports.worlds import Place, compared, made_of
from visits.period import Period

Q1 = Period.parse("2026-Q1")
THEMES = {"a": 20, "b": 12, "c": 7}


def one(key, **tables):
    """A report of one period of one STEK; `tables` by key, with "" for the total."""
    return made_of([(Period.parse(key), (1,))], [tables])


def themes(**rows):
    return {"": sum(rows.values()), **rows}


def seen(report, column=0):
    """By table: what is shown, None for what is hidden."""
    found = {}
    for table in report.tables:
        rows = {row.key: row.cells[column] for row in table.rows}
        if table.total:
            rows[""] = table.total[column]
        found[table.key] = {key: None if c.hidden else c.number for key, c in rows.items()}
    return found


def after(earlier, true):
    """Each report made safe against those before it; what the last one shows."""
    gone: list[Release] = []
    for report in (*earlier, true):
        gone.append(Release(report, make_safe(report, gone)))
    return seen(gone[-1].shown)


def test_zero_and_large_numbers_are_shown():
    rows = themes(a=20, b=0, c=5)
    assert after([], one("2026-Q1", questions_theme=rows)) == {"questions_theme": rows}


def test_small_number_takes_another_along():
    shown = after([], one("2026-Q1", questions_theme=themes(a=20, b=12, c=3)))
    assert shown["questions_theme"] == {"": 35, "a": 20, "b": None, "c": None}


def test_two_small_numbers_that_leave_no_room_take_another_along():
    shown = after([], one("2026-Q1", questions_theme=themes(a=20, b=12, c=2, d=1)))
    assert shown["questions_theme"] == {"": 35, "a": 20, "b": None, "c": None, "d": None}


def test_small_total_hides_its_table():
    shown = after([], one("2026-Q1", questions_theme=themes(a=3, b=1, c=0)))
    assert set(shown["questions_theme"].values()) == {None}


def test_public_numbers_are_shown_however_small():
    shown = after(
        [], one("2026-Q1", meet={"openings": 2, "visits": 3}, activities_kind=themes(lesson=1))
    )
    assert shown["meet"] == {"openings": 2, "visits": None}
    assert shown["activities_kind"] == {"": 1, "lesson": 1}


def test_part_is_hidden_when_the_rest_is_few():
    shown = after([], one("2026-Q1", questions_help={"": 30, "x": 27, "y": 12, "z": 2}))
    assert shown["questions_help"] == {"": 30, "x": None, "y": 12, "z": None}


def test_total_is_hidden_in_every_table_or_in_none():
    shown = after(
        [],
        one("2026-Q1", refer={"questions": 4, "unmet": 0}, questions_theme=themes(a=4, b=0)),
    )
    assert shown["refer"]["questions"] is None
    assert shown["questions_theme"][""] is None


def test_mean_of_few_is_hidden():
    true = one("2026-Q1", answer_days={})
    table = true.tables[0]
    rows = tuple(
        Row(key, key, table.measure, (Cell(3.5, of=of),))
        for key, of in (("all", 20), ("caw", 11), ("ligo", 7), ("vdab", 2))
    )
    table = type(table)(**{**table.__dict__, "rows": rows})
    shown = make_safe(type(true)(**{**true.__dict__, "tables": (table,)}), ())
    assert seen(shown)["answer_days"] == {"all": 3.5, "caw": 3.5, "ligo": None, "vdab": None}


def test_quarter_does_not_give_away_a_month():
    months = [one(f"2026-0{n}", refer={"questions": q}) for n, q in ((1, 9), (2, 8), (3, 2))]
    assert after(months, one("2026-Q1", refer={"questions": 19})) == {"refer": {"questions": None}}


def test_period_that_is_a_few_longer_is_hidden():
    earlier = [one("2026-01-01_2026-03-30", refer={"questions": 30})]
    assert after(earlier, one("2026-Q1", refer={"questions": 33})) == {"refer": {"questions": None}}
    assert after(earlier, one("2026-Q1", refer={"questions": 35})) == {"refer": {"questions": 35}}


def test_row_that_was_told_by_month_is_hidden_in_the_quarter():
    months = [
        one("2026-01", questions_theme=themes(a=20, b=9)),
        one("2026-02", questions_theme=themes(a=20, b=9)),
        one("2026-03", questions_theme=themes(a=20, b=2)),
    ]
    shown = after(months, one("2026-Q1", questions_theme=themes(a=60, b=20)))
    assert shown["questions_theme"]["b"] is None


@pytest.mark.parametrize(("now", "shown"), [(20, 20), (22, None), (17, None), (27, 27)])
def test_version_that_is_a_few_different_is_hidden(now, shown):
    earlier = [one("2026-Q1", refer={"questions": 20})]
    assert after(earlier, one("2026-Q1", refer={"questions": now}))["refer"]["questions"] == shown


def test_sum_of_steks_does_not_give_one_of_them_away():
    columns = [(Q1, (1,)), (Q1, (2,)), (Q1, (1, 2))]
    true = made_of(columns, [{"refer": {"questions": n}} for n in (30, 3, 33)])
    shown = make_safe(true, ())
    told = [cell.number for cell in shown.tables[0].rows[0].cells]
    assert told[1] is None
    assert told.count(None) == 2


def test_households_of_a_longer_period_are_the_same_or_many_more():
    earlier = [one("2026-02", meet={"households": 20})]
    for now, shown in ((20, 20), (23, None), (26, 26)):
        assert after(earlier, one("2026-Q1", meet={"households": now}))["meet"] == {
            "households": shown
        }


def test_half_year_does_not_tell_how_few_came_in_both_quarters():
    earlier = [one("2026-Q1", meet={"households": 20}), one("2026-Q2", meet={"households": 21})]
    assert after(earlier, one("2026-H1", meet={"households": 38})) == {"meet": {"households": None}}
    assert after(earlier, one("2026-H1", meet={"households": 30})) == {"meet": {"households": 30}}


def test_those_who_stayed_away_do_not_tell_how_few_stayed():
    columns = [(Q1, (1,)), (Q1.before(), (1,))]
    counts = [{"meet": {"households": 40, "not_seen": gone}} for gone in (27, 12)]
    counts[1]["meet"]["households"] = 30
    shown = seen(make_safe(made_of(columns, counts), ()))["meet"]
    assert shown == {"households": 40, "not_seen": None}


def test_persons_do_not_tell_of_the_sizes_of_few_households():
    sizes = {"1": 14, "2": 3, "3": 6, "4": 0, "5": 0}
    true = one(
        "2026-Q1",
        meet={"households": 23, "persons": 14 + 6 + 18},
        households_size=themes(**sizes),
    )
    shown = after([], true)
    assert shown["households_size"]["2"] is None
    assert shown["meet"] == {"households": 23, "persons": None}


def test_from_new_year_first_visits_are_the_households():
    true = one(
        "2026-Q1",
        meet={"households": 30, "first_visits": 33},
        first_visits=themes(households=30, anonymous=3),
    )
    assert after([], true)["meet"] == {"households": 30, "first_visits": None}


def test_safe_report_is_the_same_when_made_again():
    place = Place.made(3, busy=2)
    true = compared(place, Q1)
    assert make_safe(true, ()) == make_safe(true, ())
    again = make_safe(true, [Release(true, make_safe(true, ()))])
    assert again == make_safe(true, ())


def test_hidden_cell_says_nothing_of_its_number():
    shown = make_safe(one("2026-Q1", questions_theme=themes(a=20, b=2, c=9)), ())
    cell = shown.tables[0].rows[1].cells[0]
    assert shown.safe
    assert (cell.hidden, cell.number, cell.of) == (True, None, None)


def test_visits_do_not_tell_how_few_came_twice():
    shown = after([], one("2026-W12", meet={"visits": 22, "households": 20}))
    assert shown["meet"] == {"visits": None, "households": 20}


@pytest.mark.parametrize(("visits", "shown"), [(94, None), (120, 120)])
def test_visits_do_not_tell_how_few_came_twice_among_many(visits, shown):
    """Eight came once and three twice, which is hidden; twenty came at least four times. Five
    that came twice would make 96 visits.
    """
    often = {"1": 8, "2": 3, "4": 20, "12": 0}
    told = after(
        [],
        one(
            "2026-03",
            meet={"visits": visits + 40, "households": 31},
            visits_named=themes(named=visits, anonymous=40),
            households_often=themes(**often),
        ),
    )
    assert told["households_often"]["2"] is None
    assert told["visits_named"]["named"] == shown


def test_place_of_a_row_does_not_tell_its_number():
    """Counted rows come with the largest first, and would give away which hidden one is larger."""
    orders = []
    for hidden in ({"q": 4, "r": 2, "p": 1}, {"p": 4, "r": 3, "q": 2}):
        true = one("2026-Q1", questions_theme=themes(a=20, **hidden, z=0))
        report = make_safe(true, ())
        assert seen(report)["questions_theme"]["q"] is None
        orders.append([row.key for row in report.tables[0].rows])
    assert orders[0] == orders[1] == ["a", "p", "q", "r", "z"]


def test_release_whose_rows_stand_in_another_order_hides_the_same():
    month = one("2026-01", questions_theme=themes(b=6, a=20, c=2))
    shown = after([month], one("2026-Q1", questions_theme=themes(a=40, b=20, c=12)))
    assert shown["questions_theme"] == {"": 72, "a": 40, "b": 20, "c": 12}
    rest = one("2026-02-01_2026-03-31", questions_theme=themes(a=20, b=14, c=10))
    assert after([month, rest], one("2026-Q1", questions_theme=themes(a=40, b=20, c=12)))[
        "questions_theme"
    ] == {"": 72, "a": 40, "b": None, "c": None}
