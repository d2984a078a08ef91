"""The token on a customer card: how it is made, and read back from whatever a scanner types.

A token says nothing about the person. "SK" + 10 random digits + "-" + a check digit (Damm: it
catches every single wrong digit and every swap of two neighbours). With 10 digits a double among
45,000 households is a chance of one in ten; the database refuses it.
"""

import re
import secrets
import unicodedata

from stdnum import damm

DIGITS = 10
_TOKEN = re.compile(rf"SK(\d{{{DIGITS}}})-?(\d)")
_CARD_LIKE = re.compile(r"SK-?\d{4}")

# A scanner set to a US keyboard sends key positions; on a Belgian AZERTY laptop these come out
# as the signs below ("SK&àà'é")è"), and with caps lock on as digits, capitals and "°".
_AZERTY = str.maketrans({
    "&": "1", "É": "2", '"': "3", "'": "4", "(": "5", "§": "6", "È": "7", "!": "8", "Ç": "9",
    "À": "0", ")": "-", "°": "-", "_": "-", "–": "-", "—": "-", "−": "-",
})  # fmt: skip


def new_token() -> str:
    """A fresh token; the database refuses the rare double."""
    return token_of(secrets.randbelow(10**DIGITS))


def token_of(serial: int) -> str:
    """The token with these digits, for data sets that must come out the same each time."""
    digits = f"{serial:0{DIGITS}d}"
    return f"SK{digits}-{damm.calc_check_digit(digits)}"


def _decode(text: str) -> str:
    text = unicodedata.normalize("NFC", text[:64]).upper()
    return "".join(text.split()).translate(_AZERTY)


def read_token(text: str) -> str | None:
    """The token that this text stands for, or None when it is none or its check digit is wrong."""
    found = _TOKEN.fullmatch(_decode(text))
    if not found or not (found[1] + found[2]).isascii() or not damm.is_valid(found[1] + found[2]):
        return None
    return f"SK{found[1]}-{found[2]}"


def looks_like_card(text: str) -> bool:
    """Meant as a card, also when it was read badly: then "scan again" helps, not a name search."""
    return _CARD_LIKE.match(_decode(text)) is not None
