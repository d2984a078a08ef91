"""How a person's name is read for searching and shown on a shared screen; pure, no models.

Everything here accepts any text at all: a search box is typed in by people and hit by scanners.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

#: Longer text is cut before anything else: nobody's name needs it, and the cost stays bounded.
MOST_LETTERS = 160

#: Words that belong to the one after them: "Van den Broeck" is one name, written apart or not.
_PARTICLES = (
    "van vande vanden vander von vom zu den der de het ten ter te op aan uit in la le les du des "
    "da das do dos di del della af av el al as ait ould ben bin bint abd abdel abdul abou abu bou "
    "st saint sint mac mc d l o s t"
)
PARTICLES = frozenset(_PARTICLES.split())

#: Both straight and curly, the ayn and hamza of transliterations, and the Ukrainian one.
_APOSTROPHES = "'’‘ʼ`´ʹʻʾʿ′＇"
_AFTER_ONE_LETTER = re.compile(rf"\b([dlost])[{_APOSTROPHES}](?=\w)")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_NO_WORD = re.compile(r"[^a-z0-9]+")

# Arabic script leaves short vowels out, so a letter-by-letter reading ("mhmd") resembles nothing
# that a Belgian keyboard types. One vowel between two consonants brings it near ("mahamad").
_ARABIC_RUN = re.compile(r"[\u0600-\u06ff]+")
_ARABIC_LETTERS = str.maketrans({
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ه": "h", "ع": "a",
    "ء": "", "ئ": "i", "ؤ": "u", "و": "u", "ي": "i", "ی": "i", "ب": "b", "پ": "p", "ت": "t",
    "ث": "t", "ج": "j", "چ": "c", "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
    "ژ": "j", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
})  # fmt: skip
_ARABIC_SIGNS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_TWO_CONSONANTS = re.compile(r"(kh|sh|gh|[^aiu])(?=[^aiu])")
#: A few names that everybody knows, where the general rule lands too far off.
_ARABIC_KNOWN = {
    "محمد": "mohamed", "أحمد": "ahmed", "احمد": "ahmed", "عمر": "omar", "علي": "ali",
    "يوسف": "youssef", "مصطفى": "mustafa", "محمود": "mahmoud", "عبد": "abd", "الله": "allah",
    "عبدالله": "abdallah", "إبراهيم": "ibrahim", "ابراهيم": "ibrahim", "مريم": "maryam",
    "فاطمة": "fatima", "عائشة": "aisha", "زينب": "zainab", "خديجة": "khadija", "هدى": "huda",
    "ليلى": "layla", "منى": "mona", "سعيد": "said", "رشيد": "rashid", "كريم": "karim",
    "وليد": "walid", "ياسين": "yassin", "إسماعيل": "ismail",
}  # fmt: skip


def _latin_from_arabic(found: re.Match[str]) -> str:
    word = _ARABIC_SIGNS.sub("", found[0])
    if word in _ARABIC_KNOWN:
        return _ARABIC_KNOWN[word]
    article = ""
    if word.startswith("ال") and len(word) > 4:
        article, word = "al ", word[2:]
        if word in _ARABIC_KNOWN:
            return article + _ARABIC_KNOWN[word]
    # A waw or ya before a vowel is the consonant w or y: "ياسر" is Yasir, "وفاء" Wafa.
    word = re.sub("^و", "w", word)
    word = re.sub("^[يی]", "y", word)
    letters = word.translate(_ARABIC_LETTERS)
    return article + _TWO_CONSONANTS.sub(r"\1a", letters)


def _is_wanted(character: str) -> bool:
    """Letters, marks, digits, and what separates words; no signs, controls or emoji."""
    return (
        unicodedata.category(character)[0] in "LMNZP"
        or character in _APOSTROPHES
        or character.isspace()
    )


def latin(text: str) -> str:
    """The text in lower-case ASCII letters, digits, spaces and punctuation."""
    text = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    text = "".join(c if _is_wanted(c) else " " for c in text)
    return anyascii(_ARABIC_RUN.sub(_latin_from_arabic, text)).lower()


@lru_cache(maxsize=8192)
def split(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, each with the parts that may also be written apart.

    "Jean-Paul Van den Broeck" gives (("jean",), ("paul",), ("van", "den", "broeck")).
    """
    plain = _APOSTROPHE.sub("", _AFTER_ONE_LETTER.sub(r"\1 ", latin(text)))
    words: list[tuple[str, ...]] = []
    open_particles: list[str] = []
    for part in _NO_WORD.split(plain):
        if not part:
            continue
        open_particles.append(part)
        if part not in PARTICLES:
            words.append(tuple(open_particles))
            open_particles = []
    if open_particles:  # "jos van" while somebody is still typing, or a person called Ben
        words.append(tuple(open_particles))
    return tuple(words)


def normalise(text: str) -> list[str]:
    """The searchable words: no accents, case, apostrophes; particles joined to their word."""
    return ["".join(parts) for parts in split(text)]


def _initial(text: str) -> str:
    """The first letter with its accents, upper case: "'s Jongers" gives "S"."""
    for place, character in enumerate(text):
        if not character.isalnum():
            continue
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        return text[place].upper()[:1] + text[place + 1 : end]
    return ""


def short_name(first_name: str, last_name: str) -> str:
    """What others at the counter may see: "Jozef V."; without a first name only "V."."""
    first_name = " ".join(first_name.split())
    initial = _initial(last_name)
    return " ".join(part for part in (first_name, f"{initial}." if initial else "") if part)


def full_name(first_name: str, last_name: str) -> str:
    """The name as one says it."""
    return f"{first_name} {last_name}".strip()
