"""The slow path: the figures of one STEK counted again in plain Python, row by row, from what
`reports.definitions` says; nothing of the fast path is used, so that the two can be compared.
"""

from collections.abc import Iterator

from reports.counted import Counted, Tally
from reports.recount import meet, refer
from reports.recount.rows import Rows
from visits.period import Period

__all__ = ["Rows", "differences", "recount"]


def recount(rows: Rows, period: Period) -> Counted:
    return {
        **meet.meet(rows, period),
        **meet.learn(rows, period),
        **refer.asked(rows, period),
        **refer.referred(rows, period),
        **refer.policy(rows, period),
    }


def differences(fast: Counted, slow: Counted) -> Iterator[str]:
    """Each number that is not the same, in one line: table, row, what it was and should be."""
    for key in sorted({*fast, *slow}):
        one, other = fast.get(key, _NOTHING), slow.get(key, _NOTHING)
        if one.total != other.total:
            yield f"{key}: {one.total}, should be {other.total}"
        for row in sorted({*one.entries, *other.entries}):
            was, is_now = one.entries.get(row), other.entries.get(row)
            if was != is_now:
                yield f"{key}, {row}: {was}, should be {is_now}"


_NOTHING = Tally({})
