"""The themes and papers of a STEK, as a file names them."""

from dataclasses import dataclass

from forms_help.models import Document, Theme
from places.models import Stek
from places.sensitive import clean_name


@dataclass(frozen=True)
class Lists:
    """Ids by key and by name; what is no longer in use is known too."""

    themes: dict[str, int]
    documents: dict[str, int]

    @classmethod
    def of(cls, stek: Stek) -> "Lists":
        themes: dict[str, int] = {}
        for pk, key, name in Theme.objects.of_stek(stek).values_list("pk", "key", "name"):
            themes[_fold(name)] = pk
            if key:
                themes[f"key {key}"] = pk
        named = Document.objects.of_stek(stek).values_list("name", "pk")
        return cls(themes, {_fold(name): pk for name, pk in named})

    def theme(self, code: str, name: str) -> int | None:
        return self.themes.get(f"key {code}") or self.themes.get(_fold(name))

    def document(self, name: str) -> int | None:
        return self.documents.get(_fold(name))


def _fold(name: str) -> str:
    return clean_name(name).casefold()
