"""Rows with a problem; a list that is cancelled or undone."""

import csv
import datetime as dt
import io
import uuid

from django.utils import timezone

from people.access_actions import renew_access, suspend_access
from people.actions import update_household
from people.imports.actions import drop_old_drafts
from people.models import GroceryAccess, Household, HouseholdImport, Member, NameKey
from tests import factories
from tests.people import import_files as files
from tests.people.importing import (
    ODD,
    address,
    confirm,
    drafted,
    form_of,
    text_of,
)


def rows_of(response) -> list[list[str]]:
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_rows_with_a_problem_are_downloaded_with_their_reason_before_and_after(els):
    row = drafted(els)
    before = rows_of(els.get(address("problems", row)))
    assert before[0][:5] == ["Blad", "Rij", "Reden", "Nr", "Naam"]
    assert before[1][:5] == [
        "Klanten",
        "5",
        "Het aantal personen is geen getal. (twee)",
        "4",
        "Wouters",
    ]
    assert len(before) == 2
    confirm(els, row)
    assert rows_of(els.get(address("problems", row))) == before


def test_downloaded_formulas_are_harmless(els):
    row = drafted(els, files.real("formule.csv"), "formule.csv")
    cells = [cell for line in rows_of(els.get(address("problems", row))) for cell in line]
    assert '\'=HYPERLINK("http://x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]


def test_corrected_problem_list_is_read_in(els):
    row = drafted(els)
    confirm(els, row)
    text = els.get(address("problems", row)).content.decode().replace("twee", "2")
    confirm(els, drafted(els, text.encode(), "niet-ingelezen.csv"))
    els_wouters = Household.objects.get(number=4)
    assert (els_wouters.adults, els_wouters.phone) == (2, "0476 12 34 57")


def test_cancel_leaves_nothing_of_the_list(els):
    row = drafted(els)
    els.post(address("cancel", row), form_of(els, row))
    row.refresh_from_db()
    assert (row.state, row.table, row.mapping) == ("cancelled", {}, {})
    confirm_again = els.post(address("confirm", row), {})
    assert confirm_again.status_code == 302
    assert not Household.objects.exists()


def test_undo_takes_the_whole_list_back(els, stek):
    own = factories.household(stek, "Fatima", "El Amrani", number=40)
    row = drafted(els)
    confirm(els, row)
    response = els.post(address("undo", row), follow=True)
    assert "De hele lijst is teruggedraaid." in text_of(response)
    assert list(Household.objects.all()) == [own]
    assert not Member.objects.exists()
    assert not GroceryAccess.objects.exists()
    assert set(NameKey.objects.values_list("household_id", flat=True)) == {own.pk}
    row.refresh_from_db()
    assert (row.state, row.undone_by, row.table) == ("undone", els.user, {})
    confirm(els, drafted(els))
    assert Household.objects.count() == 4


def test_undo_asks_once_and_says_how_many_households_go(els):
    row = drafted(els)
    confirm(els, row)
    page = els.get(address("preview", row)).content.decode()
    form = page.split(f'action="{address("undo", row)}"')[1].split("</form>")[0]
    before, asked = form.split('<details class="more">')  # closed, until somebody presses it
    assert "<button" not in before
    assert "3 huishoudens verdwijnen" in asked
    assert "Ja, draai deze 3 huishoudens terug" in asked.split("</details>")[0]


def refused(els, row: HouseholdImport, reason: str) -> None:
    response = els.post(address("undo", row), follow=True)
    assert f"Terugdraaien kan niet meer. {reason}" in text_of(response)
    assert Household.objects.filter(source_import=row).count() == 3
    assert GroceryAccess.objects.exists()
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_undo_is_refused_after_a_visit(els, opening):
    row = drafted(els)
    confirm(els, row)
    factories.visit(opening, Household.objects.get(number=1))
    refused(els, row, "Er was al een bezoek")


def test_undo_is_refused_after_an_edit(els):
    row = drafted(els)
    confirm(els, row)
    an = Household.objects.get(number=1)
    update_household(an, changes={"adults": 3}, version=an.version, by=els.user)
    refused(els, row, "Aan een huishouden van deze lijst is al iets veranderd.")


def test_undo_is_refused_after_a_renewal(els):
    row = drafted(els)
    confirm(els, row)
    access = Household.objects.get(number=1).accesses.get()
    renew_access(access, today=timezone.localdate(), request_id=uuid.uuid4(), by=els.user)
    refused(els, row, "Aan een huishouden van deze lijst is al iets veranderd.")


def test_undo_is_refused_after_a_suspension(els):
    row = drafted(els)
    confirm(els, row)
    access = Household.objects.get(number=1).accesses.get()
    suspend_access(access, reason=GroceryAccess.SuspendReason.PAPERS, by=els.user)
    refused(els, row, "Aan een huishouden van deze lijst is al iets veranderd.")


def test_draft_that_was_not_read_in_can_not_be_undone(els):
    row = drafted(els)
    response = els.post(address("undo", row), follow=True)
    assert "Deze lijst is niet ingelezen." in text_of(response)


def test_old_drafts_and_leftovers_are_dropped_after_a_day(els):
    confirmed, old = drafted(els), drafted(els, files.as_csv(ODD))
    confirm(els, confirmed)
    assert drop_old_drafts(timezone.now() + dt.timedelta(hours=23)) == 0
    assert drop_old_drafts(timezone.now() + dt.timedelta(hours=25)) == 1
    assert not HouseholdImport.objects.filter(pk=old.pk).exists()
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.table) == ("confirmed", {})
    assert Household.objects.count() == 3
