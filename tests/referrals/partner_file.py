"""A file of partners to read in: what its tests share."""

import io
import json
import uuid
import zipfile

from referrals.hsds.actions import (
    open_draft,
)
from referrals.hsds.archive import unpack
from referrals.hsds.plan import make_plan
from referrals.models import DirectoryImport


def as_json(*services, **others) -> bytes:
    return json.dumps({"contents": list(services), **others}).encode()


def zipped(**files: str | bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(f"{name}.csv", text)
    return output.getvalue()


def drafted(colleague, content: bytes, key: uuid.UUID | None = None) -> DirectoryImport:
    return open_draft(
        stek=colleague.membership.stek,
        content=content,
        file_name="partners.zip",
        request_id=key or uuid.uuid4(),
        by=colleague.user,
    )


def plan_for(stek, *services, **others):
    return make_plan(unpack(as_json(*services, **others)), stek)
