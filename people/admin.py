"""The office pages of households (to look at), referrers and the budget rule."""

import re
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.audit import record_read
from accounts.office import (
    InUseFilter,
    OfficeAdmin,
    OfficeFormSet,
    OfficeInline,
    ReadOnlyAdmin,
    ReadOnlyInline,
    membership_of,
    shown,
    use,
    user_of,
)
from accounts.office_form import OfficeForm
from accounts.roles import COORDINATION
from people.eligibility import standing
from people.imports.referrers import referrer_key
from people.models import (
    BudgetRule,
    BudgetStep,
    GroceryAccess,
    Household,
    HouseholdImport,
    Member,
    Referrer,
)


class ReferrerForm(OfficeForm):
    filled_in = OfficeForm.filled_in | {"key"}

    def clean(self) -> dict[str, Any] | None:
        # Before the constraints look: "O.C.M.W." is the OCMW that is there already.
        self.instance.key = referrer_key(self.cleaned_data.get("name", ""), town=self.stek.town)
        return super().clean()


@admin.register(Referrer)
class ReferrerAdmin(OfficeAdmin):
    """Retired instead of deleted: the accesses they decided on stay theirs."""

    purpose = gettext_lazy("OCMW, CAW en anderen die huishoudens doorsturen.")
    form = ReferrerForm
    nothing_yet = gettext_lazy(
        "Er zijn nog geen toeleiders. Voeg toe wie huishoudens naar jullie doorstuurt, zoals het "
        "OCMW. Met een klantenlijst komen ze er vanzelf bij."
    )
    list_display = ("name", use)
    list_filter = (InUseFilter,)
    search_fields = ("name",)
    fields = ("name", "retired")


class StepFormSet(OfficeFormSet):
    def clean(self) -> None:
        """A step that a referrer chose for somebody stays, else their budget would change."""
        super().clean()
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        chosen = GroceryAccess.objects.current().filter(budget_step__in=gone).count()
        if chosen:
            raise ValidationError(
                ngettext(
                    "%(count)s huishouden heeft een trap die je wilt verwijderen. "
                    "Verander het bedrag of laat de trap staan.",
                    "%(count)s huishoudens hebben een trap die je wilt verwijderen. "
                    "Verander het bedrag of laat de trap staan.",
                    chosen,
                )
                % {"count": chosen}
            )


class BudgetRuleForm(OfficeForm):
    class Meta:
        labels = {"period": gettext_lazy("Budget voor")}


class BudgetStepInline(OfficeInline):
    model = BudgetStep
    formset = StepFormSet
    fields = ("from_persons", "amount")


@admin.register(BudgetRule)
class BudgetRuleAdmin(OfficeAdmin):
    purpose = gettext_lazy("Hoeveel een huishouden per bezoek, week of maand mag besteden.")
    form = BudgetRuleForm
    nothing_yet = gettext_lazy(
        "Er is geen budgetregel, dus de balie zegt niets over een budget. Heeft elk huishouden een "
        "vast bedrag? Voeg dan een regel toe."
    )
    list_display = (
        shown("get_period_display", gettext_lazy("budget voor")),
        "per_adult",
        "per_child",
        shown("active", gettext_lazy("in gebruik")),
    )
    fieldsets = (
        (
            None,
            {
                "fields": ("active", "period", "per_adult", "per_child"),
                "description": gettext_lazy(
                    "Het budget is de hoogste trap die een huishouden met zijn aantal personen "
                    "haalt, plus de bedragen per volwassene en per kind."
                ),
            },
        ),
    )
    inlines = (BudgetStepInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A STEK has one rule, or none."""
        return super().has_add_permission(request) and not self.get_queryset(request).exists()


def is_number_or_empty(text: str) -> bool:
    """Whether this can be searched for: a name finds nobody, and neither does an endless number."""
    return not text.strip() or bool(re.fullmatch(r"\s*[0-9]{1,6}\s*", text))


class ErasedFilter(admin.SimpleListFilter):
    title = gettext_lazy("gewist")
    parameter_name = "gewist"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("nee", _("nee")), ("ja", _("ja"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in {"ja", "nee"}:
            return queryset.filter(erased_at__isnull=self.value() == "nee")
        return queryset


class MemberInline(ReadOnlyInline):
    model = Member
    fields = ("first_name", "last_name")


class AccessInline(ReadOnlyInline):
    model = GroceryAccess
    fields = (
        "valid_from",
        "valid_until",
        "referrer",
        "budget_step",
        "created_at",
        "suspended_reason",
        "ended_reason",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("referrer", "budget_step")


@admin.register(Household)
class HouseholdAdmin(ReadOnlyAdmin):
    """To look at: what one does with a household has its verbs, on the record page.

    Found by number only, because a search in Django's admin stands in the address.
    """

    purpose = gettext_lazy("De klanten van de winkel, om in te kijken.")
    nothing_yet = gettext_lazy(
        "Er zijn nog geen huishoudens. Schrijf ze in bij Huishoudens, of lees je klantenlijst in."
    )
    viewers = COORDINATION
    reads_logged = True
    list_display = ("number", "short_name", "adults", "children", "access_today", "created_at")
    list_filter = (ErasedFilter, "language")
    search_fields = ("=number",)
    search_help_text = gettext_lazy("Zoek op klantnummer. Op naam zoek je bij Huishoudens.")
    fields = (
        "record_page",
        "number",
        "card",
        "first_name",
        "last_name",
        "adults",
        "children",
        "phone",
        "language",
        "access_today",
        "created_at",
        shown("created_by", gettext_lazy("ingeschreven door")),
        shown("source_import", gettext_lazy("komt uit de lijst")),
        "erased_at",
    )
    inlines = (MemberInline, AccessInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        households: Any = super().get_queryset(request)
        return households.with_access().select_related("stek", "created_by")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not is_number_or_empty(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        stek_id = membership_of(request).stek_id
        if self.has_view_permission(request):
            record_read("list", on=None, by=user_of(request), stek_id=stek_id)
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("naam"))
    def short_name(self, household: Household) -> str:
        return household.short_name

    @admin.display(description=gettext_lazy("toegang"))
    def access_today(self, household: Any) -> str:
        today = timezone.localdate()
        days = household.stek.expiring_days
        access = getattr(household, "access", None)  # absent when there never was one
        now = standing(access, today=today, expiring_days=days)
        if now.valid_until is None:
            return str(now.state.label)
        return f"{now.state.label} ({now.valid_until:%d/%m/%Y})"

    @admin.display(description=gettext_lazy("fiche"))
    def record_page(self, household: Household) -> str:
        url = reverse("people:household", args=[household.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open de fiche om iets te wijzigen"))


@admin.register(HouseholdImport)
class HouseholdImportAdmin(ReadOnlyAdmin):
    """Without the cells of the list: those are for the import page, and go when it is decided."""

    purpose = gettext_lazy("Welke klantenlijsten zijn ingelezen, en door wie.")
    nothing_yet = gettext_lazy(
        "Er is nog geen lijst ingelezen. Dat doe je bij Beheer, “Klantenlijst inlezen”."
    )
    viewers = COORDINATION
    list_display = (
        "file_name",
        "state",
        "created_at",
        shown("created_by", gettext_lazy("gekozen door")),
        "confirmed_at",
        "undone_at",
    )
    list_filter = ("state",)
    list_select_related = ("created_by",)
    fields = (
        "file_name",
        "state",
        "created_at",
        shown("created_by", gettext_lazy("gekozen door")),
        "confirmed_at",
        shown("confirmed_by", gettext_lazy("ingelezen door")),
        "undone_at",
        shown("undone_by", gettext_lazy("teruggedraaid door")),
    )
