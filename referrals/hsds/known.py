"""The partners, services and contacts that a STEK has, found by id or else by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from places.models import Partner, Stek
from places.sensitive import clean_name
from referrals.hsds.reading import Said
from referrals.hsds.values import Values, contact_values, partner_values, service_values
from referrals.models import Contact, Service


@dataclass
class Known:
    """By id, and by partner and name: two files may call the same organisation by other ids."""

    partners: dict[UUID, Partner]
    services: dict[UUID, Service]
    contacts: dict[tuple[int, UUID], Contact]
    #: Who has which name; the first of the key is the partner, None for a partner itself.
    partner_names: dict[tuple[None, str], UUID] = field(default_factory=dict)
    service_names: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    _named: dict[tuple[str, int, str], Any] = field(default_factory=dict)
    _claimed: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, stek: Stek) -> "Known":
        """Also what is retired: it is updated, but never put back in use. Six queries."""
        partners = list(Partner.objects.of_stek(stek))
        services = list(Service.objects.of_stek(stek).for_offer().select_related("partner"))
        contacts = list(Contact.objects.filter(partner__stek=stek).select_related("partner"))
        known = cls(
            {one.hsds_id: one for one in partners},
            {one.hsds_id: one for one in services},
            {(one.partner_id, one.hsds_id): one for one in contacts},
        )
        known.partner_names = {(None, one.name): one.hsds_id for one in partners}
        known.service_names = {(one.partner.hsds_id, one.name): one.hsds_id for one in services}
        known._remember("partner", ((0, one) for one in partners))
        known._remember("service", ((one.partner_id, one) for one in services))
        known._remember("contact", ((one.partner_id, one) for one in contacts))
        return known

    def _remember(self, kind: str, rows: Iterable[tuple[int, Any]]) -> None:
        for partner, row in rows:
            self._named.setdefault((kind, partner, _fold(row.name)), row)

    def partner(self, said: Said) -> Partner | None:
        return self.partners.get(said.own) or self._by_name("partner", 0, said)

    def service(self, said: Said, partner: Partner) -> Service | None:
        by_id = self.services.get(said.own)
        return by_id or (self._by_name("service", partner.pk, said) if partner.pk else None)

    def contact(self, said: Said, partner: Partner) -> Contact | None:
        by_id = self.contacts.get((partner.pk, said.own))
        return by_id or (self._by_name("contact", partner.pk, said) if partner.pk else None)

    def _by_name(self, kind: str, partner: int, said: Said) -> Any:
        return self._named.get((kind, partner, _fold(said.values.get("name", ""))))

    def claim(self, row: Any) -> bool:
        """Whether no other row of the file is this one already."""
        if row.pk is None:
            return True
        key = (row._meta.label, row.pk)
        if key in self._claimed:
            return False
        self._claimed.add(key)
        return True

    def values_of(self, row: Any) -> Values:
        """What stands there now; in a new row all is empty."""
        if row.pk is None:
            empty: Values = {"hours": [], "themes": set(), "documents": set()}
            return empty | {column.name: column.get_default() for column in row._meta.fields}
        if type(row) is Partner:
            return partner_values(row)
        return service_values(row) if type(row) is Service else contact_values(row)


def _fold(name: str) -> str:
    return clean_name(name).casefold()
