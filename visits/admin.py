"""The office pages of openings and visits: to look at, because the counter is where they change."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.office import ReadOnlyAdmin, ReadOnlyInline, shown
from accounts.roles import COORDINATION
from people.admin import is_number_or_empty
from places.purposes import Purpose
from visits.models import Attendance, Opening, Visit


class AttendanceInline(ReadOnlyInline):
    model = Attendance
    fields = ("who",)


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy("De dagen dat de STEK open was, en wie er werkte.")
    nothing_yet = gettext_lazy(
        "De STEK was nog niet open. Een dag begint aan de balie, met “Open de dag”."
    )
    list_display = ("day", "opened_at", "closed_at", "visit_count")
    date_hierarchy = "day"
    fields = (
        "day",
        "opened_at",
        shown("opened_by", gettext_lazy("geopend door")),
        "closed_at",
        shown("closed_by", gettext_lazy("gesloten door")),
        "visit_count",
    )
    inlines = (AttendanceInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = Count("visits", filter=Q(visits__voided_at__isnull=True))
        return super().get_queryset(request).annotate(visit_count=counted)

    @admin.display(description=gettext_lazy("bezoeken"), ordering="visit_count")
    def visit_count(self, opening: Any) -> int:
        count: int = opening.visit_count
        return count


class VoidedFilter(admin.SimpleListFilter):
    title = gettext_lazy("geschrapt")
    parameter_name = "geschrapt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("nee", gettext_lazy("nee")), ("ja", gettext_lazy("ja"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in {"ja", "nee"}:
            return queryset.filter(voided_at__isnull=self.value() == "nee")
        return queryset


class PurposeFilter(admin.SimpleListFilter):
    title = gettext_lazy("reden")
    parameter_name = "reden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Purpose.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in Purpose.values:
            return queryset.filter(**{f"for_{self.value()}": True})
        return queryset


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """By customer number, without the name: that is on the household's page."""

    purpose = gettext_lazy("Wie wanneer kwam en waarvoor, met klantnummer.")
    nothing_yet = gettext_lazy("Er kwam nog niemand. Een bezoek begint aan de balie.")
    stek_path = "opening__stek"
    viewers = COORDINATION
    reads_logged = True
    list_display = (
        shown("opening", gettext_lazy("opening")),
        "arrived_at",
        "number",
        "adults",
        "children",
        "reasons",
        "void_reason",
    )
    list_filter = (VoidedFilter, PurposeFilter)
    list_select_related = ("opening", "household")
    date_hierarchy = "opening__day"
    search_fields = ("=household__number",)
    search_help_text = gettext_lazy("Zoek op klantnummer.")
    fields = (
        shown("opening", gettext_lazy("opening")),
        "arrived_at",
        "number",
        "adults",
        "children",
        shown("first_this_year", gettext_lazy("eerste keer dit jaar")),
        "reasons",
        "queue_number",
        "override_reason",
        "voided_at",
        shown("voided_by", gettext_lazy("geschrapt door")),
        "void_reason",
        shown("created_at", gettext_lazy("ingegeven om")),
        shown("created_by", gettext_lazy("ingegeven door")),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        if not is_number_or_empty(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("klantnummer"), ordering="household__number")
    def number(self, visit: Visit) -> Any:
        return visit.household.number if visit.household else None

    @admin.display(description=gettext_lazy("reden"))
    def reasons(self, visit: Visit) -> str:
        return ", ".join(str(purpose.label) for purpose in visit.purposes)
