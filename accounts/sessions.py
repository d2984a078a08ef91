"""The session engine: Django's in the database, with whose it is, from where, and since when.

The cookie holds the key. A page never does: there a session goes by a digest of it.
"""

import datetime as dt
import hashlib
import time
from typing import Any, cast

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.utils import timezone

from accounts.laptop import sitting
from accounts.models import Session, User
from accounts.models.session import Browser, Machine

#: Keys in the session itself, set when somebody signs in.
BROWSER, MACHINE, SINCE = "browser", "machine", "since"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    #: What the database holds of it.
    stored: dict[str, Any] | None = None

    def load(self) -> Any:
        data = super().load()
        self.stored = dict(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """That somebody is there may go unnoted while the database can't be written: a page that
        only reads is shown all the same.
        """
        try:
            super().save(must_create)
        except UpdateError:
            if self.stored is None or _but_moments(self.stored) != _but_moments(dict(self.items())):
                raise

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.user_id = int(data[USER_KEY]) if USER_KEY in data else None
        row.browser, row.machine = data.get(BROWSER, ""), data.get(MACHINE, "")
        since = data.get(SINCE)
        row.since = dt.datetime.fromtimestamp(since, tz=dt.UTC) if since else None
        # `sitting` has it written once a minute, for as long as somebody is there.
        row.seen_at = timezone.now().replace(second=0, microsecond=0)
        return row


def _but_moments(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {sitting.BEGAN, sitting.SEEN}}


def begin(request: HttpRequest) -> None:
    """Note of a session that somebody just began from where and since when."""
    about = request.headers.get("User-Agent", "")
    request.session[BROWSER], request.session[MACHINE] = browser_of(about), machine_of(about)
    request.session[SINCE] = int(time.time()) // 60 * 60


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Sign this account out everywhere, except in the session with the key `but`."""
    ended, _rows = Session.objects.of_user(user).other_than(but).delete()
    return ended


def handle_of(key: str) -> str:
    """What stands for a session in a page: nobody gets in with it."""
    return hashlib.sha256(b"accounts.sessions:" + key.encode()).hexdigest()[:20]


def browser_of(about: str) -> str:
    """From the text that a browser sends; only of the kinds that people know."""
    for sign, browser in (
        ("Firefox/", Browser.FIREFOX),
        ("FxiOS/", Browser.FIREFOX),
        ("Edg", Browser.EDGE),
        ("Chrome/", Browser.CHROME),
        ("CriOS/", Browser.CHROME),
        ("Safari/", Browser.SAFARI),
    ):
        if sign in about:
            return browser.value
    return Browser.OTHER.value


def machine_of(about: str) -> str:
    for sign, machine in (
        ("iPhone", Machine.APPLE),
        ("iPad", Machine.APPLE),
        ("Android", Machine.ANDROID),
        ("Windows", Machine.WINDOWS),
        ("Mac OS X", Machine.MAC),
        ("Linux", Machine.LINUX),
    ):
        if sign in about:
            return machine.value
    return Machine.OTHER.value
