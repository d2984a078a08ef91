"""The pages of the exchange of partners, as a coordinator meets them."""

import datetime as dt
import html
import io
import json
import re
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from referrals.hsds.archive import pack
from referrals.hsds.writing import tables_of
from referrals.models import DirectoryImport, Service
from tests import factories
from tests.referrals.directory import full, lists, service_item

START = "hsds:start"


def page_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return html.unescape(" ".join(text.split()))


def upload(client, content: bytes, name: str = "partners.zip", key: uuid.UUID | None = None):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(START), {"request_id": key or uuid.uuid4(), "file": file})


def confirm(client, preview: str):
    page = client.get(preview).content.decode()
    found = re.search(r'name="fingerprint" value="([^"]+)"', page)
    assert found
    return client.post(f"{preview}inlezen/", {"fingerprint": found[1]}, follow=True)


def test_directory_goes_from_one_stek_to_another(coordinator, other_stek, stek, essen):
    full(stek)
    lists(essen)
    response = coordinator.get(reverse("hsds:export"))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="partners-kalmthout.zip"'
    assert "hsds.json" in zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    preview = upload(other_stek, response.content).url
    said = page_of(other_stek.get(preview))
    assert "6 nieuw 0 gewijzigd 0 blijven zoals ze zijn 0 niet in te lezen" in said
    assert not Service.objects.of_stek(essen).exists()
    assert "De partners zijn ingelezen." in page_of(confirm(other_stek, preview))
    assert other_stek.get(reverse("hsds:export")).content == response.content


def test_export_is_logged_because_it_names_people(coordinator, stek):
    coordinator.get(reverse("hsds:export"))
    event = AuditEvent.objects.get(verb="export_partners")
    assert (event.kind, event.actor_id, event.stek_id) == ("read", coordinator.user.pk, stek.pk)


def test_preview_says_what_is_new_what_changes_and_what_is_wrong(coordinator, stek):
    caw, service = full(stek)
    known = service_item(id=str(service.hsds_id), name=service.name, fees_description="gratis")
    known["organization"] = {"id": str(caw.hsds_id), "name": caw.name}
    known["languages"] = [{"code": "xx", "name": "Klingon"}]
    content = json.dumps([service_item(), service_item(name="Dubbel"), known]).encode()
    said = page_of(coordinator.get(upload(coordinator, content, "aanbod.json").url))
    assert "aanbod, rij 2: Dit nummer (id) staat al bij een andere rij. (Dubbel)" in said
    assert "aanbod, rij 3: Deze taal kennen we niet. We laten ze weg. (Klingon)" in said
    assert "Juridisch advies aanbod · Huis van het Recht" in said
    assert "aanbod · CAW De Kempen · talen, wat het kost" in said


def test_file_with_nothing_new_cannot_be_read_in(coordinator, stek):
    full(stek)
    page = coordinator.get(upload(coordinator, pack(tables_of(stek))).url)
    assert "Er verandert niets." in page_of(page)
    assert "Lees in" not in page_of(page)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Dit bestand is leeg."),
        (b"%PDF-1.7", "geen aanbod van partners"),
        (b"PK\x03\x04", "beschadigd"),
        (b"{" + b" " * 6 * 1024 * 1024, "hoogstens 6 MB"),
    ],
)
def test_file_that_is_none_is_said_at_the_field(coordinator, content, word):
    response = upload(coordinator, content)
    assert response.status_code == 422
    assert word in page_of(response)
    assert not DirectoryImport.objects.exists()


def test_no_file_is_said_at_the_field(coordinator):
    response = coordinator.post(reverse(START), {"request_id": uuid.uuid4()})
    assert response.status_code == 422
    assert "Kies eerst een bestand." in page_of(response)


def test_key_of_another_file_is_refused_and_renewed(coordinator):
    key = uuid.uuid4()
    upload(coordinator, json.dumps([service_item()]).encode(), key=key)
    response = upload(coordinator, json.dumps([service_item(name="x")]).encode(), key=key)
    assert response.status_code == 422
    assert f'value="{key}"' not in response.content.decode()
    assert "Kijk het na en verstuur het opnieuw." in page_of(response)


def test_confirming_what_is_no_longer_so_asks_to_look_again(coordinator, stek):
    preview = upload(coordinator, json.dumps([service_item()]).encode()).url
    response = coordinator.post(f"{preview}inlezen/", {"fingerprint": "x"}, follow=True)
    assert "Kijk het bestand nog eens na." in page_of(response)
    assert not Service.objects.exists()


def test_file_that_is_left_is_gone(coordinator, stek):
    preview = upload(coordinator, json.dumps([service_item()]).encode()).url
    response = coordinator.post(f"{preview}niet-inlezen/", follow=True)
    assert "Er is niets bewaard." in page_of(response)
    assert "Dit bestand is niet ingelezen." in page_of(coordinator.get(preview))


def test_run_due_drops_files_that_nobody_read_in(stek):
    factories.directory_import(stek, created_at=timezone.now() - dt.timedelta(hours=25))
    young = factories.directory_import(stek)
    output = io.StringIO()
    call_command("run_due", stdout=output)
    assert "1 bestanden van partners die niet ingelezen werden" in output.getvalue()
    assert DirectoryImport.objects.get() == young
