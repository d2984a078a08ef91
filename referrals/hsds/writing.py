"""The directory of a STEK as the tables of HSDS; in one order, whatever the database sorts by."""

from collections.abc import Iterable
from uuid import UUID

from people.models import Language
from places.models import Partner, Stek
from places.sensitive import clean_name
from referrals.hsds.names import (
    BY_APPOINTMENT,
    COLUMNS,
    DAYS,
    OF_ADDRESS,
    OF_CONTACT,
    OF_PARTNER,
    OF_SERVICE,
    SOCIAL_MAP,
    THEMES,
    WAYS_IN,
    derived,
)
from referrals.hsds.tables import Tables
from referrals.hsds.values import Values, contact_values, partner_values, service_values
from referrals.models import Contact, Service

_LANGUAGES = {code: str(label) for code, label in Language.choices}


def tables_of(stek: Stek) -> Tables:
    """Everything in use, with the people to ask for; five queries."""
    tables = Tables(columns={table: set(columns) for table, columns in COLUMNS.items()})
    partners = sorted(Partner.objects.of_stek(stek).in_use(), key=_order)
    for partner in partners:
        _put_partner(tables, partner)
    place_of = {partner.pk: at for at, partner in enumerate(partners)}
    services = Service.objects.of_stek(stek).in_use().for_offer().select_related("partner")
    terms = _Terms(tables)
    for service in sorted(services, key=lambda one: (place_of[one.partner_id], *_order(one))):
        _put_service(tables, service, terms)
    contacts = Contact.objects.filter(partner__in=partners).select_related("partner")
    for contact in sorted(contacts, key=lambda one: (place_of[one.partner_id], *_order(one))):
        _put_contact(tables, contact)
    return tables


def _order(row: Partner | Service | Contact) -> tuple[str, str]:
    return row.name.casefold(), str(row.hsds_id)


def _columns(values: Values, names: dict[str, str]) -> dict[str, str]:
    return {column: values[field] for column, field in names.items()}


def _put_partner(tables: Tables, partner: Partner) -> None:
    values, own = partner_values(partner), partner.hsds_id
    tables.put("organization", id=own, **_columns(values, OF_PARTNER))
    _put_phone(tables, own, values, organization_id=own)


def _put_contact(tables: Tables, contact: Contact) -> None:
    values, own = contact_values(contact), contact.hsds_id
    organization = contact.partner.hsds_id
    tables.put("contact", id=own, organization_id=organization, **_columns(values, OF_CONTACT))
    _put_phone(tables, own, values, contact_id=own)


def _put_phone(tables: Tables, own: UUID, values: Values, **owner: UUID) -> None:
    if number := values["phone"]:
        tables.put("phone", id=derived(own, "phone"), number=number, type="voice", **owner)


def _put_service(tables: Tables, service: Service, terms: "_Terms") -> None:
    values, own = service_values(service), service.hsds_id
    organization = service.partner.hsds_id
    tables.put(
        "service",
        id=own,
        organization_id=organization,
        status="active",
        **_columns(values, OF_SERVICE),
    )
    _put_phone(tables, own, values, service_id=own)
    if any(values[field] for field in OF_ADDRESS.values()):
        _put_address(tables, own, organization, values)
    _put_hours(tables, own, values["hours"])
    for at, name in enumerate(values["area"].split(", ") if values["area"] else ()):
        tables.put("service_area", id=derived(own, "area", at), service_id=own, name=name)
    for code in values["languages"]:
        name = _LANGUAGES.get(code, code)
        given = {"service_id": own, "code": code, "name": name}
        tables.put("language", id=derived(own, "language", code), **given)
    if fee := values["fee"]:
        given = {"service_id": own, "amount_description": fee}
        tables.put("cost_option", id=derived(own, "cost"), **given)
    for document in sorted(clean_name(paper.name) for paper in service.documents.all()):
        given = {"service_id": own, "document": document}
        tables.put("required_document", id=derived(own, "document", document), **given)
    if address := values["social_map"]:
        given = {"service_id": own, "label": SOCIAL_MAP, "url": address}
        tables.put("url", id=derived(own, "social_map"), **given)
    terms.put(service)


def _put_address(tables: Tables, own: UUID, organization: UUID, values: Values) -> None:
    location = derived(own, "location")
    at = {"service_id": own, "location_id": location}
    tables.put("service_at_location", id=derived(own, "at location"), **at)
    tables.put(
        "location",
        id=location,
        organization_id=organization,
        location_type="physical",
        name=values["name"],
    )
    tables.put(
        "address",
        id=derived(own, "address"),
        location_id=location,
        country="BE",
        address_type="physical",
        **_columns(values, OF_ADDRESS),
    )


def _put_hours(tables: Tables, own: UUID, hours: Iterable[tuple[int, str, str]]) -> None:
    """A rule for the days that share their hours."""
    days_of: dict[tuple[str, str], list[int]] = {}
    for weekday, opens, closes in hours:
        days_of.setdefault((opens, closes), []).append(weekday)
    for (opens, closes), days in sorted(days_of.items()):
        tables.put(
            "schedule",
            id=derived(own, "schedule", opens, closes),
            service_id=own,
            freq="WEEKLY",
            byday=",".join(DAYS[day] for day in sorted(days)),
            opens_at=opens,
            closes_at=closes,
        )


class _Terms:
    """Themes, and being by appointment only, as terms; each term once in the file."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: set[str] = set()

    def put(self, service: Service) -> None:
        themes = sorted(service.themes.all(), key=lambda one: (one.name.casefold(), one.name))
        for theme in themes:
            self._put(service, THEMES, theme.key or theme.name, clean_name(theme.name))
        if service.by_appointment:
            self._put(service, WAYS_IN, BY_APPOINTMENT, "alleen op afspraak")

    def _put(self, service: Service, taxonomy: UUID, code: str, name: str) -> None:
        term = derived(taxonomy, code)
        own = service.hsds_id
        is_theme = taxonomy == THEMES
        self._tables.put(
            "attribute",
            id=derived(own, "attribute", term),
            link_id=own,
            taxonomy_term_id=term,
            link_type="theme" if is_theme else "way_in",
            link_entity="service",
        )
        if str(taxonomy) not in self._known:
            called = "Thema's van Koffie & Formulieren" if is_theme else "Toegang tot een aanbod"
            self._tables.put("taxonomy", id=taxonomy, name=called, description=called)
        if term not in self._known:
            given = {"code": code, "name": name, "description": name, "taxonomy_id": taxonomy}
            self._tables.put("taxonomy_term", id=term, **given)
        self._known |= {str(taxonomy), term}
