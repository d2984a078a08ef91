"""Filling the lists of a new STEK; a coordinator changes them in the office."""

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from forms_help import starting
from forms_help.models import Document, DocumentName, HelpType, Theme
from forms_help.starting_names import DOCUMENT_NAMES
from places.models import Partner, Stek


@transaction.atomic
def start_lists(stek: Stek, *, by: User | None) -> None:
    """Themes, kinds of help, papers and partners as every STEK starts with; `by` None: a command.

    A list that has lines already is left as it is.
    """
    if Theme.objects.of_stek(stek).exists():
        return
    partners = _partners(stek)
    documents = _documents(stek)
    for model, lines in ((Theme, starting.THEMES), (HelpType, starting.HELP_TYPES)):
        for place, line in enumerate(lines, start=1):
            row = model.objects.create(stek=stek, key=line.key, name=line.name, position=place * 10)
            row.documents.set(documents[key] for key in line.documents)
            row.partners.set(partners[name] for name in line.partners)
    record("start_lists", on=stek, by=by, stek_id=stek.pk)


def _partners(stek: Stek) -> dict[str, Partner]:
    for place, line in enumerate(starting.PARTNERS, start=1):
        Partner.objects.get_or_create(
            stek=stek,
            name=line.name,
            defaults={"line": line.line, "on_site": line.on_site, "position": place * 10},
        )
    return {partner.name: partner for partner in Partner.objects.of_stek(stek)}


def _documents(stek: Stek) -> dict[str, Document]:
    rows = {
        line.key: Document.objects.create(
            stek=stek,
            key=line.key,
            name=line.name,
            pictogram=line.pictogram,
            position=place * 10,
        )
        for place, line in enumerate(starting.DOCUMENTS, start=1)
    }
    DocumentName.objects.bulk_create(
        DocumentName(document=rows[key], language=language, name=name)
        for key, names in DOCUMENT_NAMES.items()
        for language, name in names.items()
    )
    return rows
