"""Reads the name of a person from one or two cells; any script, few rules about names."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from people.imports.values import BadValueError, is_error
from people.imports.words import MASK, RowProblem
from people.names import PARTICLES
from places.sensitive import clean_name, no_national_number, plain_text

LONGEST = 80
PROBLEM_OF = {
    "hidden": RowProblem.CONTROL_CHARACTERS,
    "national_number": RowProblem.NATIONAL_NUMBER,
}


@dataclass(frozen=True)
class PersonName:
    """A name in two parts; one of them may be empty."""

    first: str = ""
    last: str = ""

    @property
    def letters_lost(self) -> bool:
        """A question mark stands where the program that made the file had no letter."""
        return "?" in self.first + self.last or "\ufffd" in self.first + self.last


def read_part(cell: str) -> str:
    """Tidy one part of a name; refuse what the forms refuse, and what holds no letter."""
    if is_error(cell):
        raise BadValueError(RowProblem.ERROR_VALUE)
    if MASK in cell:
        raise BadValueError(RowProblem.NATIONAL_NUMBER)
    name = clean_name(cell)
    try:
        plain_text(name)
        no_national_number(name)
    except ValidationError as error:
        raise BadValueError(PROBLEM_OF.get(error.code or "", RowProblem.NAME_NOT_A_NAME)) from error
    if len(name) > LONGEST:
        raise BadValueError(RowProblem.NAME_TOO_LONG)
    if name and not _may_be_name(name):
        raise BadValueError(RowProblem.NAME_NOT_A_NAME)
    return name


def _may_be_name(name: str) -> bool:
    """A name holds a letter, or question marks where letters were lost on the way."""
    return any(character.isalpha() for character in name) or set(name) <= set("?\ufffd -")


def _is_particle(word: str) -> bool:
    return word.casefold().strip("'’.") in PARTICLES


def read_last_first(cell: str) -> PersonName:
    """Split "Van den Broeck Jozef" or "Peeters, An"."""
    text = read_part(cell)
    if "," in text:
        return _split_at_comma(text)
    words = text.split()
    if len(words) < 2:
        return PersonName(last=text)
    capitals = _capitals_in_front(words)
    count = capitals or _family_words_in_front(words)
    return PersonName(first=" ".join(words[count:]), last=" ".join(words[:count]))


def read_first_last(cell: str) -> PersonName:
    """Split "Jozef Van den Broeck"; a comma says that the family name comes first after all."""
    text = read_part(cell)
    if "," in text:
        return _split_at_comma(text)
    words = text.split()
    if len(words) < 2:
        return PersonName(first=text)
    capitals = _capitals_in_front(words[::-1])
    if capitals:
        start = len(words) - capitals
    else:
        particle = (i for i, word in enumerate(words) if i and _is_particle(word))
        start = next(particle, len(words) - 1)
    return PersonName(first=" ".join(words[:start]), last=" ".join(words[start:]))


def _split_at_comma(text: str) -> PersonName:
    last, _comma, first = text.partition(",")
    return PersonName(first=first.replace(",", " ").strip(), last=last.strip())


def _capitals_in_front(words: list[str]) -> int:
    """Count the words in capitals that stand first, when the others are not: "VAN DAMME Els"."""
    count = 0
    while count < len(words) and words[count].isupper() and len(words[count]) > 1:
        count += 1
    return count if count < len(words) else 0


def _family_words_in_front(words: list[str]) -> int:
    """The particles and the one word after them, but always leave a word for the first name."""
    count = 0
    while count < len(words) - 2 and _is_particle(words[count]):
        count += 1
    return count + 1


def read_members(cell: str) -> tuple[list[PersonName], bool]:
    """Read other members, "Fatima; Ali El Amrani"; the bool says that some could not be read."""
    names: list[PersonName] = []
    incomplete = False
    for part in re.split(r"[;,/\n]|\ben\b|\bet\b|&|\+", cell):
        try:
            name = read_first_last(part.strip())
        except BadValueError:
            incomplete = True
            continue
        if name != PersonName() and name not in names:
            names.append(name)
    return names, incomplete
