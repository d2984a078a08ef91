"""The files that a report can be saved as; each is made from the value alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.files.csv_file import csv_pieces
from reports.files.of_report import Made, tidy
from reports.report import Report

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Format:
    """`write` gives the file in pieces, the same bytes for an equal report."""

    key: str
    label: "StrOrPromise"
    content_type: str
    write: Callable[[Report, Made | None], Iterable[bytes]]

    def name(self, report: Report) -> str:
        """The name of the file: the report and its period, without anybody in it."""
        return f"{report.kind}-{report.period.key}.{self.key}"


def _csv(report: Report, made: Made | None = None) -> Iterable[bytes]:
    return csv_pieces(tidy(report, made))


FORMATS: dict[str, Format] = {
    one.key: one for one in (Format("csv", _("CSV"), "text/csv; charset=utf-8", _csv),)
}
