"""Rows that point at a household, or at something of it, by number and not by a foreign key."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, OutgoingMail
from people.models import Household
from referrals.mails import TO_PARTNER
from reports.models import Export
from reviews.kinds import Kind
from reviews.models import Decision

#: What the number in a decision of the week is of; the other kinds are about nobody.
DECIDED_ON: Mapping[str, str] = {
    Kind.FOLLOW_UP: "forms_help.FollowUp",
    Kind.REQUEST: "referrals.InboundReferral",
    Kind.WAITING: "referrals.Referral",
    Kind.SILENT: "referrals.Referral",
    Kind.ENDING: "people.Household",
    Kind.NEW: "people.Household",
    Kind.DUPLICATE: "people.Household",
    Kind.MISSING: "people.Household",
    Kind.UNSEEN: "people.Household",
    Kind.LEAVING: "people.Household",
    Kind.SIGNAL: "policy.Signal",
}
#: Decisions about a day, a bundle of signals of many people, or what a colleague looked at.
OF_NOBODY = frozenset({Kind.OPENING, Kind.BUNDLE, Kind.UNUSED, Kind.READING})

#: By model, the numbers of its rows that are about the household.
Ids = Mapping[str, Iterable[int]]


def decisions(household: Household, ids: Ids) -> QuerySet[Any]:
    about = Q(pk__in=())
    for kind, model in DECIDED_ON.items():
        about |= Q(kind=kind, subject_id__in=list(ids.get(model, ())))
    rows = Decision.objects.filter(about, stek_id=household.stek_id)
    return rows.order_by("decided_at", "id")


def mails(household: Household, ids: Ids) -> QuerySet[Any]:
    """About its referrals; nothing of anybody stands in them."""
    about = list(ids.get("referrals.Referral", ()))
    rows = OutgoingMail.objects.filter(kind__in=TO_PARTNER, subject_id__in=about)
    return rows.order_by("id")


def exports(household: Household) -> QuerySet[Any]:
    """Files with a row for each visit, question or household of days on which it came."""
    made = Export.objects.of_days_of(household).filter(rows__isnull=False)
    return made.order_by("id")


def log_of(household: Household, ids: Ids) -> QuerySet[Any]:
    """What was done with any of its rows, and who looked; the oldest first."""
    about = Q(pk__in=())
    for model, numbers in ids.items():
        name = apps.get_model(model)._meta.model_name
        about |= Q(subject_type=name, subject_id__in=list(numbers))
    return AuditEvent.objects.filter(about).order_by("id")
