"""A mail server on this machine that answers as it is told, so that every verb can fail."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

HANG_UP = "hang up"
SILENCE = "silence"
_GREETING = ("CONNECT", "220 mail.example.org")
_USUAL = {
    "EHLO": "250-mail.example.org\r\n250-8BITMIME\r\n250 AUTH PLAIN",
    "AUTH": "235 welcome",
    "DATA": "354 go on",
    "BODY": "250 taken",
    "QUIT": "221 goodbye",
}


@dataclass
class Stub:
    """What the server was told, took, and what it answers instead of the usual."""

    port: int = 0
    host: str = "127.0.0.1"
    answers: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What to put into `TOUCHBASE_SMTP`."""
        return f"smtp://{self.host}:{self.port}"


class _Conversation(socketserver.StreamRequestHandler):
    stub: Stub

    def handle(self) -> None:
        """One client, until it says goodbye or the script ends it."""
        going = self._answer(*_GREETING)
        while going and (line := self.rfile.readline()):
            self.stub.said.append(line.decode().strip())
            verb = line.split()[0].decode().upper()
            going = self._answer(verb, _USUAL.get(verb, "250 fine"))
            if verb == "DATA" and going and "DATA" not in self.stub.answers:
                going = self._take()

    def _take(self) -> bool:
        body = b""
        while not body.endswith(b"\r\n.\r\n") and (line := self.rfile.readline()):
            body += line
        going = self._answer("BODY", _USUAL["BODY"])
        if "BODY" not in self.stub.answers:
            self.stub.taken.append(body.removesuffix(b".\r\n"))
        return going

    def _answer(self, verb: str, usual: str) -> bool:
        """Answer, and say whether the conversation goes on."""
        words = self.stub.answers.get(verb, usual)
        if words == SILENCE:
            self.rfile.read()  # until the client has had enough
        if words in {HANG_UP, SILENCE}:
            return False
        self.wfile.write(words.encode() + b"\r\n")
        return verb != "QUIT"


@contextmanager
def mail_server(host: str = "127.0.0.1", **answers: str) -> Iterator[Stub]:
    """A server that runs while the block does. `RCPT="550 no"` makes a verb fail."""
    stub = Stub(host=host, answers=answers)
    handler = type("Conversation", (_Conversation,), {"stub": stub})
    with socketserver.ThreadingTCPServer((host, 0), handler) as server:
        server.daemon_threads = True
        stub.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
