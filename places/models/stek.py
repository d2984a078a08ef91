"""The place itself, with the settings its coordinator decides on."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.fields import text_field
from places.purposes import Purpose
from places.sensitive import no_national_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _months(label: "StrOrPromise", default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )


def _term(
    label: "StrOrPromise", default: int, least: int, most: int, why: "StrOrPromise"
) -> models.PositiveSmallIntegerField:
    """How long something is kept: not shorter than work allows, nor longer than can be defended."""
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        help_text=why,
    )


def _days(label: "StrOrPromise", default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )


class Stek(models.Model):
    """One place, with the settings its coordinator decides on."""

    name = text_field(_("naam"), 60, unique=True)
    slug = models.SlugField(_("korte naam"), unique=True)
    street = text_field(_("straat en nummer"), 120, blank=True)
    postcode = text_field(_("postcode"), 8, blank=True)
    town = text_field(_("gemeente"), 60, blank=True)
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    email = models.EmailField(_("e-mail"), blank=True, validators=[no_national_number])

    access_months = _months(_("toegang duurt (maanden)"), 6)
    expiring_days = models.PositiveSmallIntegerField(
        _("waarschuw zoveel dagen voor de toegang verloopt"),
        default=30,
        validators=[MaxValueValidator(365)],
    )
    shows_names = models.BooleanField(
        _("lijst van vandaag toont voornaam en initiaal"),
        default=True,
        help_text=_("Uit: de lijst aan de balie toont alleen klantnummers."),
    )
    purposes = models.JSONField(
        _("redenen van bezoek"),
        default=Purpose.all_values,
        help_text=_("Welke redenen de balie toont, in deze volgorde."),
    )
    default_purposes = models.JSONField(
        _("staat al aan bij een klant"), default=Purpose.grocery_values
    )
    default_purposes_anonymous = models.JSONField(
        _("staat al aan zonder naam"), default=Purpose.coffee_values
    )

    # What happens when a partner is silent; carried out by `run_due`.
    sends_mail = models.BooleanField(
        _("stuurt mail naar partners"),
        default=True,
        help_text=_("Uit: wat klaarstaat, wacht tot dit weer aan staat."),
    )
    mails_per_day = models.PositiveSmallIntegerField(
        _("hoogstens zoveel mails per dag"),
        default=40,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    remind_days = _days(_("herinnering aan een partner die zwijgt (dagen)"), 10)
    silent_days = _days(_("daarna de opbouwwerker verwittigen (dagen)"), 20)
    unknown_days = _days(_("daarna “onbekend” voorstellen (dagen)"), 60)
    consent_months = _months(_("toestemming voor een partner geldt (maanden)"), 6)

    # Terms of keeping; `run_due` carries them out.
    identity_months = _term(
        _("namen bewaren (maanden)"), 12, 3, 36,
        _("Telt vanaf het laatste bezoek of het einde van de toegang, wat het laatst komt. Wie weg "
          "moet, staat eerst een maand in de lijst “Gaat uit de boeken”."),
    )  # fmt: skip
    note_days = _term(
        _("nota's bij vragen bewaren (dagen)"), 90, 7, 365,
        _("Een nota bij een vraag verdwijnt vanzelf na zoveel dagen. Voor nota's die er al staan, "
          "blijft de dag die erbij stond."),
    )  # fmt: skip
    referral_months = _term(
        _("details van doorverwijzingen bewaren (maanden)"), 6, 1, 24,
        _("Waar en wanneer de afspraak was, en naar wie te vragen. Telt vanaf het einde van de "
          "doorverwijzing. De uitkomst blijft."),
    )  # fmt: skip
    audit_months = _term(
        _("logboek bewaren (maanden)"), 12, 6, 36,
        _("Wie wat bekeek of wijzigde. Wat ouder is, verdwijnt en kan je niet meer opvragen."),
    )  # fmt: skip
    #: The last day of which `run_due` carried the terms out for this STEK to the end.
    terms_done_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("STEK")
        verbose_name_plural = _("STEKs")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"STEK {self.name}"
