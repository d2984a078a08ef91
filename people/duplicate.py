"""One suggestion that two entries are the same household, and why."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.models import Household


class Reason(TextChoices):
    """Why two entries may be one household."""

    SAME_NAME = "same_name", _("zelfde naam")
    SIMILAR_NAME = "similar_name", _("naam lijkt erop")
    SWAPPED_NAME = "swapped_name", _("voornaam en familienaam omgewisseld")
    MEMBER = "member", _("staat er als lid in")
    SAME_PHONE = "same_phone", _("zelfde telefoonnummer")
    SAME_SIZE = "same_size", _("zelfde gezinsgrootte")
    SAME_MEMBERS = "same_members", _("zelfde leden")


@dataclass(frozen=True)
class Duplicate:
    """A household, or an earlier row of the same list, that may be the same one."""

    #: None when it is an earlier row; then `row` is what was given to `add_row`.
    household: Household | None
    score: float
    reasons: tuple[Reason, ...]
    row: Hashable = None
