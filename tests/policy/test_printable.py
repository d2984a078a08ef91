"""Texts for the typeface of the brief: known signs stay, others are spelled, long ones end well."""

import pytest

from policy.printable import LONGEST_RUN, MAY_BREAK, SIGNS, printable


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Café “één” – 3,50 €", "Café “één” – 3,50 €"),
        ("  twee\n regels\tén\xa0nog ", "twee regels én nog"),
        ("cafe\u0301", "café"),
        ("Привет", "Privet"),
        ("مرحبا", "mrhb"),
        ("goed 😀 zo", "goed zo"),
        ("a\x00b", "a b"),
        ("\u202eomgekeerd\u200b", "omgekeerd"),
        ("z\u0317\u0318\u0319", "z"),
        ("half \ud800", "half"),
        ("#read(“x”) $a$ @b *c*", "#read(“x”) $a$ @b *c*"),
    ],
)
def test_what_the_typeface_lacks_is_spelled_or_left_out(typed: str, shown: str) -> None:
    assert printable(typed, 100) == shown


@pytest.mark.parametrize(
    ("typed", "most", "shown"),
    [
        ("een twee drie", 13, "een twee drie"),
        ("een twee drie", 12, "een twee…"),
        ("een twee, drie", 11, "een twee…"),
        ("een twee drie", 9, "een twee…"),
        ("xxxxxxxxxx", 6, "xxxxx…"),
        ("een xxxxxxxxxxxxxxxx", 12, "een xxxxxxx…"),
    ],
)
def test_a_long_text_ends_at_a_whole_word(typed: str, most: int, shown: str) -> None:
    assert printable(typed, most) == shown


def test_a_run_of_letters_may_be_broken() -> None:
    shown = printable("x" * 300, 600)
    assert max(map(len, shown.split(MAY_BREAK))) == LONGEST_RUN
    assert shown.replace(MAY_BREAK, "") == "x" * 300


def test_a_real_long_word_is_left_whole() -> None:
    word = "arbeidsongeschiktheidsverzekering"
    assert printable(word, 100) == word


def test_every_sign_of_unicode_becomes_known_signs() -> None:
    for code in range(0x20000):
        assert set(printable(chr(code), 10**6)) <= SIGNS
