"""Everything about one household as a file: JSON with stable keys, or a tagged PDF on A4.

The keys of the JSON are those of the classification: `parts["people.member"][0]["first_name"]`.
docs/privacy.md says what they mean.
"""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from policy.printable import printable
from policy.typesetting import typeset
from stek.everything.gather import VERSION, Everything, Look, Part
from stek.everything.values import Value, as_json

TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "everything.typ"
#: Letters of a label, and of what somebody wrote.
LABEL, TEXT = 60, 2000


def make_json(everything: Everything) -> bytes:
    household, stek = everything.household, everything.household.stek
    told = {
        "version": VERSION,
        "made_at": as_json(everything.made_at),
        "stek": {"name": stek.name, "email": stek.email, "phone": stek.phone},
        "number": household.number,
        "parts": {
            part.key: [{value.key: value.raw for value in row} for row in part.rows]
            for part in everything.parts
        },
        "log": [_look(look) for look in everything.log],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _look(look: Look) -> dict[str, Any]:
    return {
        "at": as_json(look.at),
        "kind": "read" if look.is_read else "change",
        "verb": look.verb,
        "what": look.what,
        "about": look.about,
        "role": look.role or None,
        "name": look.name or None,
    }


def make_pdf(everything: Everything) -> bytes:
    """Raises TypesetError when no paper came of it."""
    household, stek = everything.household, everything.household.stek
    made = timezone.localdate(everything.made_at)
    address = (stek.street, f"{stek.postcode} {stek.town}".strip(), stek.phone, stek.email)
    data = {
        "title": _("Alles wat we over jou bewaren"),
        "stek": printable(str(stek), LABEL),
        "reach": [printable(line, LABEL) for line in address if line],
        "number": str(household.number),
        "day": date_format(made, "d/m/Y"),
        "made": [made.year, made.month, made.day],
        "parts": [part for one in everything.parts if (part := _part(one))["rows"]],
        "looked": [_line(look) for look in everything.log if look.is_read],
        "changed": [_line(look) for look in everything.log if not look.is_read],
    }
    return typeset(TEMPLATE, data, day=made)


def _part(part: Part) -> dict[str, Any]:
    rows = [told for row in part.rows if (told := [_told(value) for value in row if _says(value)])]
    return {"title": printable(part.title, LABEL), "rows": rows}


def _says(value: Value) -> bool:
    return bool(value.label and value.text)


def _told(value: Value) -> dict[str, str]:
    return {"label": printable(value.label, LABEL), "text": printable(value.text, TEXT)}


def _line(look: Look) -> list[str]:
    return [
        date_format(timezone.localtime(look.at), "d/m/Y G\\ui"),
        printable(look.who, LABEL),
        printable(f"{look.about}: {look.what}" if look.about else look.what, LABEL),
    ]
