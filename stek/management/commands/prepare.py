"""`manage.py prepare`: the database as `make run` wants it, in one process instead of four."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Maakt de databank klaar: tabellen, rechten en, met STEK_DEMO=1, demogegevens."
    #: `migrate` does them, with those of the database.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, skip_checks=False)
        call_command("createcachetable")
        if settings.DATABASE_WEB_ROLE:
            call_command("database_roles", verbosity=0)
        if settings.DEMO:
            call_command("make_demo", if_empty=True, stdout=self.stdout)
