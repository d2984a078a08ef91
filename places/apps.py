"""The place itself: address, hours, closing days and settings."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "places"
    verbose_name = "De STEK"
