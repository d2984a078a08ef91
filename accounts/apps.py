"""Who works here, what each may do, and the log of what was done and read."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Medewerkers"
