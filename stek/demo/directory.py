"""What the partners of the demo offer when, whom to ask for, and who looked at it last."""

import datetime as dt
from typing import NamedTuple

from accounts.models import Membership, User
from accounts.roles import RECORD
from places.models import Partner, Stek
from referrals.models import Contact, PartnerCheck, Service, ServiceHours
from stek.demo.population import at


class Kept(NamedTuple):
    """`hours` are (weekday, from, to) in hours; `checked` is how many days ago, each time."""

    phone: str
    hours: tuple[tuple[int, float, float], ...]
    contacts: tuple[tuple[str, str], ...] = ()
    checked: tuple[int, ...] = ()
    fee: str = "gratis"
    languages: tuple[str, ...] = ("nl",)
    by_appointment: bool = False


#: Invented, numbers and people alike.
KEPT = {
    "CAW": Kept(
        "03 000 00 11",
        ((0, 9, 12), (1, 13, 16), (3, 9, 12), (4, 9, 12)),
        (("Sofie Maes", "onthaal"), ("Joris Adams", "schulden")),
        (400, 205, 33),
        languages=("nl", "fr", "en"),
    ),
    "LIGO": Kept(
        "03 000 00 12",
        ((1, 9, 12), (3, 13, 16)),
        (("An Janssens", "lessen"),),
        (230, 61),
        languages=("nl", "fr", "en", "ar"),
    ),
    "Rap op Stap": Kept(
        "03 000 00 13", ((2, 10, 12),), (("Greet Smets", ""),), (96,), fee="hangt af van de uitstap"
    ),
    "Twinkeltje": Kept("03 000 00 14", ((2, 13, 16), (5, 10, 12)), (), (20,), fee="vanaf € 0,50"),
    "OCMW / Sociaal Huis": Kept(
        "03 000 00 15",
        tuple((day, 9, 12) for day in range(5)),
        (("Nele Wuyts", "onthaal"), ("Tom Hendrickx", "energie")),
        (370, 12),
        languages=("nl", "fr"),
    ),
    "Mutualiteit (DMW)": Kept(
        "03 000 00 16", ((0, 9, 12), (2, 13.5, 16)), (("Ilse Geerts", ""),), (150,)
    ),
    "Huis van het Kind": Kept(
        "03 000 00 17", ((2, 13, 16.5),), (("Lies Bogaerts", "groeipakket"),), (45,)
    ),
    "VDAB": Kept(
        "03 000 00 18", ((1, 9, 12), (4, 9, 12)), (), (245,), languages=("nl", "fr", "en")
    ),
    "Sociale huisvesting": Kept(
        "03 000 00 19", ((3, 9, 11.5),), (("Koen Dierckx", "inschrijven"),), (310,),
        by_appointment=True,
    ),
    "Gemeente": Kept("03 000 00 20", tuple((day, 9, 12) for day in range(5))),
}  # fmt: skip


def save_directory(stek: Stek, *, today: dt.date) -> None:
    """Fills what `start_services` left open; one partner was never looked at, one takes part no
    more.
    """
    team = Membership.objects.of_stek(stek).select_related("user").order_by("pk")
    keepers = [one.user for one in team if one.role in RECORD]
    services: dict[str, list[Service]] = {}
    for service in Service.objects.of_stek(stek).with_partner():
        services.setdefault(service.partner.name, []).append(service)
    for partner in Partner.objects.of_stek(stek):
        if partner.name in KEPT:
            _keep(partner, services[partner.name], KEPT[partner.name], keepers, today)
    caw = services["CAW"][0]
    caw.street, caw.postcode, caw.town = "Dorpsstraat 0", stek.postcode, stek.town
    caw.how_to_reach, caw.social_map = "bus tot aan de kerk", "https://www.desocialekaart.be/"
    caw.save()
    gone = Partner.objects.create(
        stek=stek, name="Klusdienst De Hamer", line="Kleine klussen thuis.", position=200,
        retired=True,
    )  # fmt: skip
    Service.objects.create(stek=stek, partner=gone, name="Klussen", retired=True)


def _keep(
    partner: Partner, services: list[Service], kept: Kept, keepers: list[User], today: dt.date
) -> None:
    partner.phone = kept.phone
    partner.save()
    for service in services:
        service.fee, service.languages = kept.fee, list(kept.languages)
        service.area = "Kalmthout, Essen en Kapellen" if len(kept.languages) > 1 else "Kalmthout"
        service.by_appointment = kept.by_appointment
        service.save()
    ServiceHours.objects.bulk_create(
        ServiceHours(
            service=services[0], weekday=day, opens_at=_clock(opens), closes_at=_clock(closes)
        )
        for day, opens, closes in kept.hours
    )
    Contact.objects.bulk_create(
        Contact(partner=partner, name=name, task=task) for name, task in kept.contacts
    )
    PartnerCheck.objects.bulk_create(
        PartnerCheck(
            partner=partner,
            checked_at=at(today - dt.timedelta(days=days), 0),
            checked_by=keepers[days % len(keepers)],
        )
        for days in kept.checked
    )


def _clock(hour: float) -> dt.time:
    return dt.time(int(hour), round(hour % 1 * 60))
