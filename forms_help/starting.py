"""What the lists of a new STEK hold; from then on a coordinator keeps them. Data, no rules.

Themes, kinds of help and partners are those that social groceries in Flanders count by.
"""

from typing import NamedTuple

from forms_help.pictograms import Pictogram


class StartPartner(NamedTuple):
    """`on_site`: one of those that share the place with the grocery."""

    name: str
    line: str
    on_site: bool


class StartDocument(NamedTuple):
    key: str
    name: str
    pictogram: Pictogram


class StartTheme(NamedTuple):
    """`documents` are keys, `partners` are names, of the lists above."""

    key: str
    name: str
    documents: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


PARTNERS = (
    StartPartner("CAW", "Praat met iemand over een moeilijke brief, schulden of zorgen.", True),
    StartPartner("LIGO", "Leer lezen, schrijven, rekenen of werken met de computer.", True),
    StartPartner(
        "Rap op Stap", "Betaalbare uitstappen en vakanties voor wie weinig geld heeft.", True
    ),
    StartPartner("Twinkeltje", "Tweedehands kleren en speelgoed voor een kleine prijs.", True),
    StartPartner("OCMW / Sociaal Huis", "Hulp en steun van de gemeente.", False),
    StartPartner("Mutualiteit (DMW)", "Vragen over ziekte, zorg en terugbetaling.", False),
    StartPartner("Huis van het Kind", "Voor gezinnen met kinderen.", False),
    StartPartner("VDAB", "Werk zoeken en opleidingen.", False),
    StartPartner("Sociale huisvesting", "Een sociale woning huren.", False),
    StartPartner("Gemeente", "Identiteitskaart, attesten en premies.", False),
)

DOCUMENTS = (
    StartDocument("identity", "identiteitskaart", Pictogram.IDENTITY),
    StartDocument("letter", "de brief waarover het gaat", Pictogram.LETTER),
    StartDocument("payslip", "loonbrief", Pictogram.WORK),
    StartDocument("benefit", "attest van je uitkering", Pictogram.MONEY),
    StartDocument("account", "rekeningnummer", Pictogram.CARD),
    StartDocument("rent", "huurcontract", Pictogram.HOUSE),
    StartDocument("energy", "factuur van gas of elektriciteit", Pictogram.ENERGY),
    StartDocument("water", "factuur van water", Pictogram.WATER),
    StartDocument("tax", "aanslagbiljet van de belastingen", Pictogram.TAX),
    StartDocument("health", "kleefbriefje van de mutualiteit", Pictogram.HEALTH),
    StartDocument("family", "attest van gezinssamenstelling", Pictogram.FAMILY),
    StartDocument("school", "attest van de school", Pictogram.SCHOOL),
    StartDocument("phone", "gsm met itsme", Pictogram.PHONE),
    StartDocument("pin", "pincode van je identiteitskaart", Pictogram.KEY),
    StartDocument("invoices", "alle facturen en aanmaningen", Pictogram.PAPER),
    StartDocument("photo", "pasfoto", Pictogram.PHOTO),
)

_OCMW, _DMW = "OCMW / Sociaal Huis", "Mutualiteit (DMW)"
THEMES = (
    StartTheme("energy", "energie en water", ("energy", "water", "identity", "letter"), (_OCMW,)),
    StartTheme(
        "housing",
        "wonen en huur",
        ("rent", "identity", "payslip"),
        ("Sociale huisvesting", _OCMW, "CAW"),
    ),
    StartTheme(
        "income",
        "inkomen en uitkeringen",
        ("benefit", "payslip", "identity", "account"),
        (_OCMW, _DMW),
    ),
    StartTheme("health", "gezondheid en mutualiteit", ("health", "identity", "letter"), (_DMW,)),
    StartTheme(
        "family", "gezin en groeipakket", ("family", "identity", "account"), ("Huis van het Kind",)
    ),
    StartTheme("school", "school en studie", ("school", "tax", "family"), ("Huis van het Kind",)),
    StartTheme("taxes", "belastingen", ("tax", "identity", "pin"), ("Gemeente",)),
    StartTheme("debts", "schulden en facturen", ("invoices", "payslip", "letter"), ("CAW", _OCMW)),
    StartTheme("digital", "digitaal", ("phone", "identity", "pin"), ("LIGO",)),
    StartTheme("work", "werk, Nederlands en leren", ("identity", "payslip"), ("VDAB", "LIGO")),
    StartTheme("leisure", "vrije tijd en vakantie", ("family", "health"), ("Rap op Stap",)),
    StartTheme(
        "legal", "verblijf en juridisch", ("identity", "letter", "photo"), ("CAW", "Gemeente")
    ),
    StartTheme("other", "ander", ("letter",)),
)

HELP_TYPES = (
    StartTheme("letter", "brief uitgelegd"),
    StartTheme("form", "formulier samen ingevuld"),
    StartTheme("right", "premie of recht aangevraagd"),
    StartTheme("digital", "digitaal geholpen", ("phone", "pin"), ("LIGO",)),
    StartTheme("contact", "gebeld of gemaild naar dienst"),
    StartTheme("information", "informatie gegeven"),
    StartTheme("listening", "luisterend oor", (), ("CAW",)),
)
