"""Sorting, bundling, moving, answering: what the opbouwwerker does with signals."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from policy.bundle_actions import note_answer
from policy.models import Bundle, BundleStep, Signal
from policy.states import Phase
from tests import factories
from tests.races import at_once
from tests.visits.desk import text_of

LIST = "/signalen/"


def door(name, row):
    return reverse(f"signals:{name}", args=[row.pk])


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def bundle_ticked(client, *signals, into=None, **fields):
    values = {"signals": [one.pk for one in signals], "request_id": uuid.uuid4()}
    values |= {"bundle": into.pk} if into else {}
    return client.post(reverse("signals:bundle_ticked"), values | fields)


def move(client, bundle, what, **fields):
    values = {"move": what, "version": fresh(bundle).version, "request_id": uuid.uuid4()}
    return client.post(door("step", bundle), values | fields)


def hand_on(client, bundle, **fields):
    values = {"recipient": "gemeente Kalmthout", "day": factories.today()}
    return move(client, bundle, "handed_on", **(values | fields))


# --- sorting ---


def test_new_ones_wait_in_the_list_until_somebody_sorts_them(mika, stek):
    one = factories.signal(stek)
    assert one.bottleneck in text_of(mika.get(LIST))
    mika.post(door("sort", one), {"to": "collected"})
    assert fresh(one).phase == Phase.COLLECTED
    assert one.bottleneck in text_of(mika.get(f"{LIST}?fase=collected"))
    mika.post(door("sort", one), {"to": "not_retained", "reason": "once"})
    assert (fresh(one).phase, fresh(one).reason) == (Phase.NOT_RETAINED, "once")
    assert one.bottleneck not in text_of(mika.get(LIST))
    mika.post(door("sort", one), {"to": "noticed"})
    assert (fresh(one).phase, fresh(one).reason) == (Phase.NOTICED, "")


def test_putting_aside_asks_why(mika, stek):
    one = factories.signal(stek)
    response = mika.post(door("sort", one), {"to": "not_retained"})
    assert response.status_code == 422
    assert "Kies waarom je dit niet weerhoudt." in text_of(response)
    assert fresh(one).phase == Phase.NOTICED


def test_list_is_narrowed_by_phase_theme_owner_and_year(mika, stek, today):
    rent, energy = factories.theme(stek, "huur"), factories.theme(stek, "energie")
    bundle = factories.bundle(stek, owner=mika.user, owner_since=dt.datetime.now(dt.UTC))
    factories.signal(stek, "Huur is te hoog.", theme=rent)
    factories.signal(stek, "Geen stroom.", theme=energy, bundle=bundle)
    for query, there, away in (
        ("fase=alles", "Huur is te hoog.", "niets"),
        ("fase=bundled", "Geen stroom.", "Huur is te hoog."),
        (f"fase=alles&thema={rent.pk}", "Huur is te hoog.", "Geen stroom."),
        (f"fase=alles&trekker={mika.user.pk}", "Geen stroom.", "Huur is te hoog."),
        (f"fase=alles&jaar={today.year}", "Geen stroom.", "niets"),
        ("fase=alles&jaar=2001", "Hier staat niets.", "Geen stroom."),
        ("fase=onzin&thema=x&jaar=1&trekker=²", "Huur is te hoog.", "Geen stroom."),
    ):
        page = text_of(mika.get(f"{LIST}?{query}"))
        assert there in page, query
        assert away not in page, query


def test_rewording_takes_a_name_out_and_the_second_sees_both_texts(mika, coordinator, stek):
    one = factories.signal(stek, "Fatima wacht op een antwoord.")
    form = {"bottleneck": "Mensen wachten op een antwoord.", "version": one.version}
    assert mika.post(door("reword", one), form).status_code == 302
    assert fresh(one).bottleneck == "Mensen wachten op een antwoord."
    late = coordinator.post(door("reword", one), form | {"bottleneck": "Te lang wachten."})
    assert late.status_code == 422
    assert "Mensen wachten op een antwoord." in text_of(late)
    assert "Te lang wachten." in text_of(late)
    assert "Fatima" not in str(list(AuditEvent.objects.values_list("fields", flat=True)))


# --- bundling ---


def test_ticked_ones_become_one_structural_signal(mika, stek):
    energy = factories.theme(stek, "energie")
    first = factories.signal(stek, "Geen oplaadpunt.", theme=energy)
    second = factories.signal(
        stek, "Opladen kan alleen online.", proposal="Een loket.", theme=energy
    )
    response = bundle_ticked(mika, second, first)
    bundle = Bundle.objects.get()
    assert response.url == door("bundle", bundle)
    assert (bundle.title, bundle.proposal, bundle.theme) == (
        "Geen oplaadpunt.",
        "Een loket.",
        energy,
    )
    assert {fresh(one).bundle for one in (first, second)} == {bundle}
    third = factories.signal(
        stek, "De meter staat op nul.", phase=Phase.NOT_RETAINED, reason="once"
    )
    bundle_ticked(mika, third, into=bundle)
    assert (fresh(third).bundle, fresh(third).reason) == (bundle, "")
    assert "3 signalen" in text_of(mika.get(response.url))


def test_bundling_the_same_form_twice_makes_one(mika, stek):
    one, key = factories.signal(stek), uuid.uuid4()
    urls = {bundle_ticked(mika, one, request_id=key).url for _ in range(2)}
    assert len(urls) == Bundle.objects.count() == 1


def test_what_a_colleague_bundled_meanwhile_is_left_there(mika, stek):
    one, other = factories.signal(stek), factories.signal(stek)
    there = factories.bundle(stek)
    bundle_ticked(mika, one, into=there)
    late = bundle_ticked(mika, one, other)
    assert late.status_code == 422
    assert "Intussen veranderde hier iets." in text_of(late)
    assert (fresh(one).bundle, fresh(other).bundle) == (there, None)


@pytest.mark.django_db(transaction=True)
def test_two_who_bundle_the_same_at_once_make_one(stek, mika):
    one = factories.signal(stek)
    answers = at_once(2, lambda _n: bundle_ticked(mika, one))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert Bundle.objects.count() == 1


def test_nothing_ticked_says_so(mika, stek):
    factories.signal(stek)
    assert "Vink eerst de signalen aan" in text_of(bundle_ticked(mika))


def test_one_taken_out_is_loose_again(mika, stek):
    bundle = factories.bundle(stek)
    one = factories.signal(stek, bundle=bundle)
    for _twice in range(2):
        mika.post(door("take_out", one))
    assert (fresh(one).bundle, fresh(one).phase) == (None, Phase.COLLECTED)


def test_struck_out_bundle_lets_its_signals_go(mika, stek):
    bundle = factories.bundle(stek)
    one = factories.signal(stek, bundle=bundle, example="Een voorbeeld.")
    mika.post(door("void_bundle", bundle), {"reason": "mistake"})
    assert fresh(bundle).is_voided
    assert (fresh(one).bundle, fresh(one).example) == (None, "")
    assert bundle.title not in text_of(mika.get(reverse("signals:board")))


# --- who carries it on, and its course ---


def test_owner_is_one_click_and_another_click_lets_go(mika, coordinator, stek):
    bundle = factories.bundle(stek)
    mika.post(door("assign", bundle), {"owner": mika.user.pk})
    assert fresh(bundle).owner == mika.user
    since = fresh(bundle).owner_since
    mika.post(door("assign", bundle), {"owner": mika.user.pk})
    assert fresh(bundle).owner_since == since
    coordinator.post(door("assign", bundle), {"owner": ""})
    assert (fresh(bundle).owner, fresh(bundle).owner_since) == (None, None)


def test_only_who_handles_signals_carries_one_on(mika, counter, other_stek, stek):
    bundle = factories.bundle(stek)
    for user in (counter.user, other_stek.user):
        assert mika.post(door("assign", bundle), {"owner": user.pk}).status_code == 422
    assert fresh(bundle).owner is None


def test_whole_course_is_kept_with_day_person_and_reason(mika, stek, today):
    bundle = factories.bundle(stek)
    move(mika, bundle, "analysed")
    hand_on(mika, bundle)
    move(mika, bundle, "action")
    move(mika, bundle, "feedback")
    now = fresh(bundle)
    assert (now.phase, now.recipient, now.handed_on) == ("feedback", "gemeente Kalmthout", today)
    assert [step.what for step in now.steps.all()] == [
        "bundled",
        "analysed",
        "handed_on",
        "action",
        "feedback",
    ]
    assert {step.by for step in now.steps.all()} >= {mika.user}
    assert move(mika, bundle, "reopened").status_code == 422
    move(mika, bundle, "reopened", reason="again")
    assert fresh(bundle).phase == Phase.HANDED_ON
    verbs = AuditEvent.objects.filter(verb="move_bundle", subject_id=bundle.pk)
    assert verbs.count() == 5


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"recipient": ""}, "Vul in aan wie je het doorgaf."),
        ({"day": ""}, "Vul de dag in."),
        ({"day": "2126-01-01"}, "Kies een dag die al voorbij is, of vandaag."),
        ({"day": "1999-01-01"}, "Kies een dag die al voorbij is, of vandaag."),
    ],
)
def test_handing_on_asks_to_whom_and_when(mika, stek, fields, said):
    bundle = factories.bundle(stek)
    response = hand_on(mika, bundle, **fields)
    assert response.status_code == 422
    assert said in text_of(response)
    assert fresh(bundle).phase == Phase.BUNDLED


def test_step_out_of_its_turn_or_on_an_old_page_is_refused(mika, stek):
    bundle = factories.bundle(stek)
    assert move(mika, bundle, "decision").status_code == 422
    move(mika, bundle, "analysed")
    assert hand_on(mika, bundle, version=1).status_code == 422
    assert fresh(bundle).phase == Phase.ANALYSED


def test_same_step_twice_is_one(mika, stek):
    bundle, key = factories.bundle(stek), uuid.uuid4()
    for _twice in range(2):
        assert move(mika, bundle, "analysed", request_id=key).status_code == 302
    assert BundleStep.objects.filter(what="analysed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_move_one_at_once_move_it_once(stek, mika):
    bundle = factories.bundle(stek)
    moves = ("analysed", "not_retained")
    version = bundle.version

    def do(n):
        return move(mika, bundle, moves[n], version=version, reason="once")

    answers = at_once(2, do)
    assert sorted(answer.status_code for answer in answers) == [302, 422]


def test_wrong_step_is_put_right_and_stays_readable(mika, stek):
    bundle = factories.bundle(stek)
    hand_on(mika, bundle)
    mika.post(door("strike", bundle), {"version": fresh(bundle).version})
    now = fresh(bundle)
    assert (now.phase, now.recipient, now.handed_on) == (Phase.BUNDLED, "", None)
    assert "rechtgezet" in text_of(mika.get(door("bundle", bundle)))
    late = mika.post(door("strike", bundle), {"version": now.version})
    assert late.status_code == 422  # bundling itself is not taken back like this


def test_answer_is_the_decision_and_can_be_taken_away(mika, stek, today):
    bundle = factories.bundle(stek)
    form = {"answer": "Er komt een belbus.", "day": today, "version": bundle.version}
    early = mika.post(door("answer", bundle), form)
    assert early.status_code == 422  # nobody was asked yet
    hand_on(mika, bundle)
    form["version"] = fresh(bundle).version
    for _twice in range(2):
        assert mika.post(door("answer", bundle), form).status_code == 302
    now = fresh(bundle)
    assert (now.phase, now.answer, now.answered_on) == ("decision", "Er komt een belbus.", today)
    mika.post(door("strike", bundle), {"version": now.version})
    kept = mika.post(door("strike", bundle), {"version": fresh(bundle).version})
    assert kept.status_code == 422  # an answer of nobody
    mika.post(door("drop_answer", bundle), {"version": fresh(bundle).version})
    assert (fresh(bundle).answer, fresh(bundle).answer_at) == ("", None)


def test_two_who_type_the_answer_do_not_overwrite_each_other(mika, coordinator, stek, today):
    bundle = factories.bundle(stek, handed_on=True)
    form = {"answer": "Ja.", "day": today, "version": bundle.version}
    mika.post(door("answer", bundle), form)
    late = coordinator.post(door("answer", bundle), form | {"answer": "Neen."})
    assert late.status_code == 422
    assert fresh(bundle).answer == "Ja."


def test_words_of_a_bundle_that_two_change_are_both_shown(mika, coordinator, stek):
    bundle = factories.bundle(stek)
    form = {"title": "Geen bus", "problem": "Er rijdt niets.", "version": bundle.version}
    assert mika.post(door("word_bundle", bundle), form).status_code == 302
    late = coordinator.post(door("word_bundle", bundle), form | {"title": "Bus weg"})
    assert late.status_code == 422
    assert "Geen bus" in text_of(late)
    assert "Bus weg" in text_of(late)


def test_example_speaks_in_other_words(mika, stek):
    one = factories.signal(stek, bundle=factories.bundle(stek))
    mika.post(door("example", one), {"example": "Niemand geraakt er zonder auto."})
    assert fresh(one).example == "Niemand geraakt er zonder auto."
    refused = mika.post(door("example", one), {"example": "x" * 301})
    assert refused.status_code == 422
    mika.post(door("example", one), {"example": ""})
    assert fresh(one).example == ""


# --- rules of the database, and how much it is asked ---


@pytest.mark.parametrize(
    "wrong",
    [
        {"phase": "bundled"},
        {"phase": "not_retained"},
        {"bottleneck": ""},
        {"example": "Los van alles."},
        {"phase": "action"},
    ],
)
def test_database_refuses_a_signal_that_contradicts_itself(stek, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.signal(stek, **wrong)


def test_database_refuses_an_answer_of_nobody(mika, stek, today):
    bundle = factories.bundle(stek, handed_on=True)
    note_answer(bundle, answer="Ja.", day=today, version=bundle.version, by=mika.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bundle.objects.filter(pk=bundle.pk).update(handed_on=None, recipient="")


def test_pages_ask_as_much_for_one_as_for_many(mika, stek, count_queries):
    mika.get(LIST)

    def grow(count):
        bundle = factories.bundle(stek, f"Bundel {count}", owner=mika.user, owner_since=now)
        for _ in range(count):
            factories.signal(stek, bundle=bundle, theme=factories.theme(stek, uuid.uuid4().hex))
            factories.signal(stek, by=mika.user)
        return bundle

    now = dt.datetime.now(dt.UTC)
    seen = []
    for count in (1, 3):
        bundle = grow(count)
        pages = [reverse("signals:board"), reverse("signals:mine")]
        addresses = [f"{LIST}?fase=alles", *pages, door("bundle", bundle), door("brief", bundle)]
        seen.append([count_queries(lambda a=address: mika.get(a)) for address in addresses])
    assert seen[0] == seen[1]


def test_colleague_of_another_role_does_not_handle(stek, helper):
    assert helper.membership.role == Role.HELPER
    assert helper.get(LIST).status_code == 403
    assert not Signal.objects.exists()
