"""Every string in every field of every form on one engine: the verdicts, and what is wrong."""

import datetime as dt
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.hostile import HOSTILE, NAMES, Hostile
from tests.hostile.forms import FORMS
from tests.hostile.judging import Judge
from tests.hostile.rounds import CLASSES, every, few, parts
from tests.hostile.sending import Form
from tests.hostile.world import World, make_world

#: The longer half of each name, as somebody types it in one field.
RIGHTFUL = [Hostile("rightful", max(name, key=len), is_name=True) for name in NAMES]
STRINGS = HOSTILE + RIGHTFUL
#: A field of no form; a few strings show that nobody reads it.
UNREAD = {"unknown"}


@dataclass
class Found:
    """What one engine answered."""

    #: "route field": what became of each string, in the order of STRINGS.
    verdicts: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sendings: int = 0


def run(routes: list[str]) -> Found:
    """On an empty database of its own, each sending in a transaction that is taken back, and at
    one moment: a session ends, and a password is asked again, in less time than this takes.
    """
    # What looks for a query per row costs half the time, and other tests have it.
    logging.disable()  # a line for each refusal
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal.")]
    old = setup_databases(verbosity=0, interactive=False)
    try:
        with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
            world, found, since = make_world(), Found(), time.perf_counter()
            for number, route in enumerate(routes, start=1):
                _try(world, route, found)
                at = f"{connection.vendor}, {(time.perf_counter() - since) / 60:.1f} minutes"
                print(f"{at}: {number} of {len(routes)}, {route}", file=sys.stderr)
        return found
    finally:
        teardown_databases(old, verbosity=0)


def _try(world: World, route: str, found: Found) -> None:
    sender, address, body = world.form(route)
    judge = Judge(route, body)
    form = Form(sender, address, body, judge.see)
    for part in parts(body):
        for sent in _rounds(part):
            verdicts = form.verdicts(sent)
            judge.judge(sent, verdicts)
            for name, verdict in verdicts.items():
                found.verdicts.setdefault(f"{route} {name}", {})[sent[name].text] = verdict
    found.sendings += form.sendings
    found.wrong += judge.wrong


def _rounds(part: list[str]) -> Iterator[dict[str, Hostile]]:
    if set(part) <= UNREAD:
        yield from few(part, 0, len(CLASSES), CLASSES)
    else:
        yield from every(part, STRINGS)


def all_routes() -> list[str]:
    return list(FORMS)
