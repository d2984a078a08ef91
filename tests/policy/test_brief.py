"""The brief for a council: what stands in it, what does not leave the house, and who may see it."""

import pytest

from accounts.models import AuditEvent
from forms_help.outcomes import Outcome
from policy.briefing import brief_of
from tests import factories
from tests.visits.desk import text_of


@pytest.fixture
def rent(stek):
    return factories.theme(stek, "wonen en huur")


@pytest.fixture
def bundle(stek, rent):
    return factories.bundle(
        stek,
        "Wonen wordt onbetaalbaar",
        theme=rent,
        problem="Er is geen kleine woning te vinden.",
        proposal="Een meldpunt.",
        handed_on=True,
    )


def unmet(opening, theme, count):
    for n in range(count):
        household = factories.household(opening.stek, f"Gezin {n}")
        visit = factories.visit(opening, household, purposes=["question"])
        factories.question(visit, theme, outcome=Outcome.NOT_SOLVED, unmet_reason="service_away")


def test_brief_says_what_how_often_and_to_whom(stek, opening, rent, bundle, today):
    unmet(opening, rent, 6)
    factories.signal(stek, "Mohamed vindt niets.", bundle=bundle, example="Een gezin vindt niets.")
    factories.signal(stek, "Het schimmelt.", bundle=bundle)
    found = brief_of(bundle, stek=stek, today=today)
    assert (found.title, found.theme, found.recipient) == (
        "Wonen wordt onbetaalbaar",
        "wonen en huur",
        "gemeente Kalmthout",
    )
    assert [count.number for count in found.counts] == [6, 6, None, 6]  # two signals are few
    assert found.examples == ("Een gezin vindt niets.",)
    assert [month.number for month in found.months] == [0] * 11 + [6]


def test_few_people_are_not_counted_out_loud(stek, opening, rent, bundle, today, mika):
    unmet(opening, rent, 3)
    found = brief_of(bundle, stek=stek, today=today)
    assert [count.number for count in found.counts[:2]] == [None, None]
    assert found.months == ()
    page = text_of(mika.get(f"/signalen/structureel/{bundle.pk}/dossier/"))
    assert "minder dan 5 huishoudens" in page
    assert "3 huishoudens" not in page


def test_only_chosen_words_leave_the_house(stek, bundle, mika):
    one = factories.signal(stek, "Mohamed vindt niets.", bundle=bundle)
    address = f"/signalen/structureel/{bundle.pk}/dossier/"
    page = text_of(mika.get(address))
    assert "Mohamed" not in page
    assert "Er is nog geen voorbeeld gekozen." in page
    one.example = "Een gezin vindt niets."
    one.save()
    assert "“Een gezin vindt niets.”" in text_of(mika.get(address))


def test_one_that_was_struck_out_has_no_brief(stek, mika, bundle):
    mika.post(f"/signalen/structureel/{bundle.pk}/schrappen/", {"reason": "mistake"})
    assert mika.get(f"/signalen/structureel/{bundle.pk}/dossier/").status_code == 404


def test_without_a_recipient_it_is_for_the_council_of_the_place(stek, today):
    found = brief_of(factories.bundle(stek), stek=stek, today=today)
    assert found.recipient == "gemeente Kalmthout"
    assert found.theme == ""


# --- the PDF ---


def test_pdf_is_two_pages_that_nobody_keeps_and_the_log_knows(stek, opening, rent, bundle, mika):
    unmet(opening, rent, 6)
    factories.signal(stek, bundle=bundle, example="Een gezin vindt niets.")
    answer = mika.get(f"/signalen/structureel/{bundle.pk}/dossier.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="dossier-{bundle.pk}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(verb="brief")
    assert (event.kind, event.actor_id, event.subject_id) == ("read", mika.user.pk, bundle.pk)


def test_pdf_that_does_not_succeed_says_so_in_a_sentence(bundle, mika, monkeypatch):
    # No interpreter to typeset it with.
    monkeypatch.setattr("sys.executable", "/nergens/python")
    answer = mika.get(f"/signalen/structureel/{bundle.pk}/dossier.pdf", follow=True)
    assert "De PDF is nu niet gelukt." in text_of(answer)
