"""`manage.py reseal`: seals again with the first key what the database holds sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.resealing import reseal_all


class Command(BaseCommand):
    help = (
        "Verzegelt alles opnieuw met de eerste sleutel van STEK_ENCRYPTION_KEY. "
        "Daarna mag de oude sleutel weg."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = reseal_all()
        self.stdout.write(f"{done} opnieuw verzegeld met de eerste sleutel.")
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} niet te lezen met een sleutel die er staat. Zet de sleutel van "
                "toen erbij, of wis de extra code van die mensen met `manage.py reset_factor`: "
                f"nr. {', '.join(map(str, unreadable))}."
            )
