"""Screens made of several apps: the first page, for a visitor and for each role."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from accounts import resume
from accounts.models import Membership
from accounts.roles import Role
from forms_help.drafts import TEXTS
from forms_help.screen import DayIsOver
from stek.public_views import first_public

LANDING = {
    Role.HELPER: "forms_help:table",
    Role.COORDINATOR: "people:search",
    Role.COMMUNITY_WORKER: "reviews:now",
    Role.ADMINISTRATOR: "admin:index",
}


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The public page; somebody with a role goes to the screen where their work starts."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return first_public(request)
    if membership.by_pin:
        return redirect("forms_help:table" if membership.role == Role.HELPER else "visits:counter")
    return redirect(LANDING.get(Role(membership.role), "visits:counter"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that isn't there; of a question of another day, why, with what was typed."""
    if not isinstance(exception, DayIsOver):
        return page_not_found(request, exception)
    is_form = request.method == "POST"
    typed = resume.readable(resume.typed_fields(request)) if is_form else []
    written = [(name, text) for name, text in typed if name in TEXTS]
    context = {"is_form": is_form, "typed": written}
    return render(request, "forms_help/day_over.html", context, status=422 if is_form else 404)
