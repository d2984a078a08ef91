"""`manage.py check_figures`: counts the figures again, row by row, and says what differs."""

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from places.models import Stek
from reports.counting import count
from reports.recount import Rows, differences, recount
from visits.days import current_day
from visits.period import Period, PeriodError, last_closed_quarter, year_of


class Command(BaseCommand):
    help = "Telt de cijfers van de rapporten na, rij voor rij, en zegt wat verschilt."
    #: What is checked.
    count = staticmethod(count)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--stek", action="append", help="korte naam; anders alle STEKs")
        parser.add_argument(
            "--period",
            nargs="+",
            help="2026-Q3, 2026-11, 2026, ...; anders het vorige en het lopende kwartaal en het "
            "vorige jaar",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        steks = _steks(options["stek"])
        periods = _periods(options["period"], current_day(timezone.now()))
        names = ", ".join(period.key for period in periods)
        found = 0
        for place, stek in enumerate(steks, 1):
            rows = Rows.of(stek)
            for period in periods:
                for line in differences(self.count([stek], period)[stek.pk], recount(rows, period)):
                    found += 1
                    self.stderr.write(f"{stek.slug} {period.key} {line}")
            self.stdout.write(f"{place}/{len(steks)} {stek.slug}: {names}")
        if found:
            raise CommandError(f"{found} cijfers kloppen niet met de rijen.")
        self.stdout.write(f"Alle cijfers van {len(steks)} STEKs kloppen met de rijen.")


def _steks(slugs: list[str] | None) -> list[Stek]:
    everything = list(Stek.objects.order_by("pk"))
    if not slugs:
        return everything
    unknown = set(slugs) - {stek.slug for stek in everything}
    if unknown:
        raise CommandError(f"Er is geen STEK met de naam {', '.join(sorted(unknown))}.")
    return [stek for stek in everything if stek.slug in slugs]


def _periods(keys: list[str] | None, today: dt.date) -> list[Period]:
    if not keys:
        quarter = last_closed_quarter(today)
        return [quarter, quarter.after(), year_of(today).before()]
    try:
        return [Period.parse(key) for key in keys]
    except PeriodError:
        raise CommandError(
            f"Dat is geen periode: {' '.join(keys)}. Kies bijvoorbeeld 2026-Q3, 2026-11 of 2026."
        ) from None
