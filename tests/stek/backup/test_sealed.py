"""The sealed file: what goes in comes out, and whatever was done to it is seen."""

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest

from stek.backup.keys import Key, known_keys, new_key
from stek.backup.problems import BackupError
from stek.backup.sealed import CHUNK, MAGIC, Opened, seal

AT = dt.datetime(2026, 3, 21, 14, 30, tzinfo=dt.UTC)
KEY = Key.of(new_key())
KEYS = {KEY.name: KEY}
#: Three chunks, the last one short.
CONTENTS = os.urandom(2 * CHUNK + 1000)


def sealed(contents: bytes = CONTENTS, key: Key = KEY) -> bytes:
    sink = io.BytesIO()
    seal(io.BytesIO(contents), sink, key=key, made_at=AT, manifest={"tables": {"people": 3}})
    return sink.getvalue()


def unsealed(file: bytes, keys: dict[str, Key] = KEYS) -> bytes:
    return b"".join(Opened(io.BytesIO(file), keys).contents())


def pieces(file: bytes) -> list[bytes]:
    """The header and the chunks, each with its length."""
    found, place = [], len(MAGIC)
    while place < len(file):
        end = place + 4 + int.from_bytes(file[place : place + 4], "big")
        found.append(file[place:end])
        place = end
    return found


FILE = sealed()
HEADER, MANIFEST, *CHUNKS, LAST = pieces(FILE)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_what_is_sealed_comes_out_the_same(size: int) -> None:
    contents = os.urandom(size)
    assert unsealed(sealed(contents)) == contents


def test_the_manifest_and_the_moment_are_read_first() -> None:
    backup = Opened(io.BytesIO(FILE), KEYS)
    assert backup.manifest == {"tables": {"people": 3}}
    assert backup.header.made_at == AT


def test_nothing_of_the_contents_stands_open() -> None:
    canary = b"Xandrine Canarie"
    file = sealed(canary * 1000)
    assert canary not in file
    assert b"people" not in file


def test_the_same_contents_never_give_the_same_file() -> None:
    assert sealed(b"same") != sealed(b"same")


TAMPERED = {
    "another byte in the header": MAGIC + HEADER[:30] + b"X" + HEADER[31:] + MANIFEST,
    "another byte in a chunk": FILE[:5000] + bytes([FILE[5000] ^ 1]) + FILE[5001:],
    "another byte in the last chunk": FILE[:-5] + bytes([FILE[-5] ^ 1]) + FILE[-4:],
    "cut off in a chunk": FILE[: CHUNK // 2],
    "cut off between chunks": MAGIC + HEADER + MANIFEST + CHUNKS[0] + CHUNKS[1],
    "without its last chunk": FILE[: -len(LAST)],
    "only the beginning": MAGIC + HEADER + MANIFEST,
    "without a chunk in the middle": MAGIC + HEADER + MANIFEST + CHUNKS[0] + CHUNKS[2] + LAST,
    "two chunks swapped": MAGIC + HEADER + MANIFEST + CHUNKS[1] + CHUNKS[0] + CHUNKS[2] + LAST,
    "a chunk twice": MAGIC + HEADER + MANIFEST + CHUNKS[0] + CHUNKS[0] + CHUNKS[2] + LAST,
    "something appended": FILE + b"x",
    "a chunk appended": FILE + CHUNKS[0],
    "the end twice": FILE + LAST,
    "a chunk of another backup": FILE.replace(CHUNKS[1], pieces(sealed())[3]),
    "the end of another backup": FILE.replace(LAST, pieces(sealed())[-1]),
    "a length that is not one": MAGIC + HEADER + MANIFEST + b"\xff\xff\xff\xff" + FILE[300:],
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_backup_that_was_tampered_with_does_not_open(what: str) -> None:
    with pytest.raises(BackupError, match=r"beschadigd|sleutel") as caught:
        unsealed(TAMPERED[what])
    assert "Er is niets veranderd." in str(caught.value)


@pytest.mark.parametrize("what", ["two chunks swapped", "without a chunk in the middle"])
def test_a_chunk_in_another_place_is_seen_before_it_is_given_on(what: str) -> None:
    """Not only at the end, by the fingerprint of all of it."""
    with pytest.raises(BackupError, match=r"deel \d klopt niet"):
        unsealed(TAMPERED[what])


@pytest.mark.parametrize("place", range(0, len(FILE), len(FILE) // 40))
def test_a_backup_that_is_cut_off_anywhere_does_not_open(place: int) -> None:
    with pytest.raises(BackupError):
        unsealed(FILE[:place])


def test_something_else_is_no_backup() -> None:
    with pytest.raises(BackupError, match="geen back-up van Stek"):
        unsealed(b"SQLite format 3\x00" + bytes(5000))


def test_a_wrong_key_says_which_one_is_needed() -> None:
    other = Key.of(new_key())
    with pytest.raises(BackupError, match=KEY.name) as caught:
        unsealed(FILE, {other.name: other})
    assert other.name in str(caught.value)


def test_a_key_that_only_bears_the_name_does_not_open() -> None:
    with pytest.raises(BackupError, match="beschadigd"):
        unsealed(FILE, {KEY.name: Key.of(new_key())})


def test_a_backup_of_a_newer_stek_is_refused() -> None:
    values = json.loads(HEADER[4:]) | {"version": 2}
    header = json.dumps(values).encode()
    newer = MAGIC + len(header).to_bytes(4, "big") + header + FILE[len(MAGIC) + len(HEADER) :]
    with pytest.raises(BackupError, match="nieuwere versie"):
        unsealed(newer)


def test_a_full_disk_is_heard_of() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="space"):
        seal(io.BytesIO(CONTENTS), full, key=KEY, made_at=AT, manifest={})


def test_keys_are_read_from_a_file_the_first_seals(settings, tmp_path: Path) -> None:
    new, old = new_key(), new_key()
    settings.BACKUP_KEY = ""
    settings.BACKUP_KEY_FILE = str(tmp_path / "keys")
    (tmp_path / "keys").write_text(f"{new}\n{old}\n", encoding="ascii")
    assert list(known_keys().values()) == [Key.of(new), Key.of(old)]
    of_before = sealed(key=Key.of(old))
    assert unsealed(of_before, dict(known_keys())) == CONTENTS


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "geen sleutel"), ("kort", "juiste vorm"), ("é" * 44, "juiste vorm")],
)
def test_a_key_that_is_none_says_how_to_make_one(settings, text: str, said: str) -> None:
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = text, ""
    with pytest.raises(BackupError, match=said) as caught:
        known_keys()
    assert "make_backup_key" in str(caught.value)
    assert not text or text not in str(caught.value)


def test_a_file_of_keys_that_is_away_is_said(settings, tmp_path: Path) -> None:
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = "", str(tmp_path / "none")
    with pytest.raises(BackupError, match="STEK_BACKUP_KEY_FILE"):
        known_keys()
