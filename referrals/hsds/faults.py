"""What can be wrong with a file of partners, and with one row of it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.hsds.names import TABLE_WORDS


class FileProblem(models.TextChoices):
    """Why a file can't be read at all, and what to do about it."""

    EMPTY = "empty", gettext_lazy("Dit bestand is leeg. Kies het bestand met de partners.")
    TOO_LARGE = "too_large", gettext_lazy("Dit bestand is te groot. Het mag hoogstens 6 MB zijn.")
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        gettext_lazy("Dit bestand wordt uitgepakt veel te groot. We openen het niet."),
    )
    ENCRYPTED = (
        "encrypted",
        gettext_lazy("Op dit bestand staat een wachtwoord. Bewaar het zonder wachtwoord."),
    )
    DAMAGED = (
        "damaged",
        gettext_lazy("Dit bestand is beschadigd. Vraag het opnieuw aan wie het maakte."),
    )
    NOT_HSDS = (
        "not_hsds",
        gettext_lazy("In dit bestand staat geen aanbod van partners volgens HSDS 3.1."),
    )
    DOUBLE_FILE = "double_file", gettext_lazy("In dit bestand staat dezelfde tabel twee keer.")
    TOO_MANY_ROWS = (
        "too_many_rows",
        gettext_lazy("Er staan te veel rijen in dit bestand. Splits het in stukken."),
    )


class UnreadableFileError(Exception):
    """A file is no directory that we can read; its text says why, in Dutch."""

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem
        super().__init__(str(problem.label))


class RowProblem(models.TextChoices):
    """Why a row is left out, or something in it."""

    NO_RECORD = "no_record", gettext_lazy("Dit is geen gegeven van HSDS.")
    NOT_TEXT = "not_text", gettext_lazy("Hier hoort tekst te staan.")
    NO_ID = "no_id", gettext_lazy("Het nummer (id) ontbreekt of is geen UUID.")
    DOUBLE_ID = "double_id", gettext_lazy("Dit nummer (id) staat al bij een andere rij.")
    DIFFERS = "differs", gettext_lazy("Deze organisatie staat er twee keer, met andere gegevens.")
    NO_NAME = "no_name", gettext_lazy("De naam ontbreekt.")
    NAME_TAKEN = "name_taken", gettext_lazy("Er is al een met deze naam.")
    NO_ORGANIZATION = (
        "no_organization",
        gettext_lazy("De organisatie ontbreekt, of is niet in te lezen."),
    )
    OTHER_PARTNER = "other_partner", gettext_lazy("Dit aanbod staat al bij een andere partner.")
    BAD_STATUS = "bad_status", gettext_lazy("Deze toestand (status) kent HSDS niet.")
    BAD_PHONE = "bad_phone", gettext_lazy("Dit telefoonnummer klopt niet.")
    BAD_FIELD = "bad_field", gettext_lazy("Dit veld klopt niet.")
    # What follows leaves out a detail only.
    BAD_HOURS = "bad_hours", gettext_lazy("Deze uren kunnen we niet overnemen. We laten ze weg.")
    UNKNOWN_LANGUAGE = (
        "unknown_language",
        gettext_lazy("Deze taal kennen we niet. We laten ze weg."),
    )
    UNKNOWN_THEME = "unknown_theme", gettext_lazy("Dit thema kennen we niet. We laten het weg.")
    UNKNOWN_DOCUMENT = (
        "unknown_document",
        gettext_lazy("Dit papier staat niet in jullie lijst. We laten het weg."),
    )
    SHORTENED = "shortened", gettext_lazy("Deze tekst is te lang. We korten hem in.")


DETAILS = frozenset(
    {
        RowProblem.BAD_HOURS,
        RowProblem.UNKNOWN_LANGUAGE,
        RowProblem.UNKNOWN_THEME,
        RowProblem.UNKNOWN_DOCUMENT,
        RowProblem.SHORTENED,
    }
)
_MOST_SHOWN = 80


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where it stands."""

    problem: RowProblem
    table: str
    row: int
    about: str = ""

    @property
    def leaves_out(self) -> bool:
        """The whole row, and not only a detail of it."""
        return self.problem not in DETAILS

    @property
    def text(self) -> str:
        said = {
            "table": TABLE_WORDS.get(self.table, self.table),
            "row": self.row,
            "problem": self.problem.label,
        }
        text = _("%(table)s, rij %(row)s: %(problem)s") % said
        return f"{text} ({self.about[:_MOST_SHOWN]})" if self.about else text

    def as_json(self) -> list[str | int]:
        return [self.problem.value, self.table, self.row, self.about]
