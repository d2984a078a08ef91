"""What the table asks of the database does not grow with the line, or with what was noted."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from forms_help.models import FollowUp, Question
from people.models import Household
from tests import factories
from tests.forms_help import desk
from visits.models import Opening, QueueTurn, Visit

pytestmark = pytest.mark.one_engine("both engines are asked the same questions")

#: Session, person, visit; begin, visit, question, turn, draft, two audit rows, commit; the form's
#: lists and the pattern of the next opening.
MOST_FOR_A_QUESTION = 32


@pytest.fixture
def count(django_assert_max_num_queries):
    """How many queries one request takes."""

    def of(do) -> int:
        with django_assert_max_num_queries(1000) as asked:
            assert do().status_code == 200
        return len(asked)

    return of


def fill(opening: Opening, until: int) -> None:
    """So many in the line, of every kind: waiting, taken, helped; most bring a paper."""
    stek, by = opening.stek, opening.opened_by
    start = opening.last_queue_number
    new = range(start + 1, until + 1)
    households = Household.objects.bulk_create(
        Household(
            stek=stek,
            number=1000 + n,
            first_name=f"Gezin{n}",
            card=f"SK{n:010d}-0",
            created_by=by,
        )
        for n in new
    )
    visits = Visit.objects.bulk_create(
        Visit(
            opening=opening,
            household=household if n % 5 else None,
            adults=1,
            children=0,
            for_question=True,
            queue_number=n,
            created_by=by,
        )
        for n, household in zip(new, households, strict=True)
    )
    QueueTurn.objects.bulk_create(
        QueueTurn(
            visit=visit,
            taken_at=opening.opened_at,
            taken_by=by,
            end="helped" if visit.queue_number % 4 else "",
            ended_at=opening.opened_at if visit.queue_number % 4 else None,
            ended_by=by if visit.queue_number % 4 else None,
        )
        for visit in visits
        if visit.queue_number % 2 == 0
    )
    known = [visit for visit in visits if visit.household_id]
    questions = Question.objects.bulk_create(
        Question(
            opening=opening,
            visit=visit,
            is_chat=True,
            outcome="come_back",
            helper_role="helper",
            created_by=by,
        )
        for visit in known
    )
    follow_ups = FollowUp.objects.bulk_create(
        FollowUp(
            stek=stek,
            question=question,
            household_id=question.visit.household_id,
            kind="papers",
            for_role="helper",
            due=opening.day,
            created_by=by,
        )
        for question in questions
    )
    document = stek.documents.first() or factories.document(stek)
    through = FollowUp.documents.through
    through.objects.bulk_create(
        through(followup_id=one.pk, document_id=document.pk) for one in follow_ups
    )
    opening.last_queue_number = until
    opening.save()


def pages(client, opening: Opening, visit: Visit) -> dict:
    def get(view: str, *args: int):
        return lambda: client.get(reverse(f"forms_help:{view}", args=args))

    return {
        "table": get("table"),
        "opening": get("opening", opening.pk),
        "line": get("line", opening.pk),
        "person": get("person", visit.pk),
        "nameless": get("nameless", opening.pk),
        "counter": lambda: client.get(reverse("visits:counter")),
        "close": lambda: client.get(reverse("visits:close_day", args=[opening.pk])),
    }


@pytest.mark.parametrize(
    "name", ["table", "opening", "line", "person", "nameless", "counter", "close"]
)
def test_page_takes_as_many_queries_with_5_and_with_500_in_the_line(
    helper, opening, visit, count, name
):
    counts = set()
    for visits in (5, 15, 500):
        fill(opening, visits)
        counts.add(count(pages(helper, opening, visit)[name]))
    assert len(counts) == 1


def note(visit: Visit, by, number: int, **fields) -> Question:
    """A question that is still open, with words on every list."""
    stek = visit.opening.stek
    question = factories.question(
        visit,
        factories.theme(stek, f"thema {number}"),
        by=by,
        outcome="come_back",
        help_types=[factories.help_type(stek, f"hulp {number}")],
        **fields,
    )
    document = factories.document(stek, f"blad {number}")
    question.theme.documents.add(document)
    question.theme.partners.add(factories.partner(stek, f"partner {number}"))
    factories.follow_up(question, documents=[document], for_role="", for_user=factories.user())
    return question


@pytest.mark.parametrize("name", ["table", "line", "person", "nameless", "questions", "follow_ups"])
def test_page_takes_as_many_queries_with_1_and_with_3_rows(
    helper, stek, opening, visit, count, name, today
):
    earlier = factories.opening(stek, today - dt.timedelta(days=7), closed=True)
    before = factories.visit(earlier, visit.household, purposes=["question"])
    all_pages = pages(helper, opening, visit) | {
        "questions": lambda: helper.get(reverse("forms_help:questions", args=[opening.pk])),
        "follow_ups": lambda: desk.follow_ups(helper),
    }
    counts = []
    for number in (1, 2, 3):
        note(visit, helper.user, number)
        note(before, helper.user, number + 10)
        done = {"done_at": opening.opened_at, "done_by": helper.user}
        closed = note(visit, helper.user, number + 20).follow_up
        FollowUp.objects.filter(pk=closed.pk).update(**done)
        factories.membership(stek)
        counts.append(count(all_pages[name]))
    assert counts[0] == counts[1] == counts[2]


def test_page_of_what_somebody_brings_takes_as_many_queries_with_1_and_with_3(
    counter, visit, count
):
    counts = set()
    for number in (1, 2, 3):
        note(visit, counter.user, number)
        address = reverse("forms_help:brings", args=[visit.pk])
        counts.add(count(lambda address=address: counter.get(address)))
    assert len(counts) == 1


def test_question_takes_as_many_queries_in_a_long_line(
    helper, opening, visit, rent, letter, django_assert_max_num_queries
):
    desk.take(helper, visit)
    counts = set()
    for visits in (5, 500):
        fill(opening, visits)
        with django_assert_max_num_queries(MOST_FOR_A_QUESTION) as asked:
            fields = {"theme": rent, "help_types": letter, "request_id": uuid.uuid4()}
            assert desk.note(helper, visit, **fields, again="1").status_code == 302
        counts.add(len(asked))
    assert len(counts) == 1
