"""What a new STEK starts with: complete in every language, and the same whichever way it came."""

import importlib
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from accounts.models import AuditEvent
from forms_help import starting
from forms_help.list_actions import start_lists
from forms_help.models import Document, DocumentName, HelpType, Theme
from forms_help.pictograms import Pictogram
from forms_help.starting_names import DOCUMENT_NAMES
from people.models import Language
from places.models import Partner, Stek
from tests import factories

migration = importlib.import_module("forms_help.migrations.0002_starting_lists")


def lists(stek: Stek) -> dict[str, list[Any]]:
    """Everything on the lists of this STEK, in words."""
    found: dict[str, list[Any]] = {
        "partners": sorted(
            Partner.objects.of_stek(stek).values_list("name", "line", "position", "retired")
        ),
        "documents": list(
            Document.objects.of_stek(stek).values_list("key", "name", "pictogram", "position")
        ),
        "names": sorted(
            DocumentName.objects.filter(document__stek=stek).values_list(
                "document__key", "language", "name"
            )
        ),
    }
    for model in (Theme, HelpType):
        found[model.__name__] = [
            (
                row.key,
                row.name,
                row.position,
                sorted(row.documents.values_list("key", flat=True)),
                sorted(row.partners.values_list("name", flat=True)),
            )
            for row in model.objects.of_stek(stek)
        ]
    return found


@pytest.mark.parametrize("document", starting.DOCUMENTS, ids=lambda document: document.key)
def test_every_starting_paper_has_a_name_in_every_language(
    document: starting.StartDocument,
) -> None:
    names = DOCUMENT_NAMES[document.key]
    assert set(names) == set(Language.values) - {Language.DUTCH}
    assert document.name not in names.values()


def test_names_are_of_papers_that_a_stek_starts_with() -> None:
    assert set(DOCUMENT_NAMES) == {document.key for document in starting.DOCUMENTS}


def test_names_pass_the_rules_of_a_form(stek: Stek) -> None:
    document = factories.document(stek)
    for names in DOCUMENT_NAMES.values():
        for language, name in names.items():
            DocumentName(document=document, language=language, name=name).full_clean()


def test_names_are_told_apart_within_a_language() -> None:
    for language in set(Language.values) - {Language.DUTCH}:
        names = [names[language] for names in DOCUMENT_NAMES.values()]
        assert len(set(names)) == len(names), language


def test_every_pictogram_is_drawn_and_no_other() -> None:
    tree = ET.parse(settings.BASE_DIR / "static" / "img" / "pictograms.svg")
    symbols = {symbol.get("id"): symbol for symbol in tree.getroot()}
    assert set(symbols) == set(Pictogram.values)
    assert all(len(symbol) and symbol.get("viewBox") for symbol in symbols.values())


# --- into the database ---


def test_start_lists_fills_every_list(stek: Stek) -> None:
    start_lists(stek, by=None)
    found = lists(stek)
    assert [row[0] for row in found["Theme"]] == [theme.key for theme in starting.THEMES]
    assert [row[0] for row in found["HelpType"]] == [kind.key for kind in starting.HELP_TYPES]
    assert len(found["documents"]) == 16
    assert len(found["names"]) == 16 * 11
    assert len(found["partners"]) == len(starting.PARTNERS)
    assert AuditEvent.objects.get().verb == "start_lists"


def test_start_lists_twice_changes_nothing(stek: Stek) -> None:
    start_lists(stek, by=None)
    first = lists(stek)
    start_lists(stek, by=None)
    assert lists(stek) == first
    assert AuditEvent.objects.count() == 1


def test_start_lists_leaves_what_a_coordinator_made(stek: Stek) -> None:
    factories.partner(stek, "CAW", line="onze eigen zin")
    start_lists(stek, by=None)
    assert Partner.objects.get(stek=stek, name="CAW").line == "onze eigen zin"
    Theme.objects.filter(key="energy").update(name="stroom en gas", retired=True)
    start_lists(stek, by=None)
    assert Theme.objects.get(key="energy").name == "stroom en gas"


def test_migration_gives_a_stek_the_lists_that_a_new_one_gets(essen: Stek) -> None:
    migration.start(apps, None)
    new = factories.stek("Kalmthout")
    start_lists(new, by=None)
    assert lists(essen) == lists(new)
    # Which partners share the place, a STEK that was there already says by itself.
    assert not Partner.objects.of_stek(essen).on_public_page().exists()
    assert Partner.objects.of_stek(new).on_public_page().count() == 4
