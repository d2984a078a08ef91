"""What somebody may still spend, at the counter."""

from decimal import Decimal

import pytest

from people.models import BudgetRule
from tests import factories
from tests.visits import desk
from visits.models import Visit

STEPS_OF_THREE = [(1, 11), (3, 22), (5, 38)]


MONTHLY = [(1, 10), (2, 15), (3, 20), (4, 25)]


RULES = {
    "18 for one, 42 for a family, a week": (
        {"steps": [(1, 18), (2, 42)], "period": "week"},
        {(1, 0): "deze week € 18,00", (1, 1): "deze week € 42,00", (2, 4): "deze week € 42,00"},
    ),
    "11, 22, 38 by size, a visit": (
        {"steps": STEPS_OF_THREE, "period": "visit"},
        {(2, 0): "dit bezoek € 11,00", (1, 2): "dit bezoek € 22,00", (2, 3): "dit bezoek € 38,00"},
    ),
    "10, 15, 20, 25 a month": (
        {"steps": MONTHLY, "period": "month"},
        {(1, 0): "€ 10,00", (2, 0): "€ 15,00", (1, 2): "€ 20,00", (3, 3): "deze maand € 25,00"},
    ),
    "10 per adult, 5 per child, a week": (
        {"steps": [], "per_adult": Decimal(10), "per_child": Decimal(5), "period": "week"},
        {(1, 0): "deze week € 10,00", (2, 3): "deze week € 35,00"},
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_card_shows_the_budget_of_every_rule_seen_in_the_field(counter, opening, stek, name):
    rule, expected = RULES[name]
    factories.budget_rule(stek, **rule)
    for (adults, children), words in expected.items():
        household = factories.household(stek, adults=adults, children=children)
        factories.access(household)
        desk.check_in(counter, opening, household)
        assert words in desk.card_of(counter, Visit.objects.get(household=household))


def test_card_shows_the_budget_step_that_the_referrer_decided_on(counter, opening, stek, fatima):
    rule = factories.budget_rule(stek, steps=STEPS_OF_THREE)
    factories.access(fatima, budget_step=rule.steps.get(from_persons=5))
    desk.check_in(counter, opening, fatima)
    assert "€ 38,00" in desk.card_of(counter, Visit.objects.get())


def test_card_shows_no_budget_without_a_rule_or_without_shopping(counter, opening, stek, fatima):
    visit = factories.visit(opening, fatima)
    assert "€" not in desk.card_of(counter, visit)
    rule = factories.budget_rule(stek)
    assert "€ 42,00" in desk.card_of(counter, visit)
    desk.press(counter, "set_purpose", visit, set="grocery-0")
    assert "€" not in desk.card_of(counter, visit)
    desk.press(counter, "set_purpose", visit, set="grocery-1")
    BudgetRule.objects.filter(pk=rule.pk).update(active=False)
    assert "€" not in desk.card_of(counter, visit)
