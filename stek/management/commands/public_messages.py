"""`manage.py public_messages`: bring the catalogs of the public page up to date, and compile."""

from typing import Any

from django.core.management.base import BaseCommand

from stek.messages import TRANSLATED, compiled, missing, po_path, up_to_date, written


class Command(BaseCommand):
    help = "Bring the translations of the public page up to date with its Dutch texts."

    def handle(self, *args: Any, **options: Any) -> None:
        for language in TRANSLATED:
            path = po_path(language.code)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalog = up_to_date(language.code)
            path.write_bytes(written(catalog))
            path.with_suffix(".mo").write_bytes(compiled(catalog))
            left = missing(catalog)
            self.stdout.write(f"{language.code}: {len(catalog)} texts, {len(left)} to translate")
            for text in left:
                self.stdout.write(f"  {text}")
