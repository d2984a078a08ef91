"""What a short note may hold: account numbers in any spelling, and words about health."""

import pytest

from forms_help.notes import health_words, holds_account_number
from places.sensitive import holds_national_number

#: What people write in a note, and what must pass every rule without a word.
HARMLESS = [
    "Belt morgen terug.",
    "Vraagt attest bij de mutualiteit.",
    "Gaat langs bij het ziekenfonds.",
    "Meter EAN 541448860012345678 doorgeven.",
    "EAN 5414 4886 0012 3456 78, stand 012345",
    "Bel 0476 12 34 56 of 03/666 00 00.",
    "Bel +32 476 12 34 56 na 14u30.",
    "BE: attest, AR: vertaling, NL 2.1",
    "Ondernemingsnummer BE 0471.234.567",
    "BE0471234567 bellen op 0476 12 34 56",
    "Dossier 2026/0012345678, klant 147",
    "Afspraak op 21/03/2026 om 10u bij OCMW 2920 Kalmthout",
    "Huur 650 euro, gemeld op 01-02-2026",
    "Polis AB12 3456 7890 1234 5678",
    "Wil auto verkopen, automaat, automatisch betalen",
    "Coördinatie en coöperatie met de buurt",
    "Verslag van de dienst ligt klaar.",
    "IBAN vergeten, brengt hij mee",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_note_passes_every_rule(text):
    assert not holds_account_number(text)
    assert not holds_national_number(text)
    assert health_words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "BE71 0961 2345 6769",
        "BE71096123456769",
        "be71 0961 2345 6769",
        "BE 71 0961 2345 6769",
        "BE71-0961-2345-6769",
        "BE71.0961.2345.6769",
        "BE71/0961/2345/6769",
        "BE71\u00a00961\u00a02345\u00a06769",
        "ＢＥ７１ ０９６１ ２３４５ ６７６９",
        "BE71 09 61 23 45 67 69",
        "Storten op BE71 0961 2345 6769.",
        "BE71 0961 2345 6769 nog eens vragen",
        "BE71 0961 2345 6769 12 euro",
        "(BE71096123456769)",
        "rekening:BE71096123456769,naam",
        "nr12 BE71 0961 2345 6769",
        "op 12/03 BE71 0961 2345 6769",
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "DE89 3704 0044 0532 0130 00",
    ],
)
def test_account_number_is_found_in_any_spelling(text):
    assert holds_account_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "BE71 0961 2345 6768",  # its check digits don't fit
        "BE71 0961 2345",
        "XX71 0961 2345 6769",
        "ABE71 0961 2345 6769",
        "0961-2345-6769",
    ],
)
def test_what_only_looks_like_an_account_number_passes(text):
    assert not holds_account_number(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Heeft kanker.", ["kanker"]),
        ("Is ZIEK sinds mei", ["ziek"]),
        ("ziekenhuis en ziekte", ["ziekenhuis", "ziekte"]),
        ("Depressief, burn-out", ["depressief", "burn-out"]),
        ("kanker, weer kanker", ["kanker"]),
        ("invaliditeit en medicatie", ["invaliditeit", "medicatie"]),
        ("is zwanger (7 maanden)", ["zwanger"]),
        ("verslaafd aan alcohol", ["verslaafd", "alcohol"]),
        ("suïcidaal", ["suïcidaal"]),
        ("gaat naar de psycholoog", ["psycholoog"]),
    ],
)
def test_words_about_health_are_named_as_they_were_typed(text, words):
    assert [word.lower() for word in health_words(text)] == words
