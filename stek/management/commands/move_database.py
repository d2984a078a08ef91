"""`manage.py move_database URL`: everything to another, empty database; the old one stays."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stek.backup.moving import move_to
from stek.backup.problems import BackupError


class Command(BaseCommand):
    help = "Verhuist alles naar een andere, lege databank. Leg de dienst eerst stil."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("url", help="postgresql://gebruiker:wachtwoord@host/naam")

    def handle(self, *args: Any, url: str, verbosity: int = 1, **options: Any) -> None:
        try:
            moved = move_to(url, say=self.stdout.write if verbosity > 1 else lambda _text: None)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Alles is verhuisd: {moved.rows} rijen in {moved.tables} tabellen, geteld en "
            "vergeleken. De oude databank is niet veranderd. Zet DATABASE_URL op de nieuwe (met "
            "een eigen rol voor de bladzijden: doe `manage.py database_roles`), start de dienst, "
            "en maak meteen een back-up."
        )
