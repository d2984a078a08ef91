"""Somebody who signs in."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.membership import Membership


class User(AbstractUser):
    """Somebody who signs in; what they may do stands in their memberships."""

    #: Filled at each request by `accounts.backends`, with the STEKs at hand.
    current_memberships: "list[Membership]"

    class Meta:
        verbose_name = _("collega")
        verbose_name_plural = _("collega's")

    def __str__(self) -> str:
        return self.get_full_name() or self.username
