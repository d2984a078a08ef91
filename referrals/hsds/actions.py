"""What can be done with a file of partners: choose it, read it in, or leave it."""

import datetime as dt
from pathlib import PurePath
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from places.models import Stek
from places.sensitive import clean_name
from referrals.hsds.archive import unpack
from referrals.hsds.plan import plan_of
from referrals.hsds.storing import Tell, store
from referrals.models import DirectoryImport

DRAFT_LIVES = dt.timedelta(hours=24)
State = DirectoryImport.State


class OtherFileError(Exception):
    """The key of this form was used for another file."""


class DirectoryChangedError(Exception):
    """Reading in would do something else than what the person saw: look once more."""


def open_draft(
    *, stek: Stek, content: bytes, file_name: str, request_id: UUID, by: User
) -> DirectoryImport:
    """Read a file and keep it as a draft; the same form sent again returns the same draft.

    Raises `UnreadableFileError`, and `OtherFileError` when the key comes back with another file.
    """
    table = unpack(content).as_json()
    try:
        with transaction.atomic():
            draft = DirectoryImport.objects.create(
                stek=stek,
                request_id=request_id,
                file_name=_safe_name(file_name),
                table=table,
                created_by=by,
            )
            record("upload", on=draft, by=by)
    except IntegrityError:
        earlier = DirectoryImport.objects.of_stek(stek).made_by_request(request_id)
        if earlier is None or (earlier.state == State.DRAFT and earlier.table != table):
            raise OtherFileError from None
        return earlier
    return draft


def confirm_import(
    draft: DirectoryImport, *, fingerprint: str, by: User, tell: Tell | None = None
) -> DirectoryImport:
    """Read everything in, at once or not at all; confirming twice does it once.

    `fingerprint` is that of the plan which the person saw. Raises `DirectoryChangedError` when it
    would be another one now.
    """
    try:
        with transaction.atomic():
            draft = DirectoryImport.objects.locked(draft.pk)
            if draft.state != State.DRAFT:
                return draft
            plan = plan_of(draft)
            if plan.fingerprint != fingerprint:
                raise DirectoryChangedError
            store(plan, tell or _quiet)
            draft.state, draft.counts, draft.table = State.CONFIRMED, plan.counts, {}
            draft.confirmed_at, draft.confirmed_by = timezone.now(), by
            draft.save()
            record("confirm", on=draft, by=by)
    except IntegrityError as error:
        raise DirectoryChangedError from error
    return draft


@transaction.atomic
def cancel_import(draft: DirectoryImport, *, by: User) -> DirectoryImport:
    """Leave a file unread; its rows go at once."""
    draft = DirectoryImport.objects.locked(draft.pk)
    if draft.state == State.DRAFT:
        draft.state, draft.table = State.CANCELLED, {}
        draft.save(update_fields=["state", "table"])
        record("cancel", on=draft, by=by)
    return draft


def drop_old_directory_drafts(now: dt.datetime) -> int:
    """Forget what nobody decided on in a day."""
    dropped, _models = DirectoryImport.objects.drafts_before(now - DRAFT_LIVES).delete()
    return dropped


def _quiet(_done: int, _total: int) -> None:
    """Nobody is looking."""


def _safe_name(file_name: str) -> str:
    """The last part of a path, of signs that can be shown, with its ending."""
    name = PurePath(file_name.replace("\\", "/")).name
    name = clean_name("".join(sign for sign in name if sign.isprintable()))
    return name[-200:] or "partners"
