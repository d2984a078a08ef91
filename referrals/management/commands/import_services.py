"""`manage.py import_services FILE --stek SLUG`: the page's import of partners, for a terminal."""

import argparse
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role
from places.models import Stek
from referrals.hsds import actions
from referrals.hsds.archive import MAX_BYTES
from referrals.hsds.faults import UnreadableFileError
from referrals.hsds.plan import Plan, plan_of
from referrals.models import DirectoryImport


class Command(BaseCommand):
    help = _("Leest partners en hun aanbod (HSDS 3.1: zip of json) in voor een STEK.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("het bestand met de partners"))
        parser.add_argument("--stek", required=True, help=_("korte naam van de STEK"))
        parser.add_argument("--by", help=_("gebruikersnaam; anders de eerste coördinator"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("zeg wat er zou gebeuren, lees niets in")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stek = Stek.objects.filter(slug=options["stek"]).first()
        if stek is None:
            raise CommandError(_("Er is geen STEK met de naam %s.") % options["stek"])
        by = self._user(stek, options["by"])
        draft = self._draft(stek, options["file"], by)
        plan = plan_of(draft)
        self._report(plan)
        if options["dry_run"] or not plan.all:
            actions.cancel_import(draft, by=by)
            self.stdout.write(_("Er is niets ingelezen."))
            return
        try:
            actions.confirm_import(draft, fingerprint=plan.fingerprint, by=by, tell=self._tell)
        except actions.DirectoryChangedError as error:
            raise CommandError(_("Er is intussen iets veranderd. Probeer opnieuw.")) from error
        self.stdout.write(_("Ingelezen."))

    def _user(self, stek: Stek, username: str | None) -> User:
        members = Membership.objects.of_stek(stek).filter(role=Role.COORDINATOR)
        if username:
            members = members.filter(user__username=username)
        member = members.select_related("user").order_by("pk").first()
        if member is None:
            raise CommandError(_("Deze STEK heeft geen coördinator met die naam."))
        return member.user

    def _draft(self, stek: Stek, path: Path, by: User) -> DirectoryImport:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            return actions.open_draft(
                stek=stek,
                content=content,
                file_name=path.name,
                request_id=uuid.uuid4(),
                by=by,
            )
        except OSError as error:
            raise CommandError(_("Het bestand %s kan niet geopend worden.") % path) from error
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error

    def _report(self, plan: Plan) -> None:
        for fault in plan.faults:
            self.stdout.write(fault.text)
        text = _("%(new)s nieuw, %(changed)s gewijzigd, %(same)s blijven zoals ze zijn, ")
        text += _("%(left_out)s niet in te lezen.")
        self.stdout.write(text % plan.counts)

    def _tell(self, done: int, total: int) -> None:
        said = {"done": done, "total": total}
        self.stdout.write(_("%(done)s van %(total)s geschreven") % said)
