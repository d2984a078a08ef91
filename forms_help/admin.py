"""The office pages of the lists: a coordinator adds, renames, orders and retires their lines."""

from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField, Model
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.office import InUseFilter, OfficeAdmin, OfficeInline, membership_of, use
from forms_help.models import Document, DocumentName, HelpType, Theme


class ListAdmin(OfficeAdmin):
    """Retired instead of deleted: what was noted with a line keeps its words."""

    nothing_yet = gettext_lazy("Deze lijst is nog leeg. Voeg de eerste lijn toe.")
    list_display = ("name", "position", use)
    list_filter = (InUseFilter,)
    search_fields = ("name",)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Papers and partners of the own STEK as ticks; a retired one that is ticked stays so."""
        related: Any = db_field.remote_field.model
        kwargs["queryset"] = related.objects.of_stek(membership_of(request).stek)
        kwargs["widget"] = CheckboxSelectMultiple()
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if not field.queryset.exists():
            field.help_text = gettext_lazy("Er staat nog niets in die lijst.")
        return field


@admin.register(Theme)
class ThemeAdmin(ListAdmin):
    purpose = gettext_lazy("Waarover de vragen aan tafel gaan.")
    fields = ("name", "position", "retired", "documents", "partners")


@admin.register(HelpType)
class HelpTypeAdmin(ListAdmin):
    purpose = gettext_lazy("Wat iemand aan tafel deed.")
    fields = ("name", "position", "retired", "documents", "partners")


class DocumentNameInline(OfficeInline):
    model: type[Model] = DocumentName
    fields = ("language", "name")


@admin.register(Document)
class DocumentAdmin(ListAdmin):
    purpose = gettext_lazy("Papieren voor het briefje van de volgende keer, met een tekening.")
    fields = ("name", "pictogram", "position", "retired")
    inlines = (DocumentNameInline,)
