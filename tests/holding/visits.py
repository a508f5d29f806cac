"""A browser over plain HTTP: it keeps cookies and says where it comes from. Nothing of ours is in between."""

import http.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Form = Mapping[str, str | Sequence[str]]
HERE = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
SECONDS = 30.0  # within which every page must have answered


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """One header; empty when it isn't there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def whole(self) -> bytes:
        """Everything that was sent: headers, cookies and body."""
        return "\n".join(f"{name}: {value}" for name, value in self.headers).encode() + b"\n\n" + self.body


@dataclass(frozen=True)
class Visit:
    """Who asked for what, and the answer."""

    who: str
    path: str
    answer: Answer


@dataclass
class Browser:
    """Somebody's browser. Requests of several threads may go out at once."""

    port: Callable[[], int]
    cookies: dict[str, str] = field(default_factory=dict)
    who: str = ""
    journal: list[Visit] = field(default_factory=list)  # every answer, of all who share it

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, form: Form | None = None, **headers: str) -> Answer:
        """Send a form."""
        body = urlencode(form or {}, doseq=True).encode()
        return self.ask("POST", path, body, {"Content-Type": FORM} | headers)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Anything. Headers replace the browser's own; one that is empty is left out."""
        own = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        sent = HERE | self._cookie() | own
        connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=SECONDS)
        try:
            connection.request(method, path, body, {name: value for name, value in sent.items() if value})
            got = connection.getresponse()
            answer = Answer(got.status, tuple(got.getheaders()), got.read())
        finally:
            connection.close()
        self._keep(answer)
        self.journal.append(Visit(self.who, path, answer))
        return answer

    def _cookie(self) -> dict[str, str]:
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": said} if said else {}

    def _keep(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    if cookie.value and cookie["max-age"] != "0":
                        self.cookies[cookie.key] = cookie.value
                    else:
                        self.cookies.pop(cookie.key, None)
