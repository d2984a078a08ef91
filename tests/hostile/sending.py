"""Sends strings to the fields of a form, several at once, and says what became of each.

That several are hostile at once hides nothing: a field counts as refused only when a form refused
that field, and as kept only in a sending of which nothing was refused. What is refused by none of
its forms, such as the id of a row that is not there, is sent alone.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from django import forms
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.test.client import FakePayload

from tests.hostile import Hostile
from tests.hostile.patience import ANSWER, within
from tests.strict import MAY_CHANGE_ON_GET, WRITE

FORM = "application/x-www-form-urlencoded"
ANSWERED = {200, 204, 302}
#: What became of a string, beside the status of an answer that no field is named in.
KEPT, REFUSED = "kept", "refused"
#: The answer went on without it: nothing was written, or not this.
PASSED = "passed over"


@dataclass(frozen=True)
class Answer:
    """What came back, and what had been written by then."""

    status: int
    page: str
    #: The page that it leads to, when that was asked for.
    next_status: int
    next_page: str
    #: Fields, as their forms name them, of which a form refused what was sent.
    refused: frozenset[str]
    #: Tables that changed, and the texts that went into them.
    tables: frozenset[str]
    texts: tuple[str, ...]
    error: str

    @property
    def is_kept(self) -> bool:
        return self.status in ANSWERED


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in here is taken back, so that each sending starts alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def forms_cleaned() -> Iterator[set[str]]:
    """The names of the fields that forms refused meanwhile, as they are sent."""
    found: set[str] = set()
    cleaned: list[forms.BaseForm] = []
    listened: Any = forms.BaseForm
    first, whole = listened._clean_fields, listened.full_clean

    def named(form: forms.BaseForm) -> set[str]:
        errors = form._errors or {}
        return {form.add_prefix(name) for name in errors if name in form.fields}

    def clean_fields(form: Any) -> None:
        first(form)
        found.update(named(form))  # a key that is none is told of the whole form later

    def full_clean(form: Any) -> None:
        cleaned.append(form)
        whole(form)

    listened._clean_fields, listened.full_clean = clean_fields, full_clean
    try:
        yield found
    finally:
        listened._clean_fields, listened.full_clean = first, whole
        for form in cleaned:
            found.update(named(form))  # also what only an action found


SAVEPOINT = re.compile(r'(ROLLBACK TO )?SAVEPOINT "?(\w+)')


def _each(cell: Any) -> list[Any]:
    return cell if isinstance(cell, list) else [cell]


class Written:
    """The tables that statements changed and the texts in them, without what was rolled back."""

    def __init__(self) -> None:
        self._writes: list[tuple[str, list[str]]] = []
        self._savepoints: dict[str, int] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (write := WRITE.match(sql)) and write["table"] not in MAY_CHANGE_ON_GET:
            rows = params if many else [params or ()]
            # PostgreSQL is handed many rows at once as a list for each column.
            values = [one for row in rows for cell in row for one in _each(cell)]
            texts = [one for one in values if isinstance(one, str)]
            self._writes.append((write["table"], texts))
        elif point := SAVEPOINT.match(sql):
            if point[1]:
                del self._writes[self._savepoints.get(point[2], 0) :]
            else:
                self._savepoints[point[2]] = len(self._writes)
        return execute(sql, params, many, context)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(table for table, _texts in self._writes)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for _table, texts in self._writes for text in texts)


def ask(client: Client, method: str, address: str, data: bytes = b"") -> Any:
    """Without the copies of every context that Django's client makes."""
    path, _mark, query = address.partition("#")[0].partition("?")
    environ = client._base_environ(
        PATH_INFO=unquote_to_bytes(path).decode("latin-1"),
        QUERY_STRING=query,
        REQUEST_METHOD=method,
        CONTENT_TYPE=FORM,
        CONTENT_LENGTH=str(len(data)),
        **{"wsgi.input": FakePayload(data)},
    )
    return client.handler(environ)


def _text(response: Any) -> str:
    return "" if response is None or response.streaming else str(response.content.decode())


Body = Mapping[str, str] | Sequence[tuple[str, str]]


def send(client: Client, address: str, body: Body, *, follow: bool = False) -> Answer:
    """One sending, taken back; `follow` opens the page that it leads to before that."""
    data = urlencode(body, errors="surrogatepass").encode()
    written, errors = Written(), []

    def failed(**_more: Any) -> None:
        errors.append(repr(sys.exception()))

    got_request_exception.connect(failed)
    try:
        with ExitStack() as meanwhile:
            meanwhile.enter_context(undone())
            refused = meanwhile.enter_context(forms_cleaned())
            with within(ANSWER), connection.execute_wrapper(written):
                response = ask(client, "POST", address, data)
            leads_to = response.headers.get("Location", "") if follow else ""
            after = ask(client, "GET", leads_to) if leads_to.startswith("/") else None
    finally:
        got_request_exception.disconnect(failed)
    return Answer(
        status=response.status_code,
        page=_text(response),
        next_status=after.status_code if after is not None else 0,
        next_page=_text(after),
        refused=frozenset(refused),
        tables=written.tables,
        texts=written.texts,
        error=" ".join(errors),
    )


Sent = dict[str, Hostile]
See = Callable[[Sent, Answer], None]


class Form:
    """One form: where it goes, what it takes, and which of its fields must be tried alone."""

    def __init__(self, client: Client, address: str, body: Mapping[str, str], see: See) -> None:
        self.client, self.address, self.body, self.see = client, address, body, see
        self.alone: set[str] = set()
        self.sendings = 0
        #: One in so many sendings also opens the page that it leads to.
        self.follows = 10

    def verdicts(self, sent: Sent) -> dict[str, str]:
        """Of each field what became of its string."""
        together = {name: one for name, one in sent.items() if name not in self.alone}
        found = self._of(together) if together else {}
        for name in sent.keys() & self.alone:
            found |= self._of({name: sent[name]})
        return found

    def _of(self, sent: Sent) -> dict[str, str]:
        texts = {name: one.text for name, one in sent.items()}
        follow = self.sendings % self.follows == 0
        answer = send(self.client, self.address, {**self.body, **texts}, follow=follow)
        self.sendings += 1
        self.see(sent, answer)
        refused = {name: one for name, one in sent.items() if name in answer.refused}
        rest = {name: one for name, one in sent.items() if name not in refused}
        if answer.is_kept:
            became = KEPT if answer.tables else PASSED
            return dict.fromkeys(rest, became) | dict.fromkeys(refused, PASSED)
        found = dict.fromkeys(refused, REFUSED)
        if not rest:
            return found
        if refused:
            return found | self._of(rest)
        if len(rest) == 1:
            self.alone |= rest.keys()
            return dict.fromkeys(rest, str(answer.status))
        names = list(rest)
        middle = len(names) // 2
        return self._of({name: rest[name] for name in names[:middle]}) | self._of(
            {name: rest[name] for name in names[middle:]}
        )
