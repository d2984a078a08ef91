"""What each scenario found, in one line; `chaos/results/latest.md` holds the last of each."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
COLUMNS = (
    "Scenario", "Engine", "What was done", "Acknowledged", "Rows", "Lost", "Doubled",
    "Errors on the way", "Recovery", "Verdict", "Day",
)  # fmt: skip


@dataclass
class Result:
    """`recovery`: seconds until the next acknowledgement, after what was wrong was over."""

    name: str
    engine: str
    done: str = ""
    acknowledged: int = 0
    rows: int = 0
    lost: int = 0
    doubled: int = 0
    errors: str = "0"
    recovery: float | None = None
    problems: list[str] = field(default_factory=list)
    day: str = ""

    @property
    def verdict(self) -> str:
        return "held" if not self.problems else "BROKEN: " + "; ".join(self.problems)

    def cells(self) -> list[str]:
        recovery = "" if self.recovery is None else f"{self.recovery:.1f} s"
        numbers = (self.acknowledged, self.rows, self.lost, self.doubled)
        shown = [self.name, self.engine, self.done, *map(str, numbers), self.errors, recovery]
        return [
            one.replace("|", "/").replace("\n", " ") for one in (*shown, self.verdict, self.day)
        ]

    def line(self) -> str:
        """For who watches."""
        return (
            f"{self.name} ({self.engine}): {self.done}; {self.acknowledged} acknowledged, "
            f"{self.rows} rows, {self.lost} lost, {self.doubled} doubled; errors: {self.errors}; "
            f"recovery: {self.cells()[8] or '-'}; {self.verdict}"
        )


def table(results: list[Result], about: dict[str, str]) -> str:
    lines = [
        "# Faults and loads",
        "",
        "Made by `make chaos`: each scenario on an installation of its own, over HTTP, all on one",
        "machine. Acknowledged are the forms that were answered with a redirect; another is",
        "sent again with its own key. A newcomer is two rows under one key.",
        "",
        *(f"- {name}: {value}" for name, value in about.items()),
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|" + "---|" * len(COLUMNS),
        *(f"| {' | '.join(one.cells())} |" for one in results),
    ]
    return "\n".join(lines) + "\n"


def write(results: list[Result], about: dict[str, str], order: list[str]) -> None:
    """In the place of what was found of the same scenario earlier."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / "latest.json"
    known = json.loads(file.read_text(encoding="utf-8"))["results"] if file.exists() else []
    names = {one.name for one in fields(Result)}
    kept = [Result(**{k: v for k, v in one.items() if k in names}) for one in known]
    found = {(one.name, one.engine): one for one in (*kept, *results) if one.name in order}
    ordered = sorted(found.values(), key=lambda one: (order.index(one.name), one.engine))
    text = {"machine": about, "results": [asdict(one) for one in ordered]}
    file.write_text(json.dumps(text, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "latest.md").write_text(table(ordered, about), encoding="utf-8")
