"""A list that is read in, with likely duplicates."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import GroceryAccess, Household, Referrer
from people.search import find_households
from tests import factories
from tests.people import import_files as files
from tests.people.importing import NEXT_YEAR, address, confirm, drafted, form_of, text_of

# --- reading in ----------------------------------------------------------------------------------


def test_confirm_reads_in_all_good_rows_with_all_that_belongs_to_them(els, stek):
    response = confirm(els, drafted(els))
    assert "3 huishoudens ingelezen." in text_of(response)
    an, jozef, ingrid = Household.objects.order_by("number")
    assert (an.number, an.full_name, an.adults, an.children) == (1, "An Peeters", 2, 1)
    assert an.phone == "0476 12 34 56"
    assert [member.full_name for member in an.members.all()] == ["Luc Maes"]
    assert (jozef.number, jozef.last_name) == (2, "Van den Broeck")
    assert (ingrid.number, ingrid.accesses.count()) == (5, 0)
    access = an.accesses.get()
    assert (access.valid_until.strftime("%d/%m/%Y"), access.current) == (NEXT_YEAR, True)
    assert access.valid_from == timezone.localdate()
    assert access.referrer == jozef.accesses.get().referrer
    assert [r.name for r in Referrer.objects.filter(stek=stek)] == ["OCMW Kalmthout"]
    assert len({household.card for household in (an, jozef, ingrid)}) == 3


def test_imported_households_and_members_are_found_by_name(els, stek):
    confirm(els, drafted(els))
    an = Household.objects.get(number=1)
    for text in ("vandenbroeck", "peeters", "luc ma"):
        assert find_households(stek=stek, text=text), text
    assert [hit.household_id for hit in find_households(stek=stek, text="luc maes")] == [an.pk]


def test_confirm_is_audited_once_and_reading_the_list_too(els):
    row = drafted(els)
    confirm(els, row)
    events = AuditEvent.objects.filter(subject_type="householdimport", subject_id=row.pk)
    assert [event.verb for event in events.filter(kind="change").order_by("id")] == [
        "upload",
        "confirm",
    ]
    assert events.filter(kind="read", verb="import", actor_id=els.user.pk).exists()


def test_cells_are_gone_after_confirming_except_the_rows_with_a_problem(els):
    row = drafted(els)
    confirm(els, row)
    row.refresh_from_db()
    assert row.mapping == {}
    assert "Peeters" not in str(row.table)
    assert "Wouters" in str(row.table)


def test_access_that_ran_out_is_read_in_as_it_was(els):
    last_year = timezone.localdate().replace(month=1, day=5) - dt.timedelta(days=366)
    grid = [["Nr", "Naam", "Geldig tot"], [1, "Peeters An", last_year.strftime("%d/%m/%Y")]]
    confirm(els, drafted(els, files.as_csv(grid)))
    access = GroceryAccess.objects.get()
    assert (access.valid_from, access.valid_until) == (last_year, last_year)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("klanten-titled.xlsx", 162, 6),
        ("klanten-plain.xlsx", 168, 0),
        ("klanten-cp1252.csv", 162, 6),
        ("klanten-rrn.xlsx", 162, 6),
    ],
)
def test_real_list_is_read_in_and_a_second_time_adds_nothing(els, name, good, bad):
    row = drafted(els, files.real(name), name)
    confirm(els, row)
    row.refresh_from_db()
    assert Household.objects.count() == good
    assert (row.counts["households"], row.counts["problem"]) == (good, bad)
    again = drafted(els, files.real(name), name)
    page = text_of(els.get(address("preview", again)))
    assert "Er is niets nieuws." in page
    confirm(els, again)
    assert Household.objects.count() == good


def test_confirming_twice_reads_in_once(els):
    row = drafted(els)
    sent = form_of(els, row)
    first = els.post(address("confirm", row), sent)
    second = els.post(address("confirm", row), sent)
    assert first.url == second.url == address("preview", row)
    assert Household.objects.count() == 3


def test_number_taken_by_another_name_is_a_problem_and_the_rest_is_read(els, stek):
    factories.household(stek, "Fatima", "El Amrani", number=2)
    row = drafted(els)
    assert "Dit klantnummer is al van een ander huishouden. (2)" in text_of(
        els.get(address("preview", row))
    )
    confirm(els, row)
    assert sorted(Household.objects.values_list("number", "last_name")) == [
        (1, "Peeters"),
        (2, "El Amrani"),
        (5, "Claes"),
    ]


def test_number_of_an_erased_household_stays_given_out(els, stek):
    factories.household(stek, "", "", number=2, erased_at=timezone.now(), eraser=els.user)
    confirm(els, drafted(els))
    assert Household.objects.filter(number=2).count() == 1
    assert Household.objects.count() == 3


def test_same_number_and_name_is_there_already_whatever_the_spelling(els, stek):
    factories.household(stek, "JOZEF", "Vanden Broeck", number=2)
    row = drafted(els)
    assert "2 huishoudens inlezen" in text_of(els.get(address("preview", row)))


def test_household_that_came_in_meanwhile_asks_to_look_again(els, stek):
    row = drafted(els)
    sent = form_of(els, row)
    factories.household(stek, "Fatima", "El Amrani", number=1)
    response = els.post(address("confirm", row), sent, follow=True)
    assert "Kijk de lijst nog eens na." in text_of(response)
    assert Household.objects.count() == 1
    confirm(els, row)
    assert Household.objects.count() == 3


# --- likely duplicates ---------------------------------------------------------------------------


DOUBTFUL = [
    ["Nr", "Naam", "Voornaam"],
    [10, "El Amrani", "Mohammed"],
    [11, "El Amrani", "Mohamed"],
    [12, "Peeters", "An"],
]


def test_likely_duplicate_is_shown_and_read_in_unless_it_is_ticked(els, stek):
    factories.household(stek, "An", "Peters", number=3)
    row = drafted(els, files.as_csv(DOUBTFUL))
    page = text_of(els.get(address("preview", row) + "?toon=dubbels"))
    assert "Mohammed El Amrani (rij 2: naam lijkt erop" in page
    assert "An Peters (nr. 3: naam lijkt erop" in page
    sent = form_of(els, row)
    assert sent["shown"] == ["lijst:3", "lijst:4"]
    els.post(address("confirm", row), sent | {"skip": ["lijst:3"]})
    assert sorted(Household.objects.values_list("number", flat=True)) == [3, 10, 12]
    row.refresh_from_db()
    assert row.counts["skipped"] == 1


def test_button_that_reads_in_repeats_how_many_may_be_double(els):
    row = drafted(els, files.as_csv(DOUBTFUL))
    assert "3 huishoudens inlezen waarvan 1 misschien dubbel" in text_of(
        els.get(address("preview", row))
    )
    sent = form_of(els, row) | {"toon": "dubbels"}
    shown = text_of(els.post(address("columns", row), sent, follow=True))
    assert "Mohamed El Amrani" in shown
    assert "An Peeters" not in shown


def test_row_that_is_left_out_is_no_longer_counted_as_maybe_double(els):
    row = drafted(els, files.as_csv(DOUBTFUL))
    response = els.post(
        address("columns", row), form_of(els, row) | {"skip": ["lijst:3"]}, follow=True
    )
    assert "2 huishoudens inlezen" in text_of(response)
    assert "misschien dubbel" not in text_of(response)


def test_tick_is_kept_while_looking_at_other_rows(els):
    row = drafted(els, files.as_csv(DOUBTFUL))
    sent = form_of(els, row) | {"skip": ["lijst:3"], "toon": "problemen"}
    response = els.post(address("columns", row), sent, follow=True)
    assert "Geen enkele rij heeft een probleem." in text_of(response)
    els.post(address("confirm", row), form_of(els, row, "?toon=problemen"))
    assert sorted(Household.objects.values_list("number", flat=True)) == [10, 12]


def test_tick_can_be_taken_away(els):
    row = drafted(els, files.as_csv(DOUBTFUL))
    sent = form_of(els, row)
    els.post(address("columns", row), sent | {"skip": ["lijst:3"]})
    assert form_of(els, row)["skip"] == ["lijst:3"]
    els.post(address("columns", row), sent)
    assert "skip" not in form_of(els, row)


def test_same_name_without_a_number_is_skipped_until_somebody_says_otherwise(els, stek):
    factories.household(stek, "An", "Peeters", number=3, adults=4)
    row = drafted(els, files.as_csv([["Naam", "# volw"], ["Peeters An", 2]]))
    sent = form_of(els, row)
    assert sent["skip"] == ["lijst:2"]
    els.post(address("columns", row), {**sent, "skip": []})
    confirm(els, row)
    assert Household.objects.filter(last_name="Peeters").count() == 2
