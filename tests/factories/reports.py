"""Reports: composed, frozen, exported, and who reads their figures."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from places.models import Stek
from referrals.tokens import hash_of, new_token
from reports.exports.folder import begin, complete, new_name
from reports.kinds import KINDS
from reports.models import ComposedReport, Consumer, Export, Snapshot
from reports.report import compared
from reports.safe import make_safe
from reports.stored import as_json
from tests.factories.accounts import user
from tests.factories.moments import today
from tests.factories.numbers import fresh
from visits.period import Period


def composed_report(stek: Stek, name: str = "", **fields: Any) -> ComposedReport:
    """With two tables, made for others."""
    values: dict[str, Any] = {
        "tables": ["meet", "questions_theme"],
        "created_by": fields.pop("by", None) or user(),
    }
    name = name or f"Rapport {fresh()}"
    return ComposedReport.objects.create(stek=stek, name=name, **(values | fields))


def export(stek: Stek, **fields: Any) -> Export:
    """Visits of this year as CSV, ready, with its file; another state has none."""
    values: dict[str, Any] = {
        "subject": "visits",
        "file_format": "csv",
        "first_day": today().replace(month=1, day=1),
        "last_day": today(),
        "reason": "own_work",
        "reason_words": "jaarverslag",
        "created_by": fields.pop("by", None) or user(),
        "state": "done",
    } | fields
    if values["state"] == "done" and "file" not in values:
        values["file"] = new_name("csv")
        begin(values["file"]).write_bytes(b"dag;klantnummer\r\n")
        complete(values["file"])
        values |= {"rows": 0, "size": 17, "expires_at": timezone.now() + dt.timedelta(hours=24)}
    return Export.objects.create(stek=stek, **values)


def snapshot(
    stek: Stek,
    kind: str = "gemeente",
    period: str = "2026-Q1",
    *,
    stale: bool = False,
    **fields: Any,
) -> Snapshot:
    """Frozen by the machine, as it is counted now; `stale`: as if a visit was struck out since."""
    names = KINDS[kind].tables if kind in KINDS else ("meet", "questions_theme")
    about = Period.parse(period)
    report = compared(kind, kind.capitalize(), names, steks=[stek], period=about)
    stored = as_json(report)
    if stale:
        stored["tables"][0]["rows"][1][3][0] += 1
    values: dict[str, Any] = {
        "stek": stek,
        "first": about.first,
        "last": about.last,
        "figures": stored,
        "shown": as_json(make_safe(report, ())),
        "definitions_version": report.definitions_version,
        "made_at": timezone.now(),
    }
    return Snapshot.objects.create(kind=kind, period=period, **(values | fields))


def consumer(
    *steks: Stek, name: str = "Koepel", token: str = "", by: User | None = None, **fields: Any
) -> Consumer:
    """Who reads the figures of these STEKs, with this token."""
    row = Consumer.objects.create(
        name=name,
        token_hash=hash_of(token or new_token()),
        created_by=by or user(),
        **fields,
    )
    row.steks.set(steks)
    return row
