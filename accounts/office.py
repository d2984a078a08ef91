"""What every page of the office (Django's admin) shares: own STEK only, doors by role, one log.

Django's permissions and its own log are not used here: rights follow from the role in this STEK,
and a LogEntry would keep the names of people.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.access import StekRequest
from accounts.ask_first import ask_first
from accounts.audit import record, record_read
from accounts.models import Membership, User
from accounts.roles import OFFICE
from places.models import Stek
from places.name_field import keep_from_browser
from places.sensitive import clean_name


def membership_of(request: HttpRequest) -> Membership:
    """The role with which somebody is in the office; the site let nobody in without one."""
    return cast("StekRequest", request).membership


def user_of(request: HttpRequest) -> User:
    return cast("StekRequest", request).user


class OfficeForm(forms.ModelForm):
    """A form of one STEK, in which the second of two people who edit one row is told so."""

    #: Fields that nobody types and that the constraints speak of.
    filled_in = frozenset({"stek"})
    #: Set by `OfficeAdmin.get_form`.
    stek: Stek

    #: How the row stood when this form was shown.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_from_browser(*self.fields.values())
        if hasattr(self.instance, "stek_id") and self.instance.stek_id is None:
            self.instance.stek = self.stek
        self._now = _digest(self.initial)
        self.initial["seen"] = self._now

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and isinstance(self.fields[name].widget, forms.TextInput):
                self.cleaned_data[name] = clean_name(value)
        if self.instance.pk and self.cleaned_data.get("seen") != self._now:
            for name in self.changed_data:
                if name in self.fields and name != "seen":
                    self.add_error(name, _("Nu staat hier: %s") % self._shown(name))
            self.add_error(
                None,
                _(
                    "Iemand anders heeft dit intussen gewijzigd. Bij elk veld lees je wat er nu "
                    "staat. Bewaar opnieuw om jouw versie te houden."
                ),
            )
            data = cast("QueryDict", self.data).copy()
            data["seen"] = self._now
            self.data = data
        return cleaned

    def _shown(self, name: str) -> str:
        value = self.initial.get(name)
        labels = dict(getattr(self.fields[name], "choices", ()))
        values = value if isinstance(value, list) else [value]
        texts = {True: _("ja"), False: _("nee"), None: "", **labels}
        return ", ".join(str(texts.get(one, one)) for one in values) or _("niets")

    def _get_validation_exclusions(self) -> set[str]:
        # Else Django skips each constraint that names a field outside the form, and the database
        # would answer a double row with an error page.
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return exclude - self.filled_in


def _digest(initial: Mapping[str, Any]) -> str:
    text = json.dumps(initial, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def shown(name: str, label: Any) -> Any:
    """A column to look at, with a label that the field itself does not have."""

    @admin.display(description=label)
    def value(row: Any) -> Any:
        found = getattr(row, name)
        return "–" if found is None else found

    return value


class OfficeAdmin(admin.ModelAdmin):
    """Rows of the own STEK; another STEK's row answers like one that does not exist."""

    #: One sentence for the first page of the office, and a name where that of the model misleads.
    purpose: str | Promise = ""
    label: str | Promise = ""
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
        title = {"title": capfirst(str(self.label or self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

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
    deletable = True

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
