"""After a day's work nothing of anybody stands in the profile that Chromium leaves behind."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from accounts.models import User
from accounts.roles import Role
from people.models import Household
from places.models import Partner, Stek
from referrals.models import Referral
from tests import factories
from tests.browser.profile import words_in
from tests.browser.test_shared_laptop import PASSWORD, give_password, lock, switch, tap
from visits.models import Visit

#: What is typed or read that day. None of it stands in a text of ours.
NAMES = {
    "known_first": "Kwetterina",
    "known_last": "Vlasspiegel",
    "member_first": "Tjiftjaf",
    "member_last": "Braamsluiper",
    "new_first": "Zwaluwtje",
    "new_last": "Wintersnoep",
    "kept_last": "Sneeuwgors",
    "waiting_last": "Distelvink",
    "edited_last": "Goudhaantje",
    "sought": "Roodborsttapuit",
}
TEXTS = {
    "note": "een tureluur in de note",
    "task": "bel over de grutto",
    "message": "de wielewaal belde terug",
    "signal": "een kneu aan het loket",
    "reason": "voor de kemphaan van juli",
}
PHONES = {"known": "0499 87 65 43", "edited": "0488 13 57 91"}
CANARIES = [*NAMES.values(), *TEXTS.values(), *PHONES.values(), PASSWORD]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def laptop(
    playwright: Playwright,
    live: Any,
    profile: Path,
    tmp_path: Path,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
) -> Iterator[BrowserContext]:
    """A browser that keeps its profile, as the one at the counter; files go to another folder."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        downloads_path=tmp_path / "downloads",
        **browser_type_launch_args,
        **browser_context_args,
    )
    yield context
    context.close()


@pytest.fixture
def team(stek: Stek) -> dict[str, User]:
    found = {}
    for username, name, role in (
        ("els", "Els Ooievaarsbek", Role.COORDINATOR),
        ("rita", "Rita Zeekraal", Role.VOLUNTEER),
        ("jos", "Jos Lisdodde", Role.VOLUNTEER),
        ("bram", "Bram Wolverlei", Role.HELPER),
    ):
        first, last = name.split()
        user = factories.user(username, password=PASSWORD, first_name=first, last_name=last)
        factories.membership(stek, role, user=user)
        found[username] = user
    factories.pin(found["rita"], "274163")
    factories.pin(found["jos"], "908172")
    return found


@pytest.fixture
def caw(stek: Stek) -> Partner:
    partner = factories.partner(stek, "CAW", email="onthaal@caw.example")
    factories.theme(stek, "wonen en huur").partners.add(partner)
    factories.help_type(stek, "brief uitgelegd")
    return partner


@pytest.fixture
def known(stek: Stek) -> Household:
    """Somebody with all that can hang from one."""
    row = factories.household(
        stek, NAMES["known_first"], NAMES["known_last"], number=147, phone=PHONES["known"]
    )
    factories.member(row, NAMES["member_first"], NAMES["member_last"])
    factories.access(row)
    return row


@pytest.fixture
def control(stek: Stek) -> str:
    """A word of the public page, which a browser may keep."""
    stek.street = "Controlestraat 7"
    stek.save()
    return stek.street


@pytest.mark.usefixtures("caw")
def test_profile_of_a_day_holds_nothing_of_anybody(
    laptop: BrowserContext,
    profile: Path,
    tmp_path: Path,
    stek: Stek,
    team: dict[str, User],
    known: Household,
    control: str,
    sign_in: Callable[[Page, User], None],
) -> None:
    factories.opening(stek, by=team["rita"])
    page = laptop.pages[0]
    sign_in(page, team["els"])
    trust(page)
    # Signing out empties what the browser keeps, so nobody signs out after this.
    page.get_by_role("button", name="Afmelden").click()
    counter(page)
    give_password(page, "bram")
    table(page)
    lock(page)
    sign_in(page, team["els"])
    office(page, known, profile, tmp_path)
    lock(page)
    # What this test can see: a page that may be kept, and the browser's own storage.
    page.goto(f"/stek/{stek.slug}/")
    page.evaluate("localStorage.setItem('control', 'Controlebewaring')")
    page.goto("/vergrendeld/")
    closed_while_it_waits(page)
    laptop.close()

    assert Visit.objects.count() == 4
    controls = words_in(profile, [control, "Controlebewaring", "/balie/"])
    assert set(controls) == {control, "Controlebewaring", "/balie/"}
    assert words_in(profile, [*CANARIES, *(user.last_name for user in team.values())]) == {}


def trust(page: Page) -> None:
    page.goto("/laptops/")
    page.get_by_label("Hoe heet deze laptop?").fill("balie")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Vertrouw deze laptop").click()
    expect(page.get_by_text("deze laptop", exact=True)).to_be_visible()


def new_household(page: Page, first: str, last: str) -> None:
    page.keyboard.press("F4")
    expect(page.locator("[name=first_name]")).to_be_focused()
    page.get_by_label("Voornaam").fill(first)
    page.get_by_label("Familienaam").fill(last)


def counter(page: Page) -> None:
    """Rita: by name, somebody new, without a line, and a lock in the middle of a name."""
    switch(page, "Rita Z.", "274163")
    card = page.locator("#card")
    page.keyboard.type("kwetterina vlas")
    expect(page.get_by_role("option").first).to_contain_text("Vlasspiegel")
    page.keyboard.press("Enter")
    expect(card).to_contain_text("Aangemeld: Kwetterina Vlasspiegel")
    card.get_by_role("button", name="Vraag", exact=True).click()
    expect(card).to_contain_text("volgnummer 1")
    page.keyboard.press("Escape")
    page.locator("#q").fill(NAMES["sought"])
    expect(page.locator("#hits [data-stek-hits]")).to_be_attached()
    page.locator("#q").fill("")
    new_household(page, NAMES["new_first"], NAMES["new_last"])
    page.get_by_role("button", name="Schrijf in en meld aan").click()
    expect(page.locator("#today")).to_contain_text("Zwaluwtje W.")
    # The wifi is gone: what was sent waits in the page.
    new_household(page, "Wout", NAMES["waiting_last"])
    page.context.set_offline(True)
    page.get_by_role("button", name="Schrijf in en meld aan").click()
    expect(page.locator("#net")).to_contain_text("Geen verbinding")
    page.context.set_offline(False)
    expect(page.locator("#today")).to_contain_text("Wout D.")
    new_household(page, "Ward", NAMES["kept_last"])
    lock(page)
    switch(page, "Jos L.", "908172")
    lock(page)
    tap(page, "Rita Z.")
    page.keyboard.type("274163")
    page.get_by_role("button", name="Bewaar het nu").click()
    expect(page.locator("#today")).to_contain_text("Ward S.")
    page.goto("/signalen/noteren/")
    page.locator("main textarea").first.fill(TEXTS["signal"])
    lock(page)


def table(page: Page) -> None:
    """Bram: a question with a note, a letter for the partner, a task for a colleague."""
    page.goto("/koffie-formulieren/")
    page.locator("#line").get_by_role("button", name="Kwetterina V.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waarmee hielp je Kwetterina?")
    pick(page, "Wonen en huur", "Brief uitgelegd", "Op te volgen")
    page.locator("[name=what]").fill(TEXTS["task"])
    page.locator("summary", has_text="Korte nota").click()
    page.locator("[name=note]").fill(TEXTS["note"])
    page.get_by_role("button", name="Bewaar en nog een vraag").click()
    expect(page.get_by_text("Al genoteerd:")).to_be_visible()
    pick(page, "Wonen en huur", "Brief uitgelegd", "Doorverwezen", "CAW", "Ja, gezegd")
    page.get_by_text("Anders dan gewoonlijk").click()
    page.locator("label.pick:has([name=channel][value=letter])").click()
    page.get_by_role("button", name="Bewaar en verwijs door").click()
    expect(page.get_by_text("Doorverwezen naar CAW")).to_be_visible()
    page.goto(f"/doorverwijzingen/{Referral.objects.get().pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Naar CAW")


def pick(page: Page, *names: str) -> None:
    for name in names:
        page.locator("label.pick:visible", has_text=name).first.click()


def typed_by_a_person(page: Page, profile: Path) -> None:
    """As long over the form as somebody who types: the browser wrote which page is shown.

    It does so within 2.5 seconds of a change. A machine that sends a form sooner may meet the
    moment of writing, between the answer and the script in it that takes the form out.
    """
    shown = urlsplit(page.url).path
    for _look in range(200):
        if words_in(profile / "Default" / "Sessions", [shown]):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"The browser did not write within 20 seconds that it shows {shown}.")


def office(page: Page, known: Household, profile: Path, folder: Path) -> None:
    """Els: find, read and change somebody, the week, a report, and files into another folder."""
    page.goto("/huishoudens/")
    page.locator("main [name=q]").fill("Kwetterina Vlasspiegel")
    typed_by_a_person(page, profile)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Vlasspiegel")
    page.goto(f"/huishoudens/{known.pk}/wijzigen/")
    page.get_by_label("Familienaam").fill(NAMES["edited_last"])
    page.get_by_label("Telefoon").fill("geen")
    typed_by_a_person(page, profile)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#error_1_id_phone, .invalid-feedback").first).to_be_visible()
    page.get_by_label("Telefoon").fill(PHONES["edited"])
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kwetterina Goudhaantje")
    page.locator("main [name=text]").fill(TEXTS["message"])
    page.get_by_role("button", name="Laat dit bericht achter").click()
    expect(page.get_by_text(TEXTS["message"])).to_be_visible()
    for address in ("tijdlijn", "bezoeken", "kaart", "wie-keek"):
        page.goto(f"/huishoudens/{known.pk}/{address}/")
    page.goto(f"/doorverwijzingen/{Referral.objects.get().pk}/brief/")
    for address in ("/week/", "/koffie-formulieren/opvolging/", "/rapporten/team/", "/agenda/"):
        page.goto(address)
    page.goto(f"/huishoudens/{known.pk}/alles/")
    page.locator("[name=reason]").first.check()
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak het klaar").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    taken.value.save_as(folder / "taken.pdf")
    page.goto("/rapporten/ruwe-gegevens/")
    page.get_by_label("CSV").check()
    page.locator("[name=with_names]").check()
    page.get_by_label("Waarvoor?").select_option("own_work")
    page.get_by_label("Leg kort uit").fill(TEXTS["reason"])
    page.get_by_role("button", name="Maak het bestand").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()
    taken.value.save_as(folder / "taken.csv")


def closed_while_it_waits(page: Page) -> None:
    """Rita notes what she was typing, and closes the browser on a name that was not sent yet."""
    tap(page, "Rita Z.")
    page.keyboard.type("274163")
    expect(page.locator("main textarea").first).to_have_value(TEXTS["signal"])
    page.get_by_role("button", name="Noteer", exact=True).click()
    page.goto("/balie/")
    expect(page.locator("#q")).to_be_focused()
    new_household(page, "Wanda", NAMES["waiting_last"])
    page.context.set_offline(True)
    page.get_by_role("button", name="Schrijf in en meld aan").click()
    expect(page.locator("#net")).to_contain_text("Geen verbinding")
