"""`manage.py import_households`: the same import for whoever has a terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from people.models import Household, HouseholdImport
from tests.people import import_files as files


def run(path, *arguments: str) -> str:
    output = io.StringIO()
    call_command("import_households", str(path), "--stek", "kalmthout", *arguments, stdout=output)
    return output.getvalue()


def test_command_reads_the_list_in_and_reports_every_problem(stek, coordinator):
    said = run(files.LISTS / "klanten-titled.xlsx")
    assert Household.objects.filter(stek=stek).count() == 162
    assert Household.objects.filter(created_by=coordinator.user).count() == 162
    assert "Klanten, rij 46: Het aantal personen is geen getal. (twee)" in said
    assert "Klanten, rij 117: Dit klantnummer staat al bij een andere rij. (4) Zie rij 8." in said
    assert "Klanten, rij 6 lijkt op Mohammed El Amrani (nieuw)" in said
    assert "Nooit ingelezen: Opmerkingen. We houden geen notities bij over mensen." in said
    assert "162 nieuw, 0 staan er al, 0 overgeslagen, 6 niet ingelezen" in said
    assert "162 huishoudens ingelezen." in said
    assert (
        len([line for line in said.splitlines() if ", rij " in line and "lijkt" not in line]) == 6
    )


def test_dry_run_reports_and_reads_nothing_in(stek, coordinator):
    said = run(files.LISTS / "klanten-titled.xlsx", "--dry-run")
    assert "162 nieuw" in said
    assert "Er is niets ingelezen." in said
    assert not Household.objects.exists()
    assert not HouseholdImport.objects.exclude(state="cancelled").exists()


def test_second_run_adds_nothing(stek, coordinator):
    run(files.LISTS / "klanten-cp1252.csv")
    said = run(files.LISTS / "klanten-cp1252.csv")
    assert "0 nieuw, 162 staan er al" in said
    assert Household.objects.count() == 162


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("foto.xlsx", "Dit is geen rekenblad."),
        ("leeg.csv", "Dit bestand is leeg."),
        ("is-er-niet.csv", "kan niet geopend worden"),
    ],
)
def test_unreadable_file_ends_with_an_error(stek, coordinator, name, said):
    with pytest.raises(CommandError, match=said) as caught:
        run(files.LISTS / name)
    assert caught.value.returncode != 0
    assert not HouseholdImport.objects.exists()


def test_unknown_stek_and_unknown_colleague_end_with_an_error(stek, coordinator):
    path = files.LISTS / "klanten-plain.xlsx"
    with pytest.raises(CommandError, match="Er is geen STEK"):
        call_command("import_households", str(path), "--stek", "atlantis")
    with pytest.raises(CommandError, match="geen coördinator"):
        run(path, "--by", "niemand")
    assert not Household.objects.exists()
