"""Card tokens, as made and as scanners type them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.cards import looks_like_card, new_token, read_token, token_of

#: What the US key positions of a token give on a Belgian AZERTY keyboard, plain and with shift.
AZERTY = str.maketrans("1234567890-", "&é\"'(§è!çà)")
TOKEN = token_of(10042315)


def test_new_token_is_read_back() -> None:
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) > 45
    assert all(read_token(token) == token for token in tokens)
    assert all(len(token) == 14 for token in tokens)


@pytest.mark.parametrize(
    "typed",
    [
        TOKEN,
        f"  {TOKEN}\r\n",
        TOKEN.lower(),
        TOKEN.replace("-", ""),
        TOKEN.translate(AZERTY),
        TOKEN.translate(AZERTY).lower(),
        TOKEN.translate(AZERTY).upper(),
        TOKEN.replace("-", "°").lower(),
        TOKEN.replace("-", "_"),
        TOKEN.replace("-", "–"),
        TOKEN.replace("-", " - "),
    ],
)
def test_read_token_reads_what_a_scanner_types(typed: str) -> None:
    assert read_token(typed) == TOKEN


def test_azerty_covers_every_digit() -> None:
    for start in range(10):
        token = token_of(int("".join(str((start + i) % 10) for i in range(8))))
        assert read_token(token.translate(AZERTY)) == token


def test_read_token_refuses_every_single_wrong_digit() -> None:
    for place in [2, 3, 4, 5, 6, 7, 8, 9, 11]:
        for digit in set("0123456789") - {TOKEN[place]}:
            assert read_token(TOKEN[:place] + digit + TOKEN[place + 1 :]) is None


def test_read_token_refuses_every_swap_of_neighbours() -> None:
    for place, following in itertools.pairwise(range(2, 10)):
        if TOKEN[place] != TOKEN[following]:
            letters = list(TOKEN)
            letters[place], letters[following] = letters[following], letters[place]
            assert read_token("".join(letters)) is None


@pytest.mark.parametrize(
    "text", ["", "SK", "SK12", "12345678-9", TOKEN + "1", "X" + TOKEN, "sk١٢٣"]
)
def test_read_token_gives_none_for_anything_else(text: str) -> None:
    assert read_token(text) is None


@given(st.text(st.characters()))
def test_read_token_never_fails(text: str) -> None:
    assert read_token(text) is None or looks_like_card(text)


@pytest.mark.parametrize("text", [TOKEN, TOKEN[:7], TOKEN[:-1] + "X", TOKEN.translate(AZERTY)])
def test_looks_like_card_also_when_badly_read(text: str) -> None:
    assert looks_like_card(text)


@pytest.mark.parametrize("text", ["", "sk", "Skou", "1234", "Skéà", "Sk'ou", "'s Jongers"])
def test_looks_like_card_leaves_names_and_numbers_alone(text: str) -> None:
    assert not looks_like_card(text)
