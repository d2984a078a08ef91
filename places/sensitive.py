"""What no text field may take in: national numbers, and signs that are not plain text."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A customer card has eleven digits too.
_CARD = re.compile(r"\s*SK\d{10}-\d\s*", re.ASCII | re.IGNORECASE)
# A number's groups as people write it, "85.07.30-033.61": cuts after these many digits.
_USUAL_CUTS = frozenset({2, 4, 6, 9})
_LENGTH = 11
# Nothing else is written like this, so a slip in its check digits does not make it harmless.
_USUAL_FORM = re.compile(r"(?<!\d)\d\d\.\d\d\.\d\d ?- ?\d{3}[. -]\d\d(?!\d)")
_GROUPS = re.compile(r"(?<!\d)\d+(?:[ .\-/\u00a0]\d+)*")
_GROUP = re.compile(r"\d+")
# Belgian mobile numbers as the world dials them; "32" would be the year of birth.
_MOBILE = re.compile(r"32 ?4[5-9]")


def _is_national_number(digits: str) -> bool:
    """Whether the check digits fit, for births before and from 2000, and a date is possible.

    A BIS number has 20 or 40 added to the month; an unknown month or day is 00.
    """
    month, day = int(digits[2:4]), int(digits[4:6])
    if month % 20 > 12 or month > 52 or day > 31:
        return False
    check = int(digits[9:])
    return any(97 - int(century + digits[:9]) % 97 == check for century in ("", "2"))


def _plain_digits(text: str) -> str:
    """Every kind of digit as 0-9, so that other scripts do not slip through."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _candidates(run: str) -> list[str]:
    """The 11-digit numbers that may stand in a run of digit groups."""
    groups = _GROUP.findall(run)
    if len(groups) == 1 or sum(map(len, groups)) == _LENGTH:
        whole = "".join(groups)
        return [whole] if len(whole) == _LENGTH else []
    found = []
    for start in range(len(groups)):
        digits, cuts = "", set()
        # Eleven groups hold eleven digits: all of them again for each would never end.
        for group in groups[start : start + _LENGTH]:
            digits += group
            if len(digits) >= _LENGTH:
                break
            cuts.add(len(digits))
        if len(digits) == _LENGTH and cuts <= _USUAL_CUTS:
            found.append(digits)
    return found


def holds_national_number(text: str) -> bool:
    """Whether a Belgian national register or BIS number stands anywhere in the text."""
    if _CARD.fullmatch(text):
        return False
    text = _plain_digits(text)
    if _USUAL_FORM.search(text):
        return True
    for run in _GROUPS.finditer(text):
        before = text[: run.start()].rstrip()
        if before.endswith("+") or _is_mobile(run[0]):
            continue
        if any(map(_is_national_number, _candidates(run[0]))):
            return True
    return False


def _is_mobile(run: str) -> bool:
    return _MOBILE.match(run) is not None and "." not in run[:3]


def no_national_number(value: str) -> None:
    """Validator: we do not keep national numbers, wherever they are typed."""
    if holds_national_number(value):
        raise ValidationError(
            _(
                "Dit lijkt op een rijksregisternummer. Dat bewaren we nergens: "
                "laat het weg, het klantnummer is genoeg."
            ),
            code="national_number",
        )


# Invisible signs that reorder text or hide in it. The zero-width (non-)joiner stays allowed:
# Persian and Indian names are written with it.
_HIDDEN = re.compile(
    "[\U000e0000-\U000e007f\u061c\u200b\u200e\u200f\u2060-\u206f\u202a-\u202e\ufeff\u00ad"
    # Letters and notes that draw nothing.
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_HARMLESS_HIDDEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_JOINER_AT_EDGE = re.compile("(?<!\\w)[\u200c\u200d]|[\u200c\u200d](?!\\w)")
_FORMULA_START = frozenset("=+-@")
_MOST_MARKS = 6
#: Control, lone surrogate, private use and unassigned characters; line and paragraph separators.
_NOT_TEXT = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Letters, digits, punctuation and symbols; marks and joiners alone show nothing.
_VISIBLE = frozenset("LNPS")


def plain_text(value: str) -> None:
    """Validator: one line of ordinary text, in any script, that no spreadsheet will run."""
    kinds = {unicodedata.category(c) for c in value}
    shows = not kinds or any(kind[0] in _VISIBLE for kind in kinds)
    if _HIDDEN.search(value) or kinds & _NOT_TEXT or not shows:
        raise ValidationError(
            _("Hierin staat een onzichtbaar teken. Typ de tekst opnieuw."), code="hidden"
        )
    if "<" in value or ">" in value:
        raise ValidationError(_("Laat de tekens < en > weg."), code="markup")
    if unicodedata.normalize("NFKC", value).lstrip()[:1] in _FORMULA_START:
        raise ValidationError(_("Begin niet met het teken = + - of @."), code="formula")
    marks = 0
    for character in value:
        is_mark = unicodedata.combining(character) or unicodedata.category(character) == "Me"
        marks = marks + 1 if is_mark else 0
        if marks > _MOST_MARKS:
            raise ValidationError(_("Er staan te veel tekens op één letter."), code="marks")


def clean_name(value: str) -> str:
    """The form in which a name is stored: NFC, single spaces, no harmless invisible signs."""
    value = unicodedata.normalize("NFC", value)
    value = _JOINER_AT_EDGE.sub("", _HARMLESS_HIDDEN.sub("", value))
    # Only spaces are collapsed: a NUL or another control character must reach the validator.
    return " ".join(value.split())
