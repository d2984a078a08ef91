"""A household with everything that can hang from one, and marks in every text that it has.

The rows are found by walking the foreign keys of the models, not by the lists that are tested.
"""

import itertools
import time
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.recheck import KEY as RECHECKED
from forms_help.models import QuestionDraft
from people.models import Household
from people.search import rebuild_keys
from places.models import Stek
from stek.privacy import FIELDS, Privacy
from tests import factories
from tests.cast import Colleague
from tests.house import APPS
from visits.models import Opening


def household_with_everything(
    stek: Stek, opening: Opening, *names: str, by: User | None = None
) -> Household:
    """One row of each kind; the referral waits with a letter, the request was accepted."""
    household = factories.household(
        stek, *names, phone="0476 12 34 56", language="nl", adults=2, by=by
    )
    factories.member(household)
    factories.message(household)
    visit = factories.visit(opening, household, purposes=["question"])
    factories.turn(visit, end="helped")
    theme = factories.theme(stek, f"thema {household.number}")
    documents = [factories.document(stek, f"papier {household.number}")]
    helped = [factories.help_type(stek, f"hulp {household.number}")]
    question = factories.question(
        visit, theme, note="Belt.", note_until=opening.day, help_types=helped
    )
    factories.follow_up(question, what="van mei", documents=documents)
    QuestionDraft.objects.create(
        user=opening.opened_by,
        opening=opening,
        visit=visit,
        fields={"note": ["Nog iets."]},
        saved_at=timezone.now(),
    )
    partner = factories.partner(stek, f"Partner {household.number}")
    factories.referral(question, partner, channel="letter")
    factories.inbound_referral(stek, household=household)
    factories.signal(stek, question=question, bundle=factories.bundle(stek))
    factories.decision(stek, household.pk)
    factories.leaving_notice(household, since=opening.day)
    factories.retention_hold(household)
    return household


def rows_of(household: Household) -> Iterator[models.Model]:
    """Every row from which foreign keys lead to this household, and the household."""
    yield household
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            found: dict[int, models.Model] = {}
            for way in _ways(model, ()):
                for row in model._base_manager.filter(**{way: household}):
                    found[row.pk] = row
            yield from found.values()


def _ways(model: type[models.Model], seen: tuple[Any, ...]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        other = field.related_model
        if not isinstance(field, models.ForeignKey) or other in (*seen, model):
            continue
        if other is Household:
            yield field.name
        else:
            yield from (f"{field.name}__{way}" for way in _ways(other, (*seen, model)))


_counter = itertools.count(1)


def mark(household: Household, letter: str, *, only_personal: bool = False) -> dict[str, str]:
    """Write another mark in every free text of every row; by mark the field where it stands.

    A mark is seven signs, so that it fits everywhere and stands nowhere by chance.
    """
    marks: dict[str, str] = {}
    for row in rows_of(household):
        for field in row._meta.concrete_fields:
            name = f"{row._meta.label}.{field.name}"
            text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if not text or field.choices or name == "people.NameKey.key":
                continue
            if only_personal and FIELDS[name][0] is not Privacy.PERSONAL:
                continue
            sign = f"ZQ{letter}{next(_counter):03}Q"
            value: Any = {"note": [sign]} if isinstance(field, models.JSONField) else sign
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
            marks[sign] = name
    household.refresh_from_db()
    rebuild_keys(household)
    return marks


def rechecked(client: Colleague) -> Colleague:
    """The password was given moments ago."""
    session = client.session
    session[RECHECKED] = int(time.time())
    session.save()
    return client
