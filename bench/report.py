"""What was measured, against which limit, on which machine; written as a table and as JSON."""

import datetime as dt
import json
import os
import platform
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Figure:
    """`limit` is the highest value allowed, with `at_least` the lowest; None: to know it."""

    name: str
    engine: str
    measured: float
    unit: str
    limit: float | None
    at_least: bool = False
    note: str = ""
    #: When it was measured; a run of some groups leaves the figures of the others as they are.
    day: str = ""

    @property
    def met(self) -> bool:
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return "-"
        return "met" if self.met else "MISSED"

    @property
    def limit_text(self) -> str:
        if self.limit is None:
            return ""
        sign = "at least" if self.at_least else "at most"
        return f"{sign} {_number(self.limit)} {self.unit}".rstrip()


class Report:
    """The figures of one engine."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.figures: list[Figure] = []

    def add(
        self,
        name: str,
        measured: float,
        *,
        unit: str = "ms",
        limit: float | None = None,
        at_least: bool = False,
        note: str = "",
    ) -> None:
        self.figures.append(
            Figure(
                name, self.engine, round(measured, 3), unit, limit, at_least, note,
                dt.date.today().isoformat(),  # noqa: DTZ011 - of this machine
            )
        )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.1f}" if value % 1 else f"{value:.0f}"


def machine(versions: dict[str, str]) -> dict[str, str]:
    """What the figures depend on, without naming the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "processor": platform.machine(),
        "system": platform.system(),
        "load before": load(),
        "python": platform.python_version(),
        "django": version("Django"),
        "gunicorn": version("gunicorn"),
        **versions,
    }


def load() -> str:
    """How many processes wanted a core in the last minute; above the cores, times are too long."""
    return f"{os.getloadavg()[0]:.1f}"


def table(figures: list[Figure], about: dict[str, str]) -> str:
    """The figures in Markdown, those of one name together."""
    order = {name: place for place, name in enumerate(dict.fromkeys(f.name for f in figures))}
    lines = [
        "# Figures",
        "",
        "Made by `make bench`; client, server and database on the same machine.",
        "",
        *(f"- {name}: {value}" for name, value in about.items()),
        "",
        "| Figure | Engine | Measured | Limit | Verdict | How | Day |",
        "|---|---|---|---|---|---|---|",
    ]
    for figure in sorted(figures, key=lambda f: (order[f.name], f.engine)):
        measured = f"{_number(round(figure.measured, 1))} {figure.unit}".rstrip()
        lines.append(
            f"| {figure.name} | {figure.engine} | {measured} | {figure.limit_text} "
            f"| {figure.verdict} | {figure.note} | {figure.day} |"
        )
    return "\n".join(lines) + "\n"


def write(figures: list[Figure], about: dict[str, str], *, all_of_them: bool) -> None:
    """Beside the figures that were measured earlier, unless all were measured now."""
    RESULTS.mkdir(exist_ok=True)
    if not all_of_them:
        figures = _in_place(figures)
    (RESULTS / "latest.md").write_text(table(figures, about), encoding="utf-8")
    content = {
        "machine": about,
        "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in figures],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (RESULTS / "latest.json").write_text(text, encoding="utf-8")


def _in_place(measured: list[Figure]) -> list[Figure]:
    """The figures of earlier with these in their place; new ones after them."""
    latest = RESULTS / "latest.json"
    known = json.loads(latest.read_text(encoding="utf-8"))["figures"] if latest.exists() else []
    names = {field.name for field in fields(Figure)}
    figures = [Figure(**{k: v for k, v in one.items() if k in names}) for one in known]
    found = {(figure.name, figure.engine): figure for figure in figures}
    found |= {(figure.name, figure.engine): figure for figure in measured}
    return list(found.values())
