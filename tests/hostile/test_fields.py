"""Every string in every field of every form class: taken in its stated form, or refused."""

from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

import stek.urls  # noqa: F401  (brings in every module with a form)
from places.sensitive import clean_name
from tests.hostile import HOSTILE, RIGHTFUL
from tests.hostile.fields import WRITTEN, may_take, must_take
from tests.hostile.patience import FIELD, TooSlow, within
from tests.house import APPS

STRINGS = [(one, one.arrives) for one in HOSTILE + RIGHTFUL]


def _forms(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for one in base.__subclasses__():
        if one.__module__.split(".")[0] in APPS and not issubclass(one, forms.ModelForm):
            yield one
        yield from _forms(one)


def _fields() -> dict[str, forms.Field]:
    """Each field once, under the first class that has it."""
    found: dict[int, tuple[str, forms.Field]] = {}
    for form in sorted(set(_forms()), key=lambda one: (len(one.__mro__), str(one))):
        for name, field in getattr(form, "base_fields", {}).items():
            if not isinstance(field, forms.FileField):
                found.setdefault(id(field), (f"{form.__module__}.{form.__name__}.{name}", field))
    return dict(found.values())


FIELDS = _fields()


def test_the_fields_are_found():
    assert len(FIELDS) > 200
    assert "people.forms.HouseholdForm.first_name" in FIELDS


@pytest.mark.django_db
@pytest.mark.one_engine("a field answers before any row is asked for")
def test_every_field_takes_or_refuses_every_string():
    wrong = []
    for place, field in FIELDS.items():
        name = place.rsplit(".", maxsplit=1)[-1]
        is_written = name in WRITTEN and isinstance(field, forms.CharField)
        for one, text in STRINGS:
            data = MultiValueDict({name: [text]})
            try:
                with within(FIELD):
                    value = field.clean(field.widget.value_from_datadict(data, {}, name))
            except TooSlow:
                wrong.append(f"{place} never ends with {one.text[:40]!r}")
                break  # the next strings would take as long
            except ValidationError as refused:
                if is_written and must_take(name, one):
                    wrong.append(f"{place} refused {one.text[:40]!r}")
                if not all(refused.messages):
                    wrong.append(f"{place} has no words for {one.text[:40]!r}")
            else:
                if is_written and not may_take(name, one):
                    wrong.append(f"{place} took {one.text[:40]!r}")
                elif is_written and value != clean_name(text):
                    wrong.append(f"{place} made {value[:40]!r} of {one.text[:40]!r}")
    assert wrong == []
