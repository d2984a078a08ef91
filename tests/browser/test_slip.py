"""The next-time slip in a real browser: every language through axe, and one A6 on paper."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forms_help.list_actions import start_lists
from forms_help.models import Document, FollowUp
from forms_help.slip_words import SLIP_WORDS
from places.models import Stek
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.cast import Colleague
from visits.models import Opening

SignIn = Callable[[Page, User], None]
Axe = Callable[..., None]

#: 105 x 148 mm in points, give or take what a printer rounds.
A6 = (297.6, 419.5)


@pytest.fixture
def follow_up(stek: Stek, opening: Opening) -> FollowUp:
    """Eight papers, the most that must go on one sheet, with the longest names in each language."""
    start_lists(stek, by=None)
    stek.street = "Kapellensteenweg 112 bus 3"
    stek.save()
    factories.opening_hours(stek, opening.day.weekday())
    question = factories.question(factories.visit(opening, factories.household(stek)))
    keys = ("energy", "tax", "health", "family", "pin", "invoices", "school", "benefit")
    return factories.follow_up(
        question, due=opening.day, documents=Document.objects.filter(stek=stek, key__in=keys)
    )


def pages(page: Page) -> list[tuple[float, float]]:
    """The sizes of the sheets that come out of the printer, in points."""
    pdf = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == len(re.findall(r"/Type /Page\b", pdf))
    return [(float(width), float(height)) for width, height in boxes]


def test_slip_in_every_language_is_accessible_and_one_a6(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, follow_up: FollowUp
) -> None:
    sign_in(page, mika.user)
    page.goto(reverse("forms_help:slip", args=[follow_up.pk]))
    for words in SLIP_WORDS.values():
        page.get_by_role("link", name=words.language.name, exact=True).click()
        slip = page.get_by_role("region", name=words.title)
        expect(slip).to_have_attribute("dir", words.language.direction)
        expect(slip.get_by_role("listitem")).to_have_count(8)
        # One of each direction is looked at whole: the others differ in words, and in their room.
        sizes = {"nl": None, "ar": (LAPTOP, PHONE)}.get(words.language.code, ())
        axe(page, "Briefje voor de volgende keer", sizes)
        assert pages(page) == [pytest.approx(A6, abs=1)], words.language.name


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_slip_with_fewer_papers_is_one_a6(
    page: Page, sign_in: SignIn, mika: Colleague, follow_up: FollowUp, count: int
) -> None:
    follow_up.documents.set(follow_up.documents.all()[:count])
    sign_in(page, mika.user)
    for language in ("ar", "uk", "fr"):
        page.goto(reverse("forms_help:slip", args=[follow_up.pk]) + f"?taal={language}")
        assert pages(page) == [pytest.approx(A6, abs=1)], language


def test_paper_holds_the_slip_and_nothing_else(
    page: Page, sign_in: SignIn, mika: Colleague, follow_up: FollowUp
) -> None:
    sign_in(page, mika.user)
    page.goto(reverse("forms_help:slip", args=[follow_up.pk]))
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="Tot de volgende keer")).to_be_visible()
    for thing in ("heading", "link", "button"):
        for one in page.get_by_role(thing).all():
            assert one.evaluate("it => it.closest('.slip') !== null"), one
    expect(page.get_by_role("banner")).to_be_hidden()


def test_drawings_are_shown(
    page: Page, sign_in: SignIn, mika: Colleague, follow_up: FollowUp
) -> None:
    sign_in(page, mika.user)
    page.goto(reverse("forms_help:slip", args=[follow_up.pk]))
    sizes = page.evaluate(
        "[...document.querySelectorAll('.slip use')].map(use => use.getBBox().width)"
    )
    assert len(sizes) == 8
    assert all(sizes)
