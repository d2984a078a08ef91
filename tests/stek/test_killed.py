"""What is killed in the middle (`kill -9`) leaves nothing half, and the next run goes on."""

import datetime as dt
import os
import pkgutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household, NameKey
from people.rights import EraseReason
from places.models import Stek
from stek.backup import erasures
from stek.erasure import erase_household
from stek.retention import carry_out_terms
from tests import factories
from tests.cast import Colleague
from tests.reviews.desk import household
from visits.days import current_day
from visits.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

#: Where it dies at the third, and how many are gone then: in the transaction, and after it, before
#: the list beside the backups has that line.
MOMENTS = {"stek.erasure.people.forget_identity": 2, "stek.erasure.note_erased": 3}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.BACKUP_SECOND_DIR = ""
    settings.BACKUP_DIR.mkdir()
    return tmp_path


def killed(do: Callable[[], Any], *, at: str, time: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, which dies when it comes there for the `time`-th time."""
    module, _dot, name = at.rpartition(".")
    real, left = getattr(pkgutil.resolve_name(module), name), [time]

    def counted(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    # A connection must not be used by two.
    connections.close_all()
    if not (pid := os.fork()):
        try:
            monkeypatch.setattr(at, counted)
            do()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"it never came to {at}"
    assert os.WTERMSIG(status) == signal.SIGKILL


def leaving(stek: Stek, count: int) -> list[Household]:
    """Their term is over, and they were announced long ago."""
    found = []
    today = current_day(timezone.now())
    for number in range(count):
        row = household(stek, "Oud", f"Nr{number}", days_ago=900)
        ended = today - dt.timedelta(days=500)
        factories.access(row, valid_from=ended - dt.timedelta(days=200), valid_until=ended)
        factories.message(row)
        factories.leaving_notice(row, since=today - dt.timedelta(days=60))
        found.append(row)
    return found


def gone() -> int:
    """Those of whom all is gone; nobody may be erased in part."""
    count = 0
    for row in Household.objects.all():
        lines = AuditEvent.objects.filter(verb="erase", subject_id=row.pk).count()
        keys = NameKey.objects.filter(household=row).exists()
        waits = Message.objects.of_household(row.pk).waiting().exists()
        whole = (row.erased_at is not None, row.last_name == "", lines == 1, not keys, not waits)
        assert len(set(whole)) == 1, f"{row.pk} is erased in part: {whole}"
        count += whole[0]
    return count


def listed(folder: Path) -> set[int]:
    """Who stands in the list beside the backups, as the next backup leaves it."""
    erasures.catch_up()
    return {one.household for one in erasures.read(folder / "backups" / erasures.NAME).erasures}


@pytest.mark.parametrize(("at", "whole"), MOMENTS.items())
def test_retention_that_is_killed_leaves_nobody_half_and_goes_on(
    stek: Stek, folder: Path, monkeypatch: pytest.MonkeyPatch, at: str, whole: int
) -> None:
    rows = leaving(stek, 5)
    killed(lambda: carry_out_terms(timezone.now()), at=at, time=3, monkeypatch=monkeypatch)
    assert gone() == whole
    stek.refresh_from_db()
    assert stek.terms_done_on is None
    assert len(listed(folder)) == whole
    for _run in range(2):
        carry_out_terms(timezone.now())
        assert gone() == 5
    assert listed(folder) == {row.pk for row in rows}


@pytest.mark.parametrize(("at", "whole"), MOMENTS.items())
def test_erasing_that_is_killed_is_done_whole_by_the_next_press(
    coordinator: Colleague,
    stek: Stek,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    whole: int,
) -> None:
    row = household(stek, "Oud", "Verhaal")
    factories.message(row)

    def press() -> None:
        erase_household(row, by=coordinator.user, reason=EraseReason.ASKED)

    killed(press, at=at, time=1, monkeypatch=monkeypatch)
    assert gone() == whole - 2
    for _press in range(2):
        press()
        assert gone() == 1
    assert listed(folder) == {row.pk}
