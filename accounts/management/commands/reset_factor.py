"""`manage.py reset_factor USERNAME`: for the last administrator, who can ask no colleague."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.factor_actions import reset_factor
from accounts.models import Membership


class Command(BaseCommand):
    help = "Wist de extra code van een account; bij het aanmelden wordt een nieuwe ingesteld."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username", help="gebruikersnaam")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        held = Membership.objects.select_related("user", "stek").filter(user__username=username)
        first = held.first()
        if first is None:
            raise CommandError(f"Niemand met een rol heet {username}.")
        reset_factor(first.user, stek=first.stek, by=None)
        self.stdout.write(f"De extra code van {username} is gewist; de sessies zijn afgesloten.")
