"""The pages of an exchange of partners: take a file along, choose one, look, read it in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from referrals.hsds import actions
from referrals.hsds.archive import pack
from referrals.hsds.faults import UnreadableFileError
from referrals.hsds.plan import plan_of
from referrals.hsds.writing import tables_of
from referrals.hsds_forms import DirectoryForm
from referrals.models import DirectoryImport

State = DirectoryImport.State
#: Of each kind on the page; a longer list nobody reads.
MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def start(request: StekRequest) -> HttpResponse:
    """Take the directory along as a file, or choose a file; below it what was chosen before."""
    stek = request.membership.stek
    form = DirectoryForm(request.POST or None, request.FILES or None)
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
        except actions.OtherFileError:
            form.refuse_key()
        else:
            return redirect("hsds:preview", draft.request_id)
    earlier = DirectoryImport.objects.visible_to(request.membership).latest_few()
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "earlier": earlier}
    return render(request, "hsds/start.html", context, status=status)


@require_safe
@allow(COORDINATION)
def export(request: StekRequest) -> HttpResponse:
    """The directory as one zip; it names the people to ask for, so it is logged."""
    stek = request.membership.stek
    record_read("export_partners", on=None, by=request.user, stek_id=stek.pk)
    response = HttpResponse(pack(tables_of(stek)), content_type="application/zip")
    name = f"partners-{stek.slug}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@allow(COORDINATION)
def preview(request: StekRequest, request_id: UUID) -> HttpResponse:
    """What reading in would do; once decided, what it did."""
    row = _import(request, request_id)
    record_read("import", on=row, by=request.user)
    if row.state != State.DRAFT:
        return render(request, "hsds/result.html", {"done": row})
    plan = plan_of(row)
    context: dict[str, Any] = {
        "draft": row,
        "plan": plan,
        "left_out": plan.left_out[:MOST_SHOWN],
        "details": plan.details[:MOST_SHOWN],
        "new": plan.new[:MOST_SHOWN],
        "changed": plan.changed[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }
    return render(request, "hsds/preview.html", context)


@require_POST
@allow(COORDINATION)
def confirm(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Read everything in, provided that the person saw what would happen."""
    row = _import(request, request_id)
    fingerprint = request.POST.get("fingerprint", "")
    try:
        done = actions.confirm_import(row, fingerprint=fingerprint, by=request.user)
    except actions.DirectoryChangedError:
        messages.warning(request, _("Er is iets veranderd. Kijk het bestand nog eens na."))
    else:
        if done.state == State.CONFIRMED:
            messages.success(request, _("De partners zijn ingelezen."))
    return redirect("hsds:preview", request_id)


@require_POST
@allow(COORDINATION)
def cancel(request: StekRequest, request_id: UUID) -> HttpResponse:
    """Leave the file unread."""
    actions.cancel_import(_import(request, request_id), by=request.user)
    messages.success(request, _("Het bestand is niet ingelezen. Er is niets bewaard."))
    return redirect("hsds:start")


def _import(request: StekRequest, request_id: UUID) -> DirectoryImport:
    mine = DirectoryImport.objects.visible_to(request.membership).select_related(
        "stek", "confirmed_by"
    )
    return get_object_or_404(mine, request_id=request_id)
