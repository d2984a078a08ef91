"""What every page of the office (Django's admin) shares: own STEK only, doors by role, one log.

Django's permissions and its own log are not used here: rights follow from the role in this STEK,
and a LogEntry would keep the names of people.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import StekRequest
from accounts.ask_first import ask_first
from accounts.audit import record, record_read
from accounts.models import Membership, User
from accounts.office_form import OfficeForm
from accounts.roles import OFFICE
from places.name_field import keep_from_browser


def membership_of(request: HttpRequest) -> Membership:
    """The role with which somebody is in the office; the site let nobody in without one."""
    return cast("StekRequest", request).membership


def user_of(request: HttpRequest) -> User:
    return cast("StekRequest", request).user


def shown(name: str, label: Any) -> Any:
    """A column to look at, with a label that the field itself does not have."""

    @admin.display(description=label)
    def value(row: Any) -> Any:
        found = getattr(row, name)
        return _said(found() if callable(found) else found)

    return value


def _said(value: Any) -> Any:
    """A moment as people say it, and yes or no in words; anything else as it is."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "d/m/Y G\\ui")
    return value


class InUseFilter(admin.SimpleListFilter):
    """Lines of a list that are retired are kept apart, for whoever looks for one."""

    title = gettext_lazy("gebruik")
    parameter_name = "gebruik"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("nu", _("in gebruik")), ("niet", _("niet meer"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> Any:
        if self.value() in {"nu", "niet"}:
            return queryset.filter(retired=self.value() == "niet")
        return queryset


@admin.display(description=gettext_lazy("gebruik"), ordering="retired")
def use(row: Any) -> str:
    """In words: a cross of Django's says that something is wrong, where all is well."""
    return _("niet meer") if row.retired else _("in gebruik")


class OfficeAdmin(admin.ModelAdmin):
    """Rows of the own STEK; another STEK's row answers like one that does not exist."""

    #: One sentence for the first page of the office, and a name where that of the model misleads.
    purpose: str | Promise = ""
    label: str | Promise = ""
    #: What to do first, where the list still has no row at all.
    nothing_yet: str | Promise = ""
    #: From the model to its STEK, as a lookup.
    stek_path = "stek"
    viewers: frozenset[str] = OFFICE
    editors: frozenset[str] = OFFICE
    #: Opening a row is noted in the log before it is shown.
    reads_logged = False
    #: Saving asks for the password, when it was not given in the last quarter of an hour.
    rechecks = False

    form = OfficeForm
    actions = None
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        mine = {self.stek_path: membership_of(request).stek_id}
        return super().get_queryset(request).filter(**mine)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.stek = membership_of(request).stek  # type: ignore[attr-defined]  # an OfficeForm
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        asks = self.rechecks and request.method == "POST" and self._is_here(request, object_id)
        page = ask_first(request, user_of(request)) if asks else None
        if page is not None:
            return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _is_here(self, request: HttpRequest, object_id: str | None) -> bool:
        """Whether there is something to save: what isn't there, or may not, is answered as ever."""
        if object_id is None:
            return self.has_add_permission(request)
        row = self.get_object(request, unquote(object_id))
        return row is not None and self.has_change_permission(request, row)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Without the window in which Django adds or changes a row of another list."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        said = {"title": self.list_title, "purpose": self.purpose, "nothing_yet": ""}
        response = super().changelist_view(request, said | (extra_context or {}))
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and not shown["cl"].result_count and not self._has_rows(request):
            shown["nothing_yet"] = self.nothing_yet
        return response

    @property
    def list_title(self) -> str:
        return capfirst(str(self.label or self.opts.verbose_name_plural))

    def _has_rows(self, request: HttpRequest) -> bool:
        return self.get_queryset(request).exists()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        said = {"list_title": self.list_title}
        return super().delete_view(request, object_id, said | (extra_context or {}))

    # Doors.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return membership_of(request).role in self.viewers

    def has_add_permission(self, request: HttpRequest) -> bool:
        return membership_of(request).role in self.editors

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return membership_of(request).role in self.editors

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing that history needs goes; an admin that allows it says so."""
        return False

    # Log: names of fields, never a value.

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if self.reads_logged and row is not None and request.method == "GET":
            stek_id = membership_of(request).stek_id
            record_read("open", on=row, by=user_of(request), stek_id=stek_id)
        context["list_title"] = self.list_title
        # One button that saves: after the others Django speaks to people as "u".
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: forms.Form,
        formsets: Any,
        add: bool = False,
    ) -> list[dict[str, dict[str, list[str]]]]:
        """The names of the fields and of the inner rows that changed; Django has their labels."""
        changed = [str(formset.prefix) for formset in formsets or () if formset.has_changed()]
        changed += [name for name in form.changed_data if name != "seen"]
        return [{"changed": {"fields": changed}}]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, "create", obj, ())

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if fields := message[0]["changed"]["fields"]:
            self._record(request, "update", obj, fields)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for row in queryset:
            self._record(request, "delete", row, ())

    def _record(self, request: HttpRequest, verb: str, row: Any, fields: Iterable[str]) -> None:
        stek_id = membership_of(request).stek_id
        record(verb, on=row, by=user_of(request), stek_id=stek_id, fields=fields)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The log holds the history of every row."""
        log = reverse("admin:accounts_auditevent_changelist")
        pk = int(object_id) if object_id.isdecimal() else 0
        return redirect(f"{log}?subject_type={self.opts.model_name}&subject_id={pk}")


class ReadOnlyAdmin(OfficeAdmin):
    """Rows to look at; they change on the screens of their own app, or never."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OfficeFormSet(BaseInlineFormSet):
    def get_deletion_widget(self) -> Any:  # type: ignore[override]  # as Django documents it
        return forms.CheckboxInput(attrs={"aria-label": _("Verwijderen")})


class OfficeInline(admin.TabularInline):
    """Rows inside another row, open to whoever may change that one."""

    formset = OfficeFormSet
    extra = 0
    #: More than any row has; a made-up number of rows would have Django draw two thousand.
    max_num = 200
    deletable = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The heading of a column is no label; a screen reader wants one at each field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
            keep_from_browser(field)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable


class ReadOnlyInline(OfficeInline):
    can_delete = False
    deletable = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
