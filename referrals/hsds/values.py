"""What a partner, a service and a contact are, as plain values that can be compared."""

from typing import Any

from people.imports.values import read_phone
from places.models import Partner
from places.sensitive import clean_name
from referrals.models import Contact, Service

Values = dict[str, Any]

PARTNER_TEXTS = ("name", "line", "email", "website")
SERVICE_TEXTS = (
    "name", "description", "conditions", "fee", "area", "how_to_reach", "email", "website",
    "social_map", "street", "postcode", "town",
)  # fmt: skip
CONTACT_TEXTS = ("name", "task", "email")


def partner_values(partner: Partner) -> Values:
    return _texts(partner, PARTNER_TEXTS) | {"phone": phone_of(partner.phone)}


def contact_values(contact: Contact) -> Values:
    return _texts(contact, CONTACT_TEXTS) | {"phone": phone_of(contact.phone)}


def service_values(service: Service) -> Values:
    """Themes and papers as their ids; hours as day, from and until."""
    return _texts(service, SERVICE_TEXTS) | {
        "phone": phone_of(service.phone),
        "by_appointment": service.by_appointment,
        "retired": service.retired,
        "languages": list(service.languages),
        "hours": sorted(
            (line.weekday, f"{line.opens_at:%H:%M}", f"{line.closes_at:%H:%M}")
            for line in service.hours.all()
        ),
        "themes": {theme.pk for theme in service.themes.all()},
        "documents": {document.pk for document in service.documents.all()},
    }


def phone_of(text: str) -> str:
    """A number in the form in which we keep it; what is none stays as it stands."""
    text = clean_name(text)
    return (text and read_phone(text)) or text


def _texts(row: Partner | Service | Contact, names: tuple[str, ...]) -> Values:
    return {name: clean_name(getattr(row, name)) for name in names}
