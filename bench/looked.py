"""How fast "Wie keek?" answers over a million rows of the log."""

import datetime as dt
import json
import statistics
import subprocess
import sys
import time

import django
from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench.report import Report
from stek.run import ROOT

ROWS = 1_000_000
#: Spread over this many households, colleagues and days.
HOUSEHOLDS, COLLEAGUES, DAYS = 2_000, 40, 365
ROUNDS = 20
MARK_MS = 1_000

#: A row a second or two, the newest last; half of it looking, most of that at households.
_NUMBERS = {
    "postgresql": "SELECT n FROM generate_series(1, {rows}) AS t(n)",
    "sqlite": (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {rows})"
        " SELECT n FROM t"
    ),
}
_AT = {
    "postgresql": "now() - make_interval(secs => ({rows} - n) * {step})",
    "sqlite": (
        "strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || CAST(({rows} - n) * {step} AS TEXT)"
        " || ' seconds')"
    ),
}
_INSERT = """
    INSERT INTO accounts_auditevent
        (at, kind, verb, actor_id, stek_id, subject_type, subject_id, fields)
    SELECT {at}, CASE n % 2 WHEN 0 THEN 'read' ELSE 'change' END, 'open',
        {first_user} + (n * 7) % {colleagues}, {stek}, 'household',
        {first_household} + (n * 13) % {households}, '[]'
    FROM ({numbers}) AS numbers
"""


def looked(report: Report, environments: dict[str, dict[str, str]], *, quick: bool) -> None:
    """The slowest answer of each page; `environments` has an empty database."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.looked", str(ROWS // 5 if quick else ROWS)],
        cwd=ROOT,
        env=environments["looked"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    for what, times in found.items():
        note = f"the slowest of {ROUNDS}; p50 {statistics.median(times):.0f} ms"
        report.add(f"who looked: {what}", max(times), limit=MARK_MS, note=note)


def measure(rows: int) -> dict[str, list[float]]:
    """Make the rows, ask, and say how many milliseconds each answer took."""
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    from django.core.management import call_command
    from django.db import connection

    from accounts.roles import Role
    from people.models import Household
    from tests import factories
    from tests.cast import signed_in

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    stek = factories.stek("Kalmthout")
    members = [factories.membership(stek, Role.COORDINATOR) for _one in range(COLLEAGUES)]
    first = factories.household(stek, by=members[0].user)
    Household.objects.bulk_create(
        Household(stek=stek, number=number, first_name="Jo", created_by=members[0].user)
        for number in range(2, HOUSEHOLDS + 1)
    )
    vendor, step = connection.vendor, DAYS * 86_400 / rows
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(
                at=_AT[vendor].format(rows=rows, step=step),
                numbers=_NUMBERS[vendor].format(rows=rows),
                first_user=members[0].user_id,
                colleagues=COLLEAGUES,
                stek=stek.pk,
                first_household=first.pk,
                households=HOUSEHOLDS,
            )
        )
        cursor.execute("ANALYZE")
    client, today = signed_in(members[0]), timezone.localdate()
    client.get("/huishoudens/")  # a server has loaded its code before anybody asks
    colleague = f"/huishoudens/wie-keek/{members[1].user_id}/"
    household = f"/huishoudens/{first.pk + 5}/wie-keek/"
    pages = {
        "a colleague": colleague,
        "a colleague, long ago": f"{colleague}?tot={today - dt.timedelta(300)}",
        "a household": household,
        "a household, half a year ago": f"{household}?tot={today - dt.timedelta(180)}",
        "the week with unusual reading": "/week/",
    }
    return {what: _times(client, page) for what, page in pages.items()}


def _times(client: Client, page: str) -> list[float]:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        response = client.get(page, follow=True)
        times.append(1000 * (time.perf_counter() - start))
        if response.status_code != 200:
            raise SystemExit(f"{page} was answered with {response.status_code}.")
    return times


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
