"""Everything that can wait in the inbox, in the order in which it is shown."""

from reviews.kinds import Kind
from reviews.sources.accounts import UNUSED
from reviews.sources.duplicates import DUPLICATE
from reviews.sources.households import ENDING, LEAVING, MISSING, NEW, UNSEEN
from reviews.sources.policy import BUNDLE, SIGNAL
from reviews.sources.reading import READING
from reviews.sources.referrals import REQUEST, SILENT, WAITING
from reviews.sources.source import Item, Look, Source
from reviews.sources.table import FOLLOW_UP, OPENING

__all__ = ["SOURCES", "Item", "Look", "Source"]

_ALL = (
    FOLLOW_UP, OPENING, REQUEST, WAITING, SILENT, ENDING, NEW, DUPLICATE, MISSING, SIGNAL, BUNDLE,
    UNSEEN, LEAVING, UNUSED, READING,
)  # fmt: skip

SOURCES: dict[Kind, Source] = {source.kind: source for source in _ALL}
