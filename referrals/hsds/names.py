"""Which tables and columns of HSDS 3.1 we write and read, and how its JSON nests them."""

import uuid
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

#: By table, in the order in which the files stand in the zip.
COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description", "email", "website"),
    "service": (
        "id", "organization_id", "name", "description", "url", "email", "status",
        "application_process", "fees_description", "eligibility_description",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "location": ("id", "organization_id", "location_type", "name"),
    "address": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country",
        "address_type",
    ),
    "phone": ("id", "organization_id", "service_id", "contact_id", "number", "type"),
    "contact": ("id", "organization_id", "service_id", "name", "title", "email"),
    "schedule": ("id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at"),
    "service_area": ("id", "service_id", "name"),
    "language": ("id", "service_id", "name", "code"),
    "cost_option": ("id", "service_id", "option", "currency", "amount", "amount_description"),
    "required_document": ("id", "service_id", "document"),
    "url": ("id", "service_id", "label", "url"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity"),
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy_id"),
    "taxonomy": ("id", "name", "description"),
}  # fmt: skip

#: Left out of JSON when empty: HSDS says of what form they are. Other texts are "" then, so that
#: a reader knows that there is none.
OF_A_FORM = frozenset(
    {"email", "website", "url", "type", "freq", "interval", "currency", "amount"}
    | {column for columns in COLUMNS.values() for column in columns if column.endswith("id")}
)
#: Numbers in JSON, as opposed to a table where everything is text.
NUMBERS = frozenset({"interval", "amount"})


class Link(NamedTuple):
    """Under which key a record of JSON holds others, or another, and by which column they join."""

    key: str
    table: str
    column: str


#: A list of others, that name this record in `column`.
MANY: dict[str, tuple[Link, ...]] = {
    "service": (
        Link("phones", "phone", "service_id"),
        Link("schedules", "schedule", "service_id"),
        Link("service_areas", "service_area", "service_id"),
        Link("service_at_locations", "service_at_location", "service_id"),
        Link("languages", "language", "service_id"),
        Link("cost_options", "cost_option", "service_id"),
        Link("required_documents", "required_document", "service_id"),
        Link("additional_urls", "url", "service_id"),
        Link("attributes", "attribute", "link_id"),
        Link("contacts", "contact", "service_id"),
    ),
    "organization": (
        Link("phones", "phone", "organization_id"),
        Link("contacts", "contact", "organization_id"),
    ),
    "contact": (Link("phones", "phone", "contact_id"),),
    "location": (Link("addresses", "address", "location_id"),),
}
#: One other, that this record names in `column`.
ONE: dict[str, Link] = {
    "service": Link("organization", "organization", "organization_id"),
    "service_at_location": Link("location", "location", "location_id"),
    "attribute": Link("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),
    "taxonomy_term": Link("taxonomy_detail", "taxonomy", "taxonomy_id"),
}

#: Column of HSDS: field of ours.
OF_PARTNER = {"name": "name", "description": "line", "email": "email", "website": "website"}
OF_SERVICE = {
    "name": "name",
    "description": "description",
    "url": "website",
    "email": "email",
    "application_process": "how_to_reach",
    "fees_description": "fee",
    "eligibility_description": "conditions",
}
OF_CONTACT = {"name": "name", "title": "task", "email": "email"}
OF_ADDRESS = {"address_1": "street", "postal_code": "postcode", "city": "town"}

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUSES = frozenset({"active", "inactive", "defunct", "temporarily closed"})
ENDED = frozenset({"inactive", "defunct"})
SOCIAL_MAP = "De Sociale Kaart"
SOCIAL_MAP_HOST = "desocialekaart.be"

_SPACE = uuid.UUID("6d1a1a57-9f6e-5f0b-8d0e-7f1c5a3e2b90")
THEMES = uuid.uuid5(_SPACE, "themes")
WAYS_IN = uuid.uuid5(_SPACE, "ways in")
BY_APPOINTMENT = "by_appointment"

TABLE_WORDS = {
    "organization": _("organisatie"),
    "service": _("aanbod"),
    "contact": _("contactpersoon"),
}


def derived(owner: uuid.UUID, *parts: object) -> str:
    """The id of a row that has none of its own with us; the same in every file."""
    return str(uuid.uuid5(owner, "/".join(map(str, parts))))
