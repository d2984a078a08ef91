"""The figures, each with its limit; small and large are two sets, served."""

from collections.abc import Callable

from bench.numbers import p50, p95
from bench.over_http import (
    BEFORE,
    MEASURED,
    Colleague,
    Place,
    locked_lines,
    measure_counter,
    measure_load,
    measure_search,
    memory,
)
from bench.public import public_page
from bench.referrals import brief, listed, loop, partner_page, read_in
from bench.report import Report
from bench.table import table
from bench.weight import weigh


def people_of(place: Place) -> str:
    return f"{round(place.facts['people'], -3):,} people".replace(",", " ")


def in_server(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """Search without HTTP: the whole view with its session, queries and template."""
    for place, limit in ((small, 10), (large, 50)):
        times, size = place.facts["search"], people_of(place)
        for part, how in (
            ("alone", "people.search.find_households; a typing mix, 13 % with a slip"),
            ("view", "the view in one process: middleware, session, search, template"),
        ):
            took = times[f"all {part}"]
            report.add(f"search p50, {size}, {part}", took["p50"], note=how)
            report.add(f"search p95, {size}, {part}", took["p95"], limit=limit, note=how)
        slips = times["slip view"]
        report.add(f"search p95, {size}, with a slip", slips["p95"], note="the view")


def recall(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """The right household among the first five, for a list of spellings and slips."""
    for place, limit in ((small, 10), (large, 50)):
        found, size = place.facts["recall"], people_of(place)
        note = f"{found['asked']} pairs; missed: {found['missed'] or 'none'}"
        name = f"found among the first five, {size}"
        report.add(name, found["found"], unit="%", limit=95, at_least=True, note=note)
        report.add(f"search p95, {size}, pairs", found["p95"], limit=limit, note="search alone")


def queries(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    asked = large.facts["queries"]
    note = "session, user with role, opening, household with access, visit, audit"
    report.add("check-in queries, the form", len(asked["post"]), unit="", limit=10, note=note)
    report.add("check-in queries, the page after it", len(asked["get"]), unit="", limit=10)


def check_in(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """Against the bare insert in the same run; and the same with 100 times the visits."""
    measure_counter([small, large], rounds=2 if quick else 10)
    bare = small.p50("bare insert")
    report.add("bare insert p50", bare, note="session, sign-in check, CSRF, one insert")
    listed = f"list of {BEFORE} to {BEFORE + MEASURED} visits"
    for name in ("check-in", "check-in and page"):
        report.add(f"{name} p50", small.p50(name), note=listed)
        report.add(f"{name} p50 / bare insert", small.p50(name) / bare, unit="x", limit=2.5)
    two = small.p50("bare insert and page")
    report.add("bare insert and page p50", two, note="and then a page with one query")
    both = small.p50("check-in and page") / two
    report.add("check-in and page p50 / bare insert and page", both, unit="x", limit=2.5)
    report.add("counter page p50", small.p50("counter page"), note=listed)
    more = f"{large.facts['visits']:,} visits / {small.facts['visits']:,}".replace(",", " ")
    for name in ("check-in", "check-in and page", "counter page"):
        ratio = large.p50(name) / small.p50(name)
        report.add(f"flat: {name} p50", ratio, unit="x", limit=1.5, note=more)


def search_ratio(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    measure_search(large, 60 if quick else 300)
    bare = large.p50("bare prefix")
    note = f"names found as typed, {large.facts['people']} people"
    report.add("bare prefix p50", bare, note="session, sign-in check, CSRF, one prefix query")
    report.add("search p50 over HTTP", large.p50("search"), note=note)
    report.add("search p50 / bare prefix", large.p50("search") / bare, unit="x", limit=3)


def load(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    seen = measure_load(large, rounds=2 if quick else 12)
    note = "10 clients without a pause, the large set"
    for name, took in (
        ("search", seen.search),
        ("check-in", seen.form),
        ("check-in and page", seen.check_in),
    ):
        report.add(f"10 clients: {name} p50", p50(took), note=note)
        report.add(f"10 clients: {name} p95", p95(took), limit=300, note=note)
    report.add("10 clients: failed requests", seen.failed, unit="", limit=0)
    lost = abs(seen.acknowledged - seen.counted)
    told = f"{seen.acknowledged} check-ins acknowledged"
    report.add("10 clients: check-ins lost or doubled", lost, unit="", limit=0, note=told)
    report.add("10 clients: 'locked' in the log", locked_lines(large.running.log), unit="", limit=0)


def weight(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    with Colleague(small) as colleague:
        for household in small.households[: BEFORE + MEASURED]:
            _posted, page = colleague.check_in(household)
        weighed = weigh(colleague, "/balie/")
        searches = [colleague.search(text).wire for text in small.prefixes()[:100]]
        colleague.clean()
    heaviest = ", ".join(
        f"{address.rpartition('/')[2] or 'page'} {size / 1000:.1f}"
        for address, size in weighed.parts[:4]
    )
    report.add("first page", weighed.first / 1000, unit="kB", limit=120, note=heaviest)
    report.add("first page, requests", weighed.requests, unit="", limit=10)
    report.add("first page once cached", weighed.cached / 1000, unit="kB", limit=20)
    report.add("search answer, largest", max(searches) / 1000, unit="kB", limit=8)
    listed = f"a list of {BEFORE + MEASURED} visits"
    report.add("check-in answer", page.wire / 1000, unit="kB", limit=8, note=listed)


def worker_memory(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """Last: after everything that the others have asked."""
    with Colleague(large) as colleague:
        for text in (large.prefixes() * 5)[:500]:
            colleague.search(text)
    used = memory(large.running)
    note = f"after more than 500 requests; proportional {used['Pss']:.0f} MB"
    report.add("memory of one worker", used["Rss"], unit="MB", limit=150, note=note)


ALL: dict[str, Callable[..., None]] = {
    "search": in_server,
    "recall": recall,
    "queries": queries,
    "check-in": check_in,
    "search-ratio": search_ratio,
    "load": load,
    "table": table,
    "referrals": listed,
    "loop": loop,
    "answer": partner_page,
    "brief": brief,
    "weight": weight,
    "public": public_page,
    "memory": worker_memory,
    "import": read_in,
}
