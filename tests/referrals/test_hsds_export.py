"""The directory as HSDS 3.1: what we write holds to its fields, and comes back the same."""

import csv
import io
import json
import zipfile

import pytest

from referrals.hsds.archive import pack, unpack
from referrals.hsds.names import COLUMNS
from referrals.hsds.plan import make_plan
from referrals.hsds.writing import tables_of
from referrals.models import Contact, Service
from tests import factories
from tests.referrals.directory import full, lists, read_in
from tests.referrals.hsds_schema import columns_of, errors_in, errors_in_row


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def only(content: bytes, *endings: str) -> bytes:
    """The same zip with the files of one kind."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, text in opened(content).items():
            if name.endswith(endings):
                archive.writestr(name, text)
    return output.getvalue()


def test_json_holds_to_the_fields_of_hsds(stek):
    full(stek)
    page = json.loads(opened(pack(tables_of(stek)))["hsds.json"])
    assert [service["name"] for service in page["contents"]] == [
        "Budgethulp; “schulden”, rekeningen",
        "Wonen",
    ]
    assert [one["name"] for one in page["organizations"]] == ["OCMW Kalmthout"]
    for service in page["contents"]:
        assert errors_in("service", service) == []
    for organization in page["organizations"]:
        assert errors_in("organization", organization) == []


def test_json_nests_what_belongs_to_a_service(stek):
    caw, service = full(stek)
    item = json.loads(opened(pack(tables_of(stek)))["hsds.json"])["contents"][0]
    assert item["id"] == str(service.hsds_id)
    assert item["organization"]["id"] == str(caw.hsds_id)
    assert item["organization"]["contacts"][0]["phones"][0]["number"] == "0476 12 34 56"
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in item["schedules"]] == [
        ("MO,WE", "09:00", "12:00"),
        ("WE", "13:00", "16:00"),
    ]
    assert [one["name"] for one in item["service_areas"]] == ["Kalmthout", "Essen"]
    assert [one["code"] for one in item["languages"]] == ["nl", "fr", "ar"]
    assert item["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Kalmthout"
    assert item["cost_options"][0]["amount_description"] == "€ 3,50 per keer"
    assert len(item["required_documents"]) == 3
    assert [one["link_type"] for one in item["attributes"]] == ["theme", "theme", "way_in"]


def test_csv_holds_to_the_tables_of_hsds(stek):
    full(stek)
    files = opened(pack(tables_of(stek)))
    assert set(files) == {"hsds.json", *(f"{table}.csv" for table in COLUMNS)}
    for table in COLUMNS:
        rows = list(csv.DictReader(io.StringIO(files[f"{table}.csv"], newline="")))
        assert rows, table
        assert {"id"} <= set(rows[0]) <= set(columns_of(table))
        for row in rows:
            assert errors_in_row(table, row) == []
        assert len({row["id"] for row in rows}) == len(rows), table


def test_what_is_retired_is_not_written(stek):
    caw, service = full(stek)
    Service.objects.filter(pk=service.pk).update(retired=True)
    assert [row["name"] for row in tables_of(stek).rows["service"]] == ["Wonen"]
    caw.retired = True
    caw.save()
    tables = tables_of(stek)
    assert tables.rows["service"] == []
    assert [row["name"] for row in tables.rows["organization"]] == ["OCMW Kalmthout"]
    assert tables.rows["contact"] == []


def test_same_partners_give_the_same_file(stek):
    full(stek)
    assert pack(tables_of(stek)) == pack(tables_of(stek))


def test_file_of_one_stek_has_nothing_of_another(stek, essen):
    full(stek)
    factories.service(factories.partner(essen, "Wijkhuis Essen"), "Koken")
    assert "Wijkhuis" not in opened(pack(tables_of(stek)))["hsds.json"]


@pytest.mark.parametrize("endings", [(".json",), (".csv",), (".json", ".csv")])
def test_file_read_in_again_changes_nothing(stek, endings):
    full(stek)
    plan = make_plan(unpack(only(pack(tables_of(stek)), *endings)), stek)
    assert plan.faults == []
    assert plan.counts == {"new": 0, "changed": 0, "same": 6, "left_out": 0}


@pytest.mark.parametrize("endings", [(".json",), (".csv",)])
def test_file_read_into_another_stek_gives_the_same_file(stek, essen, endings):
    full(stek)
    lists(essen)
    content = pack(tables_of(stek))
    plan = read_in(unpack(only(content, *endings)), essen)
    assert plan.faults == []
    assert opened(pack(tables_of(essen))) == opened(content)
    assert Contact.objects.filter(partner__stek=essen).count() == 2


def test_emptied_field_is_emptied_in_the_other_stek_too(stek, essen):
    _caw, service = full(stek)
    lists(essen)
    read_in(unpack(pack(tables_of(stek))), essen)
    Service.objects.filter(pk=service.pk).update(
        phone="", fee="", area="", languages=[], by_appointment=False, social_map="", street="",
        postcode="", town="", email="", website="",
    )  # fmt: skip
    service.hours.all().delete()
    service.themes.clear()
    service.documents.clear()
    content = pack(tables_of(stek))
    read_in(unpack(only(content, ".csv")), essen)
    assert opened(pack(tables_of(essen))) == opened(content)
