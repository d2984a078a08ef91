"""The page on which a coordinator merges: what it shows, and what it refuses."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.actions import OtherBody, update_household
from people.models import DuplicatePair, Merge
from stek.erasure import erase_household
from stek.merging import Both, ChangedMeanwhile, Choices, SameHousehold, merge_households
from tests import factories
from tests.people import office
from tests.stek.merging.hands import merge, send, side_by_side
from tests.visits.desk import text_of


def test_restricted_one_is_kept_out(coordinator, fatima, fatma):
    factories.duplicate_pair(fatima, fatma)
    factories.restricted(fatma)
    for answer in (side_by_side(coordinator, fatima, fatma), send(coordinator, fatima, fatma)):
        assert answer["Location"] == reverse("people:household", args=[fatma.pk])
    assert not DuplicatePair.objects.open().exists()
    with pytest.raises(ChangedMeanwhile):
        factories.merge(fatima, fatma)


def test_page_shows_both_and_how_much_moves(coordinator, full):
    page = text_of(side_by_side(coordinator, *full))
    for words in (
        "nr. 41 Fatima El Amrani",
        "nr. 57 Fatma Elamrani",
        "bezoeken 2 2 4",
        "vragen 2 2 4",
        "doorverwijzingen 1 1 2",
        "toestemmingen 1 1 2",
        "Het aantal huishoudens daalt met één. Het aantal bezoeken blijft gelijk",
        "Op 1 dag(en) waren beide er.",
    ):
        assert words in page
    reads = AuditEvent.objects.filter(kind="read", verb="open", actor_id=coordinator.user.pk)
    assert set(reads.values_list("subject_id", flat=True)) == {one.pk for one in full}


def test_page_fills_in_the_number_that_is_used_most_and_what_is_known(
    coordinator, stek, fatima, fatma
):
    factories.visit(factories.opening(stek), fatma)
    page = side_by_side(coordinator, fatima, fatma).context["chosen"]
    assert page["keep"] == page["name"] == fatma.pk
    assert (page["phone"], page["language"]) == (fatima.pk, fatma.pk)
    assert page["also_member"] is False


def test_page_asks_as_much_with_a_long_history(coordinator, stek, fatima, fatma):
    counts = []
    for days in (1, 2, 3):
        opening = factories.opening(stek, factories.today() - dt.timedelta(days=days))
        for one in (fatima, fatma):
            factories.question(factories.visit(opening, one, purposes=["question"]))
            factories.member(one, f"Kind {days}")
        with CaptureQueriesContext(connection) as asked:
            side_by_side(coordinator, fatima, fatma)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_partner_that_one_withdrew_from_is_said(coordinator, stek, fatima, fatma):
    caw = factories.partner(stek, "CAW")
    factories.consent(fatima, caw)
    factories.consent(fatma, caw, withdrawn_at=timezone.now(), withdrawn_by=factories.user())
    assert "Voor CAW is de toestemming" in text_of(side_by_side(coordinator, fatima, fatma))


def test_form_merges_and_the_record_undoes_it(coordinator, fatima, fatma):
    answer = send(coordinator, fatima, fatma, of_name=fatma.pk)
    assert answer["Location"] == reverse("people:household", args=[fatima.pk])
    page = text_of(coordinator.get(answer["Location"]))
    assert "Nummer 57 leidt nu naar nummer 41" in page
    assert "41 Fatma Elamrani" in page
    assert "voegde ze samen op" in page
    coordinator.post(reverse("people:undo_merge", args=[Merge.objects.get().pk]))
    fatima.refresh_from_db()
    fatma.refresh_from_db()
    assert (fatima.full_name, fatma.full_name) == ("Fatima El Amrani", "Fatma Elamrani")
    verbs = (
        AuditEvent.objects.filter(kind="change").order_by("id").values_list("verb", "subject_id")
    )
    assert list(verbs) == [
        ("merge", fatima.pk),
        ("merge_away", fatma.pk),
        ("undo_merge", fatima.pk),
        ("split_off", fatma.pk),
    ]


def test_same_form_again_is_one_merge_and_another_body_under_its_key_is_none(
    coordinator, fatima, fatma
):
    key = uuid.uuid4()
    first, again = (send(coordinator, fatima, fatma, request_id=key) for _twice in range(2))
    assert first["Location"] == again["Location"]
    assert Merge.objects.count() == 1
    both = Both(fatima, fatma, 1, 1)
    with pytest.raises(OtherBody):
        merge_households(both, choices=Choices(name="gone"), request_id=key, by=coordinator.user)


def test_one_that_was_changed_meanwhile_is_not_merged_and_both_texts_are_shown(
    coordinator, fatima, fatma
):
    page = side_by_side(coordinator, fatima, fatma)
    update_household(fatma, changes={"phone": "0470 11 22 33"}, version=1, by=factories.user())
    answer = send(coordinator, fatima, fatma, seen=page.context["seen"])
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Nr. 57, Telefoon: je zag “–”, nu staat er “0470 11 22 33”." in shown
    assert not Merge.objects.exists()


def test_who_was_typing_when_it_was_merged_sees_both_texts(coordinator, fatima, fatma):
    merge(fatima, fatma)
    fatma.first_name, fatma.last_name, fatma.version = "Fatma", "Elamrani", 1
    answer = office.edit(coordinator, fatma, phone="0470 99 88 77")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "0470 99 88 77" in page
    assert "0476 12 34 56" in page
    assert answer.context["household"].pk == fatima.pk


def test_with_itself_it_is_refused(coordinator, fatima):
    assert side_by_side(coordinator, fatima, fatima).status_code == 302
    assert send(coordinator, fatima, fatima).status_code == 302
    both = Both(fatima, fatima, 1, 1)
    with pytest.raises(SameHousehold):
        merge_households(both, choices=Choices(), request_id=uuid.uuid4(), by=coordinator.user)
    assert not Merge.objects.exists()


def test_erased_one_does_not_exist_for_it(coordinator, fatima, fatma):
    erase_household(fatma, by=coordinator.user)
    assert side_by_side(coordinator, fatima, fatma).status_code == 404
    assert send(coordinator, fatima, fatma).status_code == 404
    fatma.refresh_from_db()  # even with the version that it has now
    with pytest.raises(ChangedMeanwhile):
        factories.merge(fatima, fatma)


def test_one_of_another_stek_does_not_exist_for_it(coordinator, essen, fatima):
    foreign = factories.household(essen)
    assert side_by_side(coordinator, fatima, foreign).status_code == 404
    assert send(coordinator, foreign, fatima).status_code == 404
    with pytest.raises(ChangedMeanwhile):
        factories.merge(fatima, foreign)


def test_one_that_is_merged_already_leads_to_the_kept_one(coordinator, stek, fatima, fatma):
    other = factories.household(stek, "Jo", "Maes")
    merge(fatima, fatma)
    for answer in (side_by_side(coordinator, other, fatma), send(coordinator, other, fatma)):
        assert answer["Location"] == reverse("people:household", args=[fatima.pk])
    assert Merge.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("57", None),
        ("41", "Dat is dit huishouden zelf."),
        ("99", "Er is geen huishouden met dit nummer."),
        ("x", "Een klantnummer ligt tussen"),
    ],
)
def test_other_one_is_chosen_by_number(coordinator, fatima, fatma, number, said):
    answer = coordinator.post(reverse("people:merge_choose", args=[fatima.pk]), {"number": number})
    if said is None:
        assert answer["Location"] == reverse("people:merge", args=[fatima.pk, fatma.pk])
    else:
        assert answer.status_code == 422
        assert said in text_of(answer)
