"""A mail server on this machine: it keeps what it got, and is as rude as the test wants."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Server(Controller):
    """`rcpt` and `data` are what it answers; `mails` what it took before it answered."""

    def __init__(self, *, rcpt: str | None = "250 OK", data: str | None = "250 OK") -> None:
        self.rcpt, self.data = rcpt, data
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        #: Set it to let a text wait for its answer; `taken` says that one does.
        self.go_on = threading.Event()
        self.go_on.set()
        self.taken = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        port = self._door.getsockname()[1]
        super().__init__(self, hostname="127.0.0.1", port=port, server_hostname="mail.test")

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._door)

    async def handle_RCPT(  # noqa: N802  (so named by aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt is None:
            return _hang_up(server)
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.mails.append(email.message_from_bytes(envelope.content or b"", policy=default))
        self.taken.set()
        # Off the loop: the other connections go on meanwhile.
        await self.loop.run_in_executor(None, self.go_on.wait)
        return _hang_up(server) if self.data is None else self.data


def _hang_up(server: SMTP) -> str:
    assert server.transport is not None
    server.transport.abort()
    return "421 bye"


@contextmanager
def listening(settings: Any, **answers: str | None) -> Iterator[Server]:
    """A server, and settings that send there."""
    server = Server(**answers)
    server.start()
    send_to(settings, server.port)
    try:
        yield server
    finally:
        server.go_on.set()
        server.stop()


@contextmanager
def saying(settings: Any, *lines: bytes) -> Iterator[None]:
    """A server that answers this to each connection, line by line, whatever it is told."""
    door = socket.create_server(("127.0.0.1", 0))
    send_to(settings, door.getsockname()[1])
    ends = threading.Event()

    def serve() -> None:
        while not ends.is_set():
            try:
                caller, _address = door.accept()
            except OSError:
                return
            with caller:
                _talk(caller, lines)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(10)
        assert not thread.is_alive()


def _talk(caller: socket.socket, lines: tuple[bytes, ...]) -> None:
    caller.settimeout(5)
    try:
        caller.sendall(lines[0])
        for line in lines[1:]:
            if not caller.recv(65536):
                return
            caller.sendall(line)
        while caller.recv(65536):
            pass  # silent from here on
    except OSError:
        return


@contextmanager
def nobody_there(settings: Any) -> Iterator[None]:
    """An address where nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        send_to(settings, door.getsockname()[1])
        yield


def send_to(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "accounts.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5
