"""What can be done with a list: choose a file, correct its columns, read it in, undo that."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from people.actions import OtherBody
from people.imports.drafts import Draft, Mapping, first_mapping
from people.imports.problem_list import problem_rows
from people.imports.sheets import read_workbook, safe_name
from people.imports.tables import Tables, tables_of
from people.imports.writing import prepare, write
from people.models import GroceryAccess, Household, HouseholdImport, ImportMapping, Member, NameKey
from places.models import Stek

DRAFT_LIVES = dt.timedelta(hours=24)
State = HouseholdImport.State


class UndoRefusal(models.TextChoices):
    """Why an import can't be undone."""

    NOT_READ_IN = "not_read_in", _("Deze lijst is niet ingelezen.")
    USED = "used", _("Er was al een bezoek of een bericht voor een huishouden van deze lijst.")
    CHANGED = "changed", _("Aan een huishouden van deze lijst is al iets veranderd.")


class CannotUndoError(Exception):
    """Something happened with the import since; `refusal` says what."""

    def __init__(self, refusal: UndoRefusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)


class ListChangedError(Exception):
    """The households changed between looking and confirming: look once more."""


def open_draft(
    *, stek: Stek, content: bytes, file_name: str, request_id: UUID, by: User
) -> HouseholdImport:
    """Read a file and keep it as a draft; the same form sent again returns the same draft.

    Raises `UnreadableFileError` when it is no list that we can read, and `OtherBody` when the same
    form comes back with another file.
    """
    tables = tables_of(read_workbook(content, file_name))
    try:
        with transaction.atomic():
            draft = HouseholdImport.objects.create(
                stek=stek,
                request_id=request_id,
                file_name=safe_name(file_name),
                table=tables.as_json(),
                mapping=first_mapping(stek, tables).as_json(),
                created_by=by,
            )
            record("upload", on=draft, by=by)
    except IntegrityError:
        earlier = HouseholdImport.objects.of_stek(stek).get(request_id=request_id)
        if earlier.state == State.DRAFT and Tables.from_json(earlier.table) != tables:
            raise OtherBody from None
        return earlier
    return draft


@transaction.atomic
def change_mapping(draft: HouseholdImport, *, mapping: Mapping, by: User) -> HouseholdImport:
    """Read other columns, or skip other rows."""
    draft = _locked(draft)
    if draft.state == State.DRAFT and draft.mapping != mapping.as_json():
        draft.mapping = mapping.as_json()
        draft.save(update_fields=["mapping"])
        record("map", on=draft, by=by, fields=["mapping"])
    return draft


def confirm_import(
    draft: HouseholdImport, *, mapping: Mapping, fingerprint: str, today: dt.date, by: User
) -> HouseholdImport:
    """Read all good rows in, at once or not at all; confirming twice does it once.

    `mapping` holds the last ticks; `fingerprint` is that of the plan which the person saw.
    Raises `ListChangedError` when the outcome would be another one now.
    """
    if draft.state != State.DRAFT:
        return draft
    opened = Draft(draft, today, mapping)
    plan = opened.plan
    if plan.fingerprint != fingerprint:
        raise ListChangedError
    prepared = prepare(plan, stek=draft.stek, today=today, source=draft, by=by)
    try:
        with transaction.atomic():
            draft = _locked(draft)
            if draft.state != State.DRAFT:
                return draft
            counts = write(prepared, stek=draft.stek)
            _remember_columns(opened)
            draft.state = State.CONFIRMED
            draft.confirmed_at, draft.confirmed_by = timezone.now(), by
            draft.counts = {**plan.counts, **counts}
            draft.table, draft.mapping = problem_rows(opened.tables, plan), {}
            draft.save()
            record("confirm", on=draft, by=by)
    except IntegrityError as error:
        raise ListChangedError from error
    return draft


@transaction.atomic
def cancel_import(draft: HouseholdImport, *, by: User) -> HouseholdImport:
    """Leave a list unread; its cells go at once."""
    draft = _locked(draft)
    if draft.state == State.DRAFT:
        draft.state, draft.table, draft.mapping = State.CANCELLED, {}, {}
        draft.save(update_fields=["state", "table", "mapping"])
        record("cancel", on=draft, by=by)
    return draft


@transaction.atomic
def undo_import(done: HouseholdImport, *, by: User) -> HouseholdImport:
    """Take back a whole import as if it never was; raises `CannotUndoError` when it was used."""
    done = _locked(done)
    if done.state == State.UNDONE:
        return done
    if done.state != State.CONFIRMED:
        raise CannotUndoError(UndoRefusal.NOT_READ_IN)
    households = Household.objects.filter(source_import=done)
    if _was_changed(households, done):
        raise CannotUndoError(UndoRefusal.CHANGED)
    try:
        with transaction.atomic():
            NameKey.objects.filter(household__source_import=done).delete()
            GroceryAccess.objects.filter(household__source_import=done).delete()
            Member.objects.filter(household__source_import=done).delete()
            households.delete()
    except models.ProtectedError as error:
        # The apps above this one protect a household that they speak of: somebody came.
        raise CannotUndoError(UndoRefusal.USED) from error
    done.state, done.table = State.UNDONE, {}
    done.undone_at, done.undone_by = timezone.now(), by
    done.save()
    record("undo", on=done, by=by)
    return done


@transaction.atomic
def drop_old_drafts(now: dt.datetime) -> int:
    """Forget what nobody decided on in a day, and the rows left over from what was read in."""
    dropped, _models = HouseholdImport.objects.older_drafts(now - DRAFT_LIVES).delete()
    leftovers = HouseholdImport.objects.filter(
        state=State.CONFIRMED, confirmed_at__lt=now - DRAFT_LIVES
    )
    leftovers.exclude(table={}).update(table={})
    return dropped


def _locked(row: HouseholdImport) -> HouseholdImport:
    return HouseholdImport.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _was_changed(households: models.QuerySet, done: HouseholdImport) -> bool:
    """Tell whether an action touched these households or their access since they were read in."""
    if households.filter(Q(version__gt=1) | Q(erased_at__isnull=False)).exists():
        return True
    accesses = GroceryAccess.objects.filter(household__in=households)
    about = Q(subject_type="household", subject_id__in=households.values("pk")) | Q(
        subject_type="groceryaccess", subject_id__in=accesses.values("pk")
    )
    changes = AuditEvent.objects.filter(kind=AuditEvent.Kind.CHANGE, stek_id=done.stek_id)
    return changes.filter(about).exists()


def _remember_columns(opened: Draft) -> None:
    """Keep how this STEK reads lists with these headings, for the next time."""
    read = zip(opened.tables.tables, opened.mapping.fields, strict=True)
    fields_of = {table.signature: [field.value for field in fields] for table, fields in read}
    ImportMapping.objects.bulk_create(
        [
            ImportMapping(stek=opened.row.stek, signature=signature, mapping={"fields": fields})
            for signature, fields in fields_of.items()
        ],
        update_conflicts=True,
        unique_fields=["stek", "signature"],
        update_fields=["mapping"],
    )
