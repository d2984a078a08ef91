"""The file of a backup: compressed, sealed in numbered chunks, and closed by a last one.

    magic | length, header (JSON, open) | length, chunk | ... | length, last chunk

Chunks are sealed with AES-256-GCM under a key of this file alone, with their number and whether
they are the last as nonce, and the header as what they are bound to. So a chunk that was changed,
swapped, left out, cut off, appended or taken from another file does not open.
"""

import datetime as dt
import hashlib
import json
import os
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stek.backup.keys import Key
from stek.backup.problems import BackupError

MAGIC = b"STEKBAK\n"
VERSION = 1
#: Open bytes of a chunk; a sealed one is never much longer.
CHUNK = 4 * 1024 * 1024
MOST = CHUNK + 64 * 1024
#: Compressing is what takes the time; two cores do it side by side.
WORKERS = 2

DAMAGED = "Deze back-up is beschadigd of niet volledig: {why}. Er is niets veranderd."


@dataclass(frozen=True)
class Header:
    """What stands open on a backup: enough to say which key it needs, and nothing of anybody."""

    made_at: dt.datetime
    key_name: str
    salt: bytes
    version: int = VERSION

    def encoded(self) -> bytes:
        values = {
            "version": self.version,
            "made_at": self.made_at.isoformat(),
            "key": self.key_name,
            "salt": self.salt.hex(),
        }
        return json.dumps(values).encode()

    @classmethod
    def decoded(cls, text: bytes) -> "Header":
        values = json.loads(text)
        if values["version"] != VERSION:
            raise BackupError(
                "Deze back-up is gemaakt door een nieuwere versie van Stek. Installeer eerst die "
                "versie. Er is niets veranderd."
            )
        return cls(
            made_at=dt.datetime.fromisoformat(values["made_at"]),
            key_name=values["key"],
            salt=bytes.fromhex(values["salt"]),
            version=values["version"],
        )


class _Box:
    """Seals and opens the chunks of one file."""

    def __init__(self, key: Key, header: bytes, salt: bytes) -> None:
        derived = HKDF(SHA256(), length=32, salt=salt, info=b"stek backup v1").derive(key.secret)
        self._cipher = AESGCM(derived)
        self._header = header

    @staticmethod
    def _nonce(number: int, last: bool) -> bytes:
        return number.to_bytes(11, "big") + bytes([last])

    def seal(self, number: int, data: bytes, *, last: bool = False) -> bytes:
        return self._cipher.encrypt(self._nonce(number, last), data, self._header)

    def open(self, number: int, sealed: bytes, *, last: bool = False) -> bytes:
        return self._cipher.decrypt(self._nonce(number, last), sealed, self._header)


@dataclass(frozen=True)
class Contents:
    """What was sealed: how many open bytes, and their fingerprint."""

    size: int
    sha256: str


def seal(
    source: BinaryIO, sink: BinaryIO, *, key: Key, made_at: dt.datetime, manifest: Mapping[str, Any]
) -> Contents:
    """Read the source to its end into the sink; the manifest goes in front, sealed too."""
    header = Header(made_at, key.name, os.urandom(32))
    encoded = header.encoded()
    box = _Box(key, encoded, header.salt)
    sink.write(MAGIC)
    _write(sink, encoded)
    _write(sink, box.seal(0, json.dumps(manifest).encode()))
    digest, size, number = hashlib.sha256(), 0, 0
    waiting: deque[Future[bytes]] = deque()

    def compressed(number: int, data: bytes) -> bytes:
        return box.seal(number, zlib.compress(data, 1))

    with ThreadPoolExecutor(WORKERS) as pool:
        while data := source.read(CHUNK):
            number += 1
            waiting.append(pool.submit(compressed, number, data))
            digest.update(data)
            size += len(data)
            if len(waiting) > 2 * WORKERS:
                _write(sink, waiting.popleft().result())
        while waiting:
            _write(sink, waiting.popleft().result())
    contents = Contents(size, digest.hexdigest())
    _write(sink, box.seal(number + 1, json.dumps(vars(contents)).encode(), last=True))
    return contents


class Opened:
    """A backup that is read: header and manifest at once, the contents as a stream."""

    def __init__(self, source: BinaryIO, keys: Mapping[str, Key]) -> None:
        """Raises a `BackupError` that says what is wrong with it."""
        self._source = source
        if source.read(len(MAGIC)) != MAGIC:
            raise BackupError("Dit is geen back-up van Stek. Er is niets veranderd.")
        encoded = self._read()
        try:
            self.header = Header.decoded(encoded)
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged("het begin is onleesbaar") from error
        key = keys.get(self.header.key_name)
        if key is None:
            raise BackupError(
                f"Deze back-up is gemaakt met een andere sleutel ({self.header.key_name}) dan die "
                f"er zijn ({', '.join(keys)}). Zet die sleutel erbij in STEK_BACKUP_KEY_FILE. "
                "Er is niets veranderd."
            )
        self._box = _Box(key, encoded, self.header.salt)
        self.manifest: dict[str, Any] = json.loads(self._open(0, self._read()))

    def contents(self) -> Iterator[bytes]:
        """The open bytes, chunk by chunk; the last one is given only when all of it holds.

        A caller that puts something in place before the stream has ended puts in half of it.
        """
        digest, size, number = hashlib.sha256(), 0, 1
        chunk = self._read()
        while following := self._source.read(4):
            data = zlib.decompress(self._open(number, chunk))
            digest.update(data)
            size += len(data)
            yield data
            chunk = self._read(following)
            number += 1
        told = json.loads(self._open(number, chunk, last=True))
        if told != vars(Contents(size, digest.hexdigest())):
            raise _damaged("de inhoud klopt niet met het slot")

    def _read(self, length: bytes = b"") -> bytes:
        length = length or self._source.read(4)
        size = int.from_bytes(length, "big")
        if len(length) < 4 or size > MOST:
            raise _damaged("het is afgebroken of er staat iets anders in")
        data = self._source.read(size)
        if len(data) < size:
            raise _damaged("het is afgebroken")
        return data

    def _open(self, number: int, sealed: bytes, *, last: bool = False) -> bytes:
        try:
            return self._box.open(number, sealed, last=last)
        except InvalidTag as error:
            where = "het slot" if last else f"deel {number}"
            raise _damaged(f"{where} klopt niet") from error


def _write(sink: BinaryIO, data: bytes) -> None:
    sink.write(len(data).to_bytes(4, "big"))
    sink.write(data)


def _damaged(why: str) -> BackupError:
    return BackupError(DAMAGED.format(why=why))
