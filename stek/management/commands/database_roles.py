"""`manage.py database_roles`: what pages may do in PostgreSQL, made or mended after `migrate`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from stek.wall.rights import RoleUnfit, steps


class Command(BaseCommand):
    help = "Geeft de webserver in PostgreSQL net genoeg rechten, en alleen rijen van de eigen STEK."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="zeg alleen wat er ontbreekt")

    def handle(self, *args: Any, **options: Any) -> None:
        role = settings.DATABASE_WEB_ROLE
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite kent geen rollen: er is niets te doen.")
            return
        if not role:
            raise CommandError(
                "DATABASE_WEB_URL is niet gezet: de webserver werkt als eigenaar van de tabellen. "
                "docs/operations.md zegt hoe je een eigen rol maakt."
            )
        try:
            with transaction.atomic():
                todo = steps(role)
                for step in todo if not options["check"] else ():
                    with connection.cursor() as cursor:
                        cursor.execute(step.sql)
        except RoleUnfit as error:
            raise CommandError(str(error)) from error
        for step in todo if options["verbosity"] else ():
            self.stdout.write(f"- {step.what}")
        if todo and options["check"]:
            raise CommandError(f"{len(todo)} te doen voor de rol {role}: manage.py database_roles")
        said = f"{len(todo)} gedaan" if todo else "alles stond al goed"
        self.stdout.write(f"Rol {role}: {said}.")
