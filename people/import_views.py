"""The pages of an import: choose a file, look at what it would do, read it in, undo that."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people.actions import OtherBody
from people.import_forms import ColumnsForm, UploadForm
from people.imports import actions
from people.imports.drafts import Draft, Mapping, earlier_imports
from people.imports.preview import Show, page_of, spellings, tabs
from people.imports.problem_list import as_csv, problem_rows
from people.imports.words import UnreadableFileError
from people.models import HouseholdImport

State = HouseholdImport.State


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def import_start(request: StekRequest) -> HttpResponse:
    """Choose a file; below it what was read in before."""
    stek = request.membership.stek
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = actions.open_draft(
                stek=stek,
                content=file.read(),
                file_name=file.name,
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        except OtherBody:
            form = UploadForm(None, initial={"request_id": uuid4()})
            messages.warning(request, _("Dit formulier was al gebruikt. Kies je bestand opnieuw."))
        else:
            return redirect("people:import_preview", draft.request_id)
    context = {"form": form, "earlier": earlier_imports(stek)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/import_start.html", context, status=status)


@require_safe
@allow(COORDINATION)
def import_preview(request: StekRequest, request_id: UUID) -> HttpResponse:
    """What reading in would do; once decided, what it did."""
    row = _import(request, request_id)
    if row.state != State.DRAFT:
        record_read("import", on=row, by=request.user)
        return render(request, "people/import_result.html", {"done": row})
    draft = Draft(row, timezone.localdate())
    return _page(request, draft, ColumnsForm(draft), request.GET)


@require_POST
@allow(COORDINATION)
def import_columns(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Keep the chosen columns and ticks, and show what they lead to."""
    row = _import(request, request_id)
    if row.state != State.DRAFT:
        return redirect("people:import_preview", request_id)
    draft = Draft(row, timezone.localdate())
    form = ColumnsForm(draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form, request.POST, status=422)
    actions.change_mapping(row, mapping=_chosen(request, form), by=request.user)
    # What is too long for an address makes no sense either, and shows all rows.
    show, _colon, page = request.POST.get("toon", Show.ALL)[:20].partition(":")
    address = reverse("people:import_preview", args=[request_id])
    return redirect(f"{address}?{urlencode({'toon': show, 'pagina': page or 1})}#rijen")


@require_POST
@allow(COORDINATION)
def import_confirm(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Read all good rows in, provided that the person saw what would happen."""
    row = _import(request, request_id)
    if row.state != State.DRAFT:
        return redirect("people:import_preview", request_id)
    draft = Draft(row, timezone.localdate())
    form = ColumnsForm(draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form, request.POST, status=422)
    chosen = _chosen(request, form)
    # Other columns than those on the page: nobody saw yet what they lead to.
    seen = request.POST.get("fingerprint", "") if form.mapping() == draft.mapping else ""
    try:
        done = actions.confirm_import(
            row,
            mapping=chosen,
            fingerprint=seen,
            today=timezone.localdate(),
            by=request.user,
        )
    except actions.ListChangedError:
        actions.change_mapping(row, mapping=chosen, by=request.user)
        messages.warning(request, _("Er is iets veranderd. Kijk de lijst nog eens na."))
    else:
        count = done.counts.get("households", 0)
        text = ngettext("%d huishouden ingelezen.", "%d huishoudens ingelezen.", count) % count
        messages.success(request, text)
    return redirect("people:import_preview", request_id)


@require_POST
@allow(COORDINATION)
def import_cancel(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Leave the list unread."""
    actions.cancel_import(_import(request, request_id), by=request.user)
    messages.success(request, _("De lijst is niet ingelezen. Er is niets bewaard."))
    return redirect("people:import_start")


@require_POST
@allow(COORDINATION)
def import_undo(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Take a whole import back, or say why that is no longer possible."""
    try:
        actions.undo_import(_import(request, request_id), by=request.user)
    except actions.CannotUndoError as error:
        text = _("Terugdraaien kan niet meer. %s") % error.refusal.label
        messages.error(request, text)
    else:
        messages.success(request, _("De hele lijst is teruggedraaid."))
    return redirect("people:import_start")


@require_safe
@allow(COORDINATION)
def import_problems(request: StekRequest, request_id: UUID) -> HttpResponse:
    """The rows that are not read in, with the reason, for Excel."""
    row = _import(request, request_id)
    record_read("import_problems", on=row, by=request.user)
    kept = row.table
    if row.state == State.DRAFT:
        draft = Draft(row, timezone.localdate())
        kept = problem_rows(draft.tables, draft.plan)
    response = HttpResponse(as_csv(kept), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="niet-ingelezen.csv"'
    return response


def _import(request: StekRequest, request_id: UUID) -> HouseholdImport:
    mine = HouseholdImport.objects.visible_to(request.membership).select_related("stek")
    return get_object_or_404(mine, request_id=request_id)


def _chosen(request: StekRequest, form: ColumnsForm) -> Mapping:
    """What stands on the page: the columns, and the ticks of the rows it shows."""
    shown = form.draft.tables.places & set(request.POST.getlist("shown"))
    return form.mapping().with_ticks(shown=shown, ticked=request.POST.getlist("skip"))


def _page(
    request: StekRequest, draft: Draft, form: ColumnsForm, asked: QueryDict, status: int = 200
) -> HttpResponse:
    record_read("import", on=draft.row, by=request.user)
    show = asked.get("toon", Show.ALL)
    context: dict[str, Any] = {
        "draft": draft,
        "plan": draft.plan,
        "form": form,
        "tabs": tabs(draft.plan, show),
        "show": show,
        "page": page_of(draft.plan, show=show, number=asked.get("pagina", "1")),
        "spellings": spellings(draft.plan),
    }
    return render(request, "people/import_preview.html", context, status=status)
