"""A number against what is usual; pure."""

import pytest

from reviews.usual import Measure


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (51, (47, 47, 47, 45, 49, 47, 50, 40), "4 meer dan gewoonlijk"),
        (40, (47,) * 8, "7 minder dan gewoonlijk"),
        (47, (47,) * 8, "zoals gewoonlijk"),
        (0, (0,) * 8, "zoals gewoonlijk"),
        # A week of holidays is left out: it would halve what is usual.
        (20, (20, None, None, 20, 20, None, None, None), "zoals gewoonlijk"),
        (20, (20, 20, None, None, None, None, None, None), "nog te weinig weken om te vergelijken"),
        (5, (), "nog te weinig weken om te vergelijken"),
        # The median is 2,5: a half goes up.
        (3, (2, 2, 3, 3), "zoals gewoonlijk"),
    ],
)
def test_measure_says_how_far_it_is_from_usual(now, before, said):
    assert Measure(now, before).said == said


def test_drawing_is_told_in_words_with_the_weeks_that_were_closed():
    assert Measure(9, (4, None, 6)).told == "4, gesloten, 6 en nu 9"


def test_line_passes_over_closed_weeks_and_ends_at_this_one():
    measure = Measure(8, (4, None, 0))
    points = measure.line.split()
    assert len(points) == 3
    assert points[-1] == ",".join(measure.last_point)
    heights = [float(point.split(",")[1]) for point in points]
    assert heights[2] < heights[0] < heights[1]


def test_line_of_nothing_is_flat():
    assert len({point.split(",")[1] for point in Measure(0, (0, 0, 0)).line.split()}) == 1
