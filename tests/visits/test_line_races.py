"""The line for a question, with many helpers at one moment."""

from collections import Counter

import pytest
from zeal import zeal_ignore

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import Question
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk as table
from tests.races import at_once, statuses
from tests.visits import desk
from visits.models import Opening, QueueTurn, Visit


@pytest.fixture
def tablets(stek):
    """Twenty, each with a helper."""
    return [signed_in(factories.membership(stek, Role.HELPER)) for _ in range(20)]


@pytest.fixture
def rent(stek):
    return factories.theme(stek)


def take_next(client, opening):
    """In a stampede one looks at many numbers, each once: no list that asks per row."""
    with zeal_ignore():
        return table.take_next(client, opening)


def waiting(opening: Opening, count: int) -> list[Visit]:
    return [factories.anonymous_visit(opening, purposes=["question"]) for _ in range(count)]


@pytest.mark.django_db(transaction=True)
def test_ten_helpers_who_call_the_next_get_each_another(tablets, opening):
    waiting(opening, 12)
    answers = at_once(10, lambda n: take_next(tablets[n], opening))
    assert statuses(answers) == {302: 10}
    assert len({answer.url for answer in answers}) == 10
    taken = QueueTurn.objects.values_list("visit__queue_number", flat=True)
    assert set(taken) == set(range(1, 11))
    assert AuditEvent.objects.filter(verb="take").count() == 10


@pytest.mark.django_db(transaction=True)
def test_ten_helpers_with_three_who_wait_get_three(tablets, opening):
    waiting(opening, 3)
    answers = at_once(10, lambda n: take_next(tablets[n], opening))
    assert statuses(answers) == {302: 3, 422: 7}
    assert QueueTurn.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_twenty_helpers_at_one_number_one_gets_it_and_the_others_are_told(tablets, opening):
    (visit,) = waiting(opening, 1)
    answers = at_once(20, lambda n: table.take(tablets[n], visit))
    assert statuses(answers) == {302: 1, 422: 19}
    winner = QueueTurn.objects.get().taken_by
    told = [desk.text_of(answer) for answer in answers if answer.status_code == 422]
    assert all(f"{winner} nam nummer 1 net." in page for page in told)
    assert AuditEvent.objects.filter(verb="take").count() == 1


@pytest.mark.django_db(transaction=True)
def test_taking_and_handing_back_at_once_leaves_one_turn_or_none(tablets, opening):
    (visit,) = waiting(opening, 1)

    def one(n: int):
        with zeal_ignore():  # handed back in that very moment: it is tried again
            return (table.hand_back if n % 2 else table.take)(tablets[n], visit)

    answers = at_once(10, one)
    assert set(statuses(answers)) <= {302, 422}
    logged = Counter(AuditEvent.objects.filter(kind="change").values_list("verb", flat=True))
    assert logged["take"] - logged["hand_back"] == QueueTurn.objects.count() <= 1


@pytest.mark.django_db(transaction=True)
def test_helped_called_and_gone_at_once_is_helped(tablets, opening, rent):
    (visit,) = waiting(opening, 1)

    def one(n: int):
        if n % 3 == 0:
            return table.note(tablets[n], visit, theme=rent)
        return (table.leave if n % 3 == 1 else table.take)(tablets[n], visit)

    answers = at_once(12, one)
    assert set(statuses(answers)) <= {302, 422}
    assert set(statuses(answers[::3])) == {302}
    assert QueueTurn.objects.get().end == "helped"
    assert AuditEvent.objects.filter(verb="finish").count() == 1
    assert Question.objects.count() == 4
