"""The table in a real browser: taps counted, drafts, a lost line, the keyboard alone, no script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forms_help.models import FollowUp, Question, QuestionDraft, Theme
from forms_help.outcomes import Minutes, Outcome
from people.models import Household
from places.models import Stek
from tests import factories
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.models import Opening, QueueTurn, Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


@pytest.fixture
def lists(stek: Stek) -> None:
    """Some themes, kinds of help and papers."""
    loonbrief = factories.document(stek, "loonbrief")
    factories.document(stek, "pasfoto", position=900)
    for place, name in enumerate(("energie en water", "wonen en huur", "digitaal", "ander")):
        theme = factories.theme(stek, name, position=place)
        if name == "wonen en huur":
            theme.documents.add(loonbrief)
            theme.partners.add(factories.partner(stek, "Woonmaatschappij"))
    for name in ("brief uitgelegd", "formulier samen ingevuld"):
        factories.help_type(stek, name)


@pytest.fixture
def jozef(stek: Stek) -> Household:
    household = factories.household(stek, "Jozef", "Van den Broeck")
    factories.access(household)
    return household


@pytest.fixture
def waiting(opening: Opening, jozef: Household) -> Visit:
    return factories.visit(opening, jozef, purposes=["grocery", "question"])


@pytest.fixture
def hands(page: Page, sign_in: SignIn, helper: Colleague, lists: None, waiting: Visit) -> Hands:
    """Bram's, at the table; Jozef waits with number 1."""
    sign_in(page, helper.user)
    page.goto("/koffie-formulieren/")
    expect(page.get_by_role("heading", name="Wie help je?")).to_be_visible()
    return Hands(page)


def pick(hands: Hands, *names: str) -> None:
    """One tap each on the form."""
    for name in names:
        label = hands.page.locator("label.pick", has_text=name)
        hands.clicks_on(label)


def save(hands: Hands) -> None:
    hands.clicks_on(hands.page.get_by_role("button", name="Bewaar", exact=True))
    expect(hands.page.get_by_role("heading", name="Genoteerd")).to_be_visible()


def call_jozef(hands: Hands) -> None:
    hands.clicks_on(hands.page.get_by_role("button", name="Jozef V."))
    expect(hands.page.get_by_role("heading", name="Waarmee hielp je Jozef?")).to_be_visible()


def test_question_takes_five_taps_and_nothing_typed(hands: Hands, waiting: Visit) -> None:
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Formulier samen ingevuld", "Afgehandeld")
    save(hands)
    assert hands.counted == {"keys": 0, "clicks": 5, "scans": 0}
    question = Question.objects.get()
    assert (question.visit, question.theme.name) == (waiting, "wonen en huur")
    assert [one.name for one in question.help_types.all()] == ["formulier samen ingevuld"]
    assert (question.outcome, question.minutes) == (Outcome.HANDLED, Minutes.TWENTY)
    assert QueueTurn.objects.get().end == QueueTurn.End.HELPED


def test_next_one_from_the_line_takes_five_taps_too(hands: Hands) -> None:
    hands.clicks_on(hands.page.get_by_role("button", name="Neem volgende"))
    pick(hands, "Digitaal", "Brief uitgelegd", "Afgehandeld")
    save(hands)
    assert hands.counted == {"keys": 0, "clicks": 5, "scans": 0}


def test_somebody_of_todays_list_takes_five_taps_too(
    hands: Hands, stek: Stek, opening: Opening
) -> None:
    shopper = factories.household(stek, "Fatima", "Ben Amar")
    visit = factories.visit(opening, shopper)
    hands.page.reload()
    hands.clicks_on(hands.page.get_by_role("link", name="Fatima B."))
    pick(hands, "Digitaal", "Brief uitgelegd", "Afgehandeld")
    save(hands)
    assert hands.counted == {"keys": 0, "clicks": 5, "scans": 0}
    visit.refresh_from_db()
    assert visit.for_question


def test_like_last_time_takes_two_taps(
    hands: Hands, helper: Colleague, stek: Stek, jozef: Household, today
) -> None:
    before = factories.opening(stek, today.replace(year=today.year - 1, day=1), closed=True)
    earlier = factories.visit(before, jozef, purposes=["question"])
    theme = Theme.objects.get(name="digitaal")
    factories.question(earlier, theme, by=helper.user, minutes=Minutes.TEN)
    call_jozef(hands)
    hands.clicks_on(hands.page.get_by_role("button", name="zoals vorige keer"))
    expect(hands.page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 2, "scans": 0}
    noted = Question.objects.order_by("-id").first()
    assert (noted.theme, noted.minutes) == (theme, Minutes.TEN)


def test_chat_takes_one_tap(hands: Hands) -> None:
    hands.clicks_on(hands.page.get_by_role("button", name="Gewoon een babbel"))
    expect(hands.page.get_by_role("heading", name="Babbel genoteerd")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 1, "scans": 0}
    assert Question.objects.get().is_chat


def test_question_without_a_name_takes_three_taps(hands: Hands) -> None:
    hands.clicks_on(hands.page.get_by_role("link", name="Vraag zonder naam"))
    pick(hands, "Energie en water")
    save(hands)
    assert hands.counted == {"keys": 0, "clicks": 3, "scans": 0}
    question = Question.objects.get()
    assert (question.visit, question.outcome) == (None, Outcome.HANDLED)


def test_another_question_keeps_the_person(hands: Hands) -> None:
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Afgehandeld")
    hands.clicks_on(hands.page.get_by_role("button", name="Bewaar en nog een vraag"))
    expect(hands.page.get_by_text("Al genoteerd:")).to_be_visible()
    expect(hands.page.get_by_role("heading", name="Waarmee hielp je Jozef?")).to_be_visible()
    assert QueueTurn.objects.get().end == ""
    pick(hands, "Digitaal", "Brief uitgelegd", "Afgehandeld")
    save(hands)
    assert Question.objects.count() == 2
    assert QueueTurn.objects.get().end == QueueTurn.End.HELPED


def test_double_tap_on_save_is_one_question(hands: Hands) -> None:
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Afgehandeld")
    hands.page.get_by_role("button", name="Bewaar", exact=True).dblclick()
    expect(hands.page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    assert Question.objects.count() == 1


def test_papers_of_the_theme_come_first(hands: Hands) -> None:
    page = hands.page
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Terugkomen met papieren")
    expect(page.locator("label.pick", has_text="Loonbrief")).to_be_visible()
    expect(page.locator("label.pick", has_text="Pasfoto")).to_be_hidden()
    page.get_by_role("button", name="Toon alle papieren").click()
    expect(page.locator("label.pick", has_text="Pasfoto")).to_be_visible()
    pick(hands, "Pasfoto", "Brief uitgelegd")
    save(hands)
    assert [one.name for one in FollowUp.objects.get().documents.all()] == ["pasfoto"]


def test_referring_names_who_helps_with_the_theme(hands: Hands) -> None:
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Doorverwezen")
    expect(hands.page.get_by_role("group", name="Naar wie?")).to_be_visible()
    expect(hands.page.get_by_text("Woonmaatschappij")).to_be_visible()


def test_half_filled_question_survives_a_reload_and_is_offered(
    hands: Hands,
    waiting: Visit,
    mika: Colleague,
    open_page: Callable[..., Page],
    sign_in: SignIn,
) -> None:
    page = hands.page
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd")
    expect(page.get_by_text("bewaard als klad")).to_be_visible()
    page.reload()
    # offered, not imposed
    expect(page.get_by_text("Je was hier al iets aan het invullen")).to_be_visible()
    expect(
        page.locator("label.pick", has_text="Wonen en huur").locator("input")
    ).not_to_be_checked()
    page.get_by_role("link", name="Ga ermee verder").click()
    expect(page.locator("label.pick", has_text="Wonen en huur").locator("input")).to_be_checked()
    expect(page.locator("label.pick", has_text="Brief uitgelegd").locator("input")).to_be_checked()
    # never to somebody else
    other = open_page()
    sign_in(other, mika.user)
    other.goto(reverse("forms_help:person", args=[waiting.pk]))
    expect(other.get_by_role("heading", name="Waarmee hielp je Jozef?")).to_be_visible()
    expect(other.get_by_text("Je was hier al iets aan het invullen")).to_have_count(0)
    # once it is saved, nothing is left to offer
    pick(hands, "Afgehandeld")
    save(hands)
    assert not QuestionDraft.objects.exists()


def test_question_waits_for_a_lost_line_and_is_saved_once(hands: Hands) -> None:
    page = hands.page
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Afgehandeld")
    page.context.set_offline(True)
    hands.clicks_on(page.get_by_role("button", name="Bewaar", exact=True))
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    expect(page.locator("label.pick", has_text="Wonen en huur").locator("input")).to_be_checked()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    assert Question.objects.count() == 1


def test_two_helpers_see_who_has_whom(
    hands: Hands,
    helper: Colleague,
    mika: Colleague,
    open_page: Callable[..., Page],
    sign_in: SignIn,
) -> None:
    other = open_page()
    sign_in(other, mika.user)
    other.goto("/koffie-formulieren/")
    call_jozef(hands)
    expect(other.get_by_role("link", name="Jozef V.")).to_contain_text("bij Bram")
    assert QueueTurn.objects.get().taken_by == helper.user


def test_counter_sees_that_somebody_was_helped(
    hands: Hands, counter: Colleague, open_page: Callable[..., Page], sign_in: SignIn
) -> None:
    desk = open_page()
    sign_in(desk, counter.user)
    desk.goto("/balie/")
    expect(desk.locator("#today")).to_contain_text("wacht op een vraag")
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Afgehandeld")
    save(hands)
    expect(desk.locator("#today")).to_contain_text("geholpen")


def test_undo_gives_the_form_back(hands: Hands) -> None:
    page = hands.page
    call_jozef(hands)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Afgehandeld")
    save(hands)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_role("heading", name="Waarmee hielp je Jozef?")).to_be_visible()
    page.get_by_role("link", name="Ga ermee verder").click()
    expect(page.locator("label.pick", has_text="Wonen en huur").locator("input")).to_be_checked()
    assert Question.objects.get().is_voided


def test_whole_question_by_keyboard_alone(hands: Hands) -> None:
    page = hands.page
    page.locator("#take-next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Waarmee hielp je Jozef?")).to_be_visible()
    page.locator("[name=theme]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[name=outcome][value=handled]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    assert Question.objects.get().theme.name == "wonen en huur"


def test_table_works_without_a_script(
    open_page: Callable[..., Page],
    sign_in: SignIn,
    helper: Colleague,
    lists: None,
    waiting: Visit,
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, helper.user)
    page.goto("/koffie-formulieren/")
    page.get_by_role("button", name="Neem volgende").click()
    for name in ("Wonen en huur", "Brief uitgelegd", "Terugkomen met papieren", "Loonbrief"):
        page.locator("label.pick", has_text=name).click()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    expect(page.get_by_text("Brengt papieren mee: loonbrief")).to_be_visible()
    assert FollowUp.objects.get().documents.get().name == "loonbrief"


def test_states_of_the_table(
    page: Page,
    sign_in: SignIn,
    axe: Axe,
    coordinator: Colleague,
    stek: Stek,
    lists: None,
    jozef: Household,
    today,
) -> None:
    sign_in(page, coordinator.user)
    page.goto("/koffie-formulieren/")
    expect(page.get_by_text("De dag is nog niet geopend.")).to_be_visible()
    axe(page, "Koffie & Formulieren")
    opening = factories.opening(stek)
    page.goto("/koffie-formulieren/")
    expect(page.get_by_text("Niemand wacht.")).to_be_visible()
    axe(page, "Wie help je?")
    visit = factories.visit(opening, jozef, purposes=["question"])
    factories.anonymous_visit(opening, purposes=["question"])
    factories.visit(opening, factories.household(stek, "Fatima", "Ben Amar"))
    before = factories.opening(stek, today.replace(year=today.year - 1, day=1), closed=True)
    earlier = factories.visit(before, jozef, purposes=["question"])
    asked = factories.question(earlier, Theme.objects.get(name="digitaal"))
    factories.follow_up(asked, due=today.replace(year=today.year - 1))
    page.goto("/koffie-formulieren/")
    axe(page, "Wie help je?")
    page.get_by_role("button", name="Jozef V.").click()
    expect(page.get_by_text("vorige keer:")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    # nothing chosen, and a note about somebody's health
    page.get_by_text("Korte nota", exact=True).first.click()
    page.get_by_role("textbox", name="Korte nota").fill("heeft diabetes")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Kies waarover het ging.")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    for name in ("Wonen en huur", "Brief uitgelegd", "Niet gelukt"):
        page.locator("label.pick", has_text=name).click()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Kies waarom het niet lukte.")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    page.locator("label.pick", has_text="Terugkomen met papieren").click()
    page.locator("label.pick", has_text="Loonbrief").click()
    axe(page, "Waarmee hielp je Jozef?")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("heading", name="Genoteerd")).to_be_visible()
    axe(page, "Genoteerd")
    noted = visit.questions.get()
    page.goto(reverse("forms_help:question", args=[noted.pk]))
    page.get_by_text("Dit klopt niet").click()
    axe(page, "Genoteerd")
    page.goto(reverse("forms_help:follow_ups"))
    page.get_by_text("Andere dag").first.click()
    page.get_by_text("Laat los").first.click()
    axe(page, "Op te volgen")
    page.get_by_role("button", name="Niet meer nodig").first.click()
    expect(page.get_by_text("Afgesloten in de voorbije twee weken")).to_be_visible()
    axe(page, "Op te volgen")
    page.goto(reverse("forms_help:questions", args=[opening.pk]))
    axe(page, page.get_by_role("heading", level=1).inner_text())
    page.goto(reverse("forms_help:opening", args=[before.pk]))
    expect(page.get_by_text("Je vult")).to_be_visible()
    axe(page, "Wie help je?")
    page.goto(reverse("visits:close_day", args=[opening.pk]))
    expect(page.get_by_text("in de rij voor een vraag")).to_be_visible()
    axe(page, page.get_by_role("heading", level=1).inner_text())
