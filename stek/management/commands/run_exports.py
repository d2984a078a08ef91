"""Makes the exports that wait, one after the other, in a process of its own."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from reports.exports.making import make_next, take_up_lost

#: Seconds between two looks whether something waits.
EVERY = 2.0
#: How far it steps aside for the counter.
NICE = 19


class Command(BaseCommand):
    help = "Maakt de exports die wachten. Blijft kijken, of stopt met --once als er geen meer is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop als er niets meer wacht")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.make_all()
            return
        os.nice(NICE)
        while True:
            close_old_connections()
            try:
                self.make_all()
            except Error as error:
                # The database is away: it comes back, and so does the row.
                self.stderr.write(f"run_exports: {type(error).__name__}")
            time.sleep(EVERY)

    def make_all(self) -> None:
        take_up_lost(timezone.now())
        while make_next():
            pass
