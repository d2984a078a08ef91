"""The lists as the table offers them: what is in use, read once for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from forms_help.models import Document, HelpType, ListItem, Theme
from places.models import Stek

Item = TypeVar("Item", bound=ListItem)


@dataclass(frozen=True)
class Lists:
    """Lines that are in use, in the order of the coordinator."""

    themes: tuple[Theme, ...]
    help_types: tuple[HelpType, ...]
    documents: tuple[Document, ...]

    @classmethod
    def of(cls, stek: Stek) -> "Lists":
        """Four queries."""
        themes = Theme.objects.of_stek(stek).in_use().prefetch_related("documents")
        return cls(
            themes=tuple(themes),
            help_types=tuple(HelpType.objects.of_stek(stek).in_use()),
            documents=tuple(Document.objects.of_stek(stek).in_use()),
        )

    def themes_of(self, document: Document) -> list[int]:
        """The themes for which this paper is usually needed."""
        return [theme.pk for theme in self.themes if document in theme.documents.all()]

    def theme(self, pk: str) -> Theme:
        return _by_pk(self.themes, pk)

    def chosen_help_types(self, pks: Iterable[str]) -> tuple[HelpType, ...]:
        return tuple(_by_pk(self.help_types, pk) for pk in pks)

    def chosen_documents(self, pks: Iterable[str]) -> tuple[Document, ...]:
        return tuple(_by_pk(self.documents, pk) for pk in pks)


def _by_pk(items: Iterable[Item], pk: str) -> Item:
    return next(item for item in items if str(item.pk) == pk)
