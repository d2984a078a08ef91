"""Invented families: names as one hears them in the Kempen, one in ten from elsewhere."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from faker import Faker

from people.models import Language

FOREIGN_SHARE = 0.10
#: Household sizes 1, 2, 3, 4 and 5+; 5+ is spread over 5 to 8.
SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_WEIGHTS = (34, 22, 16, 15, 7, 4, 1, 1)
#: How many of them are adults.
ADULTS = {
    1: ((1,), (1,)),
    2: ((2, 1), (60, 40)),
    3: ((2, 1, 3), (50, 35, 15)),
    4: ((2, 1, 3), (75, 15, 10)),
}
ADULTS_OF_MORE = ((2, 1, 3), (80, 12, 8))

#: Makes a first and a last name for a woman (True) or a man.
Namer = Callable[[bool], tuple[str, str]]


@dataclass(frozen=True)
class Family:
    """`people` are (first name, last name): the contact person, then who may come for them."""

    people: tuple[tuple[str, str], ...]
    adults: int
    children: int
    language: str


# Faker has these languages in their own script or not at all, and Belgian papers are in Latin.
# Women, men, family names.
_BY_HAND = {
    "ma": (
        "Fatima Khadija Naima Samira Malika Latifa Hanane Souad Nawal Zineb",
        "Mohamed Ahmed Youssef Rachid Hassan Karim Khalid Mustapha Brahim Bilal",
        "El_Amrani Benali El_Khattabi Bouazza Zerouali Ouali Azzouzi Tahiri El_Idrissi Daoudi",
    ),
    "ua": (
        "Olena Oksana Iryna Nataliia Tetiana Svitlana Kateryna Yuliia Liudmyla Hanna",
        "Oleksandr Serhii Volodymyr Andrii Mykola Ivan Vasyl Yurii Dmytro Bohdan",
        "Shevchenko Bondarenko Kovalenko Tkachenko Kravchenko Melnyk Savchenko Rudenko Petrenko",
    ),
    "sy": (
        "Rania Lina Hiba Amal Nour Rasha Maha Ghada Reem Huda",
        "Mahmoud Bashar Ghassan Samer Tarek Omar Khaled Anas Firas Wael",
        "Al_Ahmad Al_Hassan Al_Khatib Haddad Darwish Mansour Nasser Qasim Suleiman Shami",
    ),
}


def _from_faker(locale: str, seed: int) -> Namer:
    fake = Faker(locale)
    fake.seed_instance(seed)

    def name(woman: bool) -> tuple[str, str]:
        if woman:
            return fake.first_name_female(), fake.last_name_female()
        return fake.first_name_male(), fake.last_name_male()

    return name


def _from_lists(origin: str, rng: random.Random) -> Namer:
    women, men, last_names = (
        [word.replace("_", " ") for word in block.split()] for block in _BY_HAND[origin]
    )

    def name(woman: bool) -> tuple[str, str]:
        return rng.choice(women if woman else men), rng.choice(last_names)

    return name


def families(rng: random.Random) -> Iterator[Family]:
    """Families without end; the same generator state gives the same ones."""
    seed = rng.getrandbits(32)
    flemish = _from_faker("nl_BE", seed)
    elsewhere: list[tuple[Namer, tuple[str, ...]]] = [
        (_from_faker("nl_NL", seed), (Language.DUTCH,)),
        (_from_faker("ro_RO", seed), (Language.ROMANIAN,)),
        (_from_faker("pl_PL", seed), (Language.POLISH,)),
        (_from_lists("ma", rng), (Language.ARABIC, Language.FRENCH, Language.DUTCH)),
        (_from_lists("ua", rng), (Language.UKRAINIAN, Language.RUSSIAN)),
        (_from_lists("sy", rng), (Language.ARABIC,)),
    ]
    while True:
        if rng.random() < FOREIGN_SHARE:
            namer, languages = rng.choice(elsewhere)
            language = rng.choice(languages)
        else:
            namer, language = flemish, rng.choice(("", Language.DUTCH))
        yield _family(rng, namer, language)


def _family(rng: random.Random, namer: Namer, language: str) -> Family:
    size = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    counts, weights = ADULTS.get(size, ADULTS_OF_MORE)
    adults = rng.choices(counts, weights)[0]
    woman = rng.random() < 0.6  # more often it is she who comes
    contact = namer(woman)
    people = [contact]
    if adults > 1 and rng.random() < 0.7:
        people.append(namer(not woman))  # the partner, who keeps a name of their own
    if size > 2 and rng.random() < 0.15:
        first_name, _own = namer(rng.random() < 0.5)
        people.append((first_name, contact[1]))  # a child, old enough to do the shopping
    return Family(tuple(people), adults, size - adults, language)
