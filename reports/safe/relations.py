"""What one number tells of another measure: parts of a whole, those who came again, and how many
people make how many households.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from policy.small import FEWEST, is_small
from reports.catalogue import Measure
from reports.safe.sites import FIRSTS, NEW
from visits.period import Period, year_of

HOUSEHOLDS, PERSONS = Measure.HOUSEHOLDS.value, Measure.PERSONS.value
#: The first is a part of the second, or never more, so the difference counts somebody too.
PARTS_OF = (
    (FIRSTS, HOUSEHOLDS),
    (NEW, FIRSTS),
    (NEW, HOUSEHOLDS),
    (Measure.ASKING.value, HOUSEHOLDS),
    (Measure.UNMET.value, Measure.QUESTIONS.value),
    (FIRSTS, Measure.FIRST_VISITS.value),
    (HOUSEHOLDS, "persons_age/adults"),
    (HOUSEHOLDS, Measure.VISITS.value),
    (HOUSEHOLDS, "visits_named/named"),
    (Measure.ASKING.value, Measure.QUESTIONS.value),
)
#: Households by how many persons; the last is that many or more.
SIZES = {size: f"households_size/{size}" for size in range(1, 6)}
OR_MORE = max(SIZES)
#: Households by how often they came: the least and the most visits of each.
OFTEN = {
    "households_often/1": (1, 1),
    "households_often/2": (2, 3),
    "households_often/4": (4, 11),
    "households_often/12": (12, None),
}
NAMED = "visits_named/named"


def from_new_year(period: Period) -> bool:
    """Whether every household of the period has its first visit of the year in it."""
    year = year_of(period.first)
    return period.first == year.first and period.last <= year.last


def parts_are_safe(numbers: Mapping[str, int]) -> bool:
    """`numbers` of one period, by what they count; what is not known is absent."""
    return not any(
        is_small(numbers[whole] - numbers[part])
        for part, whole in PARTS_OF
        if part in numbers and whole in numbers
    )


def stayed_are_safe(now: int | None, before: int | None, gone: int | None) -> bool:
    """Of households: who came in both periods, and who came now and not before."""
    if before is None or gone is None:
        return True
    both = before - gone
    return not is_small(both) and (now is None or not is_small(now - both))


def sizes_are_safe(numbers: Mapping[str, int]) -> bool:
    """Households and the persons in them, against the sizes that are shown."""
    if HOUSEHOLDS not in numbers or PERSONS not in numbers:
        return True
    known = {size: numbers[key] for size, key in SIZES.items() if key in numbers}
    unknown = [size for size in SIZES if size not in known]
    households = numbers[HOUSEHOLDS] - sum(known.values())
    persons = numbers[PERSONS] - sum(size * number for size, number in known.items())
    exact = known.get(OR_MORE) == 0
    return not any(is_small(_most(size, unknown, households, persons, exact)) for size in unknown)


def _most(size: int, unknown: list[int], households: int, persons: int, exact: bool) -> int:
    """The most households of one size. Not exact: in the largest may be more persons."""
    found = [0]
    if size * households == persons or (not exact and size * households <= persons):
        found.append(households)
    for other in unknown:
        if other != size:
            number = (persons - other * households) // (size - other)
            if 0 <= number <= households and (exact or size > other):
                found.append(number)
    return max(found)


def often_is_safe(numbers: Mapping[str, int]) -> bool:
    """Households and their visits, against how often they came, as far as that is shown."""
    known = {key: numbers[key] for key in OFTEN if key in numbers}
    unknown = [key for key in OFTEN if key not in known]
    if not known or not unknown or HOUSEHOLDS not in numbers or not _visits(numbers):
        return True
    households = numbers[HOUSEHOLDS] - sum(known.values())
    return not households or all(
        any(_may_be(numbers, known | guess) for guess in _guesses(key, unknown, households))
        for key in unknown
    )


def _visits(numbers: Mapping[str, int]) -> int:
    return numbers.get(NAMED, numbers.get(Measure.VISITS.value, 0))


def _guesses(key: str, unknown: list[str], households: int) -> Iterator[dict[str, int]]:
    """Ways in which five households are in one row, or all of them; the rest in two others."""
    if households >= FEWEST:
        yield {key: households}
        rest = households - FEWEST
        others = [one for one in unknown if one != key]
        if len(others) == 1:
            yield {key: FEWEST, others[0]: rest}
        for one, other in combinations(others, 2):
            for number in range(rest + 1):
                yield {key: FEWEST, one: rest - number, other: number}


def _may_be(numbers: Mapping[str, int], rows: Mapping[str, int]) -> bool:
    """Whether so many households in each row can have made these visits."""
    least = sum(OFTEN[key][0] * number for key, number in rows.items())
    if least > _visits(numbers):
        return False
    most = [(OFTEN[key][1], number) for key, number in rows.items() if number]
    if NAMED not in numbers or any(visits is None for visits, _ in most):
        return True
    return sum((visits or 0) * number for visits, number in most) >= numbers[NAMED]
