"""Two people worded one thing: per field what stands there now and what this person typed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_help.models import Theme
from policy.actions import Words
from policy.bundle_actions import Wording
from policy.models import Bundle, Signal


@dataclass(frozen=True)
class Compared:
    """One field of what two people worded; `theirs` and `mine` are what a form would send."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_shown: str
    mine_shown: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


def compared(current: Signal | Bundle, typed: Words | Wording) -> list[Compared]:
    """Every field of it."""
    return [
        Compared(
            name=name,
            label=str(getattr(current._meta.get_field(name), "verbose_name", name)),
            theirs=_sent(getattr(current, name)),
            mine=_sent(getattr(typed, name)),
            theirs_shown=_shown(getattr(current, name)),
            mine_shown=_shown(getattr(typed, name)),
        )
        for name in type(typed).__dataclass_fields__
    ]


def _sent(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value.pk) if isinstance(value, Theme) else str(value or "")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return str(value or "–")
