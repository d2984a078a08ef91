"""Whether a household may shop at this opening, and the words the counter uses when not.

Pure. The counter never turns anybody away: a refusal is a question to the person at the counter,
who may check in anyway with one of the reasons below.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.eligibility import AccessState, Standing


class Refusal(models.TextChoices):
    HERE_ALREADY = "here_already", _("is vandaag al aangemeld")
    NO_ACCESS = "none", _("heeft nog geen toegang tot de winkel")
    NOT_YET = "not_yet", _("heeft nog geen toegang: die begint later")
    EXPIRED = "expired", _("heeft geen toegang meer: die is verlopen")
    SUSPENDED = "suspended", _("heeft even geen toegang: die is geschorst")
    ENDED = "ended", _("heeft geen toegang meer: die is stopgezet")


class OverrideReason(models.TextChoices):
    """Why a person let somebody in after a refusal; coded, so no note on a person arises."""

    COORDINATOR = "coordinator", _("de coördinator weet ervan")
    RENEWAL_ASKED = "renewal_asked", _("verlenging is aangevraagd")
    ONCE = "once", _("eenmalig, dringend")
    CAME_BACK = "came_back", _("komt vandaag terug")
    NEW = "new", _("nieuw, toegang volgt")
    ON_PAPER = "on_paper", _("stond op de papieren lijst")
    OTHER = "other", _("andere reden")


#: What the counter offers for each refusal: one button each.
REASONS = {
    Refusal.HERE_ALREADY: (OverrideReason.CAME_BACK, OverrideReason.OTHER),
    Refusal.NO_ACCESS: (
        OverrideReason.NEW,
        OverrideReason.COORDINATOR,
        OverrideReason.ONCE,
        OverrideReason.OTHER,
    ),
}
REASONS_FOR_ACCESS = (
    OverrideReason.RENEWAL_ASKED,
    OverrideReason.COORDINATOR,
    OverrideReason.ONCE,
    OverrideReason.OTHER,
)


def reasons_for(why: Refusal) -> tuple[OverrideReason, ...]:
    """The reasons that make sense after this refusal."""
    return REASONS.get(why, REASONS_FOR_ACCESS)


class VoidReason(models.TextChoices):
    UNDONE = "undone", _("ongedaan gemaakt")
    MISTAKE = "mistake", _("vergissing")
    WRONG_PERSON = "wrong", _("verkeerde persoon")
    DOUBLE = "double", _("dubbel")
    LEFT = "left", _("toch niet gebleven")


_BY_STATE = {
    AccessState.NONE: Refusal.NO_ACCESS,
    AccessState.NOT_YET: Refusal.NOT_YET,
    AccessState.EXPIRED: Refusal.EXPIRED,
    AccessState.SUSPENDED: Refusal.SUSPENDED,
    AccessState.ENDED: Refusal.ENDED,
}


def refusal(*, standing: Standing, here_already: bool, for_grocery: bool) -> Refusal | None:
    """The one thing to tell first: being here already, and then, for the shop, the access."""
    if here_already:
        return Refusal.HERE_ALREADY
    if for_grocery and not standing.may_shop:
        return _BY_STATE[standing.state]
    return None
