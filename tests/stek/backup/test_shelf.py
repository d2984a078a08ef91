"""Which backups stay, and what the folder holds."""

import datetime as dt
from pathlib import Path

import pytest

from stek.backup import shelf
from stek.backup.problems import BackupError
from stek.backup.shelf import Kept, kept_in, new_name, superfluous

NOON = dt.datetime(2026, 3, 21, 12, tzinfo=dt.UTC)


def of(moments: list[dt.datetime]) -> list[Kept]:
    return [Kept(moment, Path(new_name(moment))) for moment in moments]


def left(kept: list[Kept], **how: int) -> list[dt.datetime]:
    gone = superfluous(kept, **({"days": 3, "weeks": 2} | how))
    return sorted(one.made_at for one in kept if one not in gone)


def test_of_each_day_and_week_the_last_one_stays() -> None:
    quarters = [NOON - dt.timedelta(minutes=15 * n) for n in range(4 * 24 * 30)]
    stays = left(of(quarters))
    recent = [NOON - dt.timedelta(minutes=15 * n) for n in range(shelf.RECENT)]
    days = [NOON, *(dt.datetime(2026, 3, day, 23, 45, tzinfo=dt.UTC) for day in (20, 19))]
    sunday = dt.datetime(2026, 3, 15, 23, 45, tzinfo=dt.UTC)
    assert stays == sorted({*recent, *days, sunday})


def test_the_last_one_always_stays() -> None:
    assert left(of([NOON]), days=0, weeks=0) == [NOON]
    assert left([], days=0, weeks=0) == []


def test_a_machine_that_was_off_for_long_loses_nothing_by_it() -> None:
    old = [NOON - dt.timedelta(days=400 + n) for n in range(3)]
    assert left(of([NOON, *old])) == sorted([NOON, *old])


def test_a_clock_that_jumped_takes_nothing_away() -> None:
    far = NOON.replace(year=2040)
    days = [NOON - dt.timedelta(days=n) for n in range(2)]
    assert left(of([far, *days])) == sorted([far, *days])


def test_the_name_holds_the_moment(tmp_path: Path) -> None:
    (tmp_path / new_name(NOON)).touch()
    (tmp_path / "stek-vakantie.stekbackup").touch()
    (tmp_path / "stek-vakantie-foto.stekbackup").touch()
    (tmp_path / f"{new_name(NOON)}.part").touch()
    assert [one.made_at for one in kept_in(tmp_path)] == [NOON]


def test_two_backups_at_once_are_refused(folders) -> None:
    with (
        shelf.one_at_a_time(),
        pytest.raises(BackupError, match="loopt al"),
        shelf.one_at_a_time(),
    ):
        pass
    with shelf.one_at_a_time():
        pass
