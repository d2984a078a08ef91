"""The key of a row as it stands in an address: a plain one as it is, any other text encoded."""

import base64
import binascii
import re

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*")
#: No key is longer: a theme of 60 letters with its result.
LONGEST = 600


class RowKeyConverter:
    """A name may hold a slash or any letter; in an address it is "~" and base64 of UTF-8."""

    regex = r"[a-z0-9][a-z0-9_-]*|~[A-Za-z0-9_-]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError, which is a 404, for what `to_url` does not make."""
        if len(value) > LONGEST:
            raise ValueError
        if not value.startswith("~"):
            return value
        try:
            key = base64.urlsafe_b64decode(value[1:] + "=" * (-len(value[1:]) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError from error
        if self.to_url(key) != value:
            raise ValueError
        return key

    def to_url(self, key: str) -> str:
        if _PLAIN.fullmatch(key):
            return key
        return "~" + base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
