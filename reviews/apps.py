"""The week: what happened, the inbox, and what was decided on each item."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("week nakijken")
