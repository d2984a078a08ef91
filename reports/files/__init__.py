"""The files that a report can be saved as; each is made from the value alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.files.csv_file import csv_pieces
from reports.files.ods_file import MIME as ODS
from reports.files.ods_file import ods_pieces
from reports.files.of_report import Made, tidy, workbook
from reports.files.pdf_file import make_pdf
from reports.files.xlsx_file import xlsx_pieces
from reports.report import Report

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def _xlsx(report: Report, made: Made | None = None) -> Iterable[bytes]:
    return xlsx_pieces(workbook(report, made))


def _pdf(report: Report, made: Made | None = None) -> Iterable[bytes]:
    return [make_pdf(report, made)]


def _ods(report: Report, made: Made | None = None) -> Iterable[bytes]:
    return ods_pieces(workbook(report, made))


FORMATS: dict[str, Format] = {
    one.key: one
    for one in (
        Format("pdf", _("PDF"), "application/pdf", _pdf),
        Format("xlsx", _("Excel (XLSX)"), XLSX, _xlsx),
        Format("ods", _("LibreOffice (ODS)"), ODS, _ods),
        Format("csv", _("CSV"), "text/csv; charset=utf-8", _csv),
    )
}
