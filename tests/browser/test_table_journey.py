"""An afternoon at the table on a fresh installation: counter, line, question, slip, next time."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_afternoon import sign_in
from tests.test_run import Run

Axe = Callable[[Page, str], None]


def check_in(counter: Page, letters: str, name: str) -> None:
    counter.get_by_label("Wie komt er binnen?").fill(letters)
    expect(counter.get_by_role("option").first).to_contain_text(name)
    counter.keyboard.press("Enter")


def pick(table: Page, *names: str) -> None:
    for name in names:
        table.locator("label.pick", has_text=name).click()


def test_question_from_the_counter_to_the_next_check_in(
    fresh: Run, open_page: Callable[..., Page], axe: Axe
) -> None:
    address = f"http://127.0.0.1:{fresh.port}/"
    counter = open_page()
    sign_in(counter, address, "vrijwilliger")
    counter.goto(f"{address}balie/")
    counter.get_by_role("button", name="Open de dag").click()
    check_in(counter, "ben amar", "Fatima Ben Amar")
    card = counter.locator("#card")
    expect(card).to_contain_text("Aangemeld: Fatima Ben Amar")
    card.get_by_role("button", name="Vraag", exact=True).click()
    expect(card).to_contain_text("volgnummer 1")

    table = open_page()
    sign_in(table, address, "helper")
    table.goto(f"{address}koffie-formulieren/")
    expect(table.locator("#line")).to_contain_text("Fatima B.")
    table.get_by_role("button", name="Fatima B.").click()
    expect(table.get_by_role("heading", name="Waarmee hielp je Fatima?")).to_be_visible()
    pick(table, "Energie en water", "Brief uitgelegd", "Afgehandeld")
    table.get_by_role("button", name="Bewaar en nog een vraag").click()
    expect(table.get_by_text("Al genoteerd:")).to_be_visible()
    expect(counter.locator("#line-count")).to_be_hidden()  # she is at the table, nobody waits

    # the second question: she comes back with her payslip
    pick(table, "Wonen en huur", "Formulier samen ingevuld", "Terugkomen met papieren", "Loonbrief")
    table.get_by_role("button", name="Bewaar", exact=True).click()
    expect(table.get_by_text("Brengt papieren mee: loonbrief")).to_be_visible()
    expect(counter.locator("#today")).to_contain_text("geholpen")
    table.get_by_role("link", name="Druk het briefje voor de volgende keer").click()
    expect(table.get_by_text("loonbrief", exact=False).first).to_be_visible()
    expect(table.get_by_text("Wonen en huur", exact=False)).to_have_count(0)
    slip = table.pdf(prefer_css_page_size=True)
    assert slip.startswith(b"%PDF")

    # her next check-in, later the same day
    check_in(counter, "ben amar", "Fatima Ben Amar")
    card.get_by_role("button", name="Komt vandaag terug").click()
    expect(card).to_contain_text("Aangemeld: Fatima Ben Amar")
    expect(card).to_contain_text("Brengt papieren mee: loonbrief")
    card.get_by_role("button", name="Vraag", exact=True).click()
    expect(card).to_contain_text("volgnummer 2")

    table.goto(f"{address}koffie-formulieren/")
    expect(table.locator("#line")).to_contain_text("brengt mee: loonbrief")
    table.get_by_role("button", name="Neem volgende").click()
    expect(table.get_by_text("Brengt papieren mee: loonbrief")).to_be_visible()
    axe(table, "Waarmee hielp je Fatima?")
    table.get_by_role("button", name="In orde").click()
    expect(table.get_by_text("Brengt papieren mee: loonbrief")).to_have_count(0)
    pick(table, "Wonen en huur", "Premie of recht aangevraagd", "Afgehandeld")
    table.get_by_role("button", name="Bewaar", exact=True).click()
    expect(table.get_by_role("heading", name="Genoteerd")).to_be_visible()

    counter.get_by_role("link", name="Sluit de dag").click()
    counter.get_by_role("button", name="Sluit de dag").click()
    expect(counter.get_by_text("De dag is gesloten door Rita Peeters")).to_be_visible()
