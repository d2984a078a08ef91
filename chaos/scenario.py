"""A scenario: a name, the engines it is for, the place it wants, and the function that does it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from chaos.places import Place, Wish

BOTH = ("sqlite", "postgresql")

#: Seconds within which the service answers again by itself, when what was wrong is over.
RECOVERY = 10.0


class Missing(Exception):
    """This machine lacks what the scenario needs: the message says what, and it is not held."""


@dataclass
class Trial:
    """One scenario on one place: what was done, and what should not have been."""

    place: Place
    #: Of the loads.
    minutes: float = 10.0
    done: str = ""
    recovery: float | None = None
    problems: list[str] = field(default_factory=list)
    #: Keys of rows that came by another way than the ledger.
    but: set[str] = field(default_factory=set)
    errors: str = ""

    def must(self, is_so: object, otherwise: str) -> None:
        if not is_so:
            self.problems.append(otherwise)

    def recovered(self, since: float, *, within: float = RECOVERY, wait: float = 60.0) -> None:
        """From that moment on: when the next form was acknowledged."""
        deadline = since + wait
        while (found := self.place.ledger.first_after(since)) is None:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self.recovery = found
        self.must(found is not None, f"nothing was acknowledged in {wait:.0f} s")
        if found is not None:
            self.must(
                found <= within, f"recovery took {found:.1f} s, where {within:.0f} is allowed"
            )


@dataclass(frozen=True)
class Scenario:
    name: str
    do: Callable[[Trial], None]
    engines: tuple[str, ...]
    wish: Wish
    quick: bool
    is_load: bool


ALL: dict[str, Scenario] = {}


def scenario(
    *,
    engines: tuple[str, ...] = BOTH,
    wish: Wish | None = None,
    quick: bool = False,
    load: bool = False,
) -> Callable[[Callable[[Trial], None]], Callable[[Trial], None]]:
    """The name is that of the function, in words; `quick`: some seconds."""

    def known(do: Callable[[Trial], None]) -> Callable[[Trial], None]:
        name = do.__name__.replace("_", " ")
        ALL[name] = Scenario(name, do, engines, wish or Wish(), quick, load)
        return do

    return known
