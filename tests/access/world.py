"""Two STEKs with everything in them, marked, and everybody who may knock; built once a module."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.laptop import sitting
from accounts.models import User
from accounts.recheck import KEY as RECHECKED
from accounts.roles import Role
from forms_help.models import Question
from people.models import Household
from places.models import Stek
from stek.privacy import FIELDS, Privacy
from tests import factories
from tests.access.actors import ACTORS, Actor
from tests.access.marks import Marks
from tests.access.office import office_rows
from tests.access.reading import text_of
from tests.access.routes import address
from tests.access.rows import furnish, rows_behind_doors
from tests.cast import Colleague, signed_in
from tests.headers import faults_of, strangers_in

#: The first customer number of the other STEK: nobody else's, and no part of another number.
FAR_NUMBER = 904_117
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_FAR = re.compile(rf"(?<![\w.-]){str(FAR_NUMBER)[:-2]}\d\d(?![\w.-])")


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    #: What was sent: a mark that stands in it is no leak when it comes back.
    asked: str
    #: Of headers, cookies and what a browser would load.
    faults: tuple[str, ...] = ()
    cached: str = ""
    #: What goes further than the page: its title, where it leads, the name of a file.
    aside: str = ""


@dataclass(frozen=True)
class World:
    marks: Marks
    #: Ids by the names in the tables, in Kalmthout (K) and in Essen (E).
    rows: dict[str, dict[str, Any]]
    actors: dict[str, Actor]

    @classmethod
    def build(cls) -> "World":
        marks, rows = Marks(), {}
        here = factories.stek("Kalmthout", town="Kalmthout", postcode="2920")
        there = factories.stek("Essen", town="Essen", postcode="2910")
        for letter, stek in (("K", here), ("E", there)):
            rows[letter] = _town(letter, stek, marks)
        actors = {name: make(here, there) for name, make in ACTORS.items()}
        marks.note_secrets()
        return cls(marks, rows, actors)

    def actor(self, who: str) -> Actor:
        """As somebody who did something moments ago: what a request notes of that is taken back."""
        actor = self.actors[who]
        if isinstance(actor.client, Colleague):
            session, now = actor.client.session, sitting.now()
            moments = (sitting.BEGAN, sitting.SEEN, RECHECKED)
            session.update({key: now for key in moments if key in session})
            session.save()
        return actor

    def ask(self, actor: Actor, method: str, name: str, town: str = "K") -> Answer:
        """One request with the ids of this STEK; what it changes is taken back."""
        path, form = address(name, self.rows[town])
        return self.send(actor, method, path, form)

    def send(self, actor: Actor, method: str, path: str, form: Any = None) -> Answer:
        jar, asked = actor.client.cookies, f"{path} {form}"
        kept = dict(jar)
        try:
            with transaction.atomic():
                send = getattr(actor.client, method.lower())
                try:
                    answer = send(path, form or {}, headers=dict(actor.headers))
                    text = text_of(answer)
                    faults = (*faults_of(answer), *strangers_in(text))
                    cached = answer.headers.get("Cache-Control", "")
                    aside = " ".join(
                        (
                            answer.headers.get("Location", ""),
                            answer.headers.get("Content-Disposition", ""),
                            *_TITLE.findall(text),
                        )
                    )
                    found = Answer(answer.status_code, text, asked, faults, cached, aside)
                except Exception as error:
                    found = Answer(500, repr(error), asked)
                transaction.set_rollback(True)
        finally:
            jar.clear()
            jar.update(kept)
        return found

    def own(self, actor: Actor, answer: Answer) -> set[str]:
        """Fields of the STEK where they work, `R:` before those of a household on restriction."""
        marks = self.marks.found_in(answer.text, but=answer.asked)
        return {
            field if letter != "R" else f"R:{field}"
            for letter, field in marks
            if letter in actor.is_in
        }

    def told_aside(self, answer: Answer) -> set[str]:
        """Fields of people in a title, an address or the name of a file."""
        found = self.marks.found_in(answer.aside)
        return {field for _at, field in found if FIELDS[field][0] is Privacy.PERSONAL}

    def foreign(self, actor: Actor, answer: Answer) -> set[str]:
        """Fields of a STEK where this actor does not work, and hashes of secrets."""
        marks = self.marks.found_in(answer.text, but=answer.asked)
        found = {f"{field} of {letter}" for letter, field in marks if letter not in actor.is_in}
        numbers = {*_FAR.findall(answer.text)} - {*_FAR.findall(answer.asked)}
        if "E" not in actor.is_in and numbers:
            found.add("people.Household.number of E")
        return found | {f"a secret: {one}" for one in self.marks.secrets_in(answer.text)}


def _town(letter: str, stek: Stek, marks: Marks) -> dict[str, Any]:
    """Everything of one STEK, made by people who have a role nowhere else."""
    last = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if letter == "E":
        factories.household(stek, "Eerst", "Hier", number=FAR_NUMBER)
    els = signed_in(factories.membership(stek, Role.COORDINATOR))
    rows = rows_behind_doors(stek, els)
    rows |= furnish(stek, rows)
    users = list(User.objects.filter(pk__gt=last).values_list("pk", flat=True))
    marks.plant(letter, stek, users, as_json=letter == "E")
    if letter == "K":
        marks.plant_apart("R", Household.objects.get(pk=rows["hidden"]))
    rows["office"] = office_rows(stek, rows)
    rows["theme"] = f"name:{Question.objects.get(pk=rows['asked']).theme}".lower()
    return rows
