"""What somebody does in the office, as one call each: addresses, and forms as browsers do."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.cast import Colleague

PASSWORD = "zeven-groene-stoelen"


def changelist(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def delete(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def form_of(client: Colleague, url: str) -> dict[str, Any]:
    """What a browser would send back from this page, untouched."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def save(client: Colleague, url: str, **changes: Any) -> Any:
    client.give_password()
    return client.post(url, {**form_of(client, url), **changes})


def invite(client: Colleague, **fields: Any) -> Any:
    data = {
        "username": "nieuw",
        "first_name": "Lut",
        "last_name": "Aerts",
        "role": Role.VOLUNTEER,
        "new_password": PASSWORD,
    }
    client.give_password()
    return client.post(add(User), data | fields)
