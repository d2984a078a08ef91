"""What can only be seen with all rows together: doubles, and one referrer written in many ways."""

from collections.abc import Iterable
from dataclasses import replace

from people.imports.referrers import merge_regional
from people.imports.results import Fault, RowResult, Values
from people.imports.words import RowProblem


def without_doubles(results: Iterable[RowResult]) -> list[RowResult]:
    """Refuse a number that an earlier row has, and a row that says the same as an earlier one."""
    by_number: dict[int, RowResult] = {}
    by_values: dict[Values, RowResult] = {}
    checked: list[RowResult] = []
    for result in results:
        values = result.values
        if values is None:
            checked.append(result)
            continue
        first, problem = by_values.get(values), RowProblem.ROW_DOUBLED
        if first is None and values.number is not None:
            first, problem = by_number.get(values.number), RowProblem.NUMBER_DOUBLED
        if first is not None:
            checked.append(_doubled(result, first, problem))
            continue
        by_values[values] = result
        if values.number is not None:
            by_number[values.number] = result
        checked.append(result)
    return checked


def _doubled(result: RowResult, first: RowResult, problem: RowProblem) -> RowResult:
    number = result.values.number if result.values else None
    sheet = first.sheet if first.sheet != result.sheet else ""
    fault = Fault(problem, "" if number is None else str(number), first.row, sheet)
    return replace(result, values=None, faults=(fault,), notices=())


def with_one_spelling(results: list[RowResult]) -> list[RowResult]:
    """Give all rows of one referrer the same key and name."""
    keys = {result.values.referrer_key for result in results if result.values} - {""}
    merged = merge_regional(keys)
    names: dict[str, str] = {}
    for result in results:
        if result.values and result.values.referrer_key not in merged:
            names.setdefault(result.values.referrer_key, result.values.referrer)
    unified = []
    for result in results:
        values = result.values
        if values and values.referrer_key:
            key = merged.get(values.referrer_key, values.referrer_key)
            values = replace(values, referrer_key=key, referrer=names[key])
        unified.append(replace(result, values=values))
    return unified
