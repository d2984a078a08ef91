"""The top of the house: screens, commands and checks made of several apps."""

from django.apps import AppConfig


class StekAppConfig(AppConfig):
    name = "stek"

    def ready(self) -> None:
        from stek import checks  # noqa: F401  (registers the system checks; needs loaded apps)
