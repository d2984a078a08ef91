"""`python -m bench.looked`: how fast "Wie keek?" answers over a million rows, on both engines."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings

from bench.__main__ import ENGINES, empty_place, server
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


def inside() -> None:
    """Make the rows in a process of its own, ask, and say what it took."""
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
    vendor, step = connection.vendor, DAYS * 86_400 / ROWS
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(
                at=_AT[vendor].format(rows=ROWS, step=step),
                numbers=_NUMBERS[vendor].format(rows=ROWS),
                first_user=members[0].user_id,
                colleagues=COLLEAGUES,
                stek=stek.pk,
                first_household=first.pk,
                households=HOUSEHOLDS,
            )
        )
        cursor.execute("ANALYZE")
    client = signed_in(members[0])
    colleague, household = f"/huishoudens/wie-keek/{members[1].user_id}/", first.pk + 5
    pages = {
        "a colleague": colleague,
        "a colleague, long ago": f"{colleague}?tot=2026-01-15",
        "a household": f"/huishoudens/{household}/wie-keek/",
        "a household, half a year ago": f"/huishoudens/{household}/wie-keek/?tot=2026-05-31",
        "the week with unusual reading": "/week/",
    }
    for what, page in pages.items():
        times = []
        for _round in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(page, follow=True)
            times.append(1000 * (time.perf_counter() - start))
            assert response.status_code == 200, (page, response.status_code)
        worst = max(times)
        print(f"{vendor}: {what}: median {statistics.median(times):.0f} ms, worst {worst:.0f} ms")
        assert worst <= MARK_MS, "over the mark"


def main() -> None:
    for engine in ENGINES:
        with server(engine) as url, tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "static").mkdir()
            env = empty_place("looked", url, Path(folder))
            command = [sys.executable, "-m", "bench.looked", "inside"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    inside() if sys.argv[1:] == ["inside"] else main()
