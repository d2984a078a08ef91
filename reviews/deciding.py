"""What a pressed button means: finds the line it stands on, and calls the verb."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import User
from places.models import Stek
from reviews import decision_actions as actions
from reviews.kinds import Kind
from reviews.models import Decision
from reviews.sources import SOURCES, Item, Look


def waiting_item(kind: Kind, subject_id: int, look: Look) -> Item | None:
    """The line as it stands now, decided or not; None when it waits no more.

    Raises Http404 for what is in another STEK, or nowhere.
    """
    source = SOURCES[kind]
    get_object_or_404(source.all(look.membership), pk=subject_id)
    rows = list(source.rows(look).filter(pk=subject_id))
    items = source.items(rows, look)
    return replace(items[0], kind=kind) if items else None


def carry_out(chosen: Mapping[str, Any], item: Item, *, stek: Stek, by: User) -> Decision:
    """Raises `DecidedMeanwhile`, also when another fact stands on the line now."""
    about_day: dt.date = chosen["about_day"]
    if about_day != item.about_day:
        raise actions.DecidedMeanwhile(None)
    subject = actions.Subject(stek, item.kind, item.subject_id, about_day)
    asked = actions.Asked(chosen["after"], chosen["request_id"])
    choice = chosen["choice"]
    if choice == "seen":
        return actions.see(subject, asked=asked, by=by)
    if choice == "done":
        return actions.finish(subject, asked=asked, by=by)
    if choice in {"mine", "give"}:
        to = by if choice == "mine" else chosen["to"]
        return actions.assign(subject, to=to, asked=asked, by=by)
    return actions.let_wait(subject, until=chosen["until"], asked=asked, by=by)
