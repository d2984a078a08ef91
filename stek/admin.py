"""The office pages of `places`, which itself lies below the roles and the log that they need."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.office import OfficeAdmin, OfficeForm, OfficeInline, membership_of
from places.models import ClosingDay, OpeningHours, Partner, Stek, TableTurn
from places.purposes import Purpose


def _purposes(label: Any, help_text: Any, *, required: bool = False) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        required=required,
    )


class SettingsForm(OfficeForm):
    purposes = _purposes(
        gettext_lazy("Redenen van bezoek"),
        gettext_lazy("Welke redenen de balie toont."),
        required=True,
    )
    default_purposes = _purposes(
        gettext_lazy("Staat al aan bij een klant"),
        gettext_lazy("Wat al is aangeduid wanneer een huishouden binnenkomt."),
    )
    default_purposes_anonymous = _purposes(
        gettext_lazy("Staat al aan zonder naam"),
        gettext_lazy("Wat al is aangeduid bij een bezoek zonder naam."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        shown = set(self.cleaned_data.get("purposes", ()))
        for name in ("default_purposes", "default_purposes_anonymous"):
            if shown and not set(self.cleaned_data.get(name, ())) <= shown:
                self.add_error(name, _("Kies alleen redenen die de balie toont."))
        return cleaned


@admin.register(Stek)
class StekAdmin(OfficeAdmin):
    label = gettext_lazy("Instellingen")
    purpose = gettext_lazy("Adres, balie, toegang en bewaartermijn van deze STEK.")
    stek_path = "pk"
    form = SettingsForm
    # Of the terms of keeping only the one that `run_due` carries out: no page promises another.
    list_display = ("name", "town")
    readonly_fields = ("name", "slug")
    fieldsets = (
        (
            gettext_lazy("Waar"),
            {"fields": ("name", "slug", "street", "postcode", "town", "phone", "email")},
        ),
        (
            gettext_lazy("Balie"),
            {
                "fields": (
                    "purposes",
                    "default_purposes",
                    "default_purposes_anonymous",
                    "shows_names",
                )
            },
        ),
        (gettext_lazy("Toegang tot de winkel"), {"fields": ("access_months", "expiring_days")}),
        (
            gettext_lazy("Bewaren"),
            {
                "fields": ("note_days",),
                "description": gettext_lazy(
                    "Een nota bij een vraag verdwijnt vanzelf na zoveel dagen. Voor nota's die er "
                    "al staan, blijft de dag die erbij stond."
                ),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new STEK comes with its first administrator, by command (docs/operations.md)."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A list of one row is a detour."""
        return redirect("admin:places_stek_change", membership_of(request).stek_id)


class TableTurnInline(OfficeInline):
    model = TableTurn
    fields = ("who", "kind", "every_weeks", "first_day")


@admin.register(OpeningHours)
class OpeningHoursAdmin(OfficeAdmin):
    purpose = gettext_lazy("Wanneer de STEK elke week open is, en wie er aan tafel zit.")
    list_display = ("weekday", "opens_at", "closes_at", "first_day", "last_day", "at_table")
    list_filter = ("weekday",)
    fieldsets = (
        (
            None,
            {
                "fields": ("weekday", "opens_at", "closes_at", "first_day", "last_day"),
                "description": gettext_lazy(
                    "Veranderen de uren? Geef de oude een laatste dag en maak nieuwe. "
                    "Zo blijft kloppen wat vroeger gold."
                ),
            },
        ),
    )
    inlines = (TableTurnInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("turns")

    @admin.display(description=gettext_lazy("aan tafel"))
    def at_table(self, hours: OpeningHours) -> str:
        return ", ".join(turn.who for turn in hours.turns.all())

    def get_readonly_fields(self, request: HttpRequest, obj: OpeningHours | None = None) -> Any:
        """Hours that people have come by stay as they were; they can only end."""
        if obj is not None and _in_use(obj):
            return ("weekday", "opens_at", "closes_at", "first_day")
        return ()

    def has_delete_permission(self, request: HttpRequest, obj: OpeningHours | None = None) -> bool:
        allowed = self.has_change_permission(request)
        return allowed and (obj is None or not _in_use(obj))


def _in_use(hours: OpeningHours) -> bool:
    return hours.first_day <= timezone.localdate()


@admin.register(ClosingDay)
class ClosingDayAdmin(OfficeAdmin):
    purpose = gettext_lazy("Dagen waarop de STEK dicht blijft, naast de feestdagen.")
    list_display = ("first_day", "last_day", "reason")
    fields = ("first_day", "last_day", "reason")
    ordering = ("-first_day",)

    def has_delete_permission(self, request: HttpRequest, obj: ClosingDay | None = None) -> bool:
        return self.has_change_permission(request)


@admin.register(Partner)
class PartnerAdmin(OfficeAdmin):
    """Retired instead of deleted: activities and answers keep the name."""

    purpose = gettext_lazy("Organisaties aan tafel, bij activiteiten of op de openbare bladzijde.")
    list_display = ("name", "line", "on_site", "position", "retired")
    list_filter = ("retired",)
    fields = ("name", "line", "on_site", "position", "retired")
