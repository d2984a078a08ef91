"""How a partner, a service or a contact stands, as its form shows it, and whether that changed."""

import hashlib
import json
from typing import Any

from forms_help.models import Theme
from places.models import Partner
from referrals.models import Contact, Service

#: What the form of each holds, in the order of the page.
PARTNER = ("name", "line", "email", "phone", "website", "on_site", "position")
SERVICE = (
    "name", "description", "conditions", "fee", "by_appointment", "how_to_reach", "phone", "email",
    "website", "social_map", "street", "postcode", "town", "area", "languages", "position",
)  # fmt: skip
CONTACT = ("name", "task", "phone", "email")

#: A line of hours: weekday with Monday 0, from, to.
Hours = tuple[int, str, str]


class ChangedMeanwhile(Exception):
    """Somebody else saved this row first; `current` is how it stands now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("changed meanwhile")


def partner_as_shown(partner: Partner) -> dict[str, Any]:
    """One query."""
    themes = sorted(theme.pk for theme in Theme.objects.of_stek(partner.stek).helped_by(partner))
    return {name: getattr(partner, name) for name in PARTNER} | {"themes": themes}


def service_as_shown(service: Service) -> dict[str, Any]:
    """Three queries, fewer when it was fetched with what belongs to it."""
    hours = [
        (one.weekday, f"{one.opens_at:%H:%M}", f"{one.closes_at:%H:%M}")
        for one in service.hours.all()
    ]
    return {name: getattr(service, name) for name in SERVICE} | {
        "themes": sorted(theme.pk for theme in service.themes.all()),
        "documents": sorted(document.pk for document in service.documents.all()),
        "hours": sorted(hours),
    }


def contact_as_shown(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in CONTACT}


def mark_of(shown: dict[str, Any]) -> str:
    """Short, and another one as soon as anything is; it goes along in the form."""
    text = json.dumps(shown, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
