"""What `make run` does every so many minutes beside the server, as a timer does elsewhere."""

import subprocess
from collections.abc import Callable

Child = subprocess.Popen[bytes]

#: Seconds. What is typed right after a backup is in the next one, once that is whole and in the
#: second place: with ten minutes between two, a dead disk costs a quarter of an hour at most.
BACKUP_EVERY = 600


class Round:
    """One management command, again and again, never twice at once."""

    def __init__(self, *command: str, every: float, after: float = 0.0) -> None:
        """In seconds; the first time `after` so many."""
        self.command = command
        self._every = every
        self._after = after
        self._next: float | None = None
        self._child: Child | None = None

    def look(self, now: float, start: Callable[..., Child], forget: Callable[[Child], None]) -> str:
        """Start it when it is time; what to say when the last one failed.

        `now` is in seconds, of a clock that nobody sets.
        """
        complaint = ""
        if self._next is None:
            self._next = now + self._after
        if self._child is not None and self._child.poll() is not None:
            forget(self._child)
            if self._child.returncode:
                # A reminder or a backup that fails is no reason to close the counter.
                complaint = (
                    f"{self.command[0]} failed (code {self._child.returncode}); "
                    f"it is tried again in {self._every / 60:.0f} minutes."
                )
            self._child = None
        if self._child is None and now >= self._next:
            self._child = start("manage.py", *self.command, "--verbosity=0")
            self._next = now + self._every
        return complaint


def rounds() -> list[Round]:
    return [
        Round("run_due", every=300),
        Round("backup", "--if-changed", every=BACKUP_EVERY, after=60),
        Round("test_restore", every=86_400, after=600),
    ]
