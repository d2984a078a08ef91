"""An answer as one text: headers, cookies, the page, and what stands in the file that it is."""

import io
import zipfile
from typing import Any

from pypdf import PdfReader

_ZIPPED = b"PK\x03\x04"
_PDF = b"%PDF-"


def text_of(answer: Any) -> str:
    """Everything that leaves the house with it."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return "\n".join((headers, answer.cookies.output(), opened(_body(answer))))


def _body(answer: Any) -> bytes:
    # Read to its end a stream closes itself, as the test client wants it.
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def opened(body: bytes) -> str:
    """A PDF as its words and properties, a spreadsheet or archive as all that is in it."""
    if body.startswith(_PDF):
        pdf = PdfReader(io.BytesIO(body))
        pages = [page.extract_text() for page in pdf.pages]
        return "\n".join((*pages, str(pdf.metadata)))
    if body.startswith(_ZIPPED):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [opened(archive.read(name)) for name in archive.namelist()]
            return "\n".join((*archive.namelist(), *parts))
    return body.decode("utf-8", "replace")
