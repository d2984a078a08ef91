"""A browser's worth of HTTP: one connection that stays open, cookies, and the form's key."""

import gzip
import http.client
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import brotli

HOST = "127.0.0.1"
#: Seconds; gunicorn waits for two.
IDLE = 1.0


@dataclass(frozen=True)
class Answer:
    """`wire` counts status line, headers and body as they were sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    wire: int

    @property
    def text(self) -> str:
        encoding = self.headers.get("content-encoding")
        if encoding == "gzip":
            return gzip.decompress(self.body).decode()
        if encoding == "br":
            text: bytes = brotli.decompress(self.body)
            return text.decode()
        return self.body.decode()


class Client:
    """One colleague at one laptop."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=30)
        self.cookies: dict[str, str] = {}
        #: Sent along with every request.
        self.headers: dict[str, str] = {}
        self.last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        headers = {
            **self.headers,
            "Accept-Encoding": "gzip, br",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["stek-form"]})
        self._stay_connected()
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        self.last = time.perf_counter()
        seconds = self.last - start
        lines = response.getheaders()
        for name, value in lines:
            if name.lower() == "set-cookie":
                self.cookies.update({key: m.value for key, m in SimpleCookie(value).items()})
        size = len(content) + 19 + sum(len(name) + len(value) + 4 for name, value in lines)
        known = {name.lower(): value for name, value in lines}
        return Answer(response.status, known, content, seconds, size)

    def _stay_connected(self) -> None:
        """Connect anew before the server ends a connection in which nothing happened."""
        if time.perf_counter() - self.last > IDLE:
            self.connection.close()
            self.connection.connect()

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        return self.send("POST", path, fields)

    def sign_in(self, username: str, password: str) -> None:
        self.get("/aanmelden/")
        answer = self.post("/aanmelden/", login=username, password=password)
        if answer.status != 302:
            raise SystemExit(f"Signing in as {username} was answered with {answer.status}.")
        # The page sets a new key for forms when somebody has signed in.
        self.get("/balie/")


def opening_in(page: str) -> str:
    """The opening that the counter's forms are for."""
    found = re.search(r'name="opening" value="(\d+)"', page)
    if found is None:
        raise SystemExit("The counter's page holds no opening.")
    return found[1]
