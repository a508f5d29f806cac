"""The policy of a new program, made from a collaborative's model: the same file with its own names in it.

The file stays as it was written, comments and all: only the values of a few keys change. The result is read
again, and must differ from the model in these keys alone.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchbase.programs import files
from touchbase.programs.files import PolicyRefused, Problem

_SHORT = 24  # characters of an organization in a text message (programs/people.py)
_TABLE = re.compile(r"\s*\[+\s*([^\]\s]+)\s*\]+\s*(#.*)?")
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*')(?!["'])"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a program says of itself from the start. `phone` and `email` are its coordinator's desk."""

    slug: str
    organization: str
    name: str
    phone: str
    email: str

    @property
    def values(self) -> Mapping[tuple[str, str], str]:
        """Each by its table and key."""
        return {
            ("", "slug"): self.slug,
            ("program", "name"): self.name,
            ("program", "organization"): self.organization,
            ("program", "short_name"): short(self.organization),
            ("coordinator", "phone"): self.phone,
            ("coordinator", "email"): self.email,
        }


def short(organization: str) -> str:
    """An organization in a text message: plain letters, cut after a whole word where that can be."""
    plain = " ".join(re.sub(r"[^A-Za-z0-9 .,&'()-]", "", organization).split())
    if len(plain) <= _SHORT:
        return plain
    return plain[: _SHORT + 1].rpartition(" ")[0] or plain[:_SHORT]


def adapted(model: str, newcomer: Newcomer) -> str:
    """The model's text with a newcomer's own names. Raises `PolicyRefused` when it can't be a policy."""
    wanted, file = newcomer.values, f"{newcomer.slug}{files.ENDING}"
    text = "".join(_line(line, table, wanted) for line, table in _with_table(model))
    files.parse(text, file=file)
    if tomllib.loads(text) != _filled(tomllib.loads(model), wanted):
        remedy = "The model's file can't be filled in by itself. Write each of these keys on one line."
        keys = ", ".join(f"{table}.{key}".lstrip(".") for table, key in wanted)
        raise PolicyRefused([Problem(file, keys, remedy)])
    return text


def _with_table(text: str) -> list[tuple[str, str]]:
    """Each line with the table it stands in; the lines before the first have none."""
    found, table = [], ""
    for line in text.splitlines(keepends=True):
        head = _TABLE.fullmatch(line.rstrip("\r\n"))
        table = head[1] if head else table
        found.append((line, table))
    return found


def _line(line: str, table: str, wanted: Mapping[tuple[str, str], str]) -> str:
    key = line.partition("=")[0].strip()
    if (table, key) not in wanted:
        return line
    written = json.dumps(wanted[table, key], ensure_ascii=False)
    return re.sub(rf"^(\s*{re.escape(key)}\s*=\s*){_VALUE}", lambda found: found[1] + written, line)


def _filled(model: dict[str, Any], wanted: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    for (table, key), value in wanted.items():
        (model[table] if table else model)[key] = value
    return model
