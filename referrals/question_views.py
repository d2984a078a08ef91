"""Referring at the table: a part of the question's form, and the same for a question noted before.

The question's own pages are those of `forms_help`; here they meet the referral.
"""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import TABLE
from forms_help import views as questions
from forms_help.actions import VisitVoided, note_question
from forms_help.models import Question, Theme
from forms_help.outcomes import Outcome
from forms_help.screen import form_for, opening_by, place_in, show_person
from people.actions import OtherBody
from referrals.actions import AlreadyReferred, refer, send, void_with_question
from referrals.forms import ReferralForm, SendForm, StartForm
from referrals.models import Referral
from referrals.offer import Offer
from referrals.steps import MovedMeanwhile, NotNow
from visits.models import Opening, Visit


def is_nameless(visit: Visit | None) -> bool:
    """Of whom nothing may be told: only an address can be given."""
    return visit is None or visit.household is None or visit.household.is_restricted


def offer_for(request: StekRequest, opening: Opening, theme: Theme | None) -> Offer:
    return Offer.of(request.membership.stek, theme, opening, now=timezone.now())


def theme_by(request: StekRequest) -> Theme | None:
    """The theme that is ticked; none when it is not one of this STEK."""
    pk = request.POST.get("theme", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return Theme.objects.of_stek(request.membership.stek).with_pk(int(pk)).first()


def piece(form: ReferralForm, visit: Visit | None) -> str:
    language = visit.household.language if visit and visit.household else ""
    return render_to_string("referrals/_offer.html", {"form": form, "language": language})


@require_POST
@allow(TABLE, pin=True)
def offer(request: StekRequest) -> HttpResponse:
    """The partners for the theme that is ticked, with what was chosen before."""
    opening, visit = place_in(request)
    found = offer_for(request, opening, theme_by(request))
    names = ("partner", "consent", "channel")
    chosen: dict[str, Any] = {name: request.POST[name] for name in names if name in request.POST}
    if "tells" in request.POST:
        chosen["tells"] = request.POST.getlist("tells")
    form = ReferralForm(initial=chosen, offer=found, nameless=is_nameless(visit))
    return HttpResponse(piece(form, visit))


@require_POST
@allow(TABLE, pin=True)
def note(request: StekRequest) -> HttpResponse:
    """Save the question, and the referral when a partner was chosen with it."""
    if request.POST.get("outcome") != Outcome.REFERRED or not request.POST.get("partner"):
        return questions.note(request)
    opening, visit = place_in(request)
    form = form_for(request, opening, visit, request.POST)
    found = offer_for(request, opening, theme_by(request))
    referral_form = ReferralForm(request.POST, offer=found, nameless=is_nameless(visit))
    error = ""
    # Both are asked, so that everything that is wrong is said at once.
    if all([form.is_valid(), referral_form.is_valid()]):
        try:
            with transaction.atomic():
                question = _note(request, opening, visit, form)
                plan, key = referral_form.plan(), form.cleaned_data["request_id"]
                refer(question, plan=plan, request_id=referral_key(key), by=request.user)
        except (OtherBody, AlreadyReferred):
            form.refuse_key()
        except VisitVoided:
            error = questions.voided()
        else:
            return questions.after(question, again=form.cleaned_data["again"])
    shown = piece(referral_form, visit)
    return show_person(
        request, opening, visit, form=form, error=error, status=422, referral_piece=shown
    )


def referral_key(question_key: UUID) -> UUID:
    """The same form sent twice makes the same referral."""
    return uuid5(question_key, "referral")


def _note(request: StekRequest, opening: Opening, visit: Visit | None, form: Any) -> Question:
    return note_question(
        form.answer(),
        opening=opening,
        visit=visit,
        request_id=form.cleaned_data["request_id"],
        membership=request.membership,
        by=request.user,
    )


@require_POST
@allow(TABLE, pin=True)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Take back the question, and with it where it was referred to."""
    with transaction.atomic():
        answer = questions.undo(request, pk)
        void_with_question(pk, by=request.user)
    return answer


@require_POST
@allow(TABLE, pin=True)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike the question out, and with it where it was referred to."""
    with transaction.atomic():
        answer = questions.void(request, pk)
        void_with_question(pk, by=request.user)
    return answer


def _question(request: StekRequest, pk: int) -> Question:
    rows = Question.objects.visible_to(request.membership).counted().with_words()
    found: Question = get_object_or_404(
        rows.select_related("visit__household", "opening"), pk=pk, is_chat=False
    )
    opening_by(request, found.opening_id)
    found.opening.stek = request.membership.stek
    return found


@require_safe
@allow(TABLE, pin=True)
def of_question(request: StekRequest, pk: int) -> HttpResponse:
    """Where a question was referred to, for the card after saving."""
    question = _question(request, pk)
    record_read("question", on=question, by=request.user, stek_id=request.membership.stek_id)
    rows = Referral.objects.of_question(question).counted().unrestricted().with_words()
    context = {"question": question, "referrals": rows}
    return render(request, "referrals/of_question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(TABLE)
def send_later(request: StekRequest, pk: int) -> HttpResponse:
    """Make the contact of one that was only proposed."""
    rows = Referral.objects.visible_to(request.membership).counted().unrestricted().with_words()
    found: Referral = get_object_or_404(rows.select_related("question__opening"), pk=pk)
    question = found.question
    offered = offer_for(request, question.opening, question.theme).only(found.partner_id)
    form = SendForm(request.POST or None, offer=offered, nameless=found.household_id is None)
    form.initial.update(partner=str(found.partner_id), version=found.version)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = form.cleaned_data["version"]
                send(found, plan=form.plan(), version=version, by=request.user)
            except (MovedMeanwhile, NotNow):
                form.add_error(None, _("Intussen veranderde hier iets. Kijk het eerst na."))
            else:
                return redirect("referrals:referral", pk=pk)
    record_read("referral", on=found, by=request.user)
    context = {"question": question, "form": form, "piece": piece(form, question.visit)}
    return render(request, "referrals/start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(TABLE)
def start(request: StekRequest, pk: int) -> HttpResponse:
    """Refer a question that was noted before."""
    question = _question(request, pk)
    visit = question.visit
    found = offer_for(request, question.opening, question.theme)
    form = StartForm(request.POST or None, offer=found, nameless=is_nameless(visit))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                key = form.cleaned_data["request_id"]
                made = refer(question, plan=form.plan(), request_id=key, by=request.user)
            except AlreadyReferred as already:
                form.add_error("partner", _("Voor deze vraag is er al naar deze partner verwezen."))
                made = already.there
            except OtherBody:
                form.refuse_key()
            else:
                return redirect("referrals:referral", pk=made.pk)
    record_read("question", on=question, by=request.user, stek_id=question.opening.stek_id)
    context = {"question": question, "form": form, "piece": piece(form, visit)}
    return render(request, "referrals/start.html", context, status=status)
