"""What the partners of a new STEK offer; from then on the STEK keeps it. Data, no rules.

Only what holds everywhere: hours, prices and people differ from town to town, and are asked.
"""

from typing import NamedTuple


class StartService(NamedTuple):
    """`partner` and `themes` and `documents` are of the lists that a STEK starts with."""

    partner: str
    name: str
    description: str
    themes: tuple[str, ...]
    documents: tuple[str, ...] = ()
    conditions: str = ""


_OCMW, _DMW = "OCMW / Sociaal Huis", "Mutualiteit (DMW)"

SERVICES = (
    StartService(
        "CAW",
        "Onthaal",
        "Een gesprek over wat moeilijk loopt: thuis, met geld, met wonen of met papieren.",
        ("housing", "debts", "legal"),
        ("identity", "letter"),
        "iedereen",
    ),
    StartService(
        "LIGO",
        "Lessen lezen, schrijven en rekenen",
        "In een kleine groep, op je eigen tempo.",
        ("work",),
        ("identity",),
        "volwassenen",
    ),
    StartService(
        "LIGO",
        "Werken met computer en gsm",
        "Leren mailen, itsme gebruiken en zelf iets aanvragen.",
        ("digital",),
        ("phone",),
        "volwassenen",
    ),
    StartService(
        "Rap op Stap",
        "Uitstappen en vakanties",
        "Samen zoeken naar een betaalbare uitstap of vakantie.",
        ("leisure",),
        ("family", "health"),
        "wie weinig geld heeft",
    ),
    StartService(
        "Twinkeltje",
        "Kleren en speelgoed",
        "Tweedehands kleren en speelgoed voor een kleine prijs.",
        ("family",),
    ),
    StartService(
        _OCMW,
        "Onthaal en steun",
        "Kijken waar je recht op hebt, en het samen aanvragen.",
        ("energy", "income", "housing"),
        ("identity", "letter", "payslip"),
        "wie in de gemeente woont",
    ),
    StartService(
        _OCMW,
        "Schuldhulp",
        "Samen orde maken in facturen en een plan afspreken.",
        ("debts",),
        ("invoices", "payslip", "identity"),
        "wie in de gemeente woont",
    ),
    StartService(
        _DMW,
        "Maatschappelijk werk",
        "Vragen over ziekte, zorg thuis, hulpmiddelen en terugbetaling.",
        ("health", "income"),
        ("health", "identity", "letter"),
    ),
    StartService(
        "Huis van het Kind",
        "Vragen over opvoeden en groeipakket",
        "Praten over opvoeden, en hulp met groeipakket en opvang.",
        ("family", "school"),
        ("family", "identity"),
        "gezinnen met kinderen",
    ),
    StartService(
        "VDAB",
        "Werk zoeken en opleiding",
        "Inschrijven als werkzoekende, een cv maken, een opleiding kiezen.",
        ("work",),
        ("identity", "pin"),
    ),
    StartService(
        "Sociale huisvesting",
        "Een sociale woning huren",
        "Je inschrijven op de wachtlijst, of iets melden over je woning.",
        ("housing",),
        ("identity", "family", "tax"),
        "wie onder de inkomensgrens zit",
    ),
    StartService(
        "Gemeente",
        "Loket van de gemeente",
        "Identiteitskaart, adres, attesten en premies.",
        ("legal", "taxes"),
        ("identity", "photo"),
        "wie in de gemeente woont",
    ),
)
