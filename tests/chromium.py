"""Finds the Chromium that the browser tests drive; as a command, installs Debian's if need be."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = (
    "The browser tests need Chromium. Install it (Debian: apt-get install chromium) "
    "or say where it is with STEK_CHROMIUM=/path/to/chromium."
)

# The list of the address bar is a page of its own, twice in each window that is opened: half of all
# that the browser does in a journey. The browser takes the last such list only, so those of
# Playwright's own that matter on 127.0.0.1 follow.
WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "OptimizationHints",
    "MediaRouter",
    "LensOverlay",
)

# Quiet and alone: no update, no account, no GPU; no sandbox because root has none.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]


def find() -> str | None:
    """The path of a browser that is there; STEK_CHROMIUM goes first."""
    if asked := os.environ.get("STEK_CHROMIUM"):
        return shutil.which(asked)
    return next((path for name in (*NAMES, MAC) if (path := shutil.which(name))), None)


def install() -> None:
    """Debian's own package, with a font for the names that Latin letters can't write."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-noto-core"]
    subprocess.run(["apt-get", "update"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
        check=True,
        env=environment,
    )


def main() -> None:
    may_install = os.geteuid() == 0 and shutil.which("apt-get")
    if not find() and may_install and not os.environ.get("STEK_CHROMIUM"):
        try:
            install()
        except subprocess.CalledProcessError as error:
            sys.exit(f"{MISSING}\n(apt-get could not do it: {error})")
    print(find() or sys.exit(MISSING))


if __name__ == "__main__":
    main()
