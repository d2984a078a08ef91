"""Counting who tries too often, also when all of it comes at one moment."""

from collections import Counter

import pytest

from accounts.throttle import tries_too_often
from tests.races import at_once


@pytest.mark.django_db(transaction=True)
def test_tries_at_one_moment_are_counted_one_by_one() -> None:
    def one(_place: int) -> bool:
        return tries_too_often("race", most=4, seconds=86_400, request=None)

    assert Counter(at_once(12, one)) == {False: 4, True: 8}
