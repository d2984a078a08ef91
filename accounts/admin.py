"""The office pages of colleagues, with their role in this STEK."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from accounts.colleague_form import ColleagueForm
from accounts.invitation_actions import end_at_once
from accounts.models import Membership, User
from accounts.office import (
    OfficeAdmin,
    membership_of,
    user_of,
)
from accounts.roles import GRANTS, Role
from accounts.second_factor import factor_of

#: Nobody changes these of themselves.
NOT_OWN = frozenset({"role", "last_day", "is_active"})
#: A change of these ends the sessions of a colleague.
SIGNS_OUT = frozenset({"role", "is_active", "new_password"})
#: These belong to every STEK where somebody works, so no single one changes them.
OF_THE_ACCOUNT = frozenset({"first_name", "last_name", "email", "is_active", "new_password"})


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("rol")
    parameter_name = "rol"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(stek_role=self.value()) if self.value() else queryset


class WorksHereFilter(admin.SimpleListFilter):
    title = gettext_lazy("werkt hier")
    parameter_name = "werkt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("nu", _("nu")), ("niet", _("niet meer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ended = Q(stek_last_day__lt=timezone.localdate()) | Q(is_active=False)
        if self.value() == "nu":
            return queryset.exclude(ended)
        return queryset.filter(ended) if self.value() == "niet" else queryset


@admin.register(User)
class ColleagueAdmin(OfficeAdmin):
    """No search field: it would put names in addresses, and a STEK has a page of colleagues."""

    purpose = gettext_lazy("Wie zich mag aanmelden, en met welke rol.")
    stek_path = "memberships__stek"
    rechecks = True
    form = ColleagueForm
    change_list_template = "accounts/colleagues.html"
    readonly_fields = ("second_factor",)
    list_display = (
        "username", "full_name", "role", "partner", "last_day", "account", "last_login"
    )  # fmt: skip
    list_display_links = ("username", "full_name")
    list_filter = (WorksHereFilter, RoleFilter)
    ordering = ("first_name", "last_name", "username")
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> Any:
        # The filter and the annotations share one join: the role in this STEK, no other.
        return (
            super()
            .get_queryset(request)
            .annotate(
                stek_role=F("memberships__role"),
                stek_last_day=F("memberships__last_day"),
                stek_partner=F("memberships__partner"),
                stek_partner_name=F("memberships__partner__name"),
            )
        )

    @admin.display(description=gettext_lazy("naam"), ordering="first_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("rol"), ordering="stek_role")
    def role(self, user: Any) -> str:
        return str(Role(user.stek_role).label)

    @admin.display(description=gettext_lazy("laatste dag"), ordering="stek_last_day")
    def last_day(self, user: Any) -> str:
        return date_format(user.stek_last_day, "d/m/Y") if user.stek_last_day else "–"

    @admin.display(description=gettext_lazy("account"), ordering="-is_active")
    def account(self, user: User) -> str:
        return _("open") if user.is_active else _("gesloten")

    @admin.display(description=gettext_lazy("werkt voor"), ordering="stek_partner_name")
    def partner(self, user: Any) -> str:
        return user.stek_partner_name or "–"

    @admin.display(description=gettext_lazy("extra code"))
    def second_factor(self, user: User) -> str:
        factor = factor_of(user)
        if factor is None:
            return _("niet ingesteld")
        said = _("ingesteld op %s") % date_format(timezone.localtime(factor.since), "d/m/Y")
        address = reverse("accounts:reset_factor", args=[user.pk])
        lost = _("Toestel kwijt?")
        return format_html('{} · <a href="{}">{}</a>', said, address, lost)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        role = Role(membership_of(request).role)
        if role not in GRANTS:
            return False
        return obj is None or obj.stek_role in GRANTS[role]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        who = ["username", "first_name", "last_name", "email"]
        sign_in = ["new_password"]
        if obj is not None:
            sign_in = ["new_password", "is_active", "second_factor"]
            if not self.has_change_permission(request, obj):
                sign_in = ["is_active", "second_factor"]
        return [
            (None, {"fields": who, "description": self._why_locked(obj)}),
            (_("In deze STEK"), {"fields": ["role", "partner", "last_day"]}),
            (_("Aanmelden"), {"fields": sign_in}),
        ]

    def _why_locked(self, obj: Any) -> str:
        if obj is None or not _works_elsewhere(obj):
            return ""
        return _(
            "Deze collega werkt ook in een andere STEK. Hier kies je alleen de rol; naam en "
            "wachtwoord past de collega zelf aan."
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.roles = GRANTS.get(Role(membership_of(request).role), frozenset())
        form.locked = self._locked(request, obj)
        return form

    def _locked(self, request: HttpRequest, obj: Any) -> frozenset[str]:
        if obj is None:
            return frozenset()
        locked = frozenset({"username"})
        if obj.pk == user_of(request).pk:
            locked |= NOT_OWN
        if _works_elsewhere(obj):
            locked |= OF_THE_ACCOUNT
        return locked

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if password := form.cleaned_data.get("new_password"):
            obj.set_password(password)
        super().save_model(request, obj, form, change)
        obj.stek_role = form.cleaned_data["role"]
        obj.stek_last_day = form.cleaned_data["last_day"]
        partner = form.cleaned_data["partner"]
        obj.stek_partner = partner.pk if partner else None
        if change and self._must_leave(form):
            end_at_once(obj, stek_id=membership_of(request).stek_id, by=user_of(request))
        Membership.objects.update_or_create(
            user=obj,
            stek=membership_of(request).stek,
            defaults={
                "role": obj.stek_role,
                "last_day": obj.stek_last_day,
                "partner": partner,
            },
        )

    @staticmethod
    def _must_leave(form: Any) -> bool:
        """Who ended, or may do other things from now on, is signed out at once."""
        last_day = form.cleaned_data["last_day"]
        over = "last_day" in form.changed_data and last_day and last_day < timezone.localdate()
        return bool(over) or not SIGNS_OUT.isdisjoint(form.changed_data)

    @method_decorator(sensitive_post_parameters("new_password", "asked_password"))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().changeform_view(request, *args, **kwargs)


def _works_elsewhere(user: Any) -> bool:
    return user.memberships.count() > 1
