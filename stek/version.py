"""Which version of Stek this is: the commit that is checked out."""

from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def version() -> str:
    """Its first letters; nothing for a copy without its history."""
    return commit_of(ROOT / ".git")[:7]


def commit_of(folder: Path) -> str:
    try:
        head = (folder / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        if (folder / name).exists():
            return (folder / name).read_text(encoding="ascii").strip()
        lines = (folder / "packed-refs").read_text(encoding="ascii").splitlines()
        return next((line.split()[0] for line in lines if line.endswith(f" {name}")), "")
    except (OSError, UnicodeDecodeError):
        return ""
