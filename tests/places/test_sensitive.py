"""National numbers and dangerous signs are refused; rightful names are not."""

import contextlib
import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from people.cards import token_of
from places.sensitive import clean_name, holds_national_number, no_national_number, plain_text

# Names that people have: the gate of every field that takes one.
RIGHTFUL_NAMES = [
    "d'Hooghe", "D’Hondt", "O’Neill", "O'Brien", "'s Jongers", "’t Kindt", "Van 't Veld",
    "N'Diaye", "L'Hermite", "Lukʼyanova", "Jean-Marie", "José-María", "Anne-Sophie", "Peeters-Maes",
    "Ng", "Å", "Y", "Ó", "Li", "Åsa", "Ñuñez", "Zoë", "Renée", "François", "Jürgen", "Søren",
    "Łukasz", "Żółkiewski", "Țurcanu", "Ștefan", "Őrsi", "Dvořáková", "Yıldız", "İbrahim", "Gökçe",
    "Nguyễn", "Vân Anh", "Đặng Thị Hường", "Олена", "Лук'янова", "Їжак", "Μαρία", "Մարիամ",
    "ნინო", "עומר", "عمر", "محمد الأحمد", "عبد الرحمٰن", "علی‌رضا", "ፍቅርተ", "प्रिया", "தமிழ்செல்வி",
    "สมชาย", "ဒေါ်အောင်", "王小明", "김민준", "さくら", "Mary Jane Jr.", "M. van de Velde",
    "van den Broeck (Jos)", "Abd al-Rahman", "Anastasia-Maria van der Auwera van den Bossche-Rijk",
    "Wolfeschlegelsteinhausenbergerdorff Vandenbroucke De Keersma",
]  # fmt: skip


def test_there_are_sixty_rightful_names_and_one_of_sixty_letters() -> None:
    assert len(set(RIGHTFUL_NAMES)) >= 60
    assert max(map(len, RIGHTFUL_NAMES)) >= 60


@pytest.mark.parametrize("name", RIGHTFUL_NAMES)
def test_rightful_name_is_accepted_and_kept(name: str) -> None:
    for typed in (name, f"  {name} ", unicodedata.normalize("NFD", name)):
        cleaned = clean_name(typed)
        plain_text(cleaned)
        no_national_number(cleaned)
        assert cleaned == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "text",
    [
        "Jan\x00", "\x00", "Jan\x07", "Jan\x1b[31m", "Jan\x7f", "Jan\x85Piet",
        "Jan\u202eteiP", "Jan\u2066Piet", "Jan\ud800", "Jan\ue000", "Jan\U000e0041",
        "Jan\u2028Piet", "\ufdd0",
        "=1+1", "+32", "-Jan", "@SUM(A1)", "  =2", "＝1", "\ufe62 1",
        "<script>", "Jan <jan@example.org>", "a>b",
        "Z" + "\u0301" * 9,
    ],
)  # fmt: skip
def test_plain_text_refuses(text: str) -> None:
    with pytest.raises(ValidationError):
        plain_text(text)


@pytest.mark.parametrize("text", ["Jan\x00", "Jan\u202e", "=1+1", "<b>"])
def test_clean_name_does_not_hide_what_must_be_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        plain_text(clean_name(text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jan\t\n Peeters  ", "Jan Peeters"),
        ("Jan\u00a0Peeters", "Jan Peeters"),
        ("Zoe\u0308", "Zoë"),
        ("\ufeffJan\u200b Pee\u00adters\u200e", "Jan Peeters"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("Jan\u200c", "Jan"),
        ("", ""),
    ],
)
def test_clean_name_gives_the_stored_form(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(st.text(st.characters()))
def test_any_text_is_cleaned_for_good_and_judged(text: str) -> None:
    cleaned = clean_name(text)
    assert clean_name(cleaned) == cleaned
    for validator in (plain_text, no_national_number):
        with contextlib.suppress(ValidationError):
            validator(cleaned)


# --- national numbers ----------------------------------------------------------------------------


def number(first_nine: str, *, century: str = "") -> str:
    """A number with the right check digits."""
    return f"{first_nine}{97 - int(century + first_nine) % 97:02d}"


BORN_1985 = number("850730033")
BORN_2017 = number("170730033", century="2")


def formatted(digits: str) -> str:
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def test_the_known_example_is_the_one_made_here() -> None:
    assert BORN_1985 == "85073003328"


@pytest.mark.parametrize(
    "text",
    [
        BORN_1985,
        BORN_2017,
        formatted(BORN_1985),
        formatted(BORN_2017),
        "85 07 30 033 28",
        "850730 033 28",
        "850730-033-28",
        "85/07/30-033/28",
        "8507 3003 328",
        f"Jan ({formatted(BORN_1985)}) Peeters",
        f"RR{BORN_1985}",
        f"nr. {BORN_1985}, gezin van 4",
        f"3 {formatted(BORN_1985)} 4",
        "٨٥٠٧٣٠٠٣٣٢٨",
        "８５０７３００３３２８",
        "85.07.30-033.61",  # its check digits are wrong, but nothing else is written like this
        number("852730033"),  # BIS, sex not known
        number("854730033"),  # BIS
        number("012730033", century="2"),  # BIS, born in 2001
        number("000115001", century="2"),  # born in January 2000
        number("000001001", century="2"),  # birthday not known
    ],
)
def test_national_number_is_refused(text: str) -> None:
    assert holds_national_number(text)
    with pytest.raises(ValidationError) as refusal:
        no_national_number(text)
    assert "rijksregisternummer" in refusal.value.messages[0]


@pytest.mark.parametrize(
    "text",
    [
        "", "0476 12 34 56", "0476/12.34.56", "+32 477/22.33.10", "+32477223310", "0032477223310",
        "32 470 12 34 56", "03 666 23 65", "03/666.23.65", "+31 6 12345678", "036662365",
        "036662365 0476123456", "tel. 0476 12 34 56 of 03 666 23 65",
        "142", "999999", token_of(85073003), token_of(99999999),
        "85073003329", "85139903328", "BE68 5390 0754 7034", "+++090/9337/55493+++",
        "2026-11-23 14:30", "12345678901234567890", "0123456789",
    ],
)  # fmt: skip
def test_phones_cards_and_other_numbers_are_accepted(text: str) -> None:
    no_national_number(text)


@pytest.mark.parametrize(
    "text",
    [
        number("324701234"),  # a mobile number dialled from abroad, its plus forgotten
        "+" + number("485012345"),  # a Polish one
        f"8507 3003 {BORN_1985[8:]} 0476 12 34 56",  # groups of several numbers
    ],
)
def test_check_digits_that_fit_by_chance_do_not_refuse_a_phone(text: str) -> None:
    no_national_number(text)


@given(st.from_regex(r"(\+32 ?4[5-9]\d|04[5-9]\d)[ /.]?\d\d[ .]?\d\d[ .]?\d\d", fullmatch=True))
def test_no_belgian_mobile_number_is_refused(phone: str) -> None:
    no_national_number(phone)


@given(st.integers(0, 10**10 - 1))
def test_no_card_is_refused(serial: int) -> None:
    no_national_number(token_of(serial))


def test_long_row_of_numbers_takes_a_moment() -> None:
    since = time.process_time()
    assert not holds_national_number("1 " * 150_000)
    assert time.process_time() - since < 5  # looked at again for each number: minutes


@pytest.mark.parametrize(
    "text", ["\u3164", "An\u2800", "\u115f\u1160", "\ufe0f", "A" + "\u20dd" * 8]
)
def test_letters_that_nobody_sees_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        plain_text(text)
