"""The log in the office: to read, by who, what, kind and day; ids and names of fields only."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import FieldDoesNotExist
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.log_words import FIELDS, REASONS, VERBS
from accounts.models import AuditEvent, Membership, User
from accounts.office import ReadOnlyAdmin, membership_of

#: In the address of the history of one row.
OF_ONE_ROW = ("subject_type", "subject_id")
#: What stands for "by itself" among the colleagues.
BY_ITSELF = "vanzelf"
#: No log begins before this, and no clock counts beyond the other.
FIRST_YEAR, LAST_YEAR = 2000, 2999


class LogFilter(admin.SimpleListFilter):
    """One field of the form above the log; also drawn when there is nothing to choose."""

    type = "select"
    #: What it is called when nothing is chosen.
    anything = gettext_lazy("alles")

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return []


class WhoFilter(LogFilter):
    title = gettext_lazy("Wie")
    anything = gettext_lazy("iedereen")
    parameter_name = "wie"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        memberships = Membership.objects.of_stek(membership_of(request).stek)
        people = [(str(m.user_id), str(m.user)) for m in memberships.select_related("user")]
        return [*sorted(people, key=lambda one: one[1].casefold()), (BY_ITSELF, _("vanzelf"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        if chosen == BY_ITSELF:
            return queryset.filter(actor_id__isnull=True)
        # Only who is in the list: any other id says nothing.
        if any(chosen == key for key, _name in self.lookup_choices):
            return queryset.filter(actor_id=int(chosen))
        return queryset


class WhatFilter(LogFilter):
    title = gettext_lazy("Wat")
    parameter_name = "wat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return sorted(((verb, str(words)) for verb, words in VERBS.items()), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb=self.value()) if self.value() in VERBS else queryset


class KindFilter(LogFilter):
    title = gettext_lazy("Soort")
    parameter_name = "soort"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return AuditEvent.Kind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = self.value() in AuditEvent.Kind.values
        return queryset.filter(kind=self.value()) if known else queryset


class DayFilter(LogFilter):
    type = "date"
    #: How a moment lies to the start of the day that is typed, or of the day after it.
    compared: str
    days_later = 0

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        text = self.value() or ""
        if not text:
            return queryset
        if (day := _day(text)) is None:
            said = _("“%(name)s” is geen dag en telt niet mee.") % {"name": self.title}
            messages.warning(request, said)
            return queryset
        start = _start_of(day + dt.timedelta(days=self.days_later))
        return queryset.filter(**{f"at__{self.compared}": start})


class FirstDayFilter(DayFilter):
    title = gettext_lazy("Van")
    parameter_name = "van"
    compared = "gte"


class LastDayFilter(DayFilter):
    title = gettext_lazy("Tot en met")
    parameter_name = "tot"
    compared = "lt"
    days_later = 1


def _day(text: str) -> dt.date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Ids and names of fields; the log never held a value, and nobody changes it."""

    label = gettext_lazy("Logboek")
    purpose = gettext_lazy("Wie wat deed of bekeek, en wanneer. Om te lezen.")
    nothing_yet = gettext_lazy("Er staat nog niets in het logboek.")
    stek_path = "stek_id"
    change_list_template = "accounts/log.html"
    list_display = ("at", "who", "what", "about", "row_id", "field_names")
    list_display_links = None
    list_filter = (WhoFilter, WhatFilter, KindFilter, FirstDayFilter, LastDayFilter)
    fields = ("at", "who", "what", "about", "row_id", "field_names")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> Any:
        actor = User.objects.filter(pk=OuterRef("actor_id")).annotate(
            shown=Concat("first_name", Value(" "), "last_name")
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                actor=Subquery(actor.values("shown")),
                actor_username=Subquery(actor.values("username")),
            )
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The history of one row stays that while somebody chooses further."""
        asked = [(name, request.GET[name]) for name in OF_ONE_ROW if name in request.GET]
        return super().changelist_view(request, {"about_row": asked} | (extra_context or {}))

    @admin.display(description=gettext_lazy("wie"))
    def who(self, event: Any) -> str:
        if event.actor_id is None:
            return _("vanzelf")
        return (event.actor or "").strip() or event.actor_username or f"nr. {event.actor_id}"

    @admin.display(description=gettext_lazy("wat"))
    def what(self, event: AuditEvent) -> str:
        return str(VERBS.get(event.verb, event.verb))

    @admin.display(description=gettext_lazy("waarvan"))
    def about(self, event: AuditEvent) -> str:
        model = _models().get(event.subject_type)
        return str(model._meta.verbose_name) if model else event.subject_type

    @admin.display(description=gettext_lazy("intern nr."))
    def row_id(self, event: AuditEvent) -> str:
        """Not the number on the card of a customer."""
        return "–" if event.subject_id is None else str(event.subject_id)

    @admin.display(description=gettext_lazy("velden"))
    def field_names(self, event: AuditEvent) -> str:
        model = _models().get(event.subject_type)
        return ", ".join(_field_name(model, name) for name in event.fields)


def _models() -> dict[str, Any]:
    """Each kind of row, by the name that the log keeps."""
    return {str(model._meta.model_name): model for model in apps.get_models()}


def _field_name(model: Any, name: str) -> str:
    """As a form calls it, or the rows inside it; why it was done, in words; else as it is."""
    if name in REASONS:
        return _("omdat: %(reason)s") % {"reason": REASONS[name]}
    try:
        field = model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return name
    if name in FIELDS and str(field.verbose_name) == name.replace("_", " "):
        return str(FIELDS[name])
    inside = field.auto_created and not field.concrete
    return str(field.related_model._meta.verbose_name_plural if inside else field.verbose_name)
