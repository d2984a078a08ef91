"""Is everything still going? Each check is one thing, with what to do about it when it is not.

Read by the page of a monitor, the page for a coordinator and the mail to the administrators. It
tells nothing of anybody, and asks the database one short question.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import OutgoingMail
from stek import jobs
from stek.backup.words import said_moment, said_size

BACKUP_AGE = dt.timedelta(hours=26)
#: Nightly; one night may be missed.
TEST_AGE = dt.timedelta(hours=50)
#: Every five minutes.
TIMER_AGE = dt.timedelta(minutes=30)
#: A mail that waits longer than this waits for a person.
MAIL_AGE = dt.timedelta(hours=6)
#: Bytes that must be left: a database without room refuses every visitor.
ROOM = 500_000_000


@dataclass(frozen=True)
class Check:
    """One thing that is well or not; `key` is what a monitor sees."""

    key: str
    name: str
    is_well: bool
    #: How it is, in a sentence.
    words: str
    #: What to do when it is not well.
    cure: str = ""
    #: It did not happen yet, and did not fail either: nothing is lost, it has to begin.
    never_tried: bool = False


def checks(now: dt.datetime) -> list[Check]:
    """All of them; one that cannot be asked is not well."""
    return [check_database(), *_others(now)]


def _others(now: dt.datetime) -> Iterator[Check]:
    yield check_disk()
    yield check_backup(now)
    if settings.BACKUP_SECOND_DIR:
        yield check_second_place()
    yield check_restore_test(now)
    yield check_timer(now)
    yield check_mail()


def check_database() -> Check:
    kind = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        words = _("De databank (%(kind)s) antwoordt niet.") % {"kind": kind}
        cure = _("Laat wie de server beheert kijken of de databank draait en of de schijf vol is.")
        return Check("database", _("Databank"), is_well=False, words=words, cure=cure)
    words = _("De databank (%(kind)s) antwoordt.") % {"kind": kind}
    job = jobs.job(jobs.DATABASE)
    cure = _(
        "De databank is beschadigd. Laat wie de server beheert de dienst stilleggen en de laatste "
        "goede back-up terugzetten."
    )
    damaged = job.failed_last
    return Check(
        "database", _("Databank"), is_well=not damaged, words=_with_problem(words, job), cure=cure
    )


def check_disk() -> Check:
    """Of the data and of the backups here; a second place that hangs must not hang this page."""
    left = min(_left(Path(settings.DATA_DIR)), _left(Path(settings.BACKUP_DIR)))
    size = int(jobs.job(jobs.BACKUP).facts.get("open_size", 0))
    # A backup needs an open copy of the database for a moment.
    is_well = left > ROOM + 2 * size
    words = _("Er is nog %(room)s vrij.") % {"room": said_size(left)}
    cure = _("Laat wie de server beheert plaats vrijmaken, of een grotere schijf nemen.")
    return Check("disk", _("Schijf"), is_well=is_well, words=words, cure=cure)


def _left(folder: Path) -> int:
    """Of the disk on which it is, or will be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


@dataclass(frozen=True)
class Task:
    """Something that the timers do again and again, with what to say of it."""

    key: str
    job: str
    name: Any
    #: When it was never done, and when it was: with `when`, and perhaps `folder`.
    never: Any
    last: Any
    cure: Any

    def check(self, job: jobs.Job, *, is_well: bool) -> Check:
        words = str(self.never)
        if job.good_at is not None:
            about = {"when": said_moment(job.good_at), "folder": settings.BACKUP_DIR}
            words = self.last % about
        return Check(
            self.key,
            str(self.name),
            is_well=is_well,
            words=_with_problem(words, job),
            cure=str(self.cure),
            never_tried=job.good_at is None and job.failed_at is None,
        )


_BACKUP = Task(
    "backup",
    jobs.BACKUP,
    gettext_lazy("Back-up"),
    never=gettext_lazy("Er is nog geen back-up gemaakt."),
    last=gettext_lazy("De laatste goede back-up is van %(when)s en staat in %(folder)s."),
    cure=gettext_lazy(
        "Laat wie de server beheert “manage.py backup” doen, en kijken of de timer daarvan loopt."
    ),
)
_SECOND_PLACE = Task(
    "second_place",
    jobs.SECOND_PLACE,
    gettext_lazy("Tweede plaats"),
    never=gettext_lazy("Op de tweede plaats staat nog geen back-up."),
    last=gettext_lazy("De laatste kopie op de tweede plaats is van %(when)s."),
    cure=gettext_lazy(
        "Laat wie de server beheert kijken of de schijf of de share verbonden is. De back-up op de "
        "eerste plaats is er wel."
    ),
)
_RESTORE_TEST = Task(
    "restore_test",
    jobs.RESTORE_TEST,
    gettext_lazy("Hersteltest"),
    never=gettext_lazy("Nog nooit geprobeerd om een back-up terug te zetten."),
    last=gettext_lazy("Op %(when)s is een back-up op proef teruggezet: dat lukte."),
    cure=gettext_lazy(
        "Laat wie de server beheert “manage.py test_restore” doen, en een nieuwe back-up maken als "
        "dat mislukt."
    ),
)
_TIMER = Task(
    "timer",
    jobs.DUE,
    gettext_lazy("Timer"),
    never=gettext_lazy("De klusjes van de timer zijn nog nooit gedaan."),
    last=gettext_lazy("De klusjes van de timer zijn laatst gedaan op %(when)s."),
    cure=gettext_lazy(
        "Laat wie de server beheert kijken of de timer van “manage.py run_due” loopt. Zolang die "
        "stilstaat, vertrekt er geen mail."
    ),
)


def check_backup(now: dt.datetime) -> Check:
    job = jobs.job(_BACKUP.job)
    return _BACKUP.check(job, is_well=_is_fresh(job, now, BACKUP_AGE) and _is_there(job))


def _is_there(job: jobs.Job) -> bool:
    """Somebody may have emptied the folder since."""
    return (Path(settings.BACKUP_DIR) / str(job.facts.get("file", "-"))).exists()


def check_second_place() -> Check:
    """As the last backup left it: looking there now could hang."""
    job = jobs.job(_SECOND_PLACE.job)
    # By name, not by age: without a change there is no new backup, and so no new copy.
    has_last = job.facts.get("file") == jobs.job(jobs.BACKUP).facts.get("file")
    is_well = job.good_at is not None and has_last and not job.failed_last
    return _SECOND_PLACE.check(job, is_well=is_well)


def check_restore_test(now: dt.datetime) -> Check:
    job = jobs.job(_RESTORE_TEST.job)
    return _RESTORE_TEST.check(job, is_well=_is_fresh(job, now, TEST_AGE) and not job.failed_last)


def check_timer(now: dt.datetime) -> Check:
    job = jobs.job(_TIMER.job)
    return _TIMER.check(job, is_well=_is_fresh(job, now, TIMER_AGE))


def check_mail() -> Check:
    """As the last round of the timer counted it: a page sees the mail of its own STEK only."""
    stuck = int(jobs.job(jobs.DUE).facts.get("stuck_mails", 0))
    if not stuck:
        return Check("mail", _("Mail"), is_well=True, words=_("Er blijft geen mail steken."))
    words = _("%(count)s mails wachten al meer dan zes uur.") % {"count": stuck}
    cure = _(
        "Laat wie de server beheert kijken of de mailserver antwoordt. Wat wacht, vertrekt dan "
        "vanzelf."
    )
    return Check("mail", _("Mail"), is_well=False, words=words, cure=cure)


def count_stuck_mails(now: dt.datetime) -> int:
    """By who sees every STEK."""
    return OutgoingMail.objects.stuck_since(now - MAIL_AGE).count()


def _is_fresh(job: jobs.Job, now: dt.datetime, limit: dt.timedelta) -> bool:
    """Also for a clock that was put back: a moment to come says nothing."""
    age = job.age(now)
    return age is not None and -dt.timedelta(hours=1) <= age <= limit


def _with_problem(words: str, job: jobs.Job) -> str:
    if not job.failed_last or job.failed_at is None:
        return words
    since = _("Op %(when)s mislukte het: %(why)s") % {
        "when": said_moment(job.failed_at),
        "why": job.problem,
    }
    return f"{words} {since}"
