"""`manage.py backup`: a sealed, verified backup here and in the second place; for a timer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from stek.backup.making import make_backup
from stek.backup.problems import BackupError


class Command(BaseCommand):
    help = "Maakt een back-up, kijkt ze na en legt een kopie op de tweede plaats."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--if-changed",
            action="store_true",
            help="alleen als er iets veranderd is sinds de vorige; voor een timer van tien minuten",
        )
        parser.add_argument(
            "--new-second-place",
            action="store_true",
            help="de tweede plaats is een nieuwe, lege schijf",
        )

    def handle(self, *args: Any, if_changed: bool, new_second_place: bool, **options: Any) -> None:
        try:
            made = make_backup(
                timezone.now(), if_changed=if_changed, second_is_new=new_second_place
            )
        except BackupError as error:
            raise CommandError(str(error)) from None
        if made.path is None:
            said = "Er is niets veranderd sinds de vorige back-up."
        else:
            said = f"De back-up staat in {made.path}: {made.rows} rijen, nagekeken."
        if options["verbosity"]:
            self.stdout.write(said)
        if made.second_problem:
            raise CommandError(f"De tweede plaats lukte niet. {made.second_problem}")
