"""Addresses that are a key themselves, such as `/antwoord/...`: no log keeps them."""

import logging
import re

#: The pages for colleagues under the same prefix have no key in their address.
_KEY = re.compile(
    r"(/(?:antwoord|toeleiding|uitnodiging)/+)(?!(?:links|aanvragen)/)[^/\s?#\"']+", re.IGNORECASE
)


def without_keys(text: str) -> str:
    """The same text; in place of each key stand three dots."""
    return _KEY.sub(r"\1...", text)


class PrivatePaths(logging.Formatter):
    """For every log in which an address may come, a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))
