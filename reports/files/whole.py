"""Files in pieces; one that has to be whole first is made in a folder that goes away."""

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
    return _until_gone(folder, path)


def _until_gone(folder: "tempfile.TemporaryDirectory[str]", path: Path) -> Iterator[bytes]:
    with folder:
        yield from pieces_of(path)


def pieces_of(path: Path) -> Iterator[bytes]:
    """What is in a file; it is opened when the first piece is asked for."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
