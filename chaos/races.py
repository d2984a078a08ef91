"""Many at one moment over HTTP: one form twenty times, one household by twenty, two edits."""

import re
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bench.client import Answer
from chaos.hands import ACCOUNTS, AT_TABLE, Hand, Write
from chaos.scenario import Trial, scenario

MANY = 20


def hands_of(trial: Trial, count: int, *users: str) -> list[Hand]:
    """Signed in, each in a browser of its own."""
    place = trial.place
    names = users or ACCOUNTS
    hands = [
        Hand(place.server.port, place.ledger, place.facts, names[n % len(names)])
        for n in range(count)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda hand: hand.enter(), hands))
    return hands


def at_once(hands: list[Hand], do: Callable[[Hand], Answer | None]) -> Counter[int]:
    """How often each answer was given, to hands that begin together."""
    start = threading.Barrier(len(hands), timeout=30)

    def one(hand: Hand) -> int:
        start.wait()
        answer = do(hand)
        return answer.status if answer is not None else 0

    with ThreadPoolExecutor(len(hands)) as pool:
        found = Counter(pool.map(one, hands))
    for hand in hands:
        hand.connection.close()
    return found


@scenario(quick=True)
def same_key_twenty_times_at_once(trial: Trial) -> None:
    hands = hands_of(trial, MANY)
    for form in (
        hands[0].newcomer("Twintig"),
        hands[0].nameless(),
        hands[0].question(),
        hands[0].check_in(trial.place.facts["households"][0]),
    ):
        at_table = form.table == "forms_help_question"
        few = [hand for hand in hands if not at_table or hand.username in AT_TABLE]
        found = at_once(few, lambda hand, form=form: hand.once(form))  # type: ignore[misc]
        trial.must(found == {302: len(few)}, f"{form.path} answered {dict(found)}")
    trial.done = "four forms, each sent by twenty at one moment under one key"
    trial.must(len(trial.place.ledger.acknowledged) == 4, "not each form was acknowledged")


@scenario(quick=True)
def twenty_check_in_one_household(trial: Trial) -> None:
    place = trial.place
    hands = hands_of(trial, MANY)
    household = place.facts["households"][1]
    told: list[str] = []

    def enter(hand: Hand) -> Answer | None:
        answer = hand.once(hand.check_in(household))
        if answer is not None and answer.status == 422:
            told.append(answer.text)
        return answer

    found = at_once(hands, enter)
    trial.must(found == {302: 1, 422: MANY - 1}, f"answered {dict(found)}")
    said = sum("al aangemeld" in page for page in told)
    trial.must(said == MANY - 1, f"{said} of {MANY - 1} were told that it is here already")
    rows = place.database.number(
        f"SELECT count(*) FROM visits_visit WHERE household_id = {household}"
    )
    trial.must(rows == 1, f"{rows} visits")
    trial.done = f"twenty laptops, one household: {found[302]} new, {said} told 'already'"


@scenario(quick=True)
def double_click(trial: Trial) -> None:
    """The same form twice, the second while the first is on its way, by the same browser."""
    households = iter(trial.place.facts["households"][10:])
    (first, second) = hands_of(trial, 2, "helper")
    second.cookies = first.cookies
    for _time in range(10):
        form = first.check_in(next(households))
        found = at_once([first, second], lambda hand, form=form: hand.once(form))  # type: ignore[misc]
        trial.must(found == {302: 2}, f"answered {dict(found)}")
    trial.done = "ten forms sent twice at one moment from one browser"


@scenario(quick=True)
def two_edits_of_one_record(trial: Trial) -> None:
    place = trial.place
    household = place.facts["households"][2]
    path = f"/huishoudens/{household}/wijzigen/"
    hands = hands_of(trial, 2, "coordinator")
    page = hands[0].get(path).text
    version = re.search(r'name="version" value="(\d+)"', page)
    number = re.search(r'name="number" value="(\d+)"', page)
    assert version
    assert number
    texts = {hands[0]: "Eerste", hands[1]: "Tweede"}
    seen: list[str] = []

    def save(hand: Hand) -> Answer:
        answer = hand.post(
            path, first_name=texts[hand], last_name="Samen", adults="2", children="0", phone="",
            language="", number=number[1], version=version[1],
        )  # fmt: skip
        if answer.status == 422:
            seen.append(answer.text)
        return answer

    found = at_once(hands, save)
    trial.must(found == {302: 1, 422: 1}, f"answered {dict(found)}")
    both = bool(seen) and all(text in seen[0] for text in texts.values())
    trial.must(both, "the second does not see both texts")
    rows = place.database.rows(
        f"SELECT first_name, version FROM people_household WHERE id = {household}"
    )
    trial.must(rows[0][0] in texts.values(), f"the name is {rows[0][0]}")
    trial.must(rows[0][1] == int(version[1]) + 1, f"the version is {rows[0][1]}")
    lines = place.database.number(
        "SELECT count(*) FROM accounts_auditevent WHERE verb = 'update'"
        f" AND subject_type = 'household' AND subject_id = {household}"
    )
    trial.must(lines == 1, f"{lines} lines in the log")
    trial.done = "two coordinators save one record: one is kept, the other sees both texts"


@scenario(quick=True)
def session_ends_mid_form(trial: Trial) -> None:
    (hand,) = hands_of(trial, 1, "helper")
    form = hand.newcomer("Halverwege")
    hand.cookies.pop("stek")
    refused = hand.once(form)
    assert refused is not None
    trial.must(refused.status == 403, f"answered {refused.status}")
    packed = re.search(r'name="kept" value="[^"]+"', refused.text)
    trial.must(packed, "the page does not carry what was typed")
    trial.must("Halverwege" not in refused.text, "the page shows what was typed to anybody")
    hand.enter()
    for _press in range(2):
        again = hand.once(form)
        trial.must(again is not None and again.status == 302, "it was not taken after signing in")
    trial.done = "the session ends, the form is sent, signed in again, the same form sent twice"


@scenario(quick=True)
def other_body_under_one_key(trial: Trial) -> None:
    """Not a fault of anything, but the other half of a key."""
    (hand,) = hands_of(trial, 1, "helper")
    form = hand.nameless()
    hand.once(form)
    other = Write(form.table, form.path, form.key, {**form.fields, "adults": "3"})
    answer = hand.send("POST", other.path, other.fields)
    trial.must(answer.status == 422, f"another body was answered {answer.status}")
    trial.done = "a key again with another body: 422"
