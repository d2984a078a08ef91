"""What a short note may hold; pure. The rule stands beside the field, and this is the rule."""

import re
import unicodedata

from stdnum import iban
from stdnum.exceptions import ValidationError as NotValid

#: A note is a reminder, not a file.
MOST_LETTERS = 280

# A look ahead, so that "nr12 BE71 0961 2345 6769" is tried from "nr" and from "BE".
_IBAN = re.compile(
    r"(?<![A-Z0-9])(?=([A-Z]{2} ?\d{2}(?:[ ./-]?[A-Z0-9]){11,30}))", re.ASCII | re.IGNORECASE
)
#: Stems of words about somebody's health; a warning, because "mutualiteit" is no illness.
_HEALTH = """
    ziek kanker depress burn-out burnout diabetes suikerziekte epileps hiv aids hepatitis
    zwanger miskraam abortus verslaaf verslav alcohol drugs psychiat psycholo psychose
    autis adhd dement alzheimer handicap invalid operatie chemo dialyse medicatie medicijn
    diagnose zelfmoord suïcid suicid trauma astma hartfalen beroerte tumor parkinson
"""
# A "ziekenfonds" is the other word for a mutualiteit.
_HEALTH_WORD = re.compile(
    rf"\b(?!ziekenfonds)(?:{'|'.join(map(re.escape, _HEALTH.split()))})\w*", re.IGNORECASE
)


def holds_account_number(text: str) -> bool:
    """Whether an IBAN stands anywhere in the text, in any spelling."""
    for found in _IBAN.finditer(unicodedata.normalize("NFKC", text)):
        compact = re.sub(r"[ ./-]", "", found[1]).upper()
        # What follows the number may be caught too: "BE71 0961 2345 6769 nog eens".
        for length in range(15, len(compact) + 1):
            try:
                iban.validate(compact[:length])
            except NotValid:
                continue
            return True
    return False


def health_words(text: str) -> list[str]:
    """The words about health that stand in the text, as they were typed, each once."""
    return list(dict.fromkeys(found[0] for found in _HEALTH_WORD.finditer(text)))
