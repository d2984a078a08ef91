"""Screens made of several apps: the landing page of each role."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COUNTER, Role

LANDING = {
    Role.COORDINATOR: "people:search",
    Role.COMMUNITY_WORKER: "people:search",
    Role.ADMINISTRATOR: "admin:index",
}


@require_safe
@allow(COUNTER)
def home(request: StekRequest) -> HttpResponse:
    """Bring somebody who signed in to the screen where their work starts."""
    return redirect(LANDING.get(Role(request.membership.role), "visits:counter"))
