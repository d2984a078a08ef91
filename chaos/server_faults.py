"""Workers and server that are killed while people work, a new version meanwhile, the clock."""

import datetime as dt
import os
import signal
import time

from bench.client import opening_in
from chaos.clock import MISSING, Clock, library
from chaos.hands import Hand, Ledger
from chaos.scenario import Missing, Trial, scenario


@scenario()
def worker_killed(trial: Trial) -> None:
    server = trial.place.server
    with trial.place.crowd() as people:
        for _time in range(4):
            people.wait_for(15)
            os.kill(server.running.workers()[0], signal.SIGKILL)
            moment = time.monotonic()
        trial.recovered(moment)
        people.wait_for(20)
    trial.done = "kill -9 of a worker, four times under load; gunicorn starts another"
    trial.must(len(server.running.workers()) == 2, "there are not two workers again")


@scenario()
def server_killed(trial: Trial) -> None:
    server = trial.place.server
    with trial.place.crowd() as people:
        for _time in range(2):
            people.wait_for(25)
            server.kill()
            time.sleep(1)  # what a supervisor waits
            moment = time.monotonic()
            server.start()
        trial.recovered(moment, within=15)
        people.wait_for(25)
    trial.done = "kill -9 of master and workers, twice under load; started again after 1 s"


@scenario()
def deploy_under_load(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
        place.manage("migrate", "--verbosity=0")
        if place.engine == "postgresql":
            place.manage("database_roles", "--verbosity=0")
        place.server.stop()
        moment = time.monotonic()
        place.server.start()
        trial.recovered(moment, within=15)
        people.wait_for(30)
    trial.done = "migrate, database_roles and a restart under load"


def clock_of(trial: Trial) -> Clock:
    if library() is None:
        raise Missing(MISSING)
    return Clock(trial.place.server)


def open_the_day(trial: Trial) -> str:
    """Sign in, open today at the counter, and the number of the opening as the page has it."""
    with Hand(trial.place.server.port, Ledger(), trial.place.facts, "coordinator") as hand:
        hand.enter()
        page = hand.get("/balie/").text
        if 'action="/balie/openen/"' in page:
            trial.must(hand.post("/balie/openen/").status == 302, "the day was not opened")
            page = hand.get("/balie/").text
        return opening_in(page)


@scenario()
def clock_a_day_ahead(trial: Trial) -> None:
    place, clock = trial.place, clock_of(trial)
    with place.crowd() as people:
        people.wait_for(30)
        clock.turn(dt.timedelta(days=1))
        # Sessions of yesterday are over: all sign in again, and go on with the same forms.
        trial.recovered(time.monotonic())
        people.wait_for(20)
    # Questions of yesterday are for who keeps the record; a helper is told so.
    late = "/doorverwijzingen/vraag/ answered 422"
    place.ledger.refused = [one for one in place.ledger.refused if one != late]
    before = place.facts["opening"]
    tomorrow = open_the_day(trial)
    trial.must(tomorrow != str(before), "a new day had no opening of its own")
    place.facts = {**place.facts, "opening": tomorrow}
    place.facts["households"] = place.facts["households"][1500:]
    with place.crowd() as people:
        people.wait_for(20)
        clock.turn(dt.timedelta())
        people.wait_for(20)
    trial.done = "started under load with a clock one day ahead, a new day opened, and back again"


@scenario()
def clock_an_hour_back(trial: Trial) -> None:
    clock = clock_of(trial)
    with trial.place.crowd() as people:
        people.wait_for(30)
        clock.turn(dt.timedelta(hours=-1))
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.done = "started under load with a clock one hour back"


#: What the clock says by turns in the night that it changes; the last is another day.
NIGHTS = {
    "2027-03-27": ("2027-03-27 23:30", "2027-03-28 01:59", "2027-03-28 03:01", "2027-03-28 04:10"),
    "2027-10-30": (
        "2027-10-30 23:30", "2027-10-31 02:30", "2027-10-31 02:30 again", "2027-10-31 04:10",
    ),
}  # fmt: skip


@scenario()
def both_nights_of_the_clock_change(trial: Trial) -> None:
    place, clock = trial.place, clock_of(trial)
    for day, hours in NIGHTS.items():
        openings = []
        for hour in hours:
            clock.set(hour.removesuffix(" again"), fold=int(hour.endswith(" again")))
            openings.append(open_the_day(trial))
            place.facts = {**place.facts, "opening": openings[-1]}
            place.facts["households"] = place.facts["households"][100:]
            with place.crowd(hands=2) as people:
                people.wait_for(8)
        trial.must(len(set(openings[:3])) == 1, f"the night of {day} fell apart: {openings}")
        trial.must(openings[3] != openings[2], f"after {day} no new day began at four")
        found = place.database.rows(f"SELECT day FROM visits_opening WHERE id = {openings[0]}")
        trial.must(str(found[0][0]) == day, f"the night of {day} counts for {found[0][0]}")
    trial.done = "check-ins at 23u30, before, in and after the hour that is twice or never there"
