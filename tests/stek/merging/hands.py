"""Merging and undoing as one call each, and everything that a merge may touch as one value."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone

from people.models import Household, Merge
from reviews.models import Decision
from stek.merge_forms import FIELD_OF
from stek.unmerging import undo_merge
from tests import factories


def merge(kept, gone, **more) -> Merge:
    """As they stand now."""
    for one in (kept, gone):
        one.refresh_from_db()
    return factories.merge(kept, gone, **more)


def undo(one: Merge) -> None:
    undo_merge(one, by=factories.user())


def picture(*both: Household) -> dict[int, dict[str, Any]]:
    """Everything that a merge may touch, of these households."""
    rows = {}
    for one in both:
        one.refresh_from_db()
        rows[one.number] = {
            "fields": (
                one.full_name,
                one.phone,
                one.language,
                one.adults,
                one.children,
                one.merged_into_id,
                one.card,
            ),
            "members": sorted(one.members.values_list("pk", "first_name")),
            "accesses": sorted(one.accesses.values_list("pk", "current")),
            "visits": sorted(one.visits.values_list("pk", "repeated", "voided_at")),
            "messages": sorted(one.messages.values_list("pk", "text")),
            "consents": sorted(one.consents.values_list("pk", flat=True)),
            "follow_ups": sorted(one.follow_ups.values_list("pk", flat=True)),
            "referrals": sorted(one.referrals.values_list("pk", flat=True)),
            "requests": sorted(one.inbound_referrals.values_list("pk", flat=True)),
            "decisions": sorted(
                Decision.objects.filter(subject_id=one.pk).values_list("pk", flat=True)
            ),
            "keys": sorted(one.name_keys.values_list("kind", "key")),
        }
    return rows


def with_history(household: Household, *openings) -> None:
    """One of everything."""
    stek = household.stek
    for opening in openings:
        visit = factories.visit(opening, household, purposes=["question"])
        question = factories.question(visit, factories.theme(stek, f"thema {visit.pk}"))
        factories.follow_up(question)
    caw = factories.partner(stek, f"CAW {household.number}")
    factories.referral(question, caw)
    factories.access(household)
    factories.member(household, "Youssef", "Benali")
    factories.member(household, f"Amina{household.number}", "Benali")
    factories.inbound_referral(
        stek,
        household=household,
        state="accepted",
        decided_at=timezone.now(),
        decided_by=factories.user(),
    )
    factories.decision(stek, household.pk)


def side_by_side(client, one, other):
    return client.get(reverse("people:merge", args=[one.pk, other.pk]))


def send(client, one, other, **more):
    form = {
        **dict.fromkeys(("keep", *FIELD_OF.values()), one.pk),
        "one_version": one.version,
        "other_version": other.version,
        "request_id": uuid.uuid4(),
        "seen": "",
    } | more
    return client.post(reverse("people:merge", args=[one.pk, other.pk]), form)
