"""A file that has to be whole before its first byte can go out: made in a folder that goes away."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

PIECE = 65_536


def whole_file(write: Callable[[Path], None]) -> Iterator[bytes]:
    """Let it be written, and then give it in pieces. What `write` raises comes at once."""
    folder = tempfile.TemporaryDirectory(prefix="stek-")
    path = Path(folder.name) / "made"
    try:
        write(path)
    except BaseException:
        folder.cleanup()
        raise
    return _pieces(folder, path)


def _pieces(folder: "tempfile.TemporaryDirectory[str]", path: Path) -> Iterator[bytes]:
    with folder, path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
