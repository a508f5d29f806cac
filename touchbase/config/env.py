"""Every variable Touchbase reads from the environment, with its type, default and meaning.

`.env.example` and docs/configuration.md are compared with this list by a test.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True)
class Variable(Generic[Value_co]):
    """One variable: how its text becomes a value, and what an operator should know."""

    name: str
    read: Callable[[str], Value_co]
    default: str
    help: str

    def value(self, environ: Mapping[str, str] | None = None) -> Value_co:
        """The value that holds now. Raises `ValueError` that names the variable."""
        text = (os.environ if environ is None else environ).get(self.name) or self.default
        try:
            return self.read(text)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from error


def _yes_or_no(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise ValueError('say "yes" or "no"')
    return text.lower() == "yes"


def _mode(text: str) -> str:
    if text not in {"production", "demo"}:
        raise ValueError('say "production" or "demo"')
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _folder_or_none(text: str) -> Path | None:
    return _folder(text) if text else None


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


MODE = Variable(
    "TOUCHBASE_MODE", _mode, "production", "`demo` adds invented people and doors without sign-in."
)
DATA = Variable("TOUCHBASE_DATA", _folder, "var", "Folder of the database. Safe to back up for years.")
VAULT = Variable(
    "TOUCHBASE_VAULT", _folder, "var-vault", "Folder of the keys. Apart from the data; in no machine backup."
)
ROOT_KEY = Variable(
    "TOUCHBASE_ROOT_KEY", _folder, "var-root/root.key", "File of the installation root. In neither folder."
)
VAULT_COPIES = Variable(
    "TOUCHBASE_VAULT_COPIES",
    _folder_or_none,
    "",
    "Folder of the vault's two hourly copies, on another disk; gone within a day. Empty: none are made.",
)
DATABASE = Variable(
    "TOUCHBASE_DATABASE", str, "", "PostgreSQL address of the database; empty is SQLite in the data folder."
)
VAULT_DATABASE = Variable(
    "TOUCHBASE_VAULT_DATABASE",
    str,
    "",
    "PostgreSQL address of the vault, another cluster; empty is SQLite in the vault folder.",
)
SECRET_KEY = Variable(
    "TOUCHBASE_SECRET_KEY", str, "", "Signs sessions. It decrypts nothing about a referral."
)
HOSTS = Variable("TOUCHBASE_HOSTS", _names, "127.0.0.1,localhost", "Names the site answers to, with commas.")
ADDRESS = Variable("TOUCHBASE_ADDRESS", str, "http://127.0.0.1:8000", "How links in messages begin.")
SMTP = Variable(
    "TOUCHBASE_SMTP",
    str,
    "",
    "smtp://user:password@host:port, or smtps://. Empty: supporters send by their own phone.",
)
FROM = Variable("TOUCHBASE_FROM", str, "Touchbase <touchbase@example.org>", "Sender of messages.")
SWEEP = Variable(
    "TOUCHBASE_SWEEP", _yes_or_no, "yes", "Whether `touchbase serve` keeps the clock in its own process."
)
LINKS = Variable(
    "TOUCHBASE_LINKS", _yes_or_no, "no", "Whether the clock looks monthly if pages of `resources` still open."
)
UNREVIEWED = Variable(
    "TOUCHBASE_UNREVIEWED",
    _yes_or_no,
    "no",
    "Whether a demo also offers languages that nobody has reviewed yet, to whoever is to review them.",
)
BIND = Variable("TOUCHBASE_BIND", str, "127.0.0.1", "Address `touchbase serve` listens on.")
PORT = Variable("PORT", int, "8000", "Port `touchbase serve` listens on.")

ALL: tuple[Variable[object], ...] = (
    MODE, DATA, VAULT, ROOT_KEY, VAULT_COPIES, DATABASE, VAULT_DATABASE, SECRET_KEY, HOSTS, ADDRESS, SMTP,
    FROM, SWEEP, LINKS, UNREVIEWED, BIND, PORT,
)  # fmt: skip
