"""The agenda and the activities in a real browser: their states through axe, and by keyboard."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import ChangedDay, SitterKind, Stek, TableChange
from tests import factories
from tests.cast import Colleague
from visits.models import Activity, TableReply

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]

TIMES = {"opens_at": dt.time(9), "closes_at": dt.time(11)}


@pytest.fixture
def session(stek: Stek, today: dt.date) -> dt.date:
    """A day of the pattern next week, with a partner, Mika and a volunteer; open, come what may."""
    day = today + dt.timedelta(days=7)
    hours = factories.opening_hours(stek, day.weekday())
    factories.table_turn(hours, "LIGO")
    factories.table_turn(hours, "Mika", kind=SitterKind.COMMUNITY_WORKER)
    factories.table_turn(hours, "Rita", kind=SitterKind.VOLUNTEER)
    factories.changed_day(stek, day, to_day=day, reason="feest", **TIMES)
    return day


def h1_of(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_agenda_of_a_volunteer(
    page: Page, sign_in: SignIn, axe: Axe, counter: Colleague, session: dt.date
) -> None:
    sign_in(page, counter.user)
    page.goto(reverse("agenda:list"))
    expect(page.get_by_text("Je staat in het weekschema.").first).to_be_visible()
    axe(page, "Agenda")
    line = page.locator(f"#dag-{session}")
    line.get_by_role("button", name="Ik kan niet").click()
    expect(line.get_by_role("button", name="Ik kan niet")).to_have_attribute("aria-pressed", "true")
    expect(line.get_by_text("Komt niet:")).to_be_visible()
    axe(page, "Agenda")
    line.get_by_role("button", name="Ik kom").press("Enter")
    expect(line.get_by_role("button", name="Ik kom")).to_have_attribute("aria-pressed", "true")
    assert TableReply.objects.get().comes


def test_empty_agenda_and_activities(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague
) -> None:
    sign_in(page, coordinator.user)
    page.goto(reverse("agenda:list"))
    expect(page.get_by_text("Er staat niets in de agenda")).to_be_visible()
    axe(page, "Agenda")
    page.goto(reverse("activities:list"))
    expect(page.get_by_text("Hier staat nog niets.")).to_be_visible()
    axe(page, "Activiteiten")


def test_agenda_and_one_date_of_who_decides_on_it(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, stek: Stek, session: dt.date
) -> None:
    ChangedDay.objects.all().delete()
    other = session + dt.timedelta(days=14)
    factories.changed_day(stek, other, reason="Verbouwing in de hele kantine")
    later = session + dt.timedelta(days=21)
    factories.changed_day(stek, later, to_day=later + dt.timedelta(days=1), **TIMES)
    factories.activity(stek, session, title="Taalles", organiser=factories.partner(stek, "LIGO"))
    factories.partner(stek, "VDAB")
    factories.table_change(stek, session, "LIGO", comes=False)
    sign_in(page, mika.user)
    page.goto(reverse("agenda:list"))
    expect(page.get_by_text("gesloten: Verbouwing")).to_be_visible()
    axe(page, "Agenda")
    page.goto(reverse("agenda:day", args=[session]))
    axe(page, h1_of(page))
    # who comes instead: refused, then a partner in one tap, then undone
    page.get_by_role("button", name="Komt die dag").click()
    expect(page.get_by_text("Vul een naam in.")).to_be_visible()
    axe(page, h1_of(page))
    page.get_by_role("button", name="VDAB").click()
    expect(page.get_by_text("alleen deze dag")).to_be_visible()
    page.get_by_role("button", name="Weer gewoon LIGO").click()
    expect(page.get_by_role("button", name="Komt niet LIGO")).to_be_visible()
    axe(page, h1_of(page))
    assert [change.who for change in TableChange.objects.all()] == ["VDAB"]
    # another plan: only what the choice needs is shown
    page.get_by_label("Het gaat niet door").check()
    expect(page.get_by_label("Open van")).to_be_hidden()
    page.get_by_label("We verplaatsen het").check()
    expect(page.get_by_label("Naar welke dag?")).to_be_visible()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Kies naar welke dag.")).to_be_visible()
    axe(page, h1_of(page))
    page.get_by_label("Naar welke dag?").fill(f"{session + dt.timedelta(days=2)}")
    page.get_by_label("Reden").fill("zaal bezet")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("gesloten: verplaatst naar")).to_be_visible()
    axe(page, h1_of(page))
    # a colleague was first
    row = ChangedDay.objects.get(day=session)
    row.version += 1
    row.save()
    page.get_by_label("Het gaat niet door").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Iemand anders wijzigde deze dag")).to_be_visible()
    axe(page, h1_of(page))
    for day in (session + dt.timedelta(days=1), session - dt.timedelta(days=14)):
        page.goto(reverse("agenda:day", args=[day]))
        axe(page, h1_of(page))


def test_pages_of_activities(
    page: Page, sign_in: SignIn, axe: Axe, helper: Colleague, stek: Stek, today: dt.date
) -> None:
    factories.partner(stek, "Rap op Stap")
    before = factories.activity(stek, today - dt.timedelta(days=3), title="Taalles")
    factories.activity(stek, today - dt.timedelta(days=9), title="Markt", participants=8)
    factories.activity(stek, today + dt.timedelta(days=3), title="Naar zee")
    sign_in(page, helper.user)
    page.goto(reverse("activities:list"))
    line = page.locator(f"#activiteit-{before.pk}")
    line.get_by_label("Deelnemers").fill("veel")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vul een getal in van 0 tot 500.")).to_be_visible()
    axe(page, "Activiteiten")
    line.get_by_label("Deelnemers").fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("20 deelnemers", exact=True)).to_be_visible()
    page.get_by_role("button", name="Gaat niet door Naar zee").click()
    expect(page.get_by_role("button", name="Gaat toch door Naar zee")).to_be_visible()
    axe(page, "Activiteiten")
    page.goto(reverse("activities:create"))
    axe(page, "Nieuwe activiteit")
    page.get_by_role("button", name="Zet in de lijst").click()
    expect(page.get_by_text("Schrijf in enkele woorden wat het is.")).to_be_visible()
    axe(page, "Nieuwe activiteit")
    page.get_by_label("Wat", exact=True).fill("Soep koken")
    page.get_by_label("Dag").fill(f"{today}")
    page.get_by_label("Begint om").fill("10:00")
    page.get_by_label("Soort").select_option("samen koken")
    page.get_by_label("Wie organiseert het?").select_option("Rap op Stap")
    page.get_by_role("button", name="Zet in de lijst").click()
    expect(page.get_by_role("link", name="Soep koken")).to_be_visible()
    # two people change one activity: the second chooses between both texts
    page.get_by_role("link", name="Soep koken").click()
    axe(page, "Activiteit wijzigen")
    row = Activity.objects.get(title="Soep koken")
    row.title, row.version = "Soep maken", row.version + 1
    row.save()
    page.get_by_label("Wat", exact=True).fill("Soep eten")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Iemand anders bewaarde deze activiteit")).to_be_visible()
    axe(page, "Kies wat er moet staan")
    page.get_by_label("Soep eten").check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_role("link", name="Soep eten")).to_be_visible()


def test_agenda_works_without_javascript(
    open_page: Callable[..., Page], sign_in: SignIn, counter: Colleague, session: dt.date
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, counter.user)
    page.goto(reverse("agenda:list"))
    page.locator(f"#dag-{session}").get_by_role("button", name="Ik kom").click()
    page.wait_for_url(f"**/agenda/#dag-{session}")
    assert TableReply.objects.get().comes
