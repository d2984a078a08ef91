"""`manage.py test_restore`: puts the last backup back on trial; for a timer at night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stek.backup.problems import BackupError
from stek.backup.restoring import try_last
from stek.backup.words import said_moment


class Command(BaseCommand):
    help = "Zet de laatste back-up terug op een tijdelijke plaats, kijkt ze na en gooit ze weg."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = try_last(timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            when = said_moment(done.made_at)
            self.stdout.write(f"De back-up van {when} kan teruggezet worden: {done.rows} rijen.")
