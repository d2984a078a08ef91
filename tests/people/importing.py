"""What tests of the import pages share."""

import datetime as dt
import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import HouseholdImport
from tests.people import import_files as files

START = "people:import_start"


NEXT_YEAR = f"21/03/{dt.date.today().year + 1}"  # noqa: DTZ011 - only the year counts


GRID: files.Grid = [
    ["Nr", "Naam", "Voornaam", "# volw", "# kind", "Geldig tot", "Via", "Tel", "Leden", "Nota"],
    [1, "Peeters", "An", 2, 1, NEXT_YEAR, "O.C.M.W.", "0476123456", "Luc Maes", "diabeet"],
    [2, "Van den Broeck", "Jozef", 1, 0, NEXT_YEAR, "ocmw kalmthout", "", "", ""],
    ["", "Claes", "Ingrid", 1, 2, "", "", "", "", ""],
    [4, "Wouters", "Els", "twee", 0, NEXT_YEAR, "", "+32 476 12 34 57", "", ""],
]


def upload(client, content: bytes, name: str = "lijst.xlsx", key: uuid.UUID | None = None):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(START), {"request_id": key or uuid.uuid4(), "file": file})


def address(view: str, row: HouseholdImport) -> str:
    return reverse(f"people:import_{view}", args=[row.request_id])


def drafted(client, content: bytes | None = None, name: str = "lijst.xlsx") -> HouseholdImport:
    response = upload(client, files.as_xlsx(GRID) if content is None else content, name)
    assert response.status_code == 302
    return HouseholdImport.objects.order_by("-pk")[0]


def form_of(client, row: HouseholdImport, query: str = "") -> dict[str, list[str]]:
    """Everything that a browser would send from the preview, by name."""
    page = " ".join(client.get(address("preview", row) + query).content.decode().split())
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(.+?)" value="(.*?)"', page):
        sent.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select name="(.+?)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    for name, value in re.findall(
        r'<input type="checkbox" name="(skip)" value="(.*?)" checked', page
    ):
        sent.setdefault(name, []).append(value)
    for name in re.findall(r'<input type="checkbox" name="(sheet-\d)"[^>]* checked', page):
        sent[name] = ["on"]
    return sent


def confirm(client, row: HouseholdImport, **changes):
    return client.post(address("confirm", row), form_of(client, row) | changes, follow=True)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


ODD = [["Code", "Wie"], ["7", "An Peeters"], ["8", "Luc Maes"]]
