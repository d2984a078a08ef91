"""What a disk that dies costs: with the rounds of `make run`, a quarter of an hour at most."""

import datetime as dt
import shutil
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from people.models import Household
from places.models import Stek
from stek.backup.elsewhere import working_in
from stek.rounds import rounds
from tests import factories
from tests.stek.backup.conftest import kept, put_back

pytestmark = pytest.mark.django_db(transaction=True)

#: Minutes that a backup of the largest set may take.
TAKES = 1
MOST = 15


class Ended:
    """What a command that went well leaves."""

    returncode = 0

    def poll(self) -> int:
        return self.returncode


def run(_manage: str, command: str, *options: str) -> Any:
    call_command(command, *options)
    return Ended()


def test_dead_disk_costs_a_quarter_of_an_hour_at_most(folders, empty, settings, stek: Stek) -> None:
    """A household a minute, and a disk that dies a moment before each next backup is whole."""
    settings.BACKUP_SECOND_DIR = str(folders.second)
    (timer,) = [one for one in rounds() if one.command[0] == "backup"]
    by = factories.user()
    seen = [0]
    began = timezone.now()
    for minute in range(26):
        there = len(kept(folders.second))
        # The newest is known by the second in its name.
        with time_machine.travel(began + dt.timedelta(minutes=minute)):
            timer.look(60.0 * minute, run, lambda _child: None)
        if len(kept(folders.second)) > there:
            # It is there only when it is whole: until then the disk can die with the last one.
            assert minute + TAKES - seen[-1] <= MOST
            seen.append(minute)
        Household.objects.create(stek=stek, number=100 + minute, first_name="Jo", created_by=by)
    assert len(seen) > 2
    shutil.rmtree(folders.first)
    shutil.rmtree(folders.data)
    target = empty()
    put_back(kept(folders.second)[-1], target)
    with working_in(target):
        last = Household.objects.order_by("number").last().number - 100
    assert 25 - last <= MOST
    assert last == seen[-1] - 1
