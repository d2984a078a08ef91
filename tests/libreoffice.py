"""Finds the LibreOffice that opens our spreadsheets; as a command, installs Debian's if need be."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

MISSING = (
    "The tests of spreadsheets need LibreOffice Calc (Debian: apt-get install libreoffice-calc)."
)
#: Every sheet to a CSV of its own: `;`, quotes where needed, UTF-8, as shown, all sheets.
CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"


def find() -> str | None:
    mac = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
    return next((path for name in ("soffice", mac) if (path := shutil.which(name))), None)


def convert(files: Iterable[Path], to: Path, *, form: str = CSV) -> None:
    """Open all of them in one go, and save what is seen."""
    with tempfile.TemporaryDirectory(prefix="stek-office-") as profile:
        subprocess.run(
            [
                *(find() or sys.exit(MISSING), f"-env:UserInstallation=file://{profile}"),
                *("--headless", "--norestore", "--convert-to", form, "--outdir", str(to)),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "HOME": profile, "LC_ALL": "C.UTF-8"},
        )


def main() -> None:
    may_install = os.geteuid() == 0 and shutil.which("apt-get")
    if not find() and may_install:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "--no-install-recommends", "libreoffice-calc"]
        try:
            subprocess.run(["apt-get", "update"], check=True, env=environment)
            subprocess.run(install, check=True, env=environment)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{MISSING}\n(apt-get could not do it: {error})")
    print(find() or sys.exit(MISSING))


if __name__ == "__main__":
    main()
