"""`manage.py make_network`: the set of a whole network, to measure with; two million visits."""

import argparse
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demo import DEMO_PASSWORD
from accounts.models import User
from places.models import Stek
from stek.demo.network import UMBRELLA, make_network, settle, shape_of
from visits.days import current_day


class Command(BaseCommand):
    help = "Vult de databank met een netwerk van verzonnen STEKs, om mee te meten."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--steks", type=int, default=90, help="hoeveel (%(default)s)")
        parser.add_argument("--years", type=int, default=5, help="jaren open (%(default)s)")
        parser.add_argument(
            "--seed", type=int, default=2026, help="zelfde getal, zelfde gegevens (%(default)s)"
        )

    def handle(self, *args: Any, steks: int, years: int, seed: int, **options: Any) -> None:
        if steks < 1 or years < 1:
            raise CommandError("Kies minstens 1 STEK en minstens 1 jaar.")
        _refuse_other_data()
        start, visits = time.monotonic(), 0
        made = make_network(
            steks=steks,
            shape=shape_of(years),
            seed=seed,
            today=current_day(timezone.now()),
            # Outside of a demo nobody can sign in to what is invented.
            password=DEMO_PASSWORD if settings.DEMO else None,
        )
        for number, one in enumerate(made, 1):
            visits += one.visits
            passed = time.monotonic() - start
            self.stdout.write(f"{number}/{steks} {one.stek}: {visits} bezoeken, {passed:.0f} s")
            self.stdout.flush()
        settle()
        self.stdout.write(f"Klaar na {time.monotonic() - start:.0f} s.")
        if settings.DEMO:
            self.stdout.write(
                f"Aanmelden kan als {UMBRELLA} of coordinator-1; het wachtwoord is {DEMO_PASSWORD}."
            )


def _refuse_other_data() -> None:
    if User.objects.filter(username=UMBRELLA).exists():
        raise CommandError("Het netwerk is er al. Kies een lege databank.")
    if not settings.DEMO and (Stek.objects.exists() or User.objects.exists()):
        raise CommandError(
            "De databank is niet leeg. Een netwerk komt alleen in een lege databank, of in die van "
            "de demo (STEK_DEMO=1)."
        )
