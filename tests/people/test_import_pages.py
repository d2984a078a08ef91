"""The pages that read a list of households in: a file, its columns, its size."""

import time
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from faker import Faker

from people.models import Household, HouseholdImport
from tests import factories
from tests.people import import_files as files
from tests.people.importing import (
    GRID,
    NEXT_YEAR,
    ODD,
    START,
    address,
    confirm,
    drafted,
    form_of,
    text_of,
    upload,
)

# --- choosing a file -----------------------------------------------------------------------------


def test_upload_shows_what_would_happen_and_writes_no_household(els):
    response = upload(els, files.as_xlsx(GRID))
    row = HouseholdImport.objects.get()
    assert response.url == address("preview", row)
    page = text_of(els.get(response.url))
    assert "3 huishoudens inlezen Niet inlezen" in page
    assert "Het aantal personen is geen getal. (twee)" in page
    assert "Krijgt een nieuw klantnummer." in page
    assert "Nota : We houden geen notities bij over mensen." in page
    assert "OCMW Kalmthout (2 rijen): O.C.M.W., ocmw kalmthout" in page
    assert "diabeet" not in page
    assert not Household.objects.exists()
    assert "diabeet" not in str(row.table)


def test_same_form_sent_twice_makes_one_draft(els):
    key = uuid.uuid4()
    first, second = (upload(els, files.as_xlsx(GRID), key=key) for _time in range(2))
    assert first.url == second.url
    assert HouseholdImport.objects.count() == 1


def test_used_form_with_another_file_is_refused(els):
    key = uuid.uuid4()
    upload(els, files.as_xlsx(GRID), key=key)
    response = upload(els, files.as_xlsx(), key=key)
    assert response.status_code == 422
    assert "Kies je bestand opnieuw." in text_of(response)
    assert f'value="{key}"' not in response.content.decode()
    assert HouseholdImport.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (lambda: b"", "leeg.csv", "Dit bestand is leeg."),
        (lambda: files.real("foto.xlsx"), "foto.xlsx", "Dit is geen rekenblad."),
        (lambda: files.real("breed.csv"), "breed.csv", "meer dan 200 kolommen"),
        (lambda: files.real("alleen-kop.csv"), "kop.csv", "geen enkel huishouden"),
        (lambda: b"x" * (5 * 1024 * 1024 + 1), "groot.csv", "groter dan 5 MB"),
        (lambda: files.encrypted_xlsx(), "slot.xlsx", "heeft een wachtwoord"),
        (lambda: files.zip_bomb(), "bom.xlsx", "te groot bij het openen"),
    ],
    ids=["empty", "photo", "wide", "header", "5 MB", "locked", "bomb"],
)
def test_unreadable_file_is_refused_with_a_sentence_and_leaves_nothing(els, make, name, said):
    response = upload(els, make(), name)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not HouseholdImport.objects.exists()


def test_no_file_at_all_is_told(els):
    response = els.post(reverse(START), {"request_id": uuid.uuid4()})
    assert response.status_code == 422
    assert "Kies eerst een bestand." in text_of(response)


@pytest.mark.parametrize("colleague", ["counter", "helper", "mika", "administrator"])
def test_only_a_coordinator_imports(request, colleague):
    client = request.getfixturevalue(colleague)
    assert client.get(reverse(START)).status_code == 403
    assert upload(client, files.as_xlsx(GRID)).status_code == 403
    assert not HouseholdImport.objects.exists()


@pytest.mark.parametrize("view", ["preview", "columns", "confirm", "cancel", "undo", "problems"])
def test_list_of_another_stek_does_not_exist(els, other_stek, view):
    row = drafted(els)
    method = other_stek.get if view in {"preview", "problems"} else other_stek.post
    assert method(address(view, row)).status_code == 404
    row.refresh_from_db()
    assert row.state == "draft"


def test_nul_in_a_file_is_a_problem_of_its_row(els):
    content = b"Nr;Naam;Wijk\r\n1;Pee\x00ters An;a\x00\r\n2;Claes Els;\r\n"
    row = drafted(els, content, "l\x00ij\nst<b>.csv")
    assert "Er staan onzichtbare tekens in" in text_of(els.get(address("preview", row)))
    confirm(els, row)
    assert [household.last_name for household in Household.objects.all()] == ["Claes"]


def test_choice_of_rows_that_is_too_long_for_an_address_shows_all(els):
    row = drafted(els)
    sent = form_of(els, row) | {"toon": "x" * 20_000}
    shown = els.post(address("columns", row), sent, follow=True)
    assert shown.status_code == 200
    assert shown.context["page"].paginator.count == len(shown.context["plan"].rows)


def test_made_up_choices_change_nothing(els):
    row = drafted(els)
    sent = form_of(els, row) | {
        "shown": ["x\x00", "Klanten:2"],
        "skip": ["x\x00"],
        "toon": "\x00:-5",
    }
    assert els.post(address("columns", row), sent, follow=True).status_code == 200
    row.refresh_from_db()
    assert (row.mapping["skip"], row.mapping["keep"]) == ([], ["Klanten:2"])
    assert els.post(address("columns", row), {"request_id": "abc"}).status_code == 422
    assert els.post(reverse(START), {"request_id": "abc"}).status_code == 422


# --- columns -------------------------------------------------------------------------------------


def test_unknown_columns_are_named_by_a_person_and_remembered(els):
    row = drafted(els, files.as_csv(ODD))
    page = text_of(els.get(address("preview", row)))
    assert "We herkennen de titels niet." in page
    sent = form_of(els, row) | {"column-0-0": "number", "column-0-1": "first_last"}
    els.post(address("columns", row), sent)
    confirm(els, row)
    assert sorted(Household.objects.values_list("number", "first_name", "last_name")) == [
        (7, "An", "Peeters"),
        (8, "Luc", "Maes"),
    ]
    again = drafted(els, files.as_csv([*ODD, ["9", "Els Claes"]]))
    assert form_of(els, again)["column-0-1"] == ["first_last"]
    assert "1 huishouden inlezen" in text_of(els.get(address("preview", again)))


def test_columns_of_one_stek_are_not_those_of_another(els, other_stek):
    row = drafted(els, files.as_csv(ODD))
    sent = form_of(els, row) | {"column-0-0": "number", "column-0-1": "first_last"}
    els.post(address("columns", row), sent)
    confirm(els, row)
    theirs = drafted(other_stek, files.as_csv(ODD))
    assert form_of(other_stek, theirs)["column-0-1"] == [""]


def test_changed_columns_are_shown_first_and_not_read_in_at_once(els):
    row = drafted(els)
    sent = form_of(els, row) | {"column-0-3": "", "column-0-4": ""}
    response = els.post(address("confirm", row), sent, follow=True)
    assert "Kijk de lijst nog eens na." in text_of(response)
    assert not Household.objects.exists()
    assert "4 huishoudens inlezen" in text_of(response)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"column-0-1": "", "column-0-2": ""}, "Zeg in welke kolom de naam staat."),
        ({"column-0-2": "last_name"}, "Dit koos je al voor een andere kolom."),
        ({"column-0-2": "bankrekening"}, "Kies iets uit de lijst."),
    ],
)
@pytest.mark.parametrize("view", ["columns", "confirm"])
def test_columns_that_make_no_sense_are_refused(els, view, changes, said):
    row = drafted(els)
    response = els.post(address(view, row), form_of(els, row) | changes)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Household.objects.exists()


def test_sheet_can_be_left_out(els):
    content = files.as_xlsx({"Nu": GRID, "Oud": [["Nr", "Naam"], [90, "Maes Luc"]]})
    row = drafted(els, content)
    sent = form_of(els, row)
    assert sent["sheet-1"] == ["on"]
    del sent["sheet-1"]
    els.post(address("columns", row), sent)
    confirm(els, row)
    assert not Household.objects.filter(number=90).exists()
    assert Household.objects.count() == 3


# --- size ----------------------------------------------------------------------------------------


def test_list_of_earlier_imports_costs_the_same_for_one_and_for_three(els, stek):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            els.get(reverse(START))
        return len(captured)

    factories.household_import(stek)
    one = queries()
    factories.household_import(stek)
    factories.household_import(stek)
    assert queries() == one


def test_preview_costs_the_same_for_one_and_for_many_rows(els):
    def queries(rows: int) -> int:
        grid = [GRID[0], *([n, f"Peeters{n}", "An"] for n in range(1, rows + 1))]
        row = drafted(els, files.as_csv(grid))
        with CaptureQueriesContext(connection) as captured:
            els.get(address("preview", row))
        return len(captured)

    assert queries(1) == queries(30)


def test_many_rows_are_shown_by_the_hundred(els):
    grid = [["Nr", "Naam"], *([n, f"Peeters{n} An"] for n in range(1, 251))]
    row = drafted(els, files.as_csv(grid))
    page = text_of(els.get(address("preview", row)))
    assert "Blad 1 van 3" in page
    assert "An Peeters100" in page
    assert "An Peeters101" not in page
    turned = els.post(address("columns", row), form_of(els, row) | {"toon": "alle:3"}, follow=True)
    assert "An Peeters250" in text_of(turned)
    assert "Blad 99" not in text_of(els.get(address("preview", row) + "?pagina=99"))


def long_list(rows: int) -> bytes:
    fake = Faker("nl_BE")
    fake.seed_instance(2026)
    return files.as_csv(
        [GRID[0]]
        + [
            [n, fake.last_name(), fake.first_name(), 1 + n % 3, 0, NEXT_YEAR, "OCMW", "", "", ""]
            for n in range(1, rows + 1)
        ]
    )


def test_long_list_is_read_in_with_few_statements(els):
    row = drafted(els, long_list(400))
    sent = form_of(els, row)
    with CaptureQueriesContext(connection) as captured:
        els.post(address("confirm", row), sent)
    assert Household.objects.count() == 400
    assert len(captured) < 60


def test_long_list_costs_at_most_two_milliseconds_a_row(els):
    """Of this process alone, because the machine may be busy: 10,000 rows in 20 seconds."""
    row = drafted(els, long_list(2000))
    sent = form_of(els, row)
    started = time.process_time()
    els.post(address("confirm", row), sent)
    assert time.process_time() - started < 4
    assert Household.objects.count() == 2000
