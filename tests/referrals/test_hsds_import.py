"""A file of partners read in: what is new, what changes, and all that can be wrong with it."""

import datetime as dt
import io
import json
import uuid
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEvent
from places.models import Partner
from referrals.hsds import archive
from referrals.hsds.actions import (
    DirectoryChangedError,
    OtherFileError,
    cancel_import,
    confirm_import,
    drop_old_directory_drafts,
    open_draft,
)
from referrals.hsds.archive import pack, unpack
from referrals.hsds.faults import FileProblem, RowProblem, UnreadableFileError
from referrals.hsds.plan import make_plan, plan_of
from referrals.hsds.writing import tables_of
from referrals.models import Contact, DirectoryImport, Service
from tests import factories
from tests.hostile import HOSTILE
from tests.referrals.directory import full, lists, read_in, service_item


def as_json(*services, **others) -> bytes:
    return json.dumps({"contents": list(services), **others}).encode()


def zipped(**files: str | bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(f"{name}.csv", text)
    return output.getvalue()


def drafted(colleague, content: bytes, key: uuid.UUID | None = None) -> DirectoryImport:
    return open_draft(
        stek=colleague.membership.stek,
        content=content,
        file_name="partners.zip",
        request_id=key or uuid.uuid4(),
        by=colleague.user,
    )


def plan_for(stek, *services, **others):
    return make_plan(unpack(as_json(*services, **others)), stek)


def problems(plan) -> list[tuple[str, int, str]]:
    return [(fault.table, fault.row, fault.problem) for fault in plan.faults]


def snapshot() -> list:
    rows = [*Partner.objects.values(), *Service.objects.values(), *Contact.objects.values()]
    return sorted(map(str, rows))


# --- what it does ---


def test_service_of_somebody_else_is_read_in_with_its_organisation(stek, coordinator):
    draft = drafted(coordinator, as_json(service_item(description="Elke  dinsdag\navond.")))
    confirm_import(draft, fingerprint=plan_of(draft).fingerprint, by=coordinator.user)
    service = Service.objects.select_related("partner").get()
    assert (service.stek, service.name, service.partner.name) == (
        stek,
        "Juridisch advies",
        "Huis van het Recht",
    )
    assert service.description == "Elke dinsdag avond."
    assert str(service.hsds_id) == service_item()["id"]
    assert service.partner.line == "Gratis advies"


def test_one_event_says_that_a_file_was_read_in(stek, coordinator):
    full(stek)
    draft = drafted(coordinator, as_json(service_item()))
    before = AuditEvent.objects.count()
    confirm_import(draft, fingerprint=plan_of(draft).fingerprint, by=coordinator.user)
    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == before + 1
    assert (event.verb, event.subject_type, event.subject_id) == (
        "confirm",
        "directoryimport",
        draft.pk,
    )


def test_own_file_read_in_again_writes_nothing(stek, coordinator):
    full(stek)
    content, before = pack(tables_of(stek)), snapshot()
    draft = drafted(coordinator, content)
    assert plan_of(draft).all == []
    confirm_import(draft, fingerprint=plan_of(draft).fingerprint, by=coordinator.user)
    assert snapshot() == before
    assert pack(tables_of(stek)) == content
    assert not AuditEvent.objects.exclude(subject_type="directoryimport").exists()


def test_only_what_differs_is_changed_and_counted_up(stek):
    caw, service = full(stek)
    page = json.loads(zipfile.ZipFile(io.BytesIO(pack(tables_of(stek)))).read("hsds.json"))
    page["contents"][0]["fees_description"] = "gratis"
    page["contents"][0]["schedules"] = page["contents"][0]["schedules"][:1]
    page["contents"][1]["organization"] = page["contents"][0]["organization"]
    plan = read_in(unpack(json.dumps(page).encode()), stek)
    assert plan.counts == {"new": 0, "changed": 1, "same": 5, "left_out": 0}
    assert plan.changed[0].field_words == ["uren", "wat het kost"]
    service.refresh_from_db()
    assert (service.fee, service.version) == ("gratis", 2)
    assert service.hours.count() == 2
    assert caw.services.get(name="Wonen").version == 1


def test_what_the_file_does_not_name_is_left_alone(stek):
    _caw, service = full(stek)
    before = snapshot()
    plan = read_in(unpack(as_json(service_item())), stek)
    assert (len(plan.new), len(plan.changed)) == (2, 0)
    assert set(before) <= set(snapshot())
    service.refresh_from_db()
    assert service.version == 1


def test_field_that_the_file_does_not_speak_of_stays(stek):
    caw, service = full(stek)
    said = service_item(id=str(service.hsds_id), name=service.name, fees_description="gratis")
    said["organization"] = {"id": str(caw.hsds_id), "name": caw.name}
    read_in(unpack(as_json(said)), stek)
    service.refresh_from_db()
    caw.refresh_from_db()
    assert (service.fee, service.conditions, service.phone) == (
        "gratis",
        "vanaf 18 jaar",
        "+31 6 12345678",
    )
    assert (caw.line, caw.email) == ("Hulp bij geld en wonen", "onthaal@caw.example")
    assert (service.themes.count(), service.hours.count()) == (2, 3)


def test_same_name_under_another_id_is_the_same_partner(stek):
    caw, service = full(stek)
    said = service_item(name=service.name, organization={"id": str(uuid.uuid4()), "name": caw.name})
    plan = make_plan(unpack(as_json(said)), stek)
    assert plan.counts["new"] == 0
    assert plan.faults == []


def test_service_that_ended_is_retired_and_one_in_use_is_not_revived(stek):
    caw, service = full(stek)
    said = service_item(id=str(service.hsds_id), name=service.name, status="defunct")
    said["organization"] = {"id": str(caw.hsds_id), "name": caw.name}
    read_in(unpack(as_json(said)), stek)
    service.refresh_from_db()
    assert service.retired
    assert plan_for(stek, said | {"status": "active"}).all == []


def test_ids_of_another_stek_are_nothing_to_this_one(stek, essen):
    full(stek)
    lists(essen)
    before = [*Service.objects.of_stek(stek).values()]
    read_in(unpack(pack(tables_of(stek))), essen)
    assert [*Service.objects.of_stek(stek).values()] == before


def test_csv_of_others_is_read_with_semicolons_and_plural_names(stek):
    ids = [str(uuid.uuid4()) for _ in range(2)]
    content = zipped(
        organizations=f"\ufeffid;name;extra\n{ids[0]};Wijkhuis;x\n",
        services=f"id;organization_id;name;status\n{ids[1]};{ids[0]};Koken;active\n",
    )
    plan = read_in(unpack(content), stek)
    assert plan.faults == []
    assert Service.objects.get().partner.name == "Wijkhuis"


# --- the course of an import ---


def test_same_form_sent_again_gives_the_same_draft(stek, coordinator):
    key = uuid.uuid4()
    first = drafted(coordinator, as_json(service_item()), key)
    assert drafted(coordinator, as_json(service_item()), key) == first
    with pytest.raises(OtherFileError):
        drafted(coordinator, as_json(service_item(name="Anders")), key)


def test_confirming_twice_does_it_once(stek, coordinator):
    draft = drafted(coordinator, as_json(service_item()))
    fingerprint = plan_of(draft).fingerprint
    confirm_import(draft, fingerprint=fingerprint, by=coordinator.user)
    done = confirm_import(draft, fingerprint=fingerprint, by=coordinator.user)
    assert (done.state, done.table, done.counts["new"]) == ("confirmed", {}, 2)
    assert Service.objects.count() == 1


def test_nothing_is_read_in_when_it_is_no_longer_what_was_seen(stek, coordinator):
    draft = drafted(coordinator, as_json(service_item()))
    seen = plan_of(draft).fingerprint
    factories.partner(stek, "Huis van het Recht")
    with pytest.raises(DirectoryChangedError):
        confirm_import(draft, fingerprint=seen, by=coordinator.user)
    assert not Service.objects.exists()
    assert DirectoryImport.objects.get().state == "draft"


def test_file_that_is_left_keeps_nothing(stek, coordinator):
    draft = cancel_import(drafted(coordinator, as_json(service_item())), by=coordinator.user)
    assert (draft.state, draft.table) == ("cancelled", {})
    confirm_import(draft, fingerprint="", by=coordinator.user)
    assert not Partner.objects.exists()


def test_draft_is_forgotten_after_a_day(stek, coordinator):
    draft = drafted(coordinator, as_json(service_item()))
    assert drop_old_directory_drafts(timezone.now() + dt.timedelta(hours=23)) == 0
    assert drop_old_directory_drafts(timezone.now() + dt.timedelta(hours=25)) == 1
    assert not DirectoryImport.objects.filter(pk=draft.pk).exists()


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


# --- from a terminal ---


def run(path, *arguments: str) -> str:
    output = io.StringIO()
    call_command("import_services", str(path), "--stek", "kalmthout", *arguments, stdout=output)
    return output.getvalue()


def test_command_reads_in_and_tells_how_far_it_is(stek, coordinator, tmp_path):
    path = tmp_path / "partners.json"
    path.write_bytes(as_json(service_item(), service_item()))
    said = run(path)
    assert "aanbod, rij 2: Dit nummer (id) staat al bij een andere rij." in said
    assert "2 nieuw, 0 gewijzigd, 0 blijven zoals ze zijn, 1 niet in te lezen." in said
    assert "2 van 2 geschreven" in said
    assert Service.objects.count() == 1
    assert "Er is niets ingelezen." in run(path)


def test_dry_run_says_so_and_reads_nothing_in(stek, coordinator, tmp_path):
    path = tmp_path / "partners.json"
    path.write_bytes(as_json(service_item()))
    assert "2 nieuw" in run(path, "--dry-run")
    assert not Service.objects.exists()


def test_command_refuses_what_is_no_directory(stek, coordinator, tmp_path):
    path = tmp_path / "partners.zip"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="beschadigd"):
        run(path)
    with pytest.raises(CommandError, match="kan niet geopend"):
        run(tmp_path / "weg.zip")
