"""`manage.py make_stek NAME --administrator USERNAME`: a STEK, and who may let the others in."""

import argparse
import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from accounts.audit import record
from accounts.models import Membership, User
from accounts.roles import Role
from forms_help.list_actions import start_lists
from places.models import Stek
from referrals.start_actions import start_services


class Command(BaseCommand):
    help = (
        "Maakt een STEK met haar eerste beheerder; wie al een account heeft, krijgt de rol erbij."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", help="naam van de STEK, bv. Kalmthout")
        parser.add_argument("--administrator", required=True, help="gebruikersnaam")
        parser.add_argument("--town", help="gemeente (anders de naam)")

    def handle(
        self, *args: Any, name: str, administrator: str, town: str | None, **options: Any
    ) -> None:
        stek = Stek(name=name, slug=slugify(name), town=town or name)
        user = User.objects.filter(username=administrator).first()
        is_new = user is None
        try:
            stek.full_clean()
            if user is None:
                user = User(username=administrator)
                password = ask_password(administrator)
                user.set_password(password)
                user.full_clean()
                validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        with transaction.atomic():
            stek.save()
            if is_new:
                user.save()
            Membership.objects.create(user=user, stek=stek, role=Role.ADMINISTRATOR)
            start_lists(stek, by=None)
            start_services(stek, by=None)
            record("create", on=stek, by=None, stek_id=stek.pk)
        self.stdout.write(f"{stek} is gemaakt. {administrator} is er beheerder.")


def ask_password(username: str) -> str:
    """From the keyboard unseen and twice, or the first line of what is sent to the command."""
    if sys.stdin.isatty():
        password = getpass.getpass(f"Wachtwoord voor {username} (minstens 12 tekens): ")
        if getpass.getpass("Nog eens: ") != password:
            raise CommandError("Dat waren twee verschillende wachtwoorden. Begin opnieuw.")
        return password
    return sys.stdin.readline().rstrip("\n")
