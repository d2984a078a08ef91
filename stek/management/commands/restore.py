"""`manage.py restore FILE`: puts a backup back in an empty place, and says what it did."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stek.backup import shelf
from stek.backup.problems import BackupError
from stek.backup.restoring import Restored, look_at, restore
from stek.backup.words import said_moment, said_size


class Command(BaseCommand):
    help = "Zet een back-up terug in een lege databank; zonder bestand toont het welke er zijn."
    #: They would open the database, which makes an empty one where there must be none.
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="het bestand van de back-up")
        parser.add_argument("--check", action="store_true", help="alleen nakijken, niets doen")
        parser.add_argument(
            "--without-list",
            action="store_true",
            help="de lijst van wie gewist werd is verloren; wis daarna zelf opnieuw",
        )

    def handle(
        self, *args: Any, file: Path | None, check: bool, without_list: bool, **options: Any
    ) -> None:
        try:
            if file is None:
                self._list()
            elif check:
                self.stdout.write(f"Deze back-up is goed. Ze is van {said_moment(look_at(file))}.")
            else:
                self._tell(restore(file, without_list=without_list))
        except BackupError as error:
            raise CommandError(str(error)) from None

    def _list(self) -> None:
        folders = [shelf.first(), *filter(None, [shelf.second()])]
        for folder in folders:
            self.stdout.write(f"{folder}:")
            for one in reversed(shelf.kept_in(folder)):
                size = said_size(one.size)
                self.stdout.write(f"  {said_moment(one.made_at)}  {size:>9}  {one.path}")

    def _tell(self, done: Restored) -> None:
        lines = [
            f"De back-up van {said_moment(done.made_at)} is teruggezet: {done.rows} rijen.",
            f"{done.migrated} stappen van deze versie kwamen erbij.",
            f"{done.erased} huishoudens die intussen gewist waren, zijn opnieuw gewist.",
            f"{done.sessions} aanmeldingen zijn beëindigd: iedereen meldt zich opnieuw aan.",
            f"{done.mails} mails die wachtten, vertrekken niet vanzelf: misschien zijn ze al weg.",
            "Wat na de back-up ingetikt werd, is er niet meer.",
            "Een collega die sindsdien vertrok, heeft weer een account: kijk dat na in Beheer.",
        ]
        if settings.DATABASE_WEB_ROLE:
            lines.append("Doe nu `manage.py database_roles`: zonder dat werken de bladzijden niet.")
        lines.append("Start dan de dienst.")
        self.stdout.write("\n".join(lines))
        if done.unreadable:
            self.stdout.write(
                f"Let op: {done.unreadable} regels van de lijst van wie gewist werd waren "
                "onleesbaar. Kijk na of iedereen die dat vroeg, gewist is."
            )
