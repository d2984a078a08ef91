"""Screens made of several apps: the first page, for a visitor and for each role."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.models import Membership
from accounts.roles import Role
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
