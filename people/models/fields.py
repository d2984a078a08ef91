"""Fields and conditions that the models of this app share."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from places.pairs import paired as paired
from places.sensitive import no_national_number, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The highest customer number.
LAST_NUMBER = 999_999

#: More people than this under one roof is a typing error.
MOST_PERSONS = 30


class Language(models.TextChoices):
    """The languages that visitors read; the slips and consent texts exist in these."""

    DUTCH = "nl", _("Nederlands")
    FRENCH = "fr", _("Frans")
    ENGLISH = "en", _("Engels")
    ARABIC = "ar", _("Arabisch")
    TURKISH = "tr", _("Turks")
    ROMANIAN = "ro", _("Roemeens")
    POLISH = "pl", _("Pools")
    UKRAINIAN = "uk", _("Oekraïens")
    RUSSIAN = "ru", _("Russisch")
    SPANISH = "es", _("Spaans")
    PERSIAN = "fa", _("Perzisch (Farsi/Dari)")
    TIGRINYA = "ti", _("Tigrinya")


def name_field(label: "StrOrPromise", *, blank: bool = True) -> models.CharField:
    return models.CharField(
        label, max_length=80, blank=blank, validators=[plain_text, no_national_number]
    )


class SearchKeyField(models.CharField):
    """Text that is compared byte by byte on both engines, so that both find the same people.

    SQLite does so by itself; on PostgreSQL collation "C" also makes a prefix an index range.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
