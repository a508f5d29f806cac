"""Rows of our tables in text: dumps of both engines, and any log in which statements were written down."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from touchbase.ops.contents import TABLES, NotOurs, Value

Note = Callable[[str, Mapping[str, Value]], None]
_LONGEST = 16 * 1024 * 1024  # bytes of one line; ours are some thousands
_NAMES = "|".join(TABLES).encode()
_BEGINS = re.compile(
    rb'(COPY|INSERT INTO|CREATE TABLE(?: IF NOT EXISTS)?) +(?:"?\w+"?\.)?"?(' + _NAMES + rb')\b"?\s*(.*)',
    re.DOTALL,
)
_COLUMNS = re.compile(rb"\(([^)]*)\)\s*(?:FROM|VALUES)", re.IGNORECASE)
_DECLARED = re.compile(rb'^\s*"?(\w+)"? [a-zA-Z]|[(,] *"(\w+)" [a-zA-Z]')
_TOKEN = re.compile(
    rb"(?P<blob>[xX]'[0-9A-Fa-f]*')|E?(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>NULL|true|false)\b"
    rb"|(?P<mark>[();])|::\w+|\$\d+",
    re.IGNORECASE,
)


class Statements:
    """Reads one text, line by line, and hands every row of ours to `note`.

    `odd` tells whether something looked like a row of ours and couldn't be read as one.
    """

    def __init__(self, note: Note) -> None:
        self._note = note
        self._columns: dict[str, tuple[str, ...]] = {}
        self._copying = ""  # the table whose rows follow, until `\.`
        self._declaring = ""  # the table whose columns follow, until `);`
        self.odd = False

    def read(self, stream: IO[bytes]) -> None:
        """Read it to its end, however long. A line longer than any of ours is taken for several."""
        while line := stream.readline(_LONGEST):
            self._line(line)

    @property
    def unfinished(self) -> bool:
        """Whether it ended in the middle of a table."""
        return bool(self._copying or self._declaring)

    def _line(self, line: bytes) -> None:
        if self._copying:
            if line.endswith(b"\n"):  # else it was cut off
                self._copied(line.rstrip(b"\r\n"))
        elif self._declaring:
            self._declared(line)
        elif b"referrals_" in line or b"vault_" in line:
            found = _BEGINS.search(line)
            if found:
                self._begin(found[1], found[2].decode(), found[3])

    def _begin(self, verb: bytes, table: str, rest: bytes) -> None:
        if verb.startswith(b"CREATE"):
            self._columns[table] = ()
            self._declaring = table
            self._declared(rest)
            return
        named = _COLUMNS.match(rest)
        if named:
            self._columns[table] = tuple(name.strip(b' "\r\n').decode() for name in named[1].split(b","))
        if verb == b"COPY":
            self._copying = table if b"FROM stdin" in rest else ""
        else:
            for row in _tuples(rest[named.end(1) + 1 :] if named else rest):
                self._row(table, row)

    def _declared(self, line: bytes) -> None:
        """Columns in the order of their declaration: a line each, or all on one."""
        columns, *constraints = re.split(rb"\bCONSTRAINT\b", line, maxsplit=1)
        names = [(one or other).decode() for one, other in _DECLARED.findall(columns)]
        table = self._declaring
        self._columns[table] = tuple(dict.fromkeys([*self._columns[table], *names]))
        if constraints or line.rstrip().endswith(b";"):
            self._declaring = ""

    def _copied(self, line: bytes) -> None:
        if line == b"\\.":
            self._copying = ""
            return
        fields: list[Value] = [
            None if one == b"\\N" else one.replace(b"\\\\", b"\\").decode("ascii", "replace")
            for one in line.split(b"\t")
        ]
        self._row(self._copying, fields)

    def _row(self, table: str, fields: list[Value]) -> None:
        columns = self._columns.get(table, ())
        try:
            self._note(table, dict(zip(columns, fields, strict=True)))
        except (NotOurs, ValueError):
            self.odd = True


def _tuples(text: bytes) -> Iterator[list[Value]]:
    """The values of each pair of brackets."""
    row: list[Value] | None = None
    for token in _TOKEN.finditer(text):
        if token["mark"] == b"(":
            row = []
        elif token["mark"]:
            if row:  # a statement may be written down without its values
                yield row
            row = None
        elif row is not None and token.lastgroup:
            row.append(_value(token.lastgroup, token[token.lastgroup].decode("ascii", "replace")))


def _value(kind: str, written: str) -> Value:
    if kind == "blob":
        return bytes.fromhex(written[2:-1])
    if kind == "text":
        return written[1:-1].replace("''", "'")
    if kind == "number":
        return int(float(written))
    return None if written.upper() == "NULL" else written
