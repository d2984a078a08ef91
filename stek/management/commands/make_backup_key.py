"""`manage.py make_backup_key FILE`: a new key for the backups, in a file for the service only."""

import argparse
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stek.backup.keys import Key, new_key


class Command(BaseCommand):
    help = (
        "Maakt een sleutel voor de back-ups. Is het bestand er al, dan komt de nieuwe vooraan: "
        "nieuwe back-ups krijgen hem, oude gaan nog open met de vorige."
    )
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="bv. /etc/stek/backup-key")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        key = new_key()
        part = file.with_name(f"{file.name}.new")
        try:
            before = file.read_text(encoding="ascii") if file.exists() else ""
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as written:
                written.write(f"{key}\n{before}")
                written.flush()
                os.fsync(written.fileno())
            part.replace(file)
        except OSError as error:
            raise CommandError(f"{file} kan niet geschreven worden: {error.strerror}.") from error
        self.stdout.write(
            f"De sleutel {Key.of(key).name} staat in {file}. Zet STEK_BACKUP_KEY_FILE op dat "
            "bestand. Druk hem af en leg hem ver van de back-ups: zonder sleutel is een back-up "
            "niets waard."
        )
