"""The answer of the breach page as a CSV that a Belgian Excel opens."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.files.csv_file import csv_pieces
from reports.files.sheet import Column, Kind, Sheet
from stek.breach import Breach


def as_csv(breach: Breach) -> bytes:
    """The households first, then what was seen or taken as a list; no names of visitors."""
    households = Sheet(
        name=_("Huishoudens"),
        title=_("Huishoudens"),
        columns=(
            Column(_("klantnummer"), Kind.NUMBER),
            Column(_("welke gegevens")),
            Column(_("door")),
            Column(_("keren"), Kind.NUMBER),
            Column(_("eerst")),
            Column(_("laatst")),
        ),
        rows=_households(breach),
    )
    lists = Sheet(
        name=_("Lijsten"),
        title=_("Lijsten"),
        columns=(
            Column(_("wanneer")),
            Column(_("wie")),
            Column(_("wat")),
            Column(_("bestand"), Kind.YES_NO),
        ),
        rows=[(_moment(one.at), one.who, one.what, one.is_file) for one in breach.lists],
    )
    return b"".join(csv_pieces([households, lists]))


def _households(breach: Breach) -> Iterator[Sequence[Any]]:
    for one in breach.households:
        kinds, people = ", ".join(one.kinds), ", ".join(one.people)
        yield one.number, kinds, people, one.times, _moment(one.first), _moment(one.last)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"
