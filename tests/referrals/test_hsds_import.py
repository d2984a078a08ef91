"""A file of partners read in: what is new, what changes, and what is left alone."""

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
from referrals.hsds.actions import (
    DirectoryChangedError,
    OtherFileError,
    cancel_import,
    confirm_import,
    drop_old_directory_drafts,
)
from referrals.hsds.archive import pack, unpack
from referrals.hsds.plan import make_plan, plan_of
from referrals.hsds.writing import tables_of
from referrals.models import Contact, DirectoryImport, Service
from tests import factories
from tests.referrals.directory import full, lists, read_in, service_item
from tests.referrals.partner_file import as_json, drafted, plan_for, zipped


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
