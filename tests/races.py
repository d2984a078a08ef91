"""Many at one moment: threads that start together, each with a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connections

#: Longer than this is a lock that nobody lets go of.
SECONDS = 60


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """What `do` answered in so many threads that start together; an exception is an answer."""
    start = threading.Barrier(count, timeout=SECONDS)
    answers: list[Any] = [None] * count

    def run(place: int) -> None:
        try:
            start.wait()
            answers[place] = do(place)
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def statuses(answers: list[Any]) -> Counter[Any]:
    return Counter(getattr(answer, "status_code", repr(answer)) for answer in answers)


def addresses(answers: list[Any]) -> set[str]:
    return {getattr(answer, "url", "") for answer in answers}
