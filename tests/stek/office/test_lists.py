"""The lists that a coordinator keeps in the office: themes, kinds of help, papers."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Membership, User
from accounts.roles import Role
from forms_help.models import Document, HelpType, Theme
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import add, change, changelist, delete, form_of, invite, save

#: What a form of each list holds besides the name.
LISTS: dict[Any, dict[str, Any]] = {
    Theme: {"position": 10},
    HelpType: {"position": 10},
    Document: {
        "pictogram": "key",
        "position": 10,
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    },
}
MAKE: dict[Any, Any] = {
    Theme: factories.theme,
    HelpType: factories.help_type,
    Document: factories.document,
}
each = pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)


def enter(client: Colleague, model: Any, name: str, **fields: Any) -> Any:
    return client.post(add(model), {"name": name, **LISTS[model], **fields})


def verbs() -> list[tuple[str, list[str]]]:
    events = AuditEvent.objects.filter(kind="change").order_by("id")
    return [(event.verb, event.fields) for event in events]


@each
def test_line_is_added_to_the_list_of_the_own_stek(
    coordinator: Colleague, stek: Stek, model: Any
) -> None:
    assert enter(coordinator, model, "Huis van het Kind").status_code == 302
    row = model.objects.get()
    assert (row.stek, row.name, row.position) == (stek, "Huis van het Kind", 10)
    assert verbs() == [("create", [])]


@each
def test_line_is_renamed_and_is_still_the_same(
    coordinator: Colleague, stek: Stek, model: Any
) -> None:
    row = MAKE[model](stek, "oud")
    assert save(coordinator, change(row), name="nieuw").status_code == 302
    assert [(one.pk, one.name) for one in model.objects.all()] == [(row.pk, "nieuw")]
    assert verbs() == [("update", ["name"])]


@each
def test_line_retires_instead_of_going(coordinator: Colleague, stek: Stek, model: Any) -> None:
    row = MAKE[model](stek, "oud")
    assert coordinator.post(delete(row), {"post": "yes"}).status_code == 403
    assert save(coordinator, change(row), retired="on").status_code == 302
    assert list(model.objects.of_stek(stek).in_use()) == []
    assert model.objects.get().name == "oud"


@each
def test_same_name_twice_is_refused_in_words(
    coordinator: Colleague, stek: Stek, model: Any
) -> None:
    MAKE[model](stek, "oud")
    answer = enter(coordinator, model, "oud")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Deze naam staat al in de lijst." in page
    assert model.objects.count() == 1


@each
def test_name_of_another_stek_is_free_and_its_row_out_of_reach(
    coordinator: Colleague, essen: Stek, model: Any
) -> None:
    row = MAKE[model](essen, "elders")
    assert enter(coordinator, model, "elders").status_code == 302
    assert coordinator.get(change(row))["Location"] == reverse("admin:index")
    assert list(coordinator.get(changelist(model)).context["cl"].queryset) != [row]


@each
def test_bad_name_is_refused(coordinator: Colleague, model: Any) -> None:
    for name in ("", "<b>", "=1+1", "85.07.30-033.61", "x" * 200):
        answer = enter(coordinator, model, name)
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["name"], name
    assert not model.objects.exists()


@each
def test_volunteer_keeps_no_lists(counter: Colleague, model: Any) -> None:
    assert enter(counter, model, "nieuw").status_code == 403


def test_list_stands_in_the_order_that_was_chosen(coordinator: Colleague, stek: Stek) -> None:
    for name, position in (("b", 2), ("a", 3), ("c", 1)):
        factories.theme(stek, name, position=position)
    rows = coordinator.get(changelist(Theme)).context["cl"].queryset
    assert [row.name for row in rows] == ["c", "b", "a"]


def test_theme_that_is_renamed_or_retired_stays_with_the_questions(
    coordinator: Colleague, stek: Stek
) -> None:
    theme = factories.theme(stek, "energie")
    visit = factories.visit(factories.opening(stek), factories.household(stek))
    question = factories.question(visit, theme)
    save(coordinator, change(theme), name="energie en water", retired="on")
    question.refresh_from_db()
    assert question.theme.name == "energie en water"


@pytest.mark.parametrize("make", [factories.theme, factories.help_type])
def test_papers_and_partners_of_a_line_are_of_the_own_stek(
    coordinator: Colleague, stek: Stek, essen: Stek, make: Any
) -> None:
    row = make(stek)
    own = {"documents": factories.document(stek).pk, "partners": factories.partner(stek).pk}
    other = {"documents": factories.document(essen).pk, "partners": factories.partner(essen).pk}
    assert save(coordinator, change(row), **other).status_code == 200
    assert not row.partners.exists()
    assert save(coordinator, change(row), **own).status_code == 302
    assert [row.documents.get().pk, row.partners.get().pk] == list(own.values())


# --- for whom a colleague works ---


def test_colleague_works_for_a_partner(coordinator: Colleague, stek: Stek) -> None:
    ligo = factories.partner(stek, "LIGO")
    assert invite(coordinator, role=Role.HELPER, partner=ligo.pk).status_code == 302
    membership = Membership.objects.get(user__username="nieuw")
    assert membership.partner == ligo
    assert "LIGO" in coordinator.get(changelist(User)).content.decode()
    assert save(coordinator, change(membership.user), partner="").status_code == 302
    membership.refresh_from_db()
    assert membership.partner is None
    assert verbs() == [("create", []), ("update", ["partner"])]


def test_colleague_without_a_partner_is_invited_as_before(coordinator: Colleague) -> None:
    assert invite(coordinator).status_code == 302
    assert Membership.objects.get(user__username="nieuw").partner is None


def test_only_partners_in_use_of_the_own_stek_are_offered(
    coordinator: Colleague, stek: Stek, essen: Stek
) -> None:
    retired, other = factories.partner(stek, "Oud", retired=True), factories.partner(essen)
    for partner in (retired, other):
        assert invite(coordinator, partner=partner.pk).status_code == 200
    for wrong in ("x", "0", "9" * 30):
        assert invite(coordinator, partner=wrong).status_code == 200
    assert not User.objects.filter(username="nieuw").exists()


def test_partner_that_retired_stays_with_who_works_for_it(
    coordinator: Colleague, counter: Colleague, stek: Stek
) -> None:
    retired = factories.partner(stek, "Oud", retired=True)
    counter.membership.partner = retired
    counter.membership.save()
    assert form_of(coordinator, change(counter.user))["partner"] == retired.pk
    assert save(coordinator, change(counter.user), first_name="Rita-Maria").status_code == 302
    counter.membership.refresh_from_db()
    assert counter.membership.partner == retired


def test_partner_in_another_stek_does_not_show_here(
    coordinator: Colleague, counter: Colleague, essen: Stek
) -> None:
    partner = factories.partner(essen, "Elders")
    factories.membership(essen, Role.HELPER, user=counter.user, partner=partner)
    assert "Elders" not in coordinator.get(changelist(User)).content.decode()
    assert "Elders" not in coordinator.get(change(counter.user)).content.decode()
    save(coordinator, change(counter.user), role=Role.HELPER)
    assert Membership.objects.get(user=counter.user, stek=essen).partner == partner


def test_coordinator_sees_for_whom_a_colleague_of_higher_rank_works(
    coordinator: Colleague, mika: Colleague, stek: Stek
) -> None:
    mika.membership.partner = factories.partner(stek, "Rap op Stap")
    mika.membership.save()
    assert "Rap op Stap" in coordinator.get(change(mika.user)).content.decode()
