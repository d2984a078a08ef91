"""Every table has its place in the list of the second wall; on both engines."""

import pytest
from django.apps import apps
from django.db import models

from places.models import Stek
from stek.wall import owned
from stek.wall.policies import model_of
from tests.as_web import JOURNEYS

LABELS = {m._meta.label for m in apps.get_models(include_auto_created=True)}


def test_every_model_is_of_a_stek_or_shared():
    missing = LABELS - set(owned.OWNED) - set(owned.SHARED)
    assert not missing, (
        f"Add {', '.join(sorted(missing))} to OWNED in stek/wall/owned.py, with the field that "
        "leads to its STEK (or to SHARED, with the reason), and one row to tests/wall/rows.py."
    )


def test_no_model_is_both_or_gone():
    assert not set(owned.OWNED) & set(owned.SHARED)
    listed = {*owned.OWNED, *owned.SHARED, *owned.READ_BY_ALL, *owned.KEYS}
    listed |= {*owned.DELETED_FROM, *owned.ONLY_ADDED_TO, *owned.ONLY_READ, *owned.NOT_TOUCHED}
    assert listed <= LABELS
    assert set(owned.READ_BY_ALL) <= set(owned.OWNED)


def test_journeys_behind_the_wall_are_there():
    assert [file for file in JOURNEYS if not file.exists()] == []


def test_every_exception_has_a_reason():
    assert all(reason.endswith(".") for reason in (owned.SHARED | owned.READ_BY_ALL).values())


@pytest.mark.parametrize("label", owned.OWNED)
def test_every_way_ends_at_a_stek(label):
    for name in owned.OWNED[label].split():
        at: tuple[str, str] | None = (label, name)
        steps = 0
        while at is not None:
            at = _above(*at)
            steps += 1
            assert steps < 6, "it goes round"


def _above(label: str, name: str) -> tuple[str, str] | None:
    """The row above and its own way; None when this is the STEK."""
    field = model_of(label)._meta.get_field(name)
    parent = field.related_model
    if parent is None or parent is Stek:
        assert parent is Stek or (label, name) in {
            ("places.Stek", "id"),
            ("accounts.AuditEvent", "stek_id"),
        }
        return None
    assert isinstance(field, models.ForeignKey)
    assert not field.null, "without the row above nobody would see it"
    return parent._meta.label, owned.OWNED[parent._meta.label].split()[0]


def test_what_is_behind_a_key_is_found_by_its_hash():
    for label, (name, _path) in owned.KEYS.items():
        assert model_of(label)._meta.get_field(name).unique
