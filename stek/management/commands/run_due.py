"""`manage.py run_due`: what falls due by itself; from a timer, and harmless to run twice."""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts.invitations import forget_addresses
from accounts.laptop.actions import drop_pins_of_nobody
from accounts.laptop.keeping import forget_what_waits_too_long
from forms_help.drafts import drop_old_drafts as drop_old_drafts_of_questions
from forms_help.forgetting import forget_old_notes
from people.imports.actions import drop_old_drafts
from people.pairs import compare_all_changed
from referrals.forgetting import forget_details
from referrals.hsds.actions import drop_old_directory_drafts
from referrals.inbound_forgetting import forget_decided
from referrals.silence import break_silence
from reports.exports.making import take_up_lost, throw_away_expired
from reports.taking.due import freeze_due_reports
from reviews.monday import put_in_week_mails
from stek import jobs
from stek.alarm import put_in_alarms
from stek.health import count_stuck_mails
from stek.mails import send_mails
from stek.merge_moves import gather_strays
from stek.retention import carry_out_terms, clear_traces
from stek.unmerging import make_merges_final
from visits.message_actions import forget_old_messages

logger = logging.getLogger(__name__)

#: Days that a message waits for a visitor who does not come.
MESSAGE_WAITS = 30


def forget_messages(now: dt.datetime) -> int:
    return forget_old_messages(before=now - dt.timedelta(days=MESSAGE_WAITS), by=None)


def clear_sessions(now: dt.datetime) -> None:
    """Django's `clearsessions`."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def clear_cache(now: dt.datetime) -> int:
    """The rate limits leave rows that Django only takes away when the table is full."""
    table = connection.ops.quote_name(settings.CACHE_TABLE)
    expired = connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [expired])  # noqa: S608  (ours)
        return cursor.rowcount


def drop_pins(now: dt.datetime) -> int:
    return drop_pins_of_nobody(timezone.localdate(now), by=None)


#: What it does, said after the number of rows; and how.
TASKS: tuple[tuple[str, Callable[[dt.datetime], int | None]], ...] = (
    ("lijsten die niet ingelezen werden", drop_old_drafts),
    ("bestanden van partners die niet ingelezen werden", drop_old_directory_drafts),
    ("berichten die bleven liggen", forget_messages),
    ("oude nota's bij vragen", forget_old_notes),
    ("vragen die half bleven", drop_old_drafts_of_questions),
    ("namen bij aanvragen waarover beslist is", forget_decided),
    ("details van oude doorverwijzingen", forget_details),
    ("rijen die na een samenvoeging nog kwamen", gather_strays),
    ("samenvoegingen voorgoed", make_merges_final),
    ("partners die zwijgen", break_silence),
    ("adressen bij oude uitnodigingen", forget_addresses),
    ("mails over de week klaargezet", put_in_week_mails),
    ("mails over wat er mis is", put_in_alarms),
    ("wat te lang op een laptop wachtte", forget_what_waits_too_long),
    ("pincodes van wie hier niet meer werkt", drop_pins),
    ("exports van wie stilviel", take_up_lost),
    ("bestanden van exports", throw_away_expired),
    ("verlopen tellers", clear_cache),
    ("verlopen sessies", clear_sessions),
)
#: Those that wait for others hold no transaction meanwhile; each makes its own.
SLOW_TASKS: tuple[tuple[str, Callable[[dt.datetime], int | None]], ...] = (
    ("mails verstuurd", send_mails),
    ("rapporten vanzelf vastgelegd", freeze_due_reports),
    ("huishoudens, mails en regels van het logboek na hun termijn gewist", carry_out_terms),
    ("spoor van wat gewist is opgeruimd", clear_traces),
    ("huishoudens met elkaar vergeleken", compare_all_changed),
)


def note_round(now: dt.datetime, failed: list[str]) -> None:
    """For the page that says how it goes; a disk that is full may not hide what failed."""
    try:
        if failed:
            jobs.note_failed(jobs.DUE, now, f"{', '.join(failed)}.")
        else:
            jobs.note_good(jobs.DUE, now, {"stuck_mails": count_stuck_mails(now)})
    except (OSError, Error):
        logger.exception("run_due: the round could not be noted")


class Command(BaseCommand):
    help = "Ruimt op wat verlopen is; laat een timer dit elke vijf minuten doen."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done, failed = [], []
        for what, task in (*TASKS, *SLOW_TASKS):
            try:
                with nullcontext() if (what, task) in SLOW_TASKS else transaction.atomic():
                    count = task(now)
            except Exception:
                # The next task has nothing to do with this one.
                logger.exception("run_due: %s", what)
                failed.append(what)
            else:
                if count:
                    done.append(f"{count} {what}")
        note_round(now, failed)
        if done or not failed:
            self.stdout.write(f"Opgeruimd: {', '.join(done) or 'niets'}.")
        if failed:
            raise CommandError(f"Niet gelukt: {', '.join(failed)}. De reden staat hierboven.")
