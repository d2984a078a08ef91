"""Doors of the agenda; a date stands in the address as 2026-12-03."""

import datetime as dt

from django.urls import path, register_converter

from visits import agenda_views


class DateConverter:
    """A date that exists; any other address is no page."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(DateConverter, "day")

app_name = "agenda"
urlpatterns = [
    path("", agenda_views.agenda, name="list"),
    path("dag/", agenda_views.find, name="find"),
    path("<day:day>/", agenda_views.day, name="day"),
    path("<day:day>/antwoord/", agenda_views.reply, name="reply"),
    path("<day:day>/weer-gewoon/", agenda_views.restore_day, name="restore_day"),
    path("<day:day>/aan-tafel/", agenda_views.change_table, name="change_table"),
    path("<day:day>/in-de-plaats/", agenda_views.stand_in, name="stand_in"),
]
