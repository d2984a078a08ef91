"""The words an import uses: what a column can be, and every reason to leave something out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """What a column of the list can hold; a column is read as one of these or not at all."""

    SKIP = "", _("Niet inlezen")
    NUMBER = "number", _("Klantnummer")
    LAST_FIRST = "last_first", _("Naam en dan voornaam")
    FIRST_LAST = "first_last", _("Voornaam en dan naam")
    LAST_NAME = "last_name", _("Familienaam")
    FIRST_NAME = "first_name", _("Voornaam")
    ADULTS = "adults", _("Aantal volwassenen")
    CHILDREN = "children", _("Aantal kinderen")
    SIZE = "size", _("Grootte van het gezin")
    PHONE = "phone", _("Telefoon")
    VALID_UNTIL = "valid_until", _("Geldig tot")
    REFERRER = "referrer", _("Toeleider")
    LANGUAGE = "language", _("Taal")
    MEMBERS = "members", _("Andere leden")


MASK = "(rijksregisternummer)"
"""What is kept of a cell in which a national number stood."""

NAME_FIELDS = frozenset({Field.LAST_FIRST, Field.FIRST_LAST, Field.LAST_NAME, Field.FIRST_NAME})
"""Without one of these a table has no households."""

REPEATABLE_FIELDS = frozenset({Field.PHONE, Field.MEMBERS})
"""Several columns may hold these: a fixed line and a mobile, "lid 1" and "lid 2"."""


class NeverRead(TextChoices):
    """Why a column is never read in, whatever the mapping says."""

    NATIONAL_NUMBER = "national_number", _("Een rijksregisternummer bewaren we nooit.")
    REMARKS = "remarks", _("We houden geen notities bij over mensen.")
    BIRTH = "birth", _("Een geboortedatum of leeftijd hebben we niet nodig.")
    NATIONALITY = "nationality", _("We vragen niet waar iemand vandaan komt.")
    ADDRESS = "address", _("Een adres hebben we niet nodig.")
    EMAIL = "email", _("Een e-mailadres hebben we niet nodig.")
    MONEY = "money", _("Over inkomen en schulden houden we niets bij.")
    HEALTH = "health", _("Over gezondheid houden we niets bij.")
    PERSONAL = "personal", _("Dit is persoonlijk en hebben we niet nodig.")
    FREE_TEXT = "free_text", _("Hier staat vrije tekst. We houden geen notities bij over mensen.")


class FileProblem(TextChoices):
    """Why a file can't be read at all, and what to do about it."""

    EMPTY = "empty", _("Dit bestand is leeg. Kies het bestand waar je lijst in staat.")
    HEADER_ONLY = (
        "header_only",
        _("In dit bestand staat geen enkel huishouden. Kies het bestand waar je lijst in staat."),
    )
    TOO_LARGE = (
        "too_large",
        _("Dit bestand is groter dan 5 MB. Haal foto's en oude bladen weg en bewaar het opnieuw."),
    )
    TOO_MANY_ROWS = (
        "too_many_rows",
        _("Dit bestand heeft meer dan 20.000 rijen. Deel de lijst op in kleinere bestanden."),
    )
    TOO_MANY_COLUMNS = (
        "too_many_columns",
        _("Dit bestand heeft meer dan 200 kolommen. Bewaar alleen de kolommen van je lijst."),
    )
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        _("Dit bestand wordt te groot bij het openen. Kopieer je lijst naar een nieuw bestand."),
    )
    ENCRYPTED = (
        "encrypted",
        _("Dit bestand heeft een wachtwoord. Haal het weg in Excel en bewaar opnieuw."),
    )
    DAMAGED = (
        "damaged",
        _("Dit bestand is beschadigd of niet volledig. Open het in Excel en bewaar het opnieuw."),
    )
    OPEN_QUOTE = (
        "open_quote",
        _('Er staat een aanhalingsteken (") te veel in dit bestand. Bewaar het als .xlsx.'),
    )
    WEB_PAGE = (
        "web_page",
        _("Dit bestand is een webpagina. Open het in Excel en bewaar het als .xlsx."),
    )
    NOT_A_SPREADSHEET = (
        "not_a_spreadsheet",
        _("Dit is geen rekenblad. Kies een bestand van Excel, LibreOffice of CSV."),
    )
    ALL_HIDDEN = (
        "all_hidden",
        _("Alle bladen in dit bestand zijn verborgen. Maak je lijst zichtbaar en bewaar opnieuw."),
    )


class RowProblem(TextChoices):
    """Why a row is not read in."""

    NO_NAME = "no_name", _("Er staat geen naam.")
    NAME_TOO_LONG = "name_too_long", _("De naam is te lang (meer dan 80 tekens).")
    NAME_NOT_A_NAME = "name_not_a_name", _("Dit is geen naam.")
    CONTROL_CHARACTERS = (
        "control_characters",
        _("Er staan onzichtbare tekens in die er niet in horen."),
    )
    NATIONAL_NUMBER = (
        "national_number",
        _("Er staat een rijksregisternummer in. Dat bewaren we nooit."),
    )
    NUMBER_INVALID = "number_invalid", _("Dit is geen klantnummer.")
    NUMBER_DOUBLED = "number_doubled", _("Dit klantnummer staat al bij een andere rij.")
    ROW_DOUBLED = "row_doubled", _("Deze rij staat twee keer in het bestand.")
    SIZE_NOT_A_NUMBER = "size_not_a_number", _("Het aantal personen is geen getal.")
    SIZE_NEGATIVE = "size_negative", _("Het aantal personen kan niet onder nul zijn.")
    SIZE_TOO_LARGE = "size_too_large", _("Meer dan 30 personen in één huishouden kan niet.")
    SIZE_NOBODY = "size_nobody", _("Er is minstens één persoon nodig.")
    DATE_UNREADABLE = "date_unreadable", _("Dit is geen datum die we kunnen lezen.")
    DATE_IMPOSSIBLE = "date_impossible", _("Deze datum bestaat niet.")
    DATE_FAR_AWAY = "date_far_away", _("Deze datum ligt meer dan 10 jaar van vandaag.")
    ERROR_VALUE = "error_value", _("In deze cel staat een foutmelding van Excel.")
    TOO_MANY_CELLS = "too_many_cells", _("Deze rij heeft meer cellen dan er titels zijn.")
    NUMBER_TAKEN = "number_taken", _("Dit klantnummer is al van een ander huishouden.")


class Notice(TextChoices):
    """What a person should know about a row that is read in all the same."""

    NO_NUMBER = "no_number", _("Krijgt een nieuw klantnummer.")
    NO_SIZE = "no_size", _("Geen aantal personen: geteld als 1 volwassene.")
    ALL_ADULTS = "all_adults", _("Iedereen geteld als volwassene.")
    NO_DATE = "no_date", _("Geen datum: nog geen toegang.")
    EXPIRED = "expired", _("De toegang is al verlopen.")
    PHONE_INVALID = "phone_invalid", _("Het telefoonnummer klopt niet en wordt niet ingelezen.")
    LANGUAGE_UNKNOWN = "language_unknown", _("We kennen deze taal niet. Ze wordt niet ingelezen.")
    REFERRER_INVALID = (
        "referrer_invalid",
        _("De toeleider is niet leesbaar en wordt niet ingelezen."),
    )
    MEMBER_INVALID = "member_invalid", _("Een ander lid is niet leesbaar en wordt niet ingelezen.")
    LETTERS_LOST = (
        "letters_lost",
        _("In de naam staan vraagtekens. Het bestand verloor letters: vul ze later aan."),
    )


class UnreadableFileError(Exception):
    """The whole file is refused; `str()` gives the sentence for the person who sent it."""

    def __init__(self, problem: FileProblem) -> None:
        self.problem = problem
        super().__init__(problem)

    def __str__(self) -> str:
        return str(self.problem.label)
