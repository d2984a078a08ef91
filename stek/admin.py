"""The office pages of `places`, which itself lies below the roles and the log that they need."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.office import OfficeAdmin, OfficeInline, ReadOnlyAdmin, membership_of
from accounts.office_form import OfficeForm
from accounts.roles import COORDINATION
from people.models import LeavingNotice
from places.models import ClosingDay, OpeningHours, Partner, Stek, TableTurn
from places.purposes import Purpose
from reviews.leaving import LEAVES_WITHIN
from stek.retention import announce
from visits.days import current_day


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

    class Meta:
        help_texts = {
            "mails_per_day": gettext_lazy("Wat daarboven komt, vertrekt de volgende dag."),
            "remind_days": gettext_lazy("Na zoveel dagen krijgt de partner nog één mail."),
            "silent_days": gettext_lazy("Dan verwittigen we de opbouwwerker, met een mail."),
            "unknown_days": gettext_lazy(
                "Dan stellen we voor om de doorverwijzing als “onbekend” af te sluiten. Een mens "
                "beslist."
            ),
            "consent_months": gettext_lazy(
                "Daarna ziet de partner niets meer. Voor toestemmingen die er al zijn, blijft de "
                "dag die erbij stond."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField):
                usual = _("Standaard %(number)s.") % {"number": getattr(Stek(), name)}
                field.help_text = f"{field.help_text} {usual}".strip()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        shown = set(self.cleaned_data.get("purposes", ()))
        for name in ("default_purposes", "default_purposes_anonymous"):
            if shown and not set(self.cleaned_data.get(name, ())) <= shown:
                self.add_error(name, _("Kies alleen redenen die de balie toont."))
        self._check_order_of_silence()
        return cleaned

    def _check_order_of_silence(self) -> None:
        """First the reminder, then the team, then "onbekend"."""
        steps = (
            ("remind_days", "silent_days", _("Kies meer dagen dan voor de herinnering.")),
            ("silent_days", "unknown_days", _("Kies meer dagen dan voor het verwittigen.")),
        )
        for first, then, message in steps:
            sooner, later = (self.cleaned_data.get(name) for name in (first, then))
            if sooner is not None and later is not None and later <= sooner:
                self.add_error(then, message)


@admin.register(Stek)
class StekAdmin(OfficeAdmin):
    label = gettext_lazy("Instellingen")
    purpose = gettext_lazy("Adres, balie, toegang, doorverwijzingen en bewaren.")
    stek_path = "pk"
    rechecks = True
    form = SettingsForm
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
            gettext_lazy("Doorverwijzingen"),
            {
                "fields": (
                    "sends_mail",
                    "mails_per_day",
                    "remind_days",
                    "silent_days",
                    "unknown_days",
                    "consent_months",
                ),
                "description": gettext_lazy(
                    "Antwoordt een partner niet? Dan herinneren we hem eerst, daarna zien jullie "
                    "het zelf. Elk aantal dagen telt vanaf de dag dat het contact gelegd is."
                ),
            },
        ),
        (
            gettext_lazy("Bewaren"),
            {
                "fields": ("identity_months", "note_days", "referral_months", "audit_months"),
                "description": gettext_lazy(
                    "Wat ouder is, wist de machine elke nacht. De aantallen blijven. Een kortere "
                    "termijn geldt ook voor wat er al staat: wie daardoor weg moet, staat eerst "
                    "een maand in de lijst “Gaat uit de boeken”."
                ),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new STEK comes with its first administrator, by command (docs/operations.md)."""
        return False

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Called as the office calls it, and not "STEK wijzigen"."""
        context["title"] = self.list_title
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Stek, form: Any, change: bool) -> None:
        """Another term for names is announced at once, and not in the night that follows."""
        super().save_model(request, obj, form, change)
        if "identity_months" in form.changed_data:
            today = current_day(timezone.now())
            announce(obj, today=today)
            messages.info(request, _said_of_leaving(obj, today=today))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A list of one row is a detour."""
        return redirect("admin:places_stek_change", membership_of(request).stek_id)


def _said_of_leaving(stek: Stek, *, today: dt.date) -> str:
    """How many leave the books by the term as it is now, and from when."""
    count = LeavingNotice.objects.of_stek(stek).count()
    if not count:
        return _("Met deze termijn gaat de komende maand niemand uit de boeken.")
    said = ngettext(
        "Met deze termijn staat %(count)s huishouden in de lijst “Gaat uit de boeken”. Wie er "
        "nieuw bij staat, wordt op zijn vroegst op %(day)s gewist.",
        "Met deze termijn staan %(count)s huishoudens in de lijst “Gaat uit de boeken”. Wie er "
        "nieuw bij staat, wordt op zijn vroegst op %(day)s gewist.",
        count,
    )
    day = date_format(today + dt.timedelta(days=LEAVES_WITHIN), "d/m/Y")
    return said % {"count": count, "day": day}


class TableTurnInline(OfficeInline):
    model = TableTurn
    fields = ("who", "kind", "every_weeks", "first_day")


@admin.register(OpeningHours)
class OpeningHoursAdmin(OfficeAdmin):
    purpose = gettext_lazy("Wanneer de STEK elke week open is, en wie er aan tafel zit.")
    nothing_yet = gettext_lazy(
        "Er zijn nog geen openingsuren. Voeg ze toe: dan weten de openbare bladzijde, de agenda en "
        "de balie wanneer jullie open zijn."
    )
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
    nothing_yet = gettext_lazy(
        "Er zijn geen sluitingsdagen. Feestdagen staan er vanzelf in; zet hier een vakantie of een "
        "andere dag waarop jullie dicht zijn."
    )
    list_display = ("first_day", "last_day", "reason")
    fields = ("first_day", "last_day", "reason")
    ordering = ("-first_day",)

    def has_delete_permission(self, request: HttpRequest, obj: ClosingDay | None = None) -> bool:
        return self.has_change_permission(request)


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin):
    """Only the way to the directory: partners and what they offer are kept there."""

    purpose = gettext_lazy("Naar de lijst van partners, met wat ze aanbieden.")
    viewers = COORDINATION

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("partners:list")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        partner = self.get_object(request, object_id)
        if partner is None:
            return redirect("admin:index")
        return redirect("partners:partner", pk=partner.pk)
