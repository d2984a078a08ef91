"""The note of a question: how long, and what may not stand in it."""

import datetime as dt

import pytest

from forms_help.models import FollowUp, Question
from tests.forms_help import desk
from tests.forms_help.asking import re_checked, refused
from tests.visits.desk import text_of

IBAN = "BE71 0961 2345 6769"


def note_of(client, visit, rent, letter, note, **more):
    return desk.note(client, visit, theme=rent, help_types=letter, note=note, **more)


@pytest.mark.parametrize("letters", [1, 280])
def test_note_of_280_characters_is_kept(helper, visit, rent, letter, letters):
    assert note_of(helper, visit, rent, letter, "x" * letters).status_code == 302
    assert Question.objects.get().note == "x" * letters


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("x" * 281, "Een nota is kort: hoogstens 280 tekens."),
        ("x" * 10_000, "Een nota is kort: hoogstens 280 tekens."),
        ("<script>alert(1)</script>", "Laat de tekens < en > weg."),
        ("=1+1", "Begin niet met het teken"),
        ("Belt\x07 morgen", "Hierin staat een onzichtbaar teken."),
        ("Belt\x00 morgen", "Hierin staat een onzichtbaar teken."),
        ("Belt\u202e morgen", "Hierin staat een onzichtbaar teken."),
        ("Nummer 85.07.30-033.28", "Dit lijkt op een rijksregisternummer."),
        ("Nummer 85073003328", "Dit lijkt op een rijksregisternummer."),
        (f"Rekening {IBAN}", "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "").lower(), "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "-"), "Dit lijkt op een rekeningnummer."),
        (IBAN.replace(" ", "."), "Dit lijkt op een rekeningnummer."),
    ],
)
def test_note_is_refused_at_its_field_and_kept(helper, visit, rent, letter, note, words):
    response = note_of(helper, visit, rent, letter, note)
    refused(response, words)
    assert response.context["form"]["note"].value() == note
    assert re_checked(response.content.decode(), "theme") == [str(rent.pk)]


@pytest.mark.parametrize("what", ["Nummer 85.07.30-033.28", f"Stort op {IBAN}", "x" * 141, "a<b"])
def test_text_of_a_follow_up_is_held_to_the_same_rule(helper, visit, rent, letter, what):
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    response = desk.note(helper, visit, **fields, what=what)
    assert response.status_code == 422
    assert "what" in response.context["form"].errors
    assert not FollowUp.objects.exists()


def test_note_on_health_is_asked_about_once_and_kept_when_saved_again(helper, visit, rent, letter):
    note = "Heeft kanker en is depressief."
    response = note_of(helper, visit, rent, letter, note)
    refused(response, "Gaat “kanker, depressief” over iemands gezondheid? Laat het dan weg.")
    form = response.context["form"]
    again = note_of(helper, visit, rent, letter, note, health_seen=form["health_seen"].value())
    assert again.status_code == 302
    assert Question.objects.get().note == note


def test_note_on_health_that_was_changed_is_asked_about_again(helper, visit, rent, letter):
    first = note_of(helper, visit, rent, letter, "Heeft kanker.")
    seen = first.context["form"]["health_seen"].value()
    refused(note_of(helper, visit, rent, letter, "Heeft diabetes.", health_seen=seen), "diabetes")


def test_note_says_until_when_it_stays_and_what_may_not_stand_in_it(helper, opening, visit):
    page = text_of(desk.person(helper, visit))
    until = opening.day + dt.timedelta(days=90)
    assert "Niets over gezondheid, schulden, afkomst of geloof" in page
    assert f"De nota verdwijnt vanzelf na {until:%d/%m/%Y}." in page


def test_note_is_shown_as_text(helper, visit, rent, letter):
    note_of(helper, visit, rent, letter, "{{ 7*7 }} & 'x'")
    page = desk.question(helper, Question.objects.get()).content.decode()
    assert "{{ 7*7 }} &amp; &#x27;x&#x27;" in page
