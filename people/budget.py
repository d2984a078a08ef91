"""How much a household may spend: the pure rule behind the line at the counter."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Budget:
    """The rule of a STEK. `steps` are (from so many persons, amount in euro)."""

    period: str
    period_label: str
    steps: tuple[tuple[int, Decimal], ...] = ()
    per_adult: Decimal = Decimal(0)
    per_child: Decimal = Decimal(0)

    def limit(self, *, adults: int, children: int, chosen_step: Decimal | None = None) -> Decimal:
        """The limit in euro for one period.

        `chosen_step` is the amount that the referrer decided on; it replaces the step that
        follows from the number of persons.
        """
        reached = [step for step in self.steps if step[0] <= adults + children]
        amount = max(reached)[1] if reached else Decimal(0)
        if chosen_step is not None:
            amount = chosen_step
        return amount + adults * self.per_adult + children * self.per_child
