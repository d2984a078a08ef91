"""`manage.py make_demo`: invented STEKs to look around in and to test with."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import User
from places.models import Stek
from stek.demo.build import build_demo
from visits.days import current_day


def _is_empty() -> bool:
    names = [username for username, *_rest in DEMO_ACCOUNTS]
    return not Stek.objects.exists() and not User.objects.filter(username__in=names).exists()


class Command(BaseCommand):
    help = "Vult een lege databank met verzonnen STEKs, huishoudens en bezoeken."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=2026, help="zelfde getal, zelfde gegevens (%(default)s)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="doe niets wanneer er al een STEK is"
        )

    def handle(self, *args: Any, seed: int, if_empty: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demogegevens komen met bekende wachtwoorden: dat kan alleen met STEK_DEMO=1."
            )
        if not _is_empty():
            if if_empty:
                return
            raise CommandError(
                "De databank is niet leeg. Demogegevens komen alleen in een lege databank: "
                "kies een andere map met STEK_DATA_DIR of maak de databank eerst leeg."
            )
        for made in build_demo(seed=seed, today=current_day(timezone.now())):
            self.stdout.write(
                f"{made.stek}: {made.households} huishoudens ({made.active} met toegang), "
                f"{made.openings} openingen, {made.visits} bezoeken."
            )
        self.stdout.write(
            f"Aanmelden kan als {', '.join(name for name, *_rest in DEMO_ACCOUNTS)}; "
            f"het wachtwoord is {DEMO_PASSWORD}."
        )
