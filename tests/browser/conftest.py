"""Real Chromium against a real server, and axe over every state that a journey passes."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests import chromium
from tests.first_start import folder_of_it
from tests.test_run import Run, running

# Playwright runs an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Patience on a busy machine; a test that passes does not wait for it.
expect.set_options(timeout=15_000)

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {
    "width": 320,
    "height": 640,
}  # what 1280 px becomes at 400 % zoom (WCAG 1.4.10)

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
AXE_OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},  # part of 2.2 AA, but off by default
    "resultTypes": ["violations"],
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = chromium.find()
    if executable is None:
        pytest.fail(chromium.MISSING)
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "args": chromium.ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The counter's laptop, in Flanders, for somebody who asks for no animation."""
    return {
        **browser_context_args,
        "viewport": LAPTOP,
        "locale": "nl-BE",
        "timezone_id": "Europe/Brussels",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Lets a test say `page.goto("/balie/")`."""
    return live_server.url


@pytest.fixture
def live(live_server: LiveServer, transactional_db: None) -> LiveServer:
    """The running application; with it, rows are really committed and removed afterwards."""
    return live_server


@pytest.fixture
def broken() -> list[str]:
    """What went wrong on the pages of this test so far; a test that means it to, clears it."""
    return []


@pytest.fixture
def open_page(
    live: LiveServer, new_context: Callable[..., BrowserContext], broken: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens one more laptop, which nobody is signed in on: `open_page(java_script_enabled=False)`.

    No page may break its own rules while a test looks elsewhere: the test fails on a script error,
    on what the Content-Security-Policy stopped, on a static file that is not there and on an answer
    of 500 or more.
    """

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    def on_response(response: Response) -> None:
        missing = response.status == 404 and settings.STATIC_URL in response.url
        if missing or response.status >= 500:
            broken.append(f"{response.status} {response.url}")

    def open_one(**options: Any) -> Page:
        page = new_context(**options).new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", on_console)
        page.on("response", on_response)
        return page

    yield open_one
    assert not broken, "A page broke its own rules:\n" + "\n".join(broken)


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Run]:
    """What `make run` starts; what it makes first was made already, if tests/test_run.py ran."""
    data = tmp_path / "data"
    if (made := folder_of_it(request.config)).exists():
        shutil.copytree(made, data)
    with running(data) as run:
        yield run


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The laptop of this test."""
    return open_page()


@pytest.fixture
def sign_in(live: LiveServer) -> Callable[[Page, User], None]:
    """`sign_in(page, user)`, without the form, which has a journey of its own."""

    def sign(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [
                {
                    "name": name,
                    "value": client.cookies[name].value,
                    "url": live.url,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    return sign


@pytest.fixture
def axe(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`axe(page, "Wie komt er binnen?")`: this is that page, and no rule of WCAG 2.2 AA is broken.

    Looks at laptop and phone size the first time that a test comes to a page, and at one of them in
    turn for its further states; and that nothing runs out of a window of 320 pixels. With `sizes`
    at those, and colours left out, for one more face of a page that is looked at whole elsewhere.
    """
    seen: list[str] = []
    states: Counter[str] = Counter()

    def check(page: Page, expected_h1: str, sizes: Sequence[ViewportSize] | None = None) -> None:
        before = page.viewport_size
        problems: list[str] = []
        whole = sizes is None
        if sizes is None:
            number, both = states[expected_h1], (LAPTOP, PHONE)
            sizes = (both[number % 2],) if number else both
        states[expected_h1] += 1
        for size in (*sizes, NARROWEST):
            page.set_viewport_size(size)
            # First of all the right page: an empty page or a sign-in page breaks no rule either.
            expect(page.get_by_role("heading", level=1)).to_have_text(expected_h1)
            keep_picture(page, request.node.name, expected_h1, seen)
            if (too_wide := page.evaluate(TOO_WIDE)) > 0:
                problems.append(f"- at {size['width']} px it runs {too_wide} px out of the window")
            # What is narrower than a phone is laid out as on a phone: only room can be short there.
            if size is not NARROWEST:
                # Every size has the same colours, and comparing them is half of the work.
                found = violations(page, colours=whole and size is sizes[0])
                problems += (f"- at {size['width']} px: {problem}" for problem in found)
        if before:
            page.set_viewport_size(before)
        assert not problems, f"axe on “{expected_h1}”:\n" + "\n".join(problems)

    return check


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """One readable line for each element that breaks a rule."""
    contrast = {"color-contrast": {"enabled": colours}}
    options = {**AXE_OPTIONS, "rules": {**AXE_OPTIONS["rules"], **contrast}}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(node['target'])}\n"
        f"    {node['html'][:160]}\n"
        f"    {node['failureSummary'].replace(chr(10), ' ')}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def keep_picture(page: Page, test: str, h1: str, seen: list[str]) -> None:
    """With STEK_SCREENSHOTS=folder, a picture of every state, to look at with own eyes."""
    if not (folder := os.environ.get("STEK_SCREENSHOTS")):
        return
    width = (page.viewport_size or LAPTOP)["width"]
    name = f"{test}-{len(seen):02}-{h1}-{width}"
    seen.append(name)
    safe = re.sub(r"[^\w-]+", "-", name)
    page.screenshot(path=Path(folder) / f"{safe}.png", full_page=True)
