"""How much a household may spend: the pure rule behind the line at the counter."""

from collections.abc import Iterable
from decimal import Decimal


def budget_limit(
    *,
    adults: int,
    children: int,
    steps: Iterable[tuple[int, Decimal]] = (),
    per_adult: Decimal = Decimal(0),
    per_child: Decimal = Decimal(0),
    chosen_step: Decimal | None = None,
) -> Decimal:
    """The limit in euro for one period.

    `steps` are (from so many persons, amount). `chosen_step` is the amount that the referrer
    decided on; it replaces the step that follows from the size.
    """
    persons = adults + children
    reached = [(start, amount) for start, amount in steps if start <= persons]
    step = max(reached)[1] if reached else Decimal(0)
    if chosen_step is not None:
        step = chosen_step
    return step + adults * per_adult + children * per_child
