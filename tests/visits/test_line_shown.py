"""The line for a question as helpers and the counter see it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk as table
from tests.visits import desk
from visits import line_actions


def test_line_shows_who_waits_who_is_with_whom_and_who_was_helped(helper, volunteer, line, opening):
    table.take(volunteer, line[0])
    table.take(helper, line[1])
    listed = table.line_of(helper, opening)
    assert "1 Fatima E. bij Jos, sinds" in listed
    assert "2 Jozef V. bij jou, sinds" in listed
    assert "3 zonder naam" in listed
    assert listed.index("Jozef V.") < listed.index("Fatima E."), "your own come first"
    line_actions.finish(line[0], by=volunteer.user)
    line_actions.leave(line[1], by=helper.user)
    listed = table.line_of(helper, opening)
    assert "Fatima E. geholpen" in listed
    assert "Jozef V. weggegaan" in listed


def test_line_never_shows_a_family_name(helper, line, opening):
    for page in (table.show(helper), table.person(helper, line[0])):
        assert "Amrani" not in page.content.decode()
    assert "Amrani" not in table.line_of(helper, opening)


def test_line_leaves_out_who_was_voided(helper, counter, line, opening):
    desk.press(counter, "void", line[0], reason="mistake")
    assert "Fatima" not in table.line_of(helper, opening)


def test_line_of_one_helper_holds_what_the_counter_just_checked_in(helper, counter, opening, stek):
    stek.default_purposes = ["question"]
    stek.save()
    household = factories.household(stek, "Amina", "Yilmaz")
    assert "Amina" not in table.line_of(helper, opening)
    desk.enter(counter, opening, household.number)
    assert "1 Amina Y. net binnen" in table.line_of(helper, opening)


def test_line_ends_with_the_number_who_wait_for_the_menu(helper, line, opening):
    table.take(helper, line[0])
    assert table.line_of(helper, opening).endswith(" 2 wachten")
    page = helper.get(reverse("forms_help:line", args=[opening.pk])).content.decode()
    assert 'id="line-count" hx-swap-oob="true">2<' in page


def test_line_says_how_long_somebody_waits(db):
    with time_machine.travel("2026-11-18T14:00:00+01:00", tick=False) as clock:
        stek = factories.stek("Kalmthout")
        client = signed_in(factories.membership(stek, Role.HELPER))
        opening = factories.opening(stek)
        household = factories.household(stek)
        now = dt.datetime.fromisoformat("2026-11-18T14:00:00+01:00")
        factories.visit(opening, household, purposes=["question"], arrived_at=now)
        factories.anonymous_visit(opening, purposes=["question"], arrived_at=None)
        for minutes, words in ((0, "net binnen"), (1, "wacht 1 minuut"), (9, "wacht 9 minuten")):
            clock.move_to(now + dt.timedelta(minutes=minutes))
            assert f"1 Fatima E. {words}" in table.line_of(client, opening)
        assert "2 zonder naam wacht " in table.line_of(client, opening)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "٣", "9" * 40, "1 OR 1=1"])
def test_line_with_a_strange_choice_is_the_line(helper, line, opening, chosen):
    address = reverse("forms_help:line", args=[opening.pk])
    response = helper.get(address, {"bij": chosen})
    assert response.status_code == 200
    assert "?bij=0" in response.content.decode()


def test_list_at_the_counter_shows_who_waits_was_helped_or_left(counter, helper, line, opening):
    line_actions.finish(line[0], by=helper.user)
    line_actions.leave(line[1], by=helper.user)
    listed = desk.list_of(counter, opening)
    assert "Fatima E. vraag 1 ✓ geholpen" in listed
    assert "Jozef V. vraag 2 · weg" in listed
    assert "zonder naam, 1 pers. vraag 3" in listed
    assert "1 wacht op een vraag" in listed
    assert listed.endswith(" 1 wachten")
    source = counter.get(reverse("visits:today", args=[opening.pk])).content.decode()
    assert source.count("tag-ask") == 1


def test_numbers_only_stek_shows_no_name_anywhere(helper, counter, line, opening, stek, fatima):
    stek.shows_names = False
    stek.save()
    before = factories.visit(factories.opening(stek, opening.day - dt.timedelta(days=7)), fatima)
    question = factories.question(before, factories.theme(stek), by=helper.user)
    factories.follow_up(question, documents=[factories.document(stek)])
    pages = [table.show(helper), helper.get(reverse("forms_help:line", args=[opening.pk]))]
    pages.append(counter.get(reverse("visits:close_day", args=[opening.pk])))
    table.take(helper, line[0])
    pages += [table.show(helper), table.person(helper, line[0]), table.take(counter, line[0])]
    pages.append(counter.get(reverse("visits:close_day", args=[opening.pk])))
    line_actions.finish(line[0], by=helper.user)
    pages += [table.show(helper), table.person(helper, line[0])]
    for page in pages:
        text = page.content.decode()
        assert not [name for name in ("Fatima", "Amrani", "Jozef", "Broeck") if name in text]
        assert "nr. 2" in text
    assert "klant 1" in desk.text_of(pages[-1])


def test_erased_household_stands_in_the_line_without_a_name(helper, line, opening, fatima):
    fatima.first_name = fatima.last_name = ""
    fatima.erased_at, fatima.eraser = dt.datetime.now(dt.UTC), helper.user
    fatima.save()
    assert "1 gewist" in table.line_of(helper, opening)
    assert table.person(helper, line[0]).status_code == 200
