"""What a new STEK still lacks before people can work in it; the office shows it until then."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership
from accounts.roles import Role
from people.models import Household
from places.models import OpeningHours


@dataclass(frozen=True)
class Step:
    url: str
    label: str
    why: str


def first_steps(membership: Membership) -> list[Step]:
    """What this role can do about it, in the order in which it is needed; five queries at most."""
    steps = [_address(membership), _hours(membership)]
    if membership.role == Role.ADMINISTRATOR:
        steps = [_own_name(membership), *steps]
    steps.append(_colleagues(membership))
    if membership.role == Role.COORDINATOR:
        steps.append(_households(membership))
    return [step for step in steps if step is not None]


def _own_name(membership: Membership) -> Step | None:
    user = membership.user
    if user.first_name and user.email:
        return None
    return Step(
        reverse("admin:accounts_user_change", args=[user.pk]),
        _("Vul je naam en je e-mailadres in"),
        _("Collega's zien wie je bent, en je krijgt een mail als er iets mis is."),
    )


def _address(membership: Membership) -> Step | None:
    if membership.stek.street:
        return None
    return Step(
        reverse("admin:places_stek_change", args=[membership.stek_id]),
        _("Vul het adres van de STEK in"),
        _("Het staat op de openbare bladzijde, de affiche en de briefjes."),
    )


def _hours(membership: Membership) -> Step | None:
    if OpeningHours.objects.of_stek(membership.stek).exists():
        return None
    return Step(
        reverse("admin:places_openinghours_add"),
        _("Zeg wanneer de STEK open is"),
        _("Daaruit volgen de openbare bladzijde, de agenda en de balie."),
    )


def _colleagues(membership: Membership) -> Step | None:
    others = Membership.objects.of_stek(membership.stek).exclude(user=membership.user_id)
    if others.exists() or Invitation.objects.visible_to(membership).open().exists():
        return None
    if membership.role == Role.ADMINISTRATOR:
        why = _("Eerst een coördinator: die leest de klantenlijst in en vertrouwt de laptop.")
    else:
        why = _("Wie aan de balie en aan de tafel werkt, kiest zelf een wachtwoord.")
    return Step(reverse("accounts:invitations"), _("Nodig je collega's uit"), why)


def _households(membership: Membership) -> Step | None:
    if Household.objects.visible_to(membership).exists():
        return None
    return Step(
        reverse("people:import_start"),
        _("Lees je klantenlijst in"),
        _("Uit een rekenblad, met eerst een voorbeeld. Of schrijf mensen een voor een in."),
    )
