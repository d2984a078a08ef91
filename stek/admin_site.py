"""The office: Django's admin with our sign-in, our doors and no page that it does not need."""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.office import membership_of
from accounts.roles import OFFICE
from stek.first_steps import first_steps
from stek.office_index import groups_for

#: Pages of Django's that would tell whether a row of another STEK exists, or that nobody needs.
CLOSED = frozenset({"view_on_site", "autocomplete", "password_change_done"})
METHODS = ("GET", "HEAD", "POST")


class OfficeSite(admin.AdminSite):
    site_title = _("Beheer")
    site_header = _("Beheer")
    index_title = _("Beheer")
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """By the role in the STEK where somebody works now; Django's own flags open nothing."""
        membership = getattr(request, "membership", None)
        return membership is not None and membership.role in OFFICE

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not self.has_permission(request):
                raise PermissionDenied
            if "%00" in request.META["QUERY_STRING"]:
                raise BadRequest("a NUL, on which PostgreSQL fails and SQLite does not")
            return guarded(request, *args, **kwargs)

        return update_wrapper(door, guarded)

    def get_urls(self) -> list[Any]:
        return [
            pattern for pattern in super().get_urls() if getattr(pattern, "name", "") not in CLOSED
        ]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one sign-in page, with its rate limits; this one leads there."""
        query = urlencode({"next": reverse("admin:index")})
        return redirect(f"{reverse('account_login')}?{query}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Nothing: what was done stands in our own log, without names."""
        return ()

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """By what somebody comes to do, and not by the app that holds it."""
        said = {
            "groups": groups_for(request, self._registry),
            "first_steps": first_steps(membership_of(request)),
        }
        return super().index(request, said | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Each model with what it is for."""
        sections: list[Any] = super().get_app_list(request, app_label)
        for section in sections:
            for entry in section["models"]:
                office: Any = self._registry[entry["model"]]
                entry["purpose"] = office.purpose
                entry["name"] = office.label or entry["name"]
        return sections
