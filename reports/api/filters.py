"""What stands behind the `?` of an address of the API: each at most once, and nothing unknown."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.api.problems import bad_filter
from reports.kinds import KINDS, Kind
from visits.period import Period, PeriodError

#: What leaves the house, and has one name in every STEK.
SHARED: dict[str, Kind] = {key: kind for key, kind in KINDS.items() if kind.leaves_house}
USUAL = "saamo"

NUMBER = re.compile("[1-9][0-9]{0,4}")
SLUG = re.compile("[a-zA-Z0-9_-]{1,60}")


@dataclass(frozen=True)
class Wanted:
    """Which lines of the list; None: all of them."""

    stek: str | None
    period: Period | None
    report: str | None
    page: int


def read_list(asked: QueryDict) -> Wanted:
    given = _once(asked, {"stek", "period", "report", "page"})
    stek = given.get("stek")
    if stek is not None and not SLUG.fullmatch(stek):
        raise bad_filter(_("“stek” is de korte naam van een STEK, bijvoorbeeld kalmthout."))
    period = read_period(given["period"]) if "period" in given else None
    if "period" in given and period is None:
        raise bad_filter(
            _("“period” is een periode, bijvoorbeeld 2026-Q3, 2026-H1, 2026-03 of 2026.")
        )
    report = _report(given["report"]).key if "report" in given else None
    return Wanted(stek, period, report, _number(given, "page") or 1)


def read_one(asked: QueryDict) -> tuple[Kind, int | None]:
    """Which report, and which version; None: the latest."""
    given = _once(asked, {"report", "version"})
    return _report(given.get("report", USUAL)), _number(given, "version")


def read_sum(asked: QueryDict) -> Kind:
    return _report(_once(asked, {"report"}).get("report", USUAL))


def read_nothing(asked: QueryDict) -> None:
    _once(asked, set())


def read_period(key: str) -> Period | None:
    try:
        return Period.parse(key)
    except PeriodError:
        return None


def _once(asked: QueryDict, known: Collection[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, values in asked.lists():
        if name not in known:
            names = ", ".join(sorted(known)) or _("geen")
            raise bad_filter(_("Een van de filters is niet gekend. Gekend: %s.") % names)
        if len(values) > 1:
            raise bad_filter(_("Geef “%s” maar één keer.") % name)
        given[name] = str(values[0])
    return given


def _report(key: str) -> Kind:
    if key not in SHARED:
        raise bad_filter(_("“report” is een van: %s.") % ", ".join(SHARED))
    return SHARED[key]


def _number(given: dict[str, str], name: str) -> int | None:
    if name not in given:
        return None
    if not NUMBER.fullmatch(given[name]):
        raise bad_filter(_("“%s” is een getal vanaf 1.") % name)
    return int(given[name])
