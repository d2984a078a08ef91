"""Somebody who was erased is found nowhere: in no table, no byte of a file, no backup put back."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.keeping import Left, Unseen, keep
from accounts.models import Seat
from accounts.outbox import put_in
from accounts.roles import Role
from people.models import Household
from places.models import Stek
from reports.exports.folder import begin, complete, folder, new_name
from reports.models import Export
from stek.backup import erasures, shelf
from stek.backup.elsewhere import working_in
from stek.backup.keys import known_keys
from stek.backup.sealed import Opened
from stek.erasure import erase_household
from stek.retention import clear_traces
from tests import factories
from tests.cast import Colleague, signed_in
from tests.people import office
from tests.stek.backup.conftest import backed_up, put_back
from tests.stek.planted import household_with_everything, mark, rechecked

pytestmark = pytest.mark.django_db(transaction=True)

#: Of somebody else, who must still be there.
STAYS = "Blijverszoon"


def spelt(marks: Iterable[str]) -> dict[str, set[bytes]]:
    """As it was typed, as it is searched for, and as some programs write it."""
    return {
        one: {text.encode(code) for text in (one, one.lower()) for code in ("utf-8", "utf-16-le")}
        for one in marks
    }


def in_bytes(content: bytes, marks: Iterable[str]) -> set[str]:
    return {one for one, forms in spelt(marks).items() if any(form in content for form in forms)}


def in_tables(marks: Iterable[str]) -> list[str]:
    """Table and column of everything that holds a mark, in every table there is."""
    wanted = [(one, one.casefold()) for one in marks]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = str(value).casefold()
                    found += [f"{table}.{column} {one}" for one, low in wanted if low in text]
    return found


def in_files(folders: Iterable[Path], marks: Iterable[str]) -> list[str]:
    """Every byte that lies there: on SQLite also freed pages and the file of changes."""
    paths = {path for one in folders for path in one.rglob("*") if path.is_file()}
    if connection.vendor == "sqlite":
        # Of the other tests that run now, each with a database of its own.
        own = Path(connection.settings_dict["NAME"])
        paths = {one for one in paths if ".sqlite3" not in one.name}
        paths |= set(own.parent.glob(f"{own.name}*"))
    return [f"{path} {one}" for path in paths for one in in_bytes(path.read_bytes(), marks)]


def in_backup(path: Path, marks: Iterable[str]) -> set[str]:
    """In what a backup holds once it is opened."""
    with path.open("rb") as source:
        return in_bytes(b"".join(Opened(source, known_keys()).contents()), marks)


class Traces:
    """All that a day leaves of one household, outside its own rows."""

    def __init__(self, stek: Stek, household: Household, marks: Iterable[str]) -> None:
        people = [household.first_name, household.last_name, household.phone]
        self.export = self._taken_out(stek, marks)
        table = {"tables": [{"rows": [{"number": 3, "cells": people, "too_long": False}]}]}
        self.draft = factories.household_import(stek, table=table)
        self.read_in = factories.household_import(
            stek,
            table={"problems": [{"cells": people}]},
            state="confirmed",
            confirmed_at=timezone.now(),
            confirmed_by=factories.user(),
        )
        self.typed, self.asked, self.other = (factories.user() for _one in range(3))
        device, _secret = factories.device(stek)
        form = [("first_name", people[0]), ("last_name", people[1])]
        keep(device, self.typed.pk, Left("/balie/", "/balie/nieuw/", form))
        unseen = (Unseen("/balie/binnen/", [("q", "3")], f"{people[0]} {people[1]} is er al"),)
        keep(device, self.asked.pk, Left("/balie/", "", [], unseen))
        keep(device, self.other.pk, Left("/balie/", "/balie/nieuw/", [("last_name", STAYS)]))
        referral = household.referrals.get()
        put_in(
            stek=stek,
            kind="partner",
            subject_id=referral.pk,
            key=f"partner:{referral.pk}",
            not_before=timezone.now(),
        )
        month_ago = factories.today() - dt.timedelta(days=40)
        factories.snapshot(stek, period=f"{month_ago:%Y-%m}")

    def _taken_out(self, stek: Stek, marks: Iterable[str]) -> Export:
        """A file with the names of everybody, of a period in which the household came."""
        name = new_name("csv")
        begin(name).write_bytes(" ".join(marks).encode())
        complete(name)
        expires = timezone.now() + dt.timedelta(hours=5)
        return factories.export(
            stek, with_names=True, file=name, rows=1, size=9, expires_at=expires
        )


def look_everywhere(coordinator: Colleague, household: Household) -> None:
    """What a coordinator opens: sessions, the log and what is kept of a page know of it."""
    office.record(coordinator, household)
    for route in ("timeline", "visits", "looked", "card"):
        coordinator.get(reverse(f"people:{route}", args=[household.pk]))
    coordinator.post(reverse("people:search"), {"q": household.last_name})
    rechecked(coordinator).post(
        reverse("people:everything", args=[household.pk]), {"reason": "visitor"}
    )


def test_erased_household_is_found_nowhere(folders, empty, settings) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second)
    stek = factories.stek("Kalmthout")
    coordinator = signed_in(factories.membership(stek, Role.COORDINATOR))
    opening = factories.opening(stek)
    for number in range(40):  # so that there are pages to be split and merged
        factories.household(stek, f"Buur{number}", STAYS)
    household = household_with_everything(stek, opening)
    marks = set(mark(household, "E", only_personal=True))
    traces = Traces(stek, household, marks)
    look_everywhere(coordinator, household)
    places = [folders.data, folders.first, folders.second]
    before = backed_up()

    # First of all: what is looked for is seen where it is.
    assert {line.split()[-1] for line in in_tables(marks)} == marks
    assert in_files([folder()], marks)
    if connection.vendor == "sqlite":
        assert {line.split()[-1] for line in in_files([], marks)} == marks
    assert in_backup(before, marks) == marks

    erase_household(household, by=coordinator.user)
    clear_traces(timezone.now())

    assert in_tables(marks) == []
    assert in_files(places, marks) == []
    for row in (traces.export, traces.draft, traces.read_in):
        row.refresh_from_db()
    states = (traces.export.state, traces.draft.state, traces.read_in.state)
    assert states == ("gone", "cancelled", "confirmed")
    assert (traces.draft.table, traces.read_in.table) == ({}, {})
    # Sealed, so that no search finds it: the seats themselves are empty.
    waits = Seat.objects.exclude(sealed="").values_list("user_id", flat=True)
    assert list(waits) == [traces.other.pk]
    after = backed_up()
    assert in_backup(after, [STAYS, *marks]) == {STAYS}

    # The old backup is whole; put back, it is as if it had never held them.
    target = empty()
    assert put_back(before, target).erased == 1
    with working_in(target):
        assert in_tables([STAYS])
        assert in_tables(marks) == []
        again = backed_up()
    assert in_backup(again, [STAYS, *marks]) == {STAYS}
    if connection.vendor == "sqlite":
        restored = Path(target["NAME"])
        for path in restored.parent.glob(f"{restored.name}*"):
            assert in_bytes(path.read_bytes(), marks) == set(), path.name
    for place in (folders.first, folders.second):
        (listed,) = erasures.read(place / erasures.NAME)
        assert listed.household == household.pk
        assert shelf.kept_in(place)
    assert in_files(places, marks) == []
