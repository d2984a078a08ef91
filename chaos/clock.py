"""A clock of the server's own, which can be put forward and back while it runs (libfaketime)."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Brussels")
FOLDERS = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime")
MISSING = "libfaketime is not on this machine (Debian: apt-get install libfaketime)"


def library() -> Path | None:
    """For programs with threads."""
    found = [path for one in FOLDERS for path in Path("/").glob(f"{one[1:]}/libfaketimeMT.so*")]
    return min(found, default=None)


class Clock:
    """Only what tells the time of day is changed; what measures how long something takes is not."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.turn(dt.timedelta())

    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def turn(self, by: dt.timedelta) -> None:
        """So much later than it is, or earlier."""
        part = self._file.with_suffix(".part")
        part.write_text(f"{by.total_seconds():+.0f}\n", encoding="ascii")
        part.replace(self._file)

    def set(self, text: str, *, fold: int = 0) -> None:
        """To an hour here: "2027-10-31 02:30", and with `fold` the second of those."""
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=HERE, fold=fold)
        self.turn(moment - dt.datetime.now(dt.UTC))
