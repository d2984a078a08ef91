"""Raw rows for the coordinator: ask for them, see how far they are, take them, stop them."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people.actions import OtherBody
from reports.exports.actions import TooBusy, ask_export, cancel_export, drop_export
from reports.exports.folder import folder
from reports.exports.forms import ExportForm
from reports.exports.making import is_small, make_export
from reports.files import FORMATS
from reports.files.whole import pieces_of
from reports.models import Export
from visits.days import current_day

#: Exports of before that the page shows.
SHOWN = 20


def _export(request: StekRequest, pk: int) -> Export:
    found: Export = get_object_or_404(Export.objects.visible_to(request.membership), pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def raw(request: StekRequest) -> HttpResponse:
    """Choose which rows, and see what was taken before."""
    form = ExportForm(request, current_day(timezone.now()))
    if form.is_bound and form.is_valid():
        try:
            export = ask_export(
                stek=request.membership.stek,
                wish=form.wish(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        except TooBusy:
            form.add_error(None, _("Er wachten al genoeg exports. Wacht tot er een klaar is."))
        else:
            if is_small(export):
                make_export(export)
            return redirect("reports:export", pk=export.pk)
    context = {
        "form": form,
        "exports": Export.objects.visible_to(request.membership).newest(SHOWN),
    }
    return render(request, "reports/raw.html", context, status=422 if form.errors else 200)


@require_safe
@allow(COORDINATION)
def export(request: StekRequest, pk: int) -> HttpResponse:
    """How far it is; the page asks again by itself until there is something to take."""
    return render(request, "reports/export.html", {"export": _export(request, pk)})


@require_safe
@allow(COORDINATION)
def download(request: StekRequest, pk: int) -> StreamingHttpResponse:
    """The file, in pieces. Whoever takes it stands in the log before the first byte goes out."""
    export = _export(request, pk)
    if not export.is_done:
        raise Http404
    path = folder() / export.file
    if not path.is_file():
        raise Http404
    record_read("download_export", on=export, by=request.user)
    kind = FORMATS[export.file_format].content_type
    answer = StreamingHttpResponse(pieces_of(path), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{export.download_name}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@allow(COORDINATION)
def cancel(request: StekRequest, pk: int) -> HttpResponse:
    """Stop it: nothing is left. Or throw away what is ready."""
    export = _export(request, pk)
    if cancel_export(export, by=request.user):
        messages.success(request, _("De export is gestopt. Er is niets bewaard."))
    elif drop_export(export, by=request.user):
        messages.success(request, _("Het bestand is weg."))
    return redirect("reports:raw")
