"""Putting a backup back: read whole, rebuilt beside, brought up to date, and only then in place."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from accounts.audit import record
from accounts.models import OutgoingMail, Session, User
from people.models import Household
from people.rights import EraseReason
from stek import jobs
from stek.backup import erasures, shelf
from stek.backup.elsewhere import working_in
from stek.backup.engine import Engine
from stek.backup.erasures import Listed
from stek.backup.keys import known_keys
from stek.backup.making import engine
from stek.backup.problems import BackupError, disk_problem
from stek.backup.sealed import Opened
from stek.damage import note_whole
from stek.erasure import erase_household


@dataclass(frozen=True)
class Restored:
    """What was done, for the person at the terminal."""

    made_at: dt.datetime
    rows: int
    #: Steps of the database that are newer than the backup.
    migrated: int
    erased: int
    sessions: int
    mails: int
    unreadable: int = 0


def look_at(path: Path) -> dt.datetime:
    """Read it whole without putting anything anywhere; when it was made."""
    with _opened(path) as backup:
        for _chunk in backup.contents():
            pass
        _refuse_foreign(backup, engine())
        _newer_steps(backup)
        return backup.header.made_at


def restore(path: Path, *, without_list: bool = False) -> Restored:
    """Into an empty place only; a `BackupError` says why not, and then nothing was touched."""
    here = engine()
    connection.close()
    with shelf.one_at_a_time(shelf.RESTORES), _opened(path) as backup:
        _refuse_foreign(backup, here)
        newer = _newer_steps(backup)
        here.refuse_when_taken()
        listed = _list_for(path, without_list)
        with here.rebuilt(backup, shelf.workshop(shelf.RESTORES), for_good=True) as aside:
            with working_in(aside):
                # Before anybody can look: what stands beside has no address.
                found = _bring_up(listed, newer)
            here.put_in_place(aside)
    note_whole()
    erasures.append(shelf.first(), listed.erasures - _own_list().erasures)
    return replace(_restored(backup, newer, found), unreadable=listed.unreadable)


def try_last(now: dt.datetime) -> Restored:
    """Rebuild the last backup in a temporary place, as a restore does, and note how that went."""
    try:
        with shelf.one_at_a_time(shelf.RESTORES):
            name, done = _tried()
    except (BackupError, DatabaseError) as error:
        jobs.note_failed(jobs.RESTORE_TEST, now, str(error))
        raise BackupError(str(error)) from error
    facts = {"file": name, "made_at": done.made_at.isoformat(), "rows": done.rows}
    jobs.note_good(jobs.RESTORE_TEST, now, facts)
    return done


def _tried() -> tuple[str, Restored]:
    kept = shelf.kept_in(shelf.first())
    if not kept:
        raise BackupError("Er is nog geen back-up om terug te zetten.")
    here, path = engine(), kept[-1].path
    with _opened(path) as backup:
        _refuse_foreign(backup, here)
        newer = _newer_steps(backup)
        beside = here.rebuilt(backup, shelf.workshop(shelf.RESTORES), for_good=False)
        with beside as aside, working_in(aside):
            found = _bring_up(_own_list(), newer)
        return path.name, _restored(backup, newer, found)


def _restored(backup: Opened, newer: set[str], found: tuple[int, int, int]) -> Restored:
    rows = sum(backup.manifest["tables"].values())
    return Restored(backup.header.made_at, rows, len(newer), *found)


@contextmanager
def _opened(path: Path) -> Iterator[Opened]:
    try:
        with path.open("rb") as source:
            yield Opened(source, known_keys())
    except OSError as error:
        raise disk_problem(error, path) from error


def _own_list() -> Listed:
    return erasures.read(shelf.first() / erasures.NAME)


def _list_for(path: Path, without: bool) -> Listed:
    """From beside the backup and from both places; one of them must have it."""
    second = shelf.second()
    folders = {path.resolve().parent, shelf.first(), *([second] if second else [])}
    lists = [folder / erasures.NAME for folder in folders if (folder / erasures.NAME).exists()]
    if not lists and not without:
        raise BackupError(
            f"De lijst van wie gewist werd ({erasures.NAME}) is er niet. Leg ze naast de back-up: "
            "zonder die lijst komen mensen terug die gewist zijn. Is ze echt verloren, zet dan "
            "terug met --without-list en wis opnieuw wie dat gevraagd had."
        )
    found = Listed()
    for one in lists:
        found |= erasures.read(one)
    return found


def _refuse_foreign(backup: Opened, here: Engine) -> None:
    if backup.manifest["engine"] != here.vendor:
        raise BackupError(
            f"Deze back-up komt uit {backup.manifest['engine']}, en DATABASE_URL noemt "
            f"{here.vendor}. Zet ze terug in {backup.manifest['engine']}, en verhuis daarna met "
            "manage.py move_database. Er is niets veranderd."
        )


def _newer_steps(backup: Opened) -> set[str]:
    """Steps that this version has and the backup had not; refuses what is newer than we are."""
    loader = MigrationLoader(None)
    ours = {f"{app}.{name}" for app, name in loader.disk_migrations}
    theirs = set(backup.manifest["migrations"])
    replaced = {
        f"{app}.{name}" for one in loader.replacements.values() for app, name in one.replaces
    }
    if theirs - ours - replaced:
        raise BackupError(
            "Deze back-up is gemaakt door een nieuwere versie van Stek dan deze. Installeer eerst "
            "die versie. Er is niets veranderd."
        )
    return ours - theirs


def _bring_up(listed: Listed, newer: set[str]) -> tuple[int, int, int]:
    """Up to this version; erased again who was erased since; nobody signed in; no mail twice."""
    if newer:
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        erased = _erase_again(listed)
        sessions = Session.objects.all().delete()[0]
        # Those may have left after the backup was made; a colleague decides whether they go again.
        mails = OutgoingMail.objects.waiting().update(
            state=OutgoingMail.State.UNSURE, settled_at=timezone.now(), error="restored"
        )
        record("restore_backup", on=None, by=None)
    return erased, sessions, mails


def _erase_again(listed: Listed) -> int:
    """Nobody who got the number of an erased household later is touched."""
    erased = 0
    there = Household.objects.in_use().in_bulk([one.household for one in listed])
    users = User.objects.in_bulk({one.by for one in listed if one.by})
    for one in listed:
        household = there.get(one.household)
        if household is not None and listed.covers(household.pk, household.created_at):
            # Who did it may have come after the backup; then it is on the name of who made it.
            by = users.get(one.by, household.created_by) if one.by else None
            erase_household(household, by=by, reason=EraseReason(one.reason))
            erased += 1
    return erased
