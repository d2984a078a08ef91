"""How long a page waits for PostgreSQL when that says nothing at all.

The limits of `stek/databases.py` are kept by the server itself. One that hangs (a disk that does
not answer, a machine that is paused) keeps none of them, and each page would wait for ever.
"""

import select
import time
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, set_wait_callback

#: Seconds; longer than a server that still goes needs to say itself that it took too long.
LONGEST = 5.0


def lose_patience(longest: float = LONGEST) -> None:
    """From here on no question of this process waits longer; its connection is given up then.

    Not for commands: a report of a whole network may take its time, and COPY needs none of this.
    """

    def wait(connection: Any) -> None:
        deadline = time.monotonic() + longest
        while (state := connection.poll()) != POLL_OK:
            line = select.poll()
            line.register(
                connection.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT
            )
            if not line.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise psycopg2.OperationalError(f"PostgreSQL said nothing for {longest:g} seconds.")

    set_wait_callback(wait)


def be_patient() -> None:
    set_wait_callback(None)
