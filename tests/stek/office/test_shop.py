"""The office: referrers and the budget."""

from zeal import zeal_ignore

from people.models import BudgetRule, BudgetStep, Referrer
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import add, change, delete, save


def test_another_spelling_of_a_referrer_is_the_same_one(coordinator: Colleague, stek: Stek) -> None:
    factories.referrer(stek, "OCMW Kalmthout")
    answer = coordinator.post(add(Referrer), {"name": "O.C.M.W. van Kalmthout"})
    assert "Deze toeleider staat er al." in answer.content.decode()


def test_a_referrer_with_a_national_number_is_refused(coordinator: Colleague) -> None:
    answer = coordinator.post(add(Referrer), {"name": "OCMW 85.07.30-033.28"})
    assert answer.status_code == 200
    assert not Referrer.objects.exists()


def test_a_referrer_retires_instead_of_going(coordinator: Colleague, stek: Stek) -> None:
    referrer = factories.referrer(stek)
    assert coordinator.post(delete(referrer), {"post": "yes"}).status_code == 403
    save(coordinator, change(referrer), retired="on")
    referrer.refresh_from_db()
    assert referrer.retired


def test_a_stek_has_one_budget_rule(coordinator: Colleague, stek: Stek) -> None:
    data = {
        "active": "on",
        "period": "week",
        "per_adult": "10",
        "per_child": "5",
        "steps-TOTAL_FORMS": "0",
        "steps-INITIAL_FORMS": "0",
    }
    assert coordinator.post(add(BudgetRule), data).status_code == 302
    assert BudgetRule.objects.get().stek == stek
    assert coordinator.post(add(BudgetRule), data).status_code == 403


def test_a_step_that_a_household_has_stays(coordinator: Colleague, stek: Stek) -> None:
    rule = factories.budget_rule(stek, steps=[(1, 18), (2, 42)])
    first, second = rule.steps.all()
    factories.access(factories.household(stek), budget_step=second)
    with zeal_ignore():  # Django asks for each inner row by its id
        refused = save(coordinator, change(rule), **{"steps-1-DELETE": "on"})
        saved = save(coordinator, change(rule), **{"steps-0-DELETE": "on"})
    assert "1 huishouden heeft een trap" in refused.content.decode()
    assert saved.status_code == 302
    assert list(BudgetStep.objects.all()) == [second]
    assert not BudgetStep.objects.filter(pk=first.pk).exists()
