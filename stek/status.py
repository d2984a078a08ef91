"""The checks as the page for the office shows them: what has yet to begin is no alarm there.

A monitor knows no such thing (stek/health.py): there everything is well, or it is not.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from accounts.models import User
from stek.health import BACKUP_AGE, Check, checks


class State(StrEnum):
    WELL = "well"
    #: It has yet to happen for the first time.
    BEGINS = "begins"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Line:
    check: Check
    state: State


@dataclass(frozen=True)
class Status:
    """`is_demo`: what has yet to begin does so by itself, within minutes."""

    lines: tuple[Line, ...]
    is_demo: bool

    @classmethod
    def of(cls, now: dt.datetime) -> "Status":
        may_begin = settings.DEMO or is_new(now)
        lines = [Line(check, _state(check, may_begin)) for check in checks(now)]
        return cls(tuple(lines), settings.DEMO)

    @property
    def problems(self) -> int:
        return sum(line.state is State.PROBLEM for line in self.lines)

    @property
    def begins(self) -> bool:
        return any(line.state is State.BEGINS for line in self.lines)


def _state(check: Check, may_begin: bool) -> State:
    if check.is_well:
        return State.WELL
    return State.BEGINS if check.never_tried and may_begin else State.PROBLEM


def is_new(now: dt.datetime) -> bool:
    """Who installs Stek gets a day to set up its timers."""
    return not User.objects.filter(date_joined__lt=now - BACKUP_AGE).exists()
