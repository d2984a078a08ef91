"""Makes the file of an export, in a worker or at once: takes the row, writes, says how far it is,
and stops when somebody says so. A worker that dies leaves a row that the next one finds.
"""

import datetime as dt
import logging
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import Error, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.exports.folder import begin, complete, folder, new_name, sweep, throw_away
from reports.exports.raw_rows import Reader, source_of
from reports.exports.words import FileFormat, State
from reports.files.csv_file import csv_pieces
from reports.files.ods_file import write_ods
from reports.files.sheet import Sheet, TooManyRows, belgian_day
from reports.files.xlsx_file import write_xlsx
from reports.models import Export

logger = logging.getLogger(__name__)

KEPT = dt.timedelta(hours=24)
#: A worker that says nothing for so long is gone.
SILENT = dt.timedelta(minutes=2)
#: Seconds between two times that it says how far it is.
BEAT = 1.0
TRIES = 3
#: Seconds per row, on a slow machine; what takes less than AT_ONCE is made while one waits.
COST = {FileFormat.CSV: 30e-6, FileFormat.XLSX: 250e-6, FileFormat.ODS: 120e-6}
AT_ONCE = 3.0


class Stopped(Exception):
    """Somebody cancelled it, or another worker took it over."""


def is_small(export: Export) -> bool:
    """Whether it is made before the page is answered."""
    days = (export.first_day, export.last_day)
    openings = export.stek.openings.filter(day__range=days).count()
    # Few have more than sixty visits at an opening.
    return openings * 60 * COST[FileFormat(export.file_format)] < AT_ONCE


def make_next() -> bool:
    """Take the one that waits longest; False when none does."""
    export = Export.objects.next_waiting()
    if export is None:
        return False
    make_export(export)
    return True


def make_export(export: Export) -> None:
    """Make its file, unless another worker has it; what goes wrong stands in the row."""
    claim, name = secrets.token_hex(16), new_name(export.file_format)
    now = timezone.now()
    taken = Export.objects.still(export.pk, State.WAITING).update(
        state=State.RUNNING, claim=claim, file=name, started_at=now, beat_at=now,
        tries=export.tries + 1, done_parts=0,
    )  # fmt: skip
    if not taken:
        return
    export.claim, export.file = claim, name
    try:
        rows = _write(export, begin(name))
        _finish(export, rows)
    except Stopped:
        throw_away(name)
    except TooManyRows:
        _fail(export, "too_many")
    except OSError:
        logger.exception("An export could not be written.")
        _fail(export, "disk")
    except Error:
        raise  # The database went away: the next worker finds the row.
    except Exception:
        logger.exception("An export failed.")
        _fail(export, "failed")


def _write(export: Export, path: Path) -> int:
    source = source_of(export.subject)
    counted = Counted(export, source.read([export.stek_id], export.period, export.with_names))
    sheet = Sheet(
        name=_capital(export.get_subject_display()),
        title=_title(export),
        columns=source.columns_with(export.with_names),
        rows=counted,
    )
    write_sheet(sheet, export.file_format, path)
    return counted.count


def write_sheet(sheet: Sheet, file_format: str, path: Path) -> None:
    if file_format == FileFormat.CSV:
        with path.open("wb") as file:
            file.writelines(csv_pieces([sheet]))
    elif file_format == FileFormat.ODS:
        write_ods([sheet], path)
    else:
        write_xlsx([sheet], path)


class Counted:
    """The rows of an export; counts them, and says how far it is while they go by."""

    def __init__(self, export: Export, reader: Reader) -> None:
        self.export, self.reader = export, reader
        self.count = 0
        self._said = 0.0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for place, keys in enumerate(self.reader.parts()):
            self._say(place)
            for row in self.reader.rows(keys):
                self.count += 1
                yield row

    def _say(self, place: int) -> None:
        """Raises `Stopped` when the row is no longer ours."""
        if time.monotonic() - self._said < BEAT:
            return
        self._said = time.monotonic()
        mine = Export.objects.still(self.export.pk, State.RUNNING, self.export.claim)
        if not mine.update(beat_at=timezone.now(), done_parts=place, all_parts=len(self.reader)):
            raise Stopped


def _finish(export: Export, rows: int) -> None:
    """The file gets its name before the row says that it is there."""
    complete(export.file)
    size = (folder() / export.file).stat().st_size
    now = timezone.now()
    done = Export.objects.still(export.pk, State.RUNNING, export.claim).update(
        state=State.DONE, rows=rows, size=size, finished_at=now, expires_at=now + KEPT,
    )  # fmt: skip
    if not done:
        raise Stopped


def _fail(export: Export, problem: str) -> None:
    throw_away(export.file)
    Export.objects.still(export.pk, State.RUNNING, export.claim).update(
        state=State.FAILED, problem=problem, file="", finished_at=timezone.now()
    )


def take_up_lost(now: dt.datetime) -> int:
    """Put back in the line what a worker that is gone was making; not for ever."""
    lost = list(Export.objects.silent_since(now - SILENT))
    for export in lost:
        throw_away(export.file)
        again = export.tries < TRIES
        Export.objects.still(export.pk, State.RUNNING, export.claim).update(
            state=State.WAITING if again else State.FAILED,
            problem="" if again else "lost",
            claim="",
            file="",
            finished_at=None if again else now,
        )
    return len(lost)


def throw_away_expired(now: dt.datetime) -> int:
    """Files that are a day old, and files of nobody."""
    expired = list(Export.objects.expired(now))
    for export in expired:
        throw_away(export.file)
        with transaction.atomic():
            Export.objects.still(export.pk, State.DONE, export.claim).update(
                state=State.GONE, file=""
            )
    return len(expired) + sweep(Export.objects.files())


def _title(export: Export) -> str:
    days = belgian_day(export.first_day), belgian_day(export.last_day)
    return _("%(what)s van STEK %(stek)s, %(first)s tot en met %(last)s") % {
        "what": _capital(export.get_subject_display()),
        "stek": export.stek.name,
        "first": days[0],
        "last": days[1],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
