"""Why a household is erased, restricted, or kept longer than its term: coded words only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Whoever keeps somebody longer decides again after at most so many months.
LONGEST_HOLD = 12


class EraseReason(models.TextChoices):
    ASKED = "asked", _("de bezoeker vroeg het")
    MISTAKE = "mistake", _("per vergissing ingeschreven")
    TERM = "term", _("de bewaartermijn is voorbij")


class RestrictReason(models.TextChoices):
    """Article 18 of the GDPR, in the words of a coordinator."""

    DISPUTED = "disputed", _("de bezoeker zegt dat iets niet klopt")
    OBJECTS = "objects", _("de bezoeker wil niet dat we dit gebruiken")
    CLAIM = "claim", _("nodig voor een klacht of een rechtszaak")


class HoldReason(models.TextChoices):
    RETURNS = "returns", _("komt binnenkort terug")
    PENDING = "pending", _("er loopt nog iets")
    ASKED = "asked", _("de bezoeker vraagt het")
    CLAIM = "claim", _("nodig voor een klacht of een rechtszaak")


class AccessReason(models.TextChoices):
    """Why somebody takes out everything about one household."""

    VISITOR = "visitor", _("de bezoeker vraagt het zelf")
    MANDATE = "mandate", _("iemand vraagt het voor de bezoeker, met een volmacht")
    CHECK = "check", _("om na te kijken wat we bewaren")
