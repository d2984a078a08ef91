"""What tests of the agenda share."""

import datetime as dt

from django.urls import reverse

from accounts.models import AuditEvent
from visits.table_plan import TablePlan

DAY = dt.timedelta(days=1)


WEEK = dt.timedelta(days=7)


def answer(client, day, comes="yes"):
    return client.post(reverse("agenda:reply", args=[day]), {"comes": comes})


def place(client, day, who, what="absent"):
    body = {"sitter": who, "set": what}
    return client.post(reverse("agenda:change_table", args=[day]), body)


def table_on(stek, day):
    (table,) = TablePlan.on(stek, day).days
    return table


def coming(stek, day) -> list[str]:
    return [one.who for one in table_on(stek, day).coming]


def absent(stek, day) -> list[str]:
    return [one.who for one in table_on(stek, day).absent]


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
