"""Partners and what they offer, referrals that close their loop, and requests that come in."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Doorverwijzingen"
