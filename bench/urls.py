"""The application's addresses, and the bare pages that it is compared with.

They pass through the same middleware: what they leave out is what the application itself does.
"""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest
from accounts.models import AuditEvent
from forms_help.models import FollowUp, Question, QuestionDraft
from people.models import NameKey
from stek.urls import urlpatterns as own
from visits.models import Opening, QueueTurn, Visit


@require_POST
def one_insert(request: StekRequest) -> HttpResponse:
    """Session, sign-in check, CSRF, and one row in its own transaction."""
    AuditEvent.objects.create(kind=AuditEvent.Kind.CHANGE, verb="bench", actor_id=request.user.pk)
    return HttpResponse("ok")


@require_safe
def one_page(request: StekRequest) -> HttpResponse:
    """Session, sign-in check and one query, as the page that a form leads to."""
    stek_id = request.membership.stek_id
    days = Opening.objects.filter(stek_id=stek_id).order_by("-day")
    return HttpResponse("\n".join(map(str, days.values_list("day", flat=True)[:8])))


@require_POST
def one_prefix(request: StekRequest) -> HttpResponse:
    """Session, sign-in check, CSRF, and one query for what starts as typed."""
    text = request.POST["q"].lower()
    rows = NameKey.objects.filter(
        stek_id=request.membership.stek_id,
        kind=NameKey.Kind.WORD,
        key__gte=text,
        key__lt=text + "\x7f",
    ).order_by("key")
    return HttpResponse("\n".join(rows.values_list("key", flat=True)[:8]))


@require_POST
def clean(request: StekRequest) -> HttpResponse:
    """Take the visits of an opening away again, and say how many counted: for a next round."""
    visits = Visit.objects.filter(opening_id=request.POST["opening"])
    counted = visits.counted().count()
    of_opening = {"opening_id": request.POST["opening"]}
    FollowUp.objects.filter(question__opening_id=request.POST["opening"]).delete()
    Question.objects.filter(**of_opening).delete()
    QuestionDraft.objects.filter(**of_opening).delete()
    QueueTurn.objects.filter(visit__opening_id=request.POST["opening"]).delete()
    visits.delete()
    return HttpResponse(str(counted))


@require_POST
def questions(request: StekRequest) -> HttpResponse:
    """How many questions of an opening count."""
    rows = Question.objects.filter(opening_id=request.POST["opening"])
    return HttpResponse(str(rows.counted().count()))


urlpatterns = [
    *own,
    path("bench/one-insert/", one_insert),
    path("bench/one-page/", one_page),
    path("bench/one-prefix/", one_prefix),
    path("bench/clean/", clean),
    path("bench/questions/", questions),
]
