"""Marks in every text of a STEK that says something of somebody or that somebody typed.

A mark is seven signs, so that it fits everywhere: ZQ, a letter for the STEK, three signs, Q. What
is found of them in an answer is known by field. In some thousands of answers chance writes one too,
in a token; so what stands within one is none.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from accounts.models import Invitation, Pin, TrustedDevice, User
from people.models import Household
from people.search import rebuild_keys
from places.models import Stek
from referrals.models import AnswerLink, InboundLink
from reports.models import Consumer
from stek.privacy import FIELDS, Privacy
from stek.wall.owned import OWNED

#: What says nothing of one person, and was typed by somebody all the same.
TYPED = {
    "places.ClosingDay.reason", "places.ChangedDay.reason", "places.Partner.name",
    "places.Partner.line", "places.Partner.email", "places.Partner.phone", "places.Partner.website",
    "accounts.TrustedDevice.name", "people.Household.card", "people.HouseholdImport.file_name",
    "people.Referrer.name", "visits.Activity.title", "forms_help.Document.name",
    "forms_help.Theme.name", "forms_help.HelpType.name", "referrals.Service.name",
    "referrals.Service.description", "referrals.Service.conditions", "referrals.Service.fee",
    "referrals.Service.area", "referrals.Service.how_to_reach", "referrals.Service.phone",
    "referrals.Service.email", "referrals.Service.website", "referrals.Service.street",
    "referrals.Service.town", "referrals.DirectoryImport.file_name", "policy.Bundle.title",
    "policy.Bundle.problem", "policy.Bundle.proposal", "policy.Bundle.recipient",
    "policy.Bundle.answer", "policy.BundleStep.recipient", "policy.Signal.bottleneck",
    "policy.Signal.proposal", "policy.Signal.example", "reviews.WeekReview.note",
    "reports.ComposedReport.name", "reports.Export.reason_words", "reports.Snapshot.why",
}  # fmt: skip
#: What says something of somebody and holds no text to plant a mark in; and why it can't leak.
NO_TEXT = {
    "accounts.User.password": "a hash: `SECRETS`",
    "people.NameKey.key": "made of the names, which are marked",
}
#: What looks like the hash of a password, a PIN, a key or a token; those that are one leak.
_HASHES = re.compile(r"\b[0-9a-f]{64}\b|(?:argon2|pbkdf2_|md5)[$\w]+")
#: Where they are kept.
SECRETS = (
    (User, "password"), (Pin, "code_hash"), (TrustedDevice, "secret_hash"),
    (Invitation, "key_hash"), (AnswerLink, "token_hash"), (InboundLink, "token_hash"),
    (Consumer, "token_hash"),
)  # fmt: skip
_MARK = re.compile(r"ZQ[A-Z][0-9A-Z]{3}Q", re.IGNORECASE)
#: Of letters and digits in both cases without a break: the key of a session, of a form, of a link.
_TOKEN_FROM = 20
_BEFORE, _AFTER = re.compile(r"[0-9A-Za-z]*\Z"), re.compile(r"[0-9A-Za-z]*")
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Marks:
    """By mark: the letter of the STEK and the field, as `people.Member.last_name`."""

    def __init__(self) -> None:
        self.fields: dict[str, tuple[str, str]] = {}
        self.secrets: set[str] = set()
        self._numbers = ("".join(three) for three in itertools.product(_SIGNS, repeat=3))

    def plant(self, letter: str, stek: Stek, users: list[int], *, as_json: bool) -> None:
        """In every text of these rows; `as_json` also in what is kept so, which nobody may open."""
        for model, rows in _rows_of(stek, users):
            fields = [field for field in model._meta.concrete_fields if _is_text(field)]
            for row in rows:
                for field in fields:
                    if as_json or not _is_json(field):
                        self._write(letter, row, field)
        for household in Household.objects.of_stek(stek).in_use():
            rebuild_keys(household)

    def plant_apart(self, letter: str, household: Household) -> None:
        """Other marks in the household itself and its members, to tell it from the others."""
        for row in (household, *household.members.all()):
            for field in row._meta.concrete_fields:
                if _is_text(field) and getattr(row, field.name):
                    self._write(letter, row, field)
        rebuild_keys(Household.objects.get(pk=household.pk))

    def _write(self, letter: str, row: models.Model, field: Any) -> None:
        name = f"{row._meta.label}.{field.name}"
        sign = f"ZQ{letter}{next(self._numbers)}Q"
        value: Any = [[sign]] if _is_json(field) else sign
        if isinstance(field, models.EmailField):
            value = f"{sign}@stek.example"
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
        except IntegrityError:
            return  # a rule keeps it empty here, as in a household that was merged
        self.fields[sign] = (letter, name)

    def found_in(self, text: str, *, but: str = "") -> set[tuple[str, str]]:
        """The STEK and the field of every mark in it, besides those in what was asked with."""
        return {
            self.fields[sign] for sign in _signs_in(text) - _signs_in(but) if sign in self.fields
        }

    def secrets_in(self, text: str) -> set[str]:
        """By their first signs."""
        return {one[:12] for one in _HASHES.findall(text) if one in self.secrets}

    def note_secrets(self) -> None:
        for model, field in SECRETS:
            self.secrets |= set(model._base_manager.values_list(field, flat=True))

    def planted(self, letter: str) -> set[str]:
        return {field for at, field in self.fields.values() if at == letter}


def _signs_in(text: str) -> set[str]:
    return {found[0].upper() for found in _MARK.finditer(text) if not _by_chance(text, found)}


def _by_chance(text: str, found: re.Match[str]) -> bool:
    """As nobody writes a word; or part of something long in both cases."""
    sign = found[0]
    if sign not in {sign.upper(), sign.lower(), sign.capitalize(), sign.title()}:
        return True
    before = _BEFORE.search(text, max(0, found.start() - _TOKEN_FROM), found.start())
    after = _AFTER.match(text, found.end(), found.end() + _TOKEN_FROM)
    around = (before[0] if before else "") + sign + (after[0] if after else "")
    mixed = around not in {around.upper(), around.lower()}
    return mixed and len(around) >= _TOKEN_FROM


def to_plant() -> set[str]:
    """Every field in which a mark has to stand."""
    personal = {
        f"{model._meta.label}.{field.name}"
        for model in _models()
        for field in model._meta.concrete_fields
        if _is_text(field)
    }
    return personal | TYPED


def _is_text(field: Any) -> bool:
    name = f"{field.model._meta.label}.{field.name}"
    if name in TYPED:
        return True
    text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return (
        text and not field.choices and name not in NO_TEXT and FIELDS[name][0] is Privacy.PERSONAL
    )


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def _models() -> Iterator[type[models.Model]]:
    """Of a STEK, besides the rows between two others; and accounts."""
    yield User
    for label in OWNED:
        if "_" not in label.split(".")[1]:
            yield apps.get_model(label)


def _rows_of(stek: Stek, users: list[int]) -> Iterator[tuple[type[models.Model], Any]]:
    for model in _models():
        if model is User:
            yield model, User.objects.filter(pk__in=users)
        elif model is not Stek:
            yield model, model._base_manager.filter(**{_way(model): stek.pk})


def _way(model: type[models.Model]) -> str:
    """From a row to its STEK, as a lookup."""
    name = OWNED[model._meta.label].split()[0]
    parent = model._meta.get_field(name).related_model
    if parent in {None, Stek}:
        return name
    return f"{name}__{_way(parent)}"
