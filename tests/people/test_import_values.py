"""Reading one cell for the import: headings, dates, sizes, phones, names and referrers."""

import datetime as dt

import pytest

from people.imports.columns import field_of, never_read_by
from people.imports.person_names import (
    PersonName,
    read_first_last,
    read_last_first,
    read_members,
    read_part,
)
from people.imports.referrers import merge_regional, referrer_key, referrer_name
from people.imports.values import (
    BadValueError,
    read_composition,
    read_customer_number,
    read_date,
    read_language,
    read_phone,
    read_size,
)
from people.imports.words import Field, NeverRead, RowProblem

TODAY = dt.date(2026, 11, 23)


def problem(read, *args, **kwargs) -> RowProblem:
    with pytest.raises(BadValueError) as caught:
        read(*args, **kwargs)
    return caught.value.problem


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nr.", Field.NUMBER),
        ("#", Field.NUMBER),
        ("KLANTNUMMER", Field.NUMBER),
        ("Kaart nr", Field.NUMBER),
        ("Naam", Field.LAST_NAME),
        ("Familienaam", Field.LAST_NAME),
        ("Voornaam", Field.FIRST_NAME),
        ("Naam + voornaam", Field.LAST_FIRST),
        ("Naam & voornaam", Field.LAST_FIRST),
        ("Voornaam en naam", Field.FIRST_LAST),
        ("GSM", Field.PHONE),
        ("Tel. nr", Field.PHONE),
        ("GSM nr. moeder", Field.PHONE),
        ("# volw", Field.ADULTS),
        ("Aantal volwassenen", Field.ADULTS),
        ("# kind", Field.CHILDREN),
        ("Kinderen (<18)", Field.CHILDREN),
        ("Gezinsgrootte", Field.SIZE),
        ("geldig tot", Field.VALID_UNTIL),
        ("Pas geldig t/m", Field.SKIP),
        ("Pas geldig tot", Field.VALID_UNTIL),
        ("Vervaldatum", Field.VALID_UNTIL),
        ("Geldig tot (max 1 jaar)", Field.VALID_UNTIL),
        ("Via", Field.REFERRER),
        ("Doorverwezen door", Field.REFERRER),
        ("Toeleider", Field.REFERRER),
        ("Taal", Field.LANGUAGE),
        ("Lid 2", Field.MEMBERS),
        ("Andere leden", Field.MEMBERS),
        ("Kind 1", Field.SKIP),
        ("", Field.SKIP),
        ("Zone", Field.SKIP),
        ("Adres", Field.SKIP),
    ],
)
def test_heading_says_what_its_column_holds(heading, field):
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Rijksregisternummer", NeverRead.NATIONAL_NUMBER),
        ("RRN", NeverRead.NATIONAL_NUMBER),
        ("R.R. nr", NeverRead.NATIONAL_NUMBER),
        ("INSZ", NeverRead.NATIONAL_NUMBER),
        ("Opmerkingen", NeverRead.REMARKS),
        ("Nota's", NeverRead.REMARKS),
        ("Opm.", NeverRead.REMARKS),
        ("Algemene opmerkingen", NeverRead.REMARKS),
        ("Geb. datum", NeverRead.BIRTH),
        ("Geboortedatum", NeverRead.BIRTH),
        ("Nationaliteit", NeverRead.NATIONALITY),
        ("Adres", NeverRead.ADDRESS),
        ("Straat + nr", NeverRead.ADDRESS),
        ("Gemeente", NeverRead.ADDRESS),
        ("E-mail", NeverRead.EMAIL),
        ("Inkomen", NeverRead.MONEY),
        ("Schulden", NeverRead.MONEY),
        ("Dieet/allergie", NeverRead.HEALTH),
        ("M/V", NeverRead.PERSONAL),
        ("Naam", None),
        ("Klantnummer", None),
        ("Geldig tot", None),
        ("Via", None),
        ("Gezin", None),
    ],
)
def test_heading_says_that_its_column_is_never_read(heading, reason):
    assert never_read_by(heading) == reason


@pytest.mark.parametrize(
    "text",
    [
        "21/03/2027",
        "21/3/27",
        "21-03-2027",
        "21-3-27",
        "21.03.27",
        "21.3.2027",
        "2027-03-21",
        "2027/3/21",
        "21 maart 2027",
        "21 mrt 27",
        "21 Mrt. 2027",
        "21-mrt-27",
        "21 mars 2027",
        "21maart2027",
        "46467",
        "2027-03-21 00:00:00",
        "2027-03-21T14:30:00",
        "zo 21/03/2027",
        "zondag 21 maart 2027",
        "21 / 03 / 2027",
        "21 03 2027",
        "21e maart 2027",
        "21 mrt '27",
        "21/03/2027 14:30",
    ],
)
def test_date_is_read_in_every_spelling(text):
    assert read_date(text, today=TODAY) == dt.date(2027, 3, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/02/2027", RowProblem.DATE_IMPOSSIBLE),
        ("03/21/2027", RowProblem.DATE_IMPOSSIBLE),
        ("00/00/0000", RowProblem.DATE_IMPOSSIBLE),
        ("12/03/1926", RowProblem.DATE_FAR_AWAY),
        ("12/03/2126", RowProblem.DATE_FAR_AWAY),
        ("12/03/85", RowProblem.DATE_FAR_AWAY),
        ("99999", RowProblem.DATE_FAR_AWAY),
        ("21/03/2037", RowProblem.DATE_FAR_AWAY),
        ("binnenkort", RowProblem.DATE_UNREADABLE),
        ("maart 2027", RowProblem.DATE_UNREADABLE),
        ("21/03", RowProblem.DATE_UNREADABLE),
        ("٢١/٠٣/٢٠٢٧", RowProblem.DATE_UNREADABLE),
        ("#N/B", RowProblem.ERROR_VALUE),
        ("-5", RowProblem.DATE_UNREADABLE),
    ],
)
def test_wrong_date_is_refused_with_its_reason(text, expected):
    assert problem(read_date, text, today=TODAY) == expected


@pytest.mark.parametrize("text", ["", "-", "?"])
def test_no_date_is_no_problem(text):
    assert read_date(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "size"), [("2", 2), ("2,0", 2), ("2.0", 2), ("0", 0), ("-0", 0), ("02", 2)]
)
def test_size_is_read(text, size):
    assert read_size(text) == size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twee", RowProblem.SIZE_NOT_A_NUMBER),
        ("2,5", RowProblem.SIZE_NOT_A_NUMBER),
        ("NaN", RowProblem.SIZE_NOT_A_NUMBER),
        ("1e5", RowProblem.SIZE_NOT_A_NUMBER),
        ("٢", RowProblem.SIZE_NOT_A_NUMBER),
        ("2 + kat", RowProblem.SIZE_NOT_A_NUMBER),
        ("-1", RowProblem.SIZE_NEGATIVE),
        ("\u22121", RowProblem.SIZE_NEGATIVE),
        ("31", RowProblem.SIZE_TOO_LARGE),
        ("999999999", RowProblem.SIZE_TOO_LARGE),
        ("#N/B", RowProblem.ERROR_VALUE),
        ("#N/A", RowProblem.ERROR_VALUE),
        ("#WAARDE!", RowProblem.ERROR_VALUE),
    ],
)
def test_wrong_size_is_refused_with_its_reason(text, expected):
    assert problem(read_size, text) == expected


def test_family_size_may_tell_adults_from_children():
    assert read_composition("2+3") == (2, 3)
    assert read_composition("5") == (5, None)
    assert problem(read_composition, "2+veel") == RowProblem.SIZE_NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("0012", 12), ("12,0", 12), ("nr. 12", 12), ("", None)]
)
def test_customer_number_is_read(text, number):
    assert read_customer_number(text) == number


@pytest.mark.parametrize(
    "text", ["0", "-3", "12a", "1E+05", "1000000", "twaalf", "12/2", "1,5", "٣"]
)
def test_wrong_customer_number_is_refused(text):
    assert problem(read_customer_number, text) == RowProblem.NUMBER_INVALID


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0476 12 34 56", "0476 12 34 56"),
        ("+32 476/12.34.56", "0476 12 34 56"),
        ("476123456", "0476 12 34 56"),
        ("32476123456", "0476 12 34 56"),
        ("0032476123456", "0476 12 34 56"),
        ("03 666 23 65", "03 666 23 65"),
        ("+31 6 12345678", "+31 6 12345678"),
        ("bij de zus", None),
        ("12", None),
        ("0476 12 34 56 78 90 12", None),
    ],
)
def test_phone_gets_one_form_or_is_left_out(text, phone):
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nederlands", "nl"),
        ("FR", "fr"),
        ("Oekraïens", "uk"),
        ("Arabisch / Frans", "ar"),
        ("Klingon", None),
    ],
)
def test_language_is_known_by_name_or_code(text, language):
    assert read_language(text) == language


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Van den Broeck Jozef", "Jozef", "Van den Broeck"),
        ("El Amrani Mohammed", "Mohammed", "El Amrani"),
        ("Ben Amar Fatima", "Fatima", "Ben Amar"),
        ("D'Hondt Anne-Marie", "Anne-Marie", "D'Hondt"),
        ("Peeters, An", "An", "Peeters"),
        ("VAN DAMME Els", "Els", "VAN DAMME"),
        ("Бездітко Алла", "Алла", "Бездітко"),
        ("Peeters", "", "Peeters"),
        ("De Wit", "Wit", "De"),
        ("PEETERS JAN", "JAN", "PEETERS"),
        ("  Van   Goethem  Annick ", "Annick", "Van Goethem"),
        ("Nguyễn Thị Hoa", "Thị Hoa", "Nguyễn"),
        ("Ó X", "X", "Ó"),
    ],
)
def test_family_name_first_is_split(text, first, last):
    assert read_last_first(text) == PersonName(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jozef Van den Broeck", "Jozef", "Van den Broeck"),
        ("Ana Maria Țurcanu", "Ana Maria", "Țurcanu"),
        ("Mohammed El Amrani", "Mohammed", "El Amrani"),
        ("Els VAN DAMME", "Els", "VAN DAMME"),
        ("Fatima", "Fatima", ""),
        ("Peeters, An", "An", "Peeters"),
    ],
)
def test_first_name_first_is_split(text, first, last):
    assert read_first_last(text) == PersonName(first, last)


@pytest.mark.parametrize(
    "name", ["d'Hooghe", "Nguyễn", "Олена", "عمر", "Ö", "O'Neill-Smith", "x" * 60, "李", "ส้ม"]
)
def test_rightful_name_is_accepted_as_it_is(name):
    assert read_part(name) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('=HYPERLINK("http://x")', RowProblem.NAME_NOT_A_NAME),
        ("@SUM(A1)", RowProblem.NAME_NOT_A_NAME),
        ("+32476123456", RowProblem.NAME_NOT_A_NAME),
        ("-1", RowProblem.NAME_NOT_A_NAME),
        ("<b>An</b>", RowProblem.NAME_NOT_A_NAME),
        ("12345", RowProblem.NAME_NOT_A_NAME),
        ("An\x00", RowProblem.CONTROL_CHARACTERS),
        ("An\u202e", RowProblem.CONTROL_CHARACTERS),
        ("x" * 81, RowProblem.NAME_TOO_LONG),
        ("#N/B", RowProblem.ERROR_VALUE),
        ("85.07.30-033.61", RowProblem.NATIONAL_NUMBER),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text, expected):
    assert problem(read_part, text) == expected


def test_members_are_read_from_one_cell_and_the_unreadable_one_is_told():
    names, incomplete = read_members("Fatima El Amrani; Ali en =1+1")
    assert [(name.first, name.last) for name in names] == [("Fatima", "El Amrani"), ("Ali", "")]
    assert incomplete


@pytest.mark.parametrize(
    "text", ["OCMW", "O.C.M.W.", "ocmw kalmthout", "OCMW van Kalmthout", "O.C.M.W.  KALMTHOUT"]
)
def test_spellings_of_the_own_ocmw_are_one_referrer(text):
    assert referrer_key(text, town="Kalmthout") == "ocmw kalmthout"
    assert referrer_name(text, town="Kalmthout") == "OCMW Kalmthout"


def test_ocmw_of_another_town_is_another_referrer():
    assert referrer_key("OCMW Essen", town="Kalmthout") == "ocmw essen"
    assert referrer_name("o.c.m.w. essen", town="Kalmthout") == "OCMW Essen"


def test_unknown_referrer_keeps_its_own_spelling():
    assert referrer_key("  Huis van het Kind ", town="Kalmthout") == "huis van het kind"
    assert referrer_name("  Huis  van het Kind ", town="Kalmthout") == "Huis van het Kind"


def test_bare_regional_referrer_is_the_only_one_with_a_place():
    assert merge_regional(["caw", "caw antwerpen", "ocmw essen"]) == {"caw": "caw antwerpen"}
    assert merge_regional(["caw", "caw antwerpen", "caw limburg"]) == {}
