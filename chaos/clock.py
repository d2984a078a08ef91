"""A clock of the server's own (libfaketime), put forward and back between two starts of it.

Not while it runs: the library cannot leave the clock alone by which Python sleeps.
"""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.service import Server

HERE = ZoneInfo("Europe/Brussels")
FOLDERS = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime")
MISSING = "libfaketime is not on this machine (Debian: apt-get install libfaketime)"


def library() -> Path | None:
    """For programs with threads."""
    found = [path for one in FOLDERS for path in Path("/").glob(f"{one[1:]}/libfaketimeMT.so*")]
    return min(found, default=None)


class Clock:
    """Of the processes of one server; the database and who works keep theirs."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def turn(self, by: dt.timedelta) -> None:
        """So much later than it is, or earlier; from the next start on, which follows at once."""
        self._server.stop()
        self._server.environment |= {
            "LD_PRELOAD": str(library()),
            "FAKETIME": f"{by.total_seconds():+.0f}",
            "NO_FAKE_STAT": "1",
        }
        self._server.start()

    def set(self, text: str, *, fold: int = 0) -> None:
        """To an hour here: "2027-10-31 02:30", and with `fold` the second of those."""
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=HERE, fold=fold)
        self.turn(moment - dt.datetime.now(dt.UTC))
