"""The house as tests: what every model and every stored field must say."""

from typing import Any

from django.db import models
from django.test.utils import isolate_apps

from people.models import Household, paired
from places.models import Stek
from stek.everything.links import JOINS, LEFT_OUT, LINKS, POINTERS, fields_of
from stek.everything.words import TITLES, WORDS
from stek.kinds_of_data import KINDS
from stek.management.commands.run_due import SLOW_TASKS, TASKS
from stek.privacy import FIELDS, Kept, Privacy
from stek.register import kept_for
from tests.house import MODELS

#: Foreign keys that do not protect, and why.
NOT_PROTECTED = {
    "places.TableTurn.hours": ("CASCADE", "part of the hours, which go only before they are used"),
    "forms_help.DocumentName.document": ("CASCADE", "part of the paper it names"),
    "people.BudgetStep.rule": ("CASCADE", "part of the rule"),
    "people.GroceryAccess.budget_step": ("SET_NULL", "without it the step follows from the size"),
    "referrals.ServiceHours.service": ("CASCADE", "part of what is offered"),
    "referrals.InboundReferral.budget_step": ("SET_NULL", "without it the step follows from size"),
    "people.ImportMapping.stek": ("CASCADE", "remembered for convenience only"),
    "people.NameKey.stek": ("CASCADE", "derived from the names"),
    "people.NameKey.household": ("CASCADE", "derived from the names"),
    "people.NameKey.member": ("CASCADE", "derived from the names"),
    "people.DuplicatePair.one": ("CASCADE", "derived from the names"),
    "people.DuplicatePair.other": ("CASCADE", "derived from the names"),
}


def test_what_others_point_at_is_protected() -> None:
    found = {}
    for model in MODELS:
        if model._meta.auto_created:
            continue  # Django's own tables of groups and permissions, which stay empty
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                rule = field.remote_field.on_delete.__name__
                if rule != "PROTECT":
                    found[f"{model._meta.label}.{field.name}"] = rule
    assert found == {name: rule for name, (rule, _why) in NOT_PROTECTED.items()}


def unpaired(model: type[models.Model]) -> list[str]:
    """Who and when are filled together or not at all, and the database holds it."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    conditions = [
        c.condition for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    ]
    offences = []
    for name in fields:
        if not name.endswith("_by"):
            continue
        at = name.removesuffix("_by") + "_at"
        if at not in fields:
            offences.append(f"{name} without {at}")
        elif fields[name].null != fields[at].null:
            offences.append(f"only one of {name} and {at} may be empty")
        elif fields[name].null and paired(at, name) not in conditions:
            offences.append(f"{at} and {name} without a constraint")
    return offences


def test_a_key_of_a_form_is_of_one_row() -> None:
    """Also when two workers meet the form at one moment, so the database says it."""
    keyed = [
        model._meta.get_field("request_id")
        for model in MODELS
        if any(field.name == "request_id" for field in model._meta.concrete_fields)
    ]
    assert len(keyed) > 20
    assert [str(field) for field in keyed if not field.unique] == []


def test_who_and_when_go_together() -> None:
    assert {model._meta.label: unpaired(model) for model in MODELS if unpaired(model)} == {}


@isolate_apps("people")
def test_a_pair_without_a_constraint_is_seen() -> None:
    class Planted(models.Model):
        opened_at = models.DateTimeField(null=True)
        opened_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
        closed_by = models.ForeignKey("self", models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return ""

    assert unpaired(Planted) == [
        "opened_at and opened_by without a constraint",
        "closed_by without closed_at",
    ]


# --- privacy ---


def test_every_field_says_what_it_tells_about_a_person_and_how_long_it_stays() -> None:
    stored = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
    }
    assert stored - set(FIELDS) == set(), "in no list of stek/privacy.py"
    assert set(FIELDS) - stored == set(), "in stek/privacy.py, but gone"


def test_a_term_that_is_a_setting_is_one() -> None:
    settings = {field.name for field in Stek._meta.concrete_fields}
    assert {kept.value for kept in (Kept.IDENTITY, Kept.LOG)} <= settings


def test_nothing_personal_stays_for_ever() -> None:
    personal = {name for name, (kind, _kept) in FIELDS.items() if kind is Privacy.PERSONAL}
    assert not {name for name in personal if FIELDS[name][1] is Kept.FOREVER}


def _ways_to_a_household(model: type[models.Model], seen: frozenset[Any]) -> bool:
    """Whether a row of this kind leads to a household, over any number of foreign keys."""
    pointed_at = {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    return Household in pointed_at or any(
        _ways_to_a_household(other, seen | {model})
        for other in pointed_at - seen - {model}
        if isinstance(other, type)
    )


def test_every_row_that_leads_to_a_household_is_declared() -> None:
    """Then it is in "alles over dit huishouden", in the register and on the breach page."""
    leading = {
        model._meta.label
        for model in MODELS
        if _ways_to_a_household(model, frozenset()) or model is Household
    }
    assert leading - set(LINKS) - set(JOINS) == set(), "in no list of stek/everything/links.py"
    assert set(LINKS) | set(JOINS) <= leading
    missing = {
        f"{model}.{field}"
        for model in (*LINKS, *POINTERS)
        if model != "accounts.AuditEvent"
        for field in fields_of(model)
        if field not in WORDS.get(model, {}) or model not in TITLES
    }
    assert missing == set(), "without a word in stek/everything/words.py"
    assert {name.rsplit(".", 1)[0] for name in LEFT_OUT} <= {*LINKS, *POINTERS}


#: What carries out each term; the others end with something that a person does.
CARRIED_OUT = {
    Kept.IDENTITY: "carry_out_terms",
    Kept.LOG: "carry_out_terms",
    Kept.MESSAGE: "forget_messages",
    Kept.DRAFT: "drop_old_drafts",
    Kept.NOTE: "forget_old_notes",
    Kept.REFERRAL: "forget_details",
    Kept.REQUEST: "forget_decided",
    Kept.SESSION: "clear_sessions",
    Kept.INVITATION: "forget_addresses",
    Kept.MERGE: "make_merges_final",
    Kept.SEAT: "forget_what_waits_too_long",
    Kept.PIN: "drop_pins",
}
BY_A_PERSON = {Kept.PARTNER, Kept.RESTRICTION, Kept.ACCOUNT, Kept.FOREVER}


def test_every_term_is_carried_out_and_has_words() -> None:
    assert set(CARRIED_OUT) | BY_A_PERSON == set(Kept)
    tasks = {task.__name__ for _what, task in (*TASKS, *SLOW_TASKS)}
    assert set(CARRIED_OUT.values()) <= tasks
    for kept in Kept:
        said = kept_for(kept, Stek())
        assert said.nl, kept
        assert said.fr, kept
        assert said.en, kept


def test_every_row_about_somebody_is_of_one_kind_of_data() -> None:
    """Then it is in the register of processing, and what is of visitors in the statement."""
    personal = {
        name.rsplit(".", 1)[0] for name, (kind, _k) in FIELDS.items() if kind is Privacy.PERSONAL
    }
    named = [model for kind in KINDS for model in kind.models]
    assert len(named) == len(set(named))
    assert (personal | set(LINKS) | POINTERS) - set(named) == set(), "not in stek/kinds_of_data.py"
    assert set(named) <= {name.rsplit(".", 1)[0] for name in FIELDS}
