"""Asks for a paper to be typeset in a process of its own; whoever asks says which paper."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

#: Run as a program, and never imported: the typesetter would stay in the memory of every worker.
TYPESETTER = Path(__file__).with_name("typeset.py")
#: A paper takes a third of a second, a long one a whole; a machine that is busy gets more.
SECONDS = 10


class TypesetError(Exception):
    """No paper came of it; the message holds no word of what was in it."""


def typeset(template: Path, data: dict[str, Any], *, day: dt.date) -> bytes:
    """A tagged PDF; the same bytes for the same data and day."""
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    asked = {"template": template.name, "timestamp": int(noon.timestamp()), "data": data}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own script
            [sys.executable, "-I", str(TYPESETTER), str(template.parent)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise TypesetError(f"No paper within {SECONDS} seconds.") from error
    except OSError as error:
        raise TypesetError("Nothing can be typeset on this machine.") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        # What it said may hold words of the paper, which no log should.
        raise TypesetError(f"Typesetting ended with {done.returncode}.")
    return done.stdout
