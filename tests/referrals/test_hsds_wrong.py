"""All that can be wrong with a file of partners: its rows, and the file itself."""

import io
import uuid
import zipfile

import pytest

from referrals.hsds import archive
from referrals.hsds.actions import (
    confirm_import,
)
from referrals.hsds.archive import pack, unpack
from referrals.hsds.faults import FileProblem, RowProblem, UnreadableFileError
from referrals.hsds.plan import make_plan, plan_of
from referrals.hsds.writing import tables_of
from referrals.models import Service
from tests.hostile import HOSTILE
from tests.referrals.directory import full, lists, service_item
from tests.referrals.partner_file import as_json, drafted, plan_for, zipped


def problems(plan) -> list[tuple[str, int, str]]:
    return [(fault.table, fault.row, fault.problem) for fault in plan.faults]


# --- what can be wrong with a row ---


def test_each_wrong_row_is_named_and_the_others_are_read_in(stek):
    item = service_item()
    plan = plan_for(
        stek,
        item,
        item | {"name": "Nog een"},
        item | {"id": "12", "name": "Zonder nummer"},
        "geen aanbod",
        item | {"id": str(uuid.uuid4()), "name": ""},
        {"id": str(uuid.uuid4()), "name": "Los", "status": "active"},
        item | {"id": str(uuid.uuid4()), "name": "Open", "status": "open"},
        item | {"id": str(uuid.uuid4())},
    )
    assert sorted(problems(plan)) == sorted(
        [
            ("service", 2, RowProblem.DOUBLE_ID),
            ("service", 3, RowProblem.NO_ID),
            ("service", 4, RowProblem.NO_RECORD),
            ("service", 5, RowProblem.NO_NAME),
            ("service", 6, RowProblem.NO_ORGANIZATION),
            ("service", 7, RowProblem.BAD_STATUS),
            ("service", 8, RowProblem.NAME_TAKEN),
        ]
    )
    assert [one.instance.name for one in plan.services] == ["Juridisch advies"]
    assert "aanbod, rij 2: Dit nummer (id) staat al bij een andere rij." in plan.faults[1].text


def test_organisation_that_is_wrong_takes_its_services_with_it(stek):
    organization = service_item()["organization"] | {"email": "geen adres"}
    plan = plan_for(stek, service_item(organization=organization))
    assert problems(plan) == [
        ("organization", 1, RowProblem.BAD_FIELD),
        ("service", 1, RowProblem.NO_ORGANIZATION),
    ]
    assert plan.all == []


def test_details_that_we_do_not_know_are_named_and_left_out(stek):
    lists(stek)
    plan = plan_for(
        stek,
        service_item(
            languages=[{"code": "fra"}, {"code": "xx", "name": "Klingon"}],
            schedules=[
                {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00+01:00", "closes_at": "12:00"},
                {"freq": "MONTHLY", "byday": "2MO", "opens_at": "09:00", "closes_at": "12:00"},
                {"freq": "WEEKLY", "byday": "TU", "opens_at": "12:00", "closes_at": "09:00"},
                {"freq": "WEEKLY", "byday": "XX", "opens_at": "negen", "closes_at": "25:00"},
            ],
            required_documents=[{"document": "Loonbrief"}, {"document": "geboorteakte"}],
            attributes=[{"taxonomy_term": {"id": str(uuid.uuid4()), "name": "Huisdieren"}}],
            eligibility_description="woord " * 100,
        ),
    )
    assert sorted(problem for _table, _row, problem in problems(plan)) == sorted(
        [
            *[RowProblem.BAD_HOURS] * 3,
            RowProblem.UNKNOWN_LANGUAGE,
            RowProblem.UNKNOWN_DOCUMENT,
            RowProblem.UNKNOWN_THEME,
            RowProblem.SHORTENED,
        ]
    )
    changed = plan.services[0].changed
    assert changed["languages"] == ["fr"]
    assert changed["hours"] == [(0, "09:00", "12:00")]
    assert len(changed["documents"]) == 1
    assert changed["conditions"].endswith("woord…")
    assert plan.left_out == []


def test_service_of_another_partner_of_ours_is_not_moved(stek):
    _caw, service = full(stek)
    plan = plan_for(stek, service_item(id=str(service.hsds_id), name="Iets"))
    assert ("service", 1, RowProblem.OTHER_PARTNER) in problems(plan)


def test_organisation_with_two_stories_is_named(stek):
    other = service_item(id=str(uuid.uuid4()), name="Tweede")
    other["organization"] = other["organization"] | {"name": "Anders"}
    plan = plan_for(stek, service_item(), other)
    assert problems(plan) == [("organization", 2, RowProblem.DIFFERS)]


@pytest.mark.parametrize("wrong", [[], {}, True, [[]], {"a": 1}])
def test_value_that_is_no_text_is_named(stek, wrong):
    plan = plan_for(stek, service_item(description=wrong, phones=wrong, languages=wrong))
    assert ("service", 1, RowProblem.NOT_TEXT) in problems(plan)


def test_hostile_texts_are_refused_or_kept_as_text(stek, coordinator):
    keys = ("name", "description", "url", "email", "fees_description", "application_process")
    items: list[dict[str, object]] = []
    for place, hostile in enumerate(HOSTILE):
        for key in (keys[place % 6], keys[(place + 2) % 6]):
            item = service_item(id=str(uuid.uuid4()), name=f"Aanbod {len(items)}")
            items.append(item | {key: hostile.text})
    draft = drafted(coordinator, as_json(*items))
    plan = plan_of(draft)
    confirm_import(draft, fingerprint=plan.fingerprint, by=coordinator.user)
    assert plan.left_out
    for service in Service.objects.all():
        service.clean_fields()
    again = make_plan(unpack(pack(tables_of(stek))), stek)
    assert (again.all, again.left_out) == ([], [])


# --- what can be wrong with a file ---


def bomb() -> bytes:
    return zipped(service=b"0" * (archive.MAX_UNPACKED_BYTES + 1))


def dense() -> bytes:
    return zipped(service=b"0" * (archive.RATIO_COUNTS_FROM_BYTES + 1))


def many() -> bytes:
    return zipped(**{f"file{number}": "x" for number in range(archive.MAX_ENTRIES + 1)})


def locked() -> bytes:
    content = bytearray(zipped(service="id\n"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b" \n\0", FileProblem.EMPTY),
        (b"{" + b" " * archive.MAX_BYTES, FileProblem.TOO_LARGE),
        (b"%PDF-1.7", FileProblem.NOT_HSDS),
        (b"\xff\xfe\x00", FileProblem.NOT_HSDS),
        (b"{", FileProblem.DAMAGED),
        (b"[" * 100_000, FileProblem.DAMAGED),
        (b'[{"id": ' + b"1" * 5_000 + b"}]", FileProblem.DAMAGED),
        (b"[]", FileProblem.NOT_HSDS),
        (b"{}", FileProblem.NOT_HSDS),
        (b'{"contents": {"id": 1}}', FileProblem.NOT_HSDS),
        (b"PK\x03\x04 and no more", FileProblem.DAMAGED),
        (zipped(service="id\n")[:-30], FileProblem.DAMAGED),
        (zipped(klanten="id\n"), FileProblem.NOT_HSDS),
        (zipped(service="id\n", services="id\n"), FileProblem.DOUBLE_FILE),
        (bomb(), FileProblem.UNPACKS_TOO_LARGE),
        (dense(), FileProblem.UNPACKS_TOO_LARGE),
        (many(), FileProblem.UNPACKS_TOO_LARGE),
        (locked(), FileProblem.ENCRYPTED),
    ],
    # A packed file holds the time, and the workers must give a test the same name.
    ids=lambda value: value.name if isinstance(value, FileProblem) else "file",
)
def test_file_that_is_no_directory_is_refused(content, problem):
    with pytest.raises(UnreadableFileError) as refused:
        unpack(content)
    assert refused.value.problem == problem


def test_names_that_lead_elsewhere_are_left_closed():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        file.writestr("../service.csv", "id,name\n1,buiten\n")
        file.writestr("/etc/service.csv", "id,name\n1,buiten\n")
        file.writestr("__MACOSX/service.csv", "x")
        file.writestr("map/service.csv", "id,name\n1,binnen\n")
    assert [row["name"] for row in unpack(output.getvalue()).rows["service"]] == ["binnen"]


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("referrals.hsds.tables.MOST_ROWS", 3)
    with pytest.raises(UnreadableFileError) as refused:
        unpack(zipped(service="id\n1\n2\n3\n4\n"))
    assert refused.value.problem == FileProblem.TOO_MANY_ROWS
