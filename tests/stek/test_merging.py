"""Two households become one, and two again: nothing is lost, nothing counted twice."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.actions import OtherBody, update_household
from people.imports.drafts import known_households
from people.models import DuplicatePair, GroceryAccess, Household, Member, Merge, NameKey
from people.search import find_households
from reviews.kinds import OF_HOUSEHOLDS
from reviews.models import Decision
from reviews.sources import SOURCES
from stek.erasure import erase_household
from stek.merge_forms import FIELD_OF
from stek.merge_moves import (
    ACCESSES,
    HOLDS,
    MEMBERS,
    MESSAGES,
    STAYS,
    VISITS,
    WHOLE,
    gather_strays,
    keys_to_a_household,
)
from stek.merging import Both, ChangedMeanwhile, Choices, SameHousehold, merge_households
from stek.unmerging import TooLate, make_merges_final, undo_merge
from tests import factories
from tests.people import office
from tests.visits import desk
from tests.visits.desk import text_of
from visits.models import Message, Visit


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(
        stek, "Fatima", "El Amrani", number=41, adults=2, children=3, phone="0476 12 34 56"
    )


@pytest.fixture
def fatma(stek) -> Household:
    """The same person, written down again."""
    return factories.household(stek, "Fatma", "Elamrani", number=57, adults=1, language="ar")


def merge(kept, gone, **more) -> Merge:
    """As they stand now."""
    for one in (kept, gone):
        one.refresh_from_db()
    return factories.merge(kept, gone, **more)


def undo(one: Merge) -> None:
    undo_merge(one, by=factories.user())


def picture(*both: Household) -> dict[int, dict[str, Any]]:
    """Everything that a merge may touch, of these households."""
    rows = {}
    for one in both:
        one.refresh_from_db()
        rows[one.number] = {
            "fields": (
                one.full_name,
                one.phone,
                one.language,
                one.adults,
                one.children,
                one.merged_into_id,
                one.card,
            ),
            "members": sorted(one.members.values_list("pk", "first_name")),
            "accesses": sorted(one.accesses.values_list("pk", "current")),
            "visits": sorted(one.visits.values_list("pk", "repeated", "voided_at")),
            "messages": sorted(one.messages.values_list("pk", "text")),
            "consents": sorted(one.consents.values_list("pk", flat=True)),
            "follow_ups": sorted(one.follow_ups.values_list("pk", flat=True)),
            "referrals": sorted(one.referrals.values_list("pk", flat=True)),
            "requests": sorted(one.inbound_referrals.values_list("pk", flat=True)),
            "decisions": sorted(
                Decision.objects.filter(subject_id=one.pk).values_list("pk", flat=True)
            ),
            "keys": sorted(one.name_keys.values_list("kind", "key")),
        }
    return rows


def with_history(household: Household, *openings) -> None:
    """One of everything."""
    stek = household.stek
    for opening in openings:
        visit = factories.visit(opening, household, purposes=["question"])
        question = factories.question(visit, factories.theme(stek, f"thema {visit.pk}"))
        factories.follow_up(question)
    caw = factories.partner(stek, f"CAW {household.number}")
    factories.referral(question, caw)
    factories.access(household)
    factories.member(household, "Youssef", "Benali")
    factories.member(household, f"Amina{household.number}", "Benali")
    factories.inbound_referral(
        stek,
        household=household,
        state="accepted",
        decided_at=timezone.now(),
        decided_by=factories.user(),
    )
    factories.decision(stek, household.pk)


@pytest.fixture
def full(stek, fatima, fatma) -> tuple[Household, Household]:
    """Both with a history, and once at the same opening."""
    days = [factories.today() - dt.timedelta(days=days) for days in (30, 20, 10)]
    first, second, third = [factories.opening(stek, day, closed=True) for day in days]
    with_history(fatima, first, second)
    with_history(fatma, second, third)
    factories.message(fatma)
    return fatima, fatma


# --- what moves ---


def test_every_key_to_a_household_is_known_to_the_merge():
    known = {*WHOLE, *STAYS, MEMBERS, ACCESSES, VISITS, MESSAGES, HOLDS}
    assert keys_to_a_household() == known


def test_every_source_of_the_week_about_households_is_known_to_the_merge(mika):
    sources = {kind for kind, one in SOURCES.items() if one.all(mika.membership).model is Household}
    assert sources == set(OF_HOUSEHOLDS)


def test_all_history_moves_and_no_visit_is_lost(full):
    kept, gone = full
    before = Visit.objects.counted().count()
    people = Household.objects.in_use().count()
    merge(kept, gone)
    after = picture(kept, gone)
    assert {len(after[41][name]) for name in ("follow_ups", "visits")} == {4}
    assert {len(after[41][name]) for name in ("referrals", "consents", "requests")} == {2}
    left = after[57]
    assert [left[name] for name in ("visits", "follow_ups", "referrals", "requests", "keys")] == [
        [] for _one in range(5)
    ]
    assert Visit.objects.counted().count() == before
    assert Household.objects.in_use().count() == people - 1


def test_undo_puts_every_row_back_where_it_was(full):
    kept, gone = full
    before = picture(kept, gone)
    done = merge(kept, gone, name="gone", phone="gone", size="gone", access="gone")
    assert picture(kept, gone) != before
    undo(done)
    assert picture(kept, gone) == before
    done.refresh_from_db()
    assert (done.before, done.moved) == ({}, {})


def test_what_is_chosen_stays_and_the_rest_is_kept_for_the_undo_only(fatima, fatma):
    done = merge(fatima, fatma, name="gone", language="gone")
    fatima.refresh_from_db()
    assert (fatima.full_name, fatima.phone, fatima.language) == (
        "Fatma Elamrani",
        "0476 12 34 56",
        "ar",
    )
    assert (fatima.adults, fatima.children) == (2, 3)
    assert done.before["kept"]["first_name"] == ["Fatima", "Fatma"]
    assert [hit.household_id for hit in find_households(stek=fatima.stek, text="fatima")] == [
        fatima.pk  # sounds alike
    ]
    assert not NameKey.objects.filter(household=fatma).exists()


def test_name_that_was_not_chosen_may_come_for_the_household(stek, fatima):
    karim = factories.household(stek, "Karim", "Benali")
    done = merge(fatima, karim, also_member=True)
    assert [member.full_name for member in fatima.members.all()] == ["Karim Benali"]
    assert find_households(stek=stek, text="karim")[0].household_id == fatima.pk
    undo(done)
    assert not fatima.members.exists()


# --- rules for what can only be there once ---


def test_member_of_both_stands_there_once(full):
    kept, gone = full
    merge(kept, gone)
    names = sorted(member.first_name for member in kept.members.all())
    assert names == ["Amina41", "Amina57", "Youssef"]


def test_both_at_one_opening_stay_two_visits_and_one_is_the_second_of_that_day(full):
    kept, gone = full
    merge(kept, gone)
    repeated = kept.visits.filter(repeated=True)
    assert repeated.count() == 1
    assert kept.visits.filter(opening=repeated.get().opening).count() == 2


@pytest.mark.parametrize("chosen", ["kept", "gone"])
def test_one_access_goes_on_and_it_is_the_chosen_one(fatima, fatma, chosen):
    of = {"kept": factories.access(fatima), "gone": factories.access(fatma)}
    done = merge(fatima, fatma, access=chosen)
    assert GroceryAccess.objects.current().get() == of[chosen]
    undo(done)
    assert set(GroceryAccess.objects.current()) == set(of.values())
    assert fatma.accesses.get() == of["gone"]


def test_only_access_goes_on_whatever_was_chosen(fatima, fatma):
    only = factories.access(fatma)
    done = merge(fatima, fatma, access="kept")
    assert fatima.accesses.current().get() == only
    undo(done)
    assert fatma.accesses.current().get() == only


def test_access_that_was_decided_since_stays_with_the_one_kept(coordinator, fatima, fatma):
    for one in (fatima, fatma):
        factories.access(one)
    done = merge(fatima, fatma, access="gone")
    form = {"request_id": uuid.uuid4(), "back": "list", "referrer": ""}
    office.decide(coordinator, "renew", fatima.accesses.current().get(), **form)
    newest = fatima.accesses.current().get()
    assert fatima.accesses.count() == 3
    undo(done)
    assert fatima.accesses.current().get() == newest
    assert fatma.accesses.current().count() == 1


def test_of_two_waiting_messages_that_of_the_kept_one_waits(fatima, fatma):
    stays, other = factories.message(fatima), factories.message(fatma, text="Bel terug.")
    done = merge(fatima, fatma)
    assert Message.objects.of_household(fatima.pk).waiting().get() == stays
    undo(done)
    assert Message.objects.of_household(fatma.pk).waiting().get() == other


def test_message_that_is_the_only_one_waits_for_the_kept_one(fatima, fatma):
    only = factories.message(fatma)
    merge(fatima, fatma)
    assert Message.objects.of_household(fatima.pk).waiting().get() == only


def test_of_two_decisions_on_one_fact_that_on_the_kept_one_stays(stek, fatima, fatma):
    day = factories.today()
    for one in (fatima, fatma):
        factories.decision(stek, one.pk, about_day=day)
    other = factories.decision(stek, fatma.pk, about_day=day - dt.timedelta(days=1))
    merge(fatima, fatma)
    assert Decision.objects.filter(subject_id=fatima.pk).count() == 2
    assert Decision.objects.get(pk=other.pk).subject_id == fatima.pk


@pytest.mark.parametrize(("mine", "theirs"), [(10, 90), (90, 10)])
def test_hold_lasts_as_long_as_the_longest_of_both(fatima, fatma, mine, theirs):
    today = factories.today()
    for one, days in ((fatima, mine), (fatma, theirs)):
        factories.retention_hold(one, until=today + dt.timedelta(days=days))
    done = merge(fatima, fatma)
    assert fatima.holds.get().until == today + dt.timedelta(days=90)
    undo(done)
    assert fatima.holds.get().until == today + dt.timedelta(days=mine)
    assert fatma.holds.get().until == today + dt.timedelta(days=theirs)


def test_restricted_one_is_kept_out(coordinator, fatima, fatma):
    factories.duplicate_pair(fatima, fatma)
    factories.restricted(fatma)
    for answer in (side_by_side(coordinator, fatima, fatma), send(coordinator, fatima, fatma)):
        assert answer["Location"] == reverse("people:household", args=[fatma.pk])
    assert not DuplicatePair.objects.open().exists()
    with pytest.raises(ChangedMeanwhile):
        factories.merge(fatima, fatma)


# --- the counter ---


@pytest.mark.parametrize("how", ["number", "card"])
def test_old_number_and_card_lead_to_the_kept_one_with_a_word(counter, opening, fatima, fatma, how):
    factories.access(fatima)
    merge(fatima, fatma)
    page = desk.enter(counter, opening, getattr(fatma, how))
    assert Visit.objects.get().household == fatima
    shown = text_of(counter.get(page["Location"]))
    assert "Nummer 57 is samengevoegd met nummer 41." in shown
    assert "41 Fatima El Amrani" in text_of(desk.search(counter, opening, "57")) or (
        "was nr. 57" in text_of(desk.search(counter, opening, "57"))
    )


def test_own_number_says_nothing_of_it(counter, opening, fatima, fatma):
    factories.access(fatima)
    merge(fatima, fatma)
    page = counter.get(desk.enter(counter, opening, 41)["Location"])
    assert "samengevoegd" not in text_of(page)


def test_line_that_was_found_before_the_merge_checks_in_the_kept_one(
    counter, opening, fatima, fatma
):
    factories.access(fatima)
    merge(fatima, fatma)
    assert desk.check_in(counter, opening, fatma).status_code == 302
    assert Visit.objects.get().household == fatima


def test_both_checked_in_today_are_both_on_todays_list(counter, opening, fatima, fatma):
    for one in (fatima, fatma):
        factories.visit(opening, one)
    merge(fatima, fatma)
    assert opening.visits.filter(household=fatima, voided_at__isnull=True).count() == 2
    assert desk.show(counter).status_code == 200


def test_visit_that_raced_the_merge_goes_along(opening, fatima, fatma):
    merge(fatima, fatma)
    stray = factories.visit(opening, fatma)
    factories.visit(opening, fatima)
    assert gather_strays(timezone.now()) == 1
    stray.refresh_from_db()
    assert (stray.household, stray.repeated) == (fatima, True)
    assert gather_strays(timezone.now()) == 0


def test_list_with_the_old_number_adds_nobody(coordinator, fatima, fatma):
    merge(fatima, fatma)
    known, erased = known_households(fatima.stek)
    assert (len(known), erased) == (2, [])
    assert {one.number: one.is_old_number for one in known} == {41: False, 57: True}


# --- the office ---


def test_record_of_the_one_that_went_leads_to_the_kept_one(mika, fatima, fatma):
    merge(fatima, fatma)
    answer = office.record(mika, fatma)
    assert answer["Location"] == reverse("people:household", args=[fatima.pk])
    assert "samengevoegd met nummer 41" in text_of(mika.get(answer["Location"]))


def test_search_by_the_old_number_leads_to_the_kept_one(mika, fatima, fatma):
    merge(fatima, fatma)
    answer = office.search(mika, "57")
    assert answer["Location"] == reverse("people:household", args=[fatima.pk])


def side_by_side(client, one, other):
    return client.get(reverse("people:merge", args=[one.pk, other.pk]))


def send(client, one, other, **more):
    form = {
        **dict.fromkeys(("keep", *FIELD_OF.values()), one.pk),
        "one_version": one.version,
        "other_version": other.version,
        "request_id": uuid.uuid4(),
        "seen": "",
    } | more
    return client.post(reverse("people:merge", args=[one.pk, other.pk]), form)


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
    with pytest.raises(ChangedMeanwhile):
        factories.merge(fatima, fatma)


def test_one_of_another_stek_does_not_exist_for_it(coordinator, essen, fatima):
    foreign = factories.household(essen)
    assert side_by_side(coordinator, fatima, foreign).status_code == 404
    assert send(coordinator, foreign, fatima).status_code == 404


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


# --- undoing ---


def test_what_happened_since_stays_with_the_one_kept(opening, fatima, fatma):
    done = merge(fatima, fatma, phone="gone")
    since = factories.visit(opening, fatima)
    update_household(
        Household.objects.get(pk=fatima.pk),
        changes={"phone": "0470 99 88 77"},
        version=2,
        by=factories.user(),
    )
    undo(done)
    since.refresh_from_db()
    fatima.refresh_from_db()
    assert since.household == fatima
    assert fatima.phone == "0470 99 88 77"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("chosen", ["kept", "gone"])
def test_chain_of_three_comes_apart_in_any_order(stek, full, order, chosen):
    """a into b into c: also when the first merge is undone first."""
    b, a = full
    c = factories.household(stek, "Fatoumata", "Amrani", number=80, phone="0499 00 00 00")
    shared = a.visits.order_by("pk")[0].opening
    factories.visit(shared, c)
    factories.access(c)
    before = picture(a, b, c)
    picks = dict.fromkeys(("name", "phone", "language", "size", "access"), chosen)
    merges = [merge(b, a, **picks), merge(c, b, **picks)]
    assert c.visits.count() == 5
    assert {Household.objects.get(pk=one.pk).merged_into_id for one in (a, b)} == {c.pk}
    for place in order:
        undo(merges[place])
    assert picture(a, b, c) == before


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_that_went_into_one_come_out_in_any_order(stek, full, order):
    c, a = full
    b = factories.household(stek, "Fatoumata", "Amrani", number=80, phone="0499 00 00 00")
    factories.access(b)
    before = picture(a, b, c)
    picks = dict.fromkeys(("name", "phone", "size", "access"), "gone")
    merges = [merge(c, a, **picks), merge(c, b, **picks)]
    for place in order:
        undo(merges[place])
    assert picture(a, b, c) == before


def test_undone_twice_it_is_undone_once(coordinator, fatima, fatma):
    done = merge(fatima, fatma)
    undo(done)
    undo(done)
    assert AuditEvent.objects.filter(verb="undo_merge").count() == 1


def test_after_a_month_it_is_final_and_nothing_is_kept_for_the_undo(coordinator, full):
    kept, gone = full
    factories.message(kept)
    done = merge(kept, gone, name="gone")
    Merge.objects.update(merged_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(TooLate):
        undo(done)
    assert make_merges_final(timezone.now()) == 1
    assert make_merges_final(timezone.now()) == 0
    done.refresh_from_db()
    assert (done.before, done.moved) == ({}, {})
    assert not Member.objects.filter(household=gone).exists()
    assert not Message.objects.filter(household=gone, delivered_at=None).exists()
    answer = coordinator.post(reverse("people:undo_merge", args=[done.pk]), follow=True)
    assert "Dit kan niet meer" in text_of(answer)


def test_merge_of_less_than_a_month_ago_stays_undoable(fatima, fatma):
    done = merge(fatima, fatma)
    Merge.objects.update(merged_at=timezone.now() - dt.timedelta(days=29))
    assert make_merges_final(timezone.now()) == 0
    undo(done)


def test_erasing_the_kept_one_forgets_what_was_kept_of_both(coordinator, stek, fatima, fatma):
    other = factories.household(stek, "Karim", "Benali", phone="0499 00 00 00")
    factories.member(fatma, "Fatima", "El Amrani")
    merge(fatma, other)
    done = merge(fatima, fatma, name="gone")
    fatima.refresh_from_db()
    erase_household(fatima, by=coordinator.user)
    # A backup of before has the three apart, and a restore erases again what is erased here.
    assert Household.objects.erased().count() == 3
    assert not any(one.before or one.moved for one in Merge.objects.all())
    assert not Member.objects.exists()
    assert not NameKey.objects.exists()
    with pytest.raises(TooLate):
        undo(done)


def test_pair_is_gone_while_they_are_one_and_back_after_the_undo(coordinator, fatima, fatma):
    factories.duplicate_pair(fatima, fatma)
    done = merge(fatima, fatma)
    assert not DuplicatePair.objects.open().exists()
    undo(done)
    assert DuplicatePair.objects.open().exists()
