"""The page for visitors on a phone: every language, without scripts, light, and to nobody else."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from places.languages import LANGUAGES, VisitorLanguage
from places.models import SitterKind, Stek
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.cast import Colleague

Axe = Callable[..., None]
OpenPage = Callable[..., Page]
SignIn = Callable[[Page, User], None]

#: Bytes of the page, its style sheets and its typeface, as they come over the line.
HEAVIEST = 60_000
#: How many pixels of a part have no place in it.
OVERFLOW = """part => {
    const box = document.querySelector(part);
    return box.scrollHeight - box.clientHeight;
}"""


@pytest.fixture
def place(stek: Stek, essen: Stek, today: dt.date) -> Stek:
    """A STEK with everything that its page can show."""
    stek.street, stek.phone, stek.email = "Dorpsstraat 1", "03 666 00 00", "stek@example.org"
    stek.save()
    soon = today + dt.timedelta(days=1)
    for weekday in (soon.weekday(), (soon.weekday() + 2) % 7):
        hours = factories.opening_hours(stek, weekday=weekday)
        factories.table_turn(hours, "CAW")
        factories.table_turn(hours, "Jos", kind=SitterKind.VOLUNTEER)
        mika = {"kind": SitterKind.COMMUNITY_WORKER, "every_weeks": 2}
        factories.table_turn(hours, "Mika", **mika)
    factories.changed_day(stek, soon + dt.timedelta(days=7), reason="de verwarming is stuk")
    factories.changed_day(
        stek,
        soon + dt.timedelta(days=14),
        to_day=soon + dt.timedelta(days=15),
        opens_at=dt.time(9, 30),
        closes_at=dt.time(12),
    )
    line = "Leer lezen, schrijven, rekenen of werken met de computer."
    ligo = factories.partner(stek, "LIGO", line=line, on_site=True)
    factories.partner(stek, "Twinkeltje", line="Onze eigen zin.", on_site=True)
    factories.activity(stek, soon, organiser=ligo)
    factories.activity(
        stek, soon, title="Uitstap", cancelled_at=timezone.now(), cancelled_by=factories.user()
    )
    return stek


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_visitor_reads_the_page_in_their_language(
    direction: str, place: Stek, page: Page, axe: Axe
) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    for language in LANGUAGES:
        if language.direction == direction:
            page.get_by_role("link", name=language.name, exact=True).click()
            reads_on_a_phone(page, language, axe)


def reads_on_a_phone(page: Page, language: VisitorLanguage, axe: Axe) -> None:
    # One face of each direction at both sizes: the others differ in words, and are read on phones.
    sizes = {"nl": None, "ar": (LAPTOP, PHONE)}.get(language.code, (PHONE,))
    expect(page.locator("html")).to_have_attribute("lang", language.code)
    expect(page.locator("html")).to_have_attribute("dir", language.direction)
    expect(page.get_by_role("link", name=language.name, exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    axe(page, "STEK Kalmthout", sizes)
    # What matters is on the first screen.
    now = page.locator(".now").bounding_box()
    assert now
    assert now["y"] < PHONE["height"] / 2
    page.locator(".bottom .way[href*=affiche]").click()
    expect(page.locator(".poster")).to_be_visible()
    axe(page, "STEK Kalmthout", sizes)
    page.go_back()


@pytest.mark.parametrize("state", ["open", "closed", "dark"])
def test_the_page_open_closed_and_in_the_dark(
    state: str, place: Stek, page: Page, axe: Axe, today: dt.date
) -> None:
    factories.opening_hours(
        place, weekday=today.weekday(), opens_at=dt.time(0), closes_at=dt.time(23, 59)
    )
    if state != "open":
        factories.opening(place, today, closed=True)
    if state == "dark":
        page.emulate_media(color_scheme="dark")
    page.goto("/")
    said = "We zijn nu open" if state == "open" else "We zijn"
    expect(page.get_by_role("heading", name=said)).to_be_visible()
    axe(page, "STEK Kalmthout")


def test_it_needs_no_script_sets_no_cookie_and_asks_nobody_else(
    place: Stek, open_page: OpenPage, base_url: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.set_viewport_size(PHONE)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto("/?taal=fr")
    expect(page.get_by_role("heading", name="Les quatre prochaines semaines")).to_be_visible()
    page.get_by_role("link", name="Essen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("STEK Essen")
    page.get_by_role("link", name="Affiche à imprimer").click()
    expect(page.locator(".poster")).to_be_visible()
    hosts = {
        "/".join(request.url.split("/")[:3])
        for request in asked
        if not request.url.startswith("data:")
    }
    assert hosts == {base_url}
    assert not [request.url for request in asked if request.resource_type == "script"]
    assert page.context.cookies() == []


@pytest.mark.parametrize("code", ["nl", "pl", "ar"])
def test_the_first_load_is_light(code: str, place: Stek, open_page: OpenPage) -> None:
    page = open_page()
    page.set_viewport_size(PHONE)
    answered: list[Request] = []
    page.on("requestfinished", lambda request: answered.append(request))
    page.goto(f"/?taal={code}", wait_until="networkidle")
    sizes = [request.sizes() for request in answered if not request.url.startswith("data:")]
    # Static files come uncompressed here; in life they are a third of that.
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(sizes) >= 3
    assert weight < HEAVIEST


@pytest.mark.parametrize(("paper", "lines"), [("a4", 2), ("a4", 5), ("a4", 9), ("a3", 9)])
def test_the_poster_is_one_sheet_in_every_language(
    paper: str, lines: int, place: Stek, page: Page
) -> None:
    width = {"a4": "594.9", "a3": "841.9"}[paper]
    for number in range(lines - 2):  # two are there
        hours = factories.opening_hours(place, weekday=number % 6, opens_at=dt.time(9, number))
        factories.table_turn(hours, "Rap op Stap")
        factories.table_turn(hours, "OCMW / Sociaal Huis")
    # The larger sheet is the smaller one, drawn larger.
    for language in LANGUAGES if paper == "a4" else LANGUAGES[:2]:
        page.goto(f"/stek/kalmthout/affiche/?taal={language.code}&formaat={paper}")
        expect(page.locator(".poster-lines > li")).to_have_count(lines)
        for part in (".poster", ".poster-lines"):
            assert page.evaluate(OVERFLOW, part) <= 1, f"{part} in {language.code}"
        sheet = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, language.code
        assert f"/MediaBox [0 0 {width}".encode() in sheet


def test_a_colleague_signs_in_from_the_bottom_and_lands_at_work(
    place: Stek, page: Page, sign_in: SignIn, counter: Colleague
) -> None:
    page.goto("/")
    page.get_by_role("link", name="Aanmelden voor collega's").click()
    expect(page.get_by_label("Gebruikersnaam")).to_be_visible()
    sign_in(page, counter.user)
    page.goto("/")
    expect(page).to_have_url(re.compile("/balie/$"))
