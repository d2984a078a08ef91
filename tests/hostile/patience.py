"""How long a string may keep the server busy, in its own time: a busy machine makes nothing red."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: Seconds for one field, and for a whole answer.
FIELD, ANSWER = 0.5, 5.0


class TooSlow(BaseException):
    """No `Exception`: nothing on the way may catch it."""


def _give_up(*_args: Any) -> None:
    raise TooSlow


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises `TooSlow`, also in the middle of a regular expression that would never end."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
