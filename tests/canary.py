"""Canaries: invented people whose name, number and address are looked for after every test.

A test that needs a recipient or a referrer takes one of these. After each test that passed, nothing of them
may be in what was logged or printed, in a message to anybody else, in the name of a file, in a row, or in a
byte of any file of the data and vault folders, however it is written (ruling F10, issue of the raw search).
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.db.utils import InternalError


@dataclass(frozen=True)
class Canary:
    """Somebody who must leave no trace."""

    name: str
    phone: str
    email: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Every way in which the person might be written: as typed, by parts, as E.164, as digits."""
        last = self.name.rsplit(" ", 1)[-1]
        digits = "".join(character for character in self.phone if character.isdigit())
        return (self.name, last, self.phone, self.phone.removeprefix("+1 "), digits, digits[1:], self.email)


FINCH = Canary("Canary Finchley", "+1 503 555 0142", "canary.finchley@example.org")  # who is reached
WREN = Canary(
    "Canary Wrenfield", "+1 503 555 0143", "canary.wrenfield@example.org"
)  # somebody else's recipient
LINNET = Canary("Canary Linnetson", "+1 503 555 0144", "canary.linnetson@example.org")  # who told us of them
INSIDE = (FINCH, WREN, LINNET)  # of tests in the process of the product, which take back what they wrote

# On a real server alone. A raw search there reads logs that all databases of a cluster share, and those keep
# what a test beside it wrote and took back: whoever is searched for is nobody of such a test.
PLOVER = Canary("Canary Ploverdale", "+1 503 555 0152", "canary.ploverdale@example.org")  # who is reached
SISKIN = Canary("Canary Siskinworth", "+1 503 555 0153", "canary.siskinworth@example.org")
DUNLIN = Canary("Canary Dunlinson", "+1 503 555 0154", "canary.dunlinson@example.org")
SERVED = (PLOVER, SISKIN, DUNLIN)
ALL = (*INSIDE, *SERVED)


def _base64_parts(text: str) -> Iterator[bytes]:
    """What stays of a text inside a longer one in base 64, at each of the three places it can begin."""
    raw = text.encode()
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[(before * 8 + 5) // 6 : len(raw) * 8 // 6 - 1]


def _written(text: str) -> Iterator[bytes]:
    for form in {text, text.lower(), text.upper(), quote(text), quote(text, safe=""), quote_plus(text)}:
        yield form.encode()
        yield form.encode("utf-16-le")
        yield form.encode("utf-16-be")
    yield from _base64_parts(text)


@cache
def needles(people: tuple[Canary, ...] = ALL) -> tuple[bytes, ...]:
    """Every byte string that would give one of them away, the shorter of two that hold each other alone."""
    found = {form for person in people for text in person.texts for form in _written(text)}
    return tuple(sorted(one for one in found if not any(other in one for other in found if other != one)))


def sung_in(data: bytes | str, people: tuple[Canary, ...] = ALL) -> bytes | None:
    """The first string in `data` that gives one of them away, or None."""
    raw = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return next((needle for needle in needles(people) if needle in raw), None)


def sung_by(person: Canary, data: bytes) -> bytes | None:
    """The first string in `data` that would give this person away, or None."""
    forms = sorted({form for text in person.texts for form in _written(text)})
    return next((form for form in forms if form in data), None)


def _refuse(place: str, data: bytes | str) -> None:
    found = sung_in(data)
    if found is not None:
        raise AssertionError(f"A canary was found in {place}: {found!r}")


def watch_output(report: pytest.TestReport) -> None:
    """Turn a passed test into a failed one when it logged or printed a canary."""
    for title, text in report.sections:
        found = sung_in(text)
        if found is not None:
            report.outcome = "failed"
            report.longrepr = f"A canary was found in {title}: {found!r}"


def watch_mail() -> None:
    """A recipient's message is theirs; its subject, and every message to others, must name no recipient."""
    for message in getattr(mail, "outbox", []):
        readers = " ".join(message.recipients()).lower()
        theirs = any(person.email in readers for person in ALL)
        text = _subject(message.message()) if theirs else _whole(message.message())
        _refuse("the subject of a message" if theirs else "a message to somebody else", text)


def _subject(message: Message) -> str:
    return str(message["Subject"])


def _whole(message: Message) -> str:
    parts = [bytes(part.get_payload(decode=True)).decode("utf-8", "replace") for part in message.walk() if not
             part.is_multipart()]  # fmt: skip
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])


def watch_stores(item: pytest.Item) -> None:
    """Rows, also those a test will roll back; then every file that changed since the last look."""
    for alias in _stores_of(item):
        _watch_rows(alias)
    for folder in (settings.DATA_DIR, settings.VAULT_DIR):
        for file in folder.rglob("*"):
            _watch_file(file)


def _stores_of(item: pytest.Item) -> set[str]:
    mark = item.get_closest_marker("django_db")
    if mark is None:
        return set()
    stores = mark.kwargs.get("databases") or ["default"]
    return set(connections) if stores == "__all__" else set(stores)


def _watch_rows(alias: str) -> None:
    connection = connections[alias]
    if connection.needs_rollback:
        return  # the test broke a constraint on purpose; nothing of it was kept
    with suppress(InternalError), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                _refuse(f"a row of {table}", b"\n".join(_bytes_of(value) for value in row))


def _bytes_of(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")


_seen: dict[Path, tuple[int, int]] = {}


def _watch_file(file: Path) -> None:
    _refuse("the name of a file", str(file))
    with suppress(FileNotFoundError):  # a write-ahead log may go between listing and reading
        state = file.stat()
        if file.is_dir() or file.suffix == ".eml" or _seen.get(file) == (state.st_mtime_ns, state.st_size):
            return
        _seen[file] = (state.st_mtime_ns, state.st_size)
        _refuse(f"the file {file.name}", file.read_bytes())
