"""Filling the directory of a new STEK; whoever keeps the partners changes it from there."""

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from forms_help.models import Document, Theme
from places.models import Partner, Stek
from referrals.models import Service
from referrals.starting import SERVICES


@transaction.atomic
def start_services(stek: Stek, *, by: User | None) -> None:
    """What each partner offers, with its themes and papers; `by` None: a command.

    After `start_lists`. Where anything is offered already, all is left as it is.
    """
    if Service.objects.of_stek(stek).exists():
        return
    partners = {partner.name: partner for partner in Partner.objects.of_stek(stek)}
    themes = {theme.key: theme for theme in Theme.objects.of_stek(stek)}
    documents = {document.key: document for document in Document.objects.of_stek(stek)}
    for place, line in enumerate(SERVICES, start=1):
        service = Service.objects.create(
            stek=stek,
            partner=partners[line.partner],
            name=line.name,
            description=line.description,
            conditions=line.conditions,
            position=place * 10,
        )
        service.themes.set(themes[key] for key in line.themes)
        service.documents.set(documents[key] for key in line.documents)
    record("start_services", on=stek, by=by, stek_id=stek.pk)
