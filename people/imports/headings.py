"""The headings that people put above their columns, in plain form; see `columns.plain`."""

from people.imports.words import Field, NeverRead

# fmt: off
# Headings in plain form (see `plain`). A heading counts when it is one of these; for the fields in
# `columns.MAY_GO_ON` also when it goes on after that: "gsm moeder", "geldig tot (max. 1 jaar)".
FIELD_HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "nr", "nummer", "klantnummer", "klantnr", "klant nr", "klant nummer", "klantennummer",
        "kaartnummer", "kaartnr", "kaart nr", "kaart", "pasnummer", "pasnr", "pas nr", "dossiernr",
        "dossiernummer", "dossier", "volgnummer", "lidnummer", "lidnr", "no", "id", "number",
    ),
    Field.LAST_FIRST: (
        "naam voornaam", "naam en voornaam", "familienaam voornaam", "familienaam en voornaam",
        "achternaam voornaam", "naam plus voornaam", "volledige naam", "nom prenom",
        "naam klant", "naam gezin", "gezinsnaam", "contactpersoon", "klant", "klantnaam",
        "gezinshoofd", "referentiepersoon", "nom et prenom",
    ),
    Field.FIRST_LAST: (
        "voornaam naam", "voornaam en naam", "voornaam familienaam", "voornaam en familienaam",
        "voornaam achternaam", "voornaam plus naam", "prenom nom", "name", "full name",
    ),
    Field.LAST_NAME: ("naam", "familienaam", "achternaam", "fam naam", "nom", "last name",
                      "lastname", "surname", "family name", "nom de famille"),
    Field.FIRST_NAME: ("voornaam", "voornamen", "vnaam", "roepnaam", "prenom", "first name",
                       "firstname", "given name"),
    Field.ADULTS: (
        "volw", "volwassenen", "volwassene", "aantal volw", "aantal volwassenen", "volwas",
        "adults", "adultes", "nr volw", "n volw", "volwassen", "aant volw", "ouders",
    ),
    Field.CHILDREN: (
        "kind", "kinderen", "kids", "aantal kind", "aantal kinderen", "kdn", "kdr", "children",
        "enfants", "nr kind", "n kind", "aant kind", "aantal kids", "minderjarigen",
    ),
    Field.SIZE: (
        "gezinsgrootte", "aantal personen", "personen", "pers", "aantal pers", "gezinsleden",
        "aantal gezinsleden", "gezin", "aantal leden", "grootte gezin", "aantal in gezin",
        "household size", "samenstelling gezin", "gezinssamenstelling", "grootte", "aant pers",
    ),
    Field.PHONE: (
        "gsm", "tel", "telefoon", "telefoonnummer", "telnr", "tel nr", "gsm nr", "gsm nummer",
        "gsmnummer", "telefoonnr", "mobiel", "phone", "telephone", "tel gsm", "gsm tel",
        "telefoon gsm", "contactnummer", "mobile",
    ),
    Field.VALID_UNTIL: (
        "geldig tot", "geldig t m", "geldig tot en met", "pas geldig tot", "kaart geldig tot",
        "vervaldatum", "vervalt", "vervalt op", "verval", "einddatum", "toegang tot", "tot",
        "recht tot", "einde", "eind", "einde toegang", "valid until", "geldigheid", "einde recht",
        "datum einde", "verlengen voor", "verlengd tot", "pas tot", "valable jusqu au",
    ),
    Field.REFERRER: (
        "via", "verwijzer", "doorverwezen door", "doorverwijzer", "toeleider", "toegeleid door",
        "doorverwijzing", "verwezen door", "organisatie", "dienst", "verwijzende dienst",
        "doorverwezen via", "aangemeld door", "instantie", "verwijsinstantie", "referrer",
        "verwijzing", "aanmelder", "toeleiding",
    ),
    Field.LANGUAGE: ("taal", "talen", "spreekt", "language", "langue", "moedertaal", "thuistaal"),
    Field.MEMBERS: (
        "leden", "andere leden", "partner en kinderen", "namen gezinsleden", "andere personen",
        "namen leden", "naam partner", "echtgenoot", "echtgenote", "lid", "tweede persoon",
        "mag ook komen", "gemachtigde", "ook op naam van", "members", "volmacht",
        "namen kinderen", "namen van de kinderen",
    ),
}

NEVER_HEADINGS: dict[NeverRead, tuple[str, ...]] = {
    NeverRead.NATIONAL_NUMBER: (
        "rijksregister", "rijksreg", "rijksnummer", "rrn", "rr nr", "rr nummer", "rr", "insz",
        "niss", "nationaal nummer", "nationaal nr", "national number", "bis nummer", "bisnummer",
        "identiteitskaart", "id kaart", "ik nummer", "eid", "paspoort", "verblijfskaart", "ssn",
        "registre national", "numero national",
    ),
    NeverRead.REMARKS: (
        "opmerking", "opm", "nota", "notas", "notitie", "notes", "remark", "note", "commentaar",
        "comment", "info",
        "bijzonderhe", "varia", "extra", "memo", "toelichting", "aandacht", "weetjes",
        "bemerking", "remarque", "situatie", "reden", "verslag", "achtergrond",
    ),
    NeverRead.BIRTH: (
        "geboorte", "geb dat", "geb", "gebdat", "leeftijd", "birth", "dob", "age", "jarig",
        "verjaardag", "date de naissance",
    ),
    NeverRead.NATIONALITY: (
        "nationaliteit", "nat", "herkomst", "land", "afkomst", "origine", "nationality",
        "nationalite", "etnie", "godsdienst", "religie",
    ),
    NeverRead.ADDRESS: (
        "adres", "straat", "huisnr", "huisnummer", "postcode", "post code", "gemeente",
        "woonplaats", "bus", "stad", "address", "deelgemeente", "wijk", "dorp", "adresse", "plaats",
    ),
    NeverRead.EMAIL: ("e mail", "email", "mail", "mailadres", "courriel"),
    NeverRead.MONEY: (
        "inkomen", "inkomst", "schuld", "leefloon", "iban", "rekening", "bankrekening", "loon",
        "uitkering", "budgetmeter", "statuut", "income", "debts", "bewindvoer", "schuldbemiddel",
    ),
    NeverRead.HEALTH: (
        "gezondheid", "dieet", "allergie", "medisch", "ziekte", "medicatie", "handicap",
        "mutualiteit", "health", "zwanger", "dokter", "beperking",
    ),
    NeverRead.PERSONAL: ("geslacht", "m v", "m v x", "burgerlijke staat", "foto", "gender", "sexe"),
}
