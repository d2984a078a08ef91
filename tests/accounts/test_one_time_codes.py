"""The codes of an app, against the examples of RFC 6238, and which of them are taken."""

import base64

import pytest

from accounts.one_time_codes import STEP, address_of, code_at, in_fours, new_secret, step_of

#: The seed of the examples, and the last six of their eight digits.
SEED = base64.b32encode(b"12345678901234567890").decode()
EXAMPLES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
]
NOW = 1_234_567_890
NOW_STEP = NOW // STEP


@pytest.mark.parametrize(("at", "code"), EXAMPLES)
def test_code_is_the_one_of_the_standard(at, code):
    assert code_at(SEED, at // STEP) == code
    assert step_of(SEED, code, at=at) == at // STEP


@pytest.mark.parametrize(
    ("ahead", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_clock_may_differ_by_one_step(ahead, taken):
    step = NOW_STEP + ahead
    assert (step_of(SEED, code_at(SEED, step), at=NOW) == step) is taken


def test_code_that_was_used_and_those_before_it_are_taken_no_more():
    used = NOW_STEP
    assert step_of(SEED, code_at(SEED, used), at=NOW, after=used) is None
    assert step_of(SEED, code_at(SEED, used - 1), at=NOW, after=used) is None
    assert step_of(SEED, code_at(SEED, used + 1), at=NOW, after=used) == used + 1


@pytest.mark.parametrize("typed", ["005 924", " 005924 ", "00 59 24"])
def test_spaces_do_not_matter(typed):
    assert step_of(SEED, typed, at=NOW) == NOW_STEP


@pytest.mark.parametrize(
    "typed",
    ["", "5924", "0059240", "٠٠٥٩٢٤", "００５９２４", "x05924", "-05924", "005924\x00", "5.9e3"],
)
def test_what_is_no_code_is_wrong_and_no_error(typed):
    assert step_of(SEED, typed, at=NOW) is None


def test_secret_is_new_each_time_and_long():
    one, other = new_secret(), new_secret()
    assert one != other
    assert len(base64.b32decode(one)) == 20
    assert in_fours(one).replace(" ", "") == one


def test_address_says_whose_it_is_and_nothing_else():
    address = address_of(SEED, account="els", issuer="Stek")
    assert address.startswith("otpauth://totp/Stek:els?")
    assert f"secret={SEED}" in address
