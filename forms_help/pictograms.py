"""The drawings that a paper to bring can have, so that who can't read the word knows it too."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pictogram(models.TextChoices):
    """The value is the id of the drawing in static/img/pictograms.svg."""

    PAPER = "file-earmark-text", _("blad papier")
    LETTER = "envelope-paper", _("brief")
    IDENTITY = "person-vcard", _("identiteitskaart")
    CARD = "credit-card", _("kaart")
    MONEY = "currency-euro", _("geld")
    HOUSE = "house-door", _("huis")
    ENERGY = "lightning-charge", _("energie")
    WATER = "droplet", _("water")
    TAX = "bank", _("belastingen")
    HEALTH = "heart-pulse", _("gezondheid")
    FAMILY = "people", _("gezin")
    SCHOOL = "mortarboard", _("school")
    PHONE = "phone", _("gsm")
    KEY = "key", _("code of sleutel")
    PHOTO = "camera", _("foto")
    WORK = "briefcase", _("werk")
    CALENDAR = "calendar-event", _("afspraak")
    CAR = "car-front", _("auto")
