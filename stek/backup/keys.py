"""The keys that seal backups: read from the settings, told apart by a name that tells nothing."""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stek.backup.problems import BackupError

BYTES = 32
MAKE_ONE = (
    "Maak een sleutel met `manage.py make_backup_key /etc/stek/backup-key` en zet "
    "STEK_BACKUP_KEY_FILE op dat bestand. Bewaar er ook een op papier, ver van de back-ups."
)


@dataclass(frozen=True)
class Key:
    """32 random bytes, and eight letters by which a backup says which key it needs."""

    secret: bytes

    @property
    def name(self) -> str:
        return hashlib.sha256(b"stek backup key name" + self.secret).hexdigest()[:8]

    @classmethod
    def of(cls, text: str) -> "Key":
        """Nothing of the text is repeated in what is said of a wrong one."""
        try:
            secret = base64.urlsafe_b64decode(text.strip())
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != BYTES:
            raise BackupError(f"Een sleutel van de back-ups heeft niet de juiste vorm. {MAKE_ONE}")
        return cls(secret)


def new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).decode()


def known_keys() -> Mapping[str, Key]:
    """By name; the first is the one that new backups are sealed with."""
    keys = [Key.of(word) for word in _text().split()]
    if not keys:
        raise BackupError(f"Er is geen sleutel voor de back-ups. {MAKE_ONE}")
    return {key.name: key for key in keys}


def sealing_key() -> Key:
    return next(iter(known_keys().values()))


def _text() -> str:
    if settings.BACKUP_KEY:
        return str(settings.BACKUP_KEY)
    if not settings.BACKUP_KEY_FILE:
        return ""
    path = Path(settings.BACKUP_KEY_FILE)
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "het is geen tekst"
        raise BackupError(f"STEK_BACKUP_KEY_FILE kan niet gelezen worden: {why}.") from error
