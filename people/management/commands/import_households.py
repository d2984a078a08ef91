"""`manage.py import_households FILE --stek SLUG`: the page's import for whoever has a terminal."""

import argparse
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role
from people.imports import actions
from people.imports.drafts import Draft
from people.imports.plan import Plan
from people.imports.problem_list import fault_text
from people.imports.words import UnreadableFileError
from people.models import HouseholdImport
from places.models import Stek


class Command(BaseCommand):
    help = _("Leest een klantenlijst (xlsx, xls, ods, csv) in voor een STEK.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("het bestand met de lijst"))
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
        row = self._draft(stek, options["file"], by)
        draft = Draft(row, timezone.localdate())
        self._report(draft)
        if options["dry_run"] or not draft.plan.new:
            actions.cancel_import(row, by=by)
            self.stdout.write(_("Er is niets ingelezen."))
            return
        done = actions.confirm_import(
            row,
            mapping=draft.mapping,
            fingerprint=draft.plan.fingerprint,
            today=draft.today,
            by=by,
        )
        self.stdout.write(_("%s huishoudens ingelezen.") % done.counts["households"])

    def _user(self, stek: Stek, username: str | None) -> User:
        members = Membership.objects.of_stek(stek).filter(role=Role.COORDINATOR)
        if username:
            members = members.filter(user__username=username)
        member = members.select_related("user").order_by("pk").first()
        if member is None:
            raise CommandError(_("Deze STEK heeft geen coördinator met die naam."))
        return member.user

    def _draft(self, stek: Stek, path: Path, by: User) -> HouseholdImport:
        try:
            return actions.open_draft(
                stek=stek,
                content=path.read_bytes(),
                file_name=path.name,
                request_id=uuid.uuid4(),
                by=by,
            )
        except OSError as error:
            raise CommandError(_("Het bestand %s kan niet geopend worden.") % path) from error
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error

    def _report(self, draft: Draft) -> None:
        plan = draft.plan
        for table in draft.tables.tables:
            for column in table.refused:
                text = _("Nooit ingelezen: %(heading)s. %(reason)s")
                said = {"heading": column.heading, "reason": column.reason.label}
                self.stdout.write(text % said)
        for name in draft.tables.hidden:
            self.stdout.write(_("Verborgen blad, niet ingelezen: %s") % name)
        self._report_rows(plan)
        text = _(
            "%(new)s nieuw, %(there)s staan er al, %(skipped)s overgeslagen, "
            "%(problem)s niet ingelezen, %(doubtful)s lijken dubbel."
        )
        self.stdout.write(text % plan.counts)

    def _report_rows(self, plan: Plan) -> None:
        for row in plan.problems:
            reasons = " ".join(fault_text(fault) for fault in row.faults)
            said = {"row": row.result.row, "sheet": row.result.sheet, "reasons": reasons}
            self.stdout.write(_("%(sheet)s, rij %(row)s: %(reasons)s") % said)
        for row in plan.doubtful:
            said = {
                "row": row.result.row,
                "sheet": row.result.sheet,
                "names": ", ".join(who.name for who in row.lookalikes),
                "verdict": row.verdict.label,
            }
            text = _("%(sheet)s, rij %(row)s lijkt op %(names)s (%(verdict)s)")
            self.stdout.write(text % said)
