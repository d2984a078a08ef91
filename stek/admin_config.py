"""Starts Django's admin as our office, with the models of our own apps only."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig

#: Not found by looking around: the packages we use would register models of theirs.
REGISTERED_BY = (
    "stek.admin",
    "accounts.admin",
    "accounts.log_admin",
    "people.admin",
    "visits.admin",
    "forms_help.admin",
)


class OfficeConfig(SimpleAdminConfig):
    default_site = "stek.admin_site.OfficeSite"

    def ready(self) -> None:
        super().ready()
        for module in REGISTERED_BY:
            import_module(module)
