"""A pasted list of people, a line each: "name, contact", as it is typed or comes from a spreadsheet. Pure.

A line that can't be read keeps what was typed and gets a sentence; nothing is dropped or guessed silently.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from touchbase.kernel.errors import DomainError
from touchbase.matching.names import called
from touchbase.programs.policy import Channel, Policy
from touchbase.referrals.intake import Asking
from touchbase.referrals.typed import Unclear, email_from, name_from, phone_from
from touchbase.referrals.typed import marked as _

MOST = 60  # people in one list
NOBODY = _("Paste or type at least one person: a name and how to reach them.")
FROM_THE_LIST = _("Choose the department and the site from the lists.")
LONGEST_TEXT = 20_000  # characters; sixty lines are a fifth of it
LONGEST_LINE = 400
_SEPARATORS = "\t;,"  # a spreadsheet's first: commas and semicolons may stand inside its cells
_FEWEST_DIGITS = 7  # of a phone number
_FORMULA = re.compile(r"^[\s'\"]*[=@+\-|%]")


@dataclass(frozen=True, slots=True)
class Line:
    """One person as typed. Printing it shows nothing of them."""

    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """One line after it was read: what can be kept, or why not. `number` counts from 1."""

    number: int
    line: Line
    asking: Asking | None = None
    unclear: Unclear | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole list: every line that is left, and how many were the same person again."""

    rows: tuple[Checked, ...]
    merged: int = 0

    @property
    def askings(self) -> tuple[Asking, ...]:
        """Those that can be kept."""
        return tuple(row.asking for row in self.rows if row.asking)

    @property
    def unclear(self) -> tuple[Checked, ...]:
        """Those that need another look."""
        return tuple(row for row in self.rows if row.unclear)


class ListUnclear(DomainError):
    """The list as a whole can't be read. `sentence` is to be translated; then it takes `values` in braces."""

    code = "list-unclear"

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a pasted text, empty ones left out. Raises `ListUnclear` for none, and for too many."""
    typed = [line for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text) if line.strip(" \t;,\"'")]
    if not typed:
        raise ListUnclear(NOBODY)
    if len(typed) > MOST:
        raise ListUnclear(
            _("That is {n} lines. Paste {most} people at most; the others can go in a second list."),
            n=f"{len(typed):,}",
            most=str(MOST),
        )
    return tuple(_split(line) for line in typed)


def _split(line: str) -> Line:
    """A name and a contact: the last cell that holds something, and what stands before it."""
    if len(line) > LONGEST_LINE:
        return Line(name=line[:LONGEST_LINE])  # too long for a name as well, and said so
    separator = next((sign for sign in _SEPARATORS if sign in line), "")
    if not separator:
        return _without_separator(line)
    quoted = line.count('"') % 2 == 0  # an odd one is no quotation, and would swallow the rest
    read = next(csv.reader([line.strip()], delimiter=separator)) if quoted else line.split(separator)
    cells = [cell.strip() for cell in read if cell.strip()]
    if len(cells) < 2:
        return _without_separator(" ".join(cells))
    return Line(name=", ".join(cells[:-1]), contact=cells[-1])


def _without_separator(line: str) -> Line:
    """Only an address can be told from a name without a sign between them."""
    words = line.split()
    if len(words) > 1 and "@" in words[-1]:
        return Line(name=" ".join(words[:-1]), contact=words[-1].strip("<>"))
    alone = line.strip()
    digits = sum(sign.isdigit() for sign in alone)
    return Line(contact=alone) if "@" in alone or digits >= _FEWEST_DIGITS else Line(name=alone)


def checked(
    lines: Sequence[Line], *, policy: Policy, department: str = "", site: str = "", language: str = "en"
) -> Listing:
    """Read every line. The same contact twice is one person where the names agree, else another look."""
    rows: list[Checked] = []
    seen: dict[str, str] = {}  # contact -> name as it is compared
    merged = 0
    for number, line in enumerate(lines, start=1):
        row = _read(number, line, policy)
        if row.asking is None:
            rows.append(row)
            continue
        asking, name = row.asking, called(row.asking.name)
        if seen.setdefault(asking.contact, name) == name and _is_there(asking, rows):
            merged += 1
        elif seen[asking.contact] != name:
            rows.append(replace(row, asking=None, unclear=_shared()))
        else:
            placed = replace(asking, department=department, site=site, language=language)
            rows.append(replace(row, asking=placed))
    return Listing(tuple(rows), merged)


def _is_there(asking: Asking, rows: Iterable[Checked]) -> bool:
    return any(row.asking and row.asking.contact == asking.contact for row in rows)


def _shared() -> Unclear:
    return Unclear(
        "contact",
        _("Another line has the same contact. Give each their own, or leave this line out."),
    )


def _read(number: int, line: Line, policy: Policy) -> Checked:
    try:
        channel, contact = _contact(line, policy)
        asking = Asking(name=_name(line.name), channel=channel, contact=contact)
    except Unclear as unclear:
        return Checked(number, line, unclear=unclear)
    return Checked(number, line, asking)


def _name(text: str) -> str:
    if not text.strip():
        raise Unclear("name", _("Write what they go by. A first name is enough."))
    if _FORMULA.match(text):
        raise Unclear("name", _("This begins like a formula of a spreadsheet. Write the name alone."))
    try:
        return name_from(text)
    except Unclear:
        raise Unclear(
            "name", _("Write just their name, on one line. Please leave out what happened.")
        ) from None


def _contact(line: Line, policy: Policy) -> tuple[Channel, str]:
    offered, text = policy.contact.channels, line.contact
    if not text.strip():
        raise Unclear("contact", _("Add how to reach them: a mobile number or an email address."))
    if "@" in text and not _FORMULA.match(text):
        if Channel.EMAIL not in offered:
            raise Unclear("contact", _("This program writes no email. Give a phone number."))
        return Channel.EMAIL, email_from(text)
    texts = Channel.TEXT in offered  # or calls: a policy of email alone is refused
    return Channel.TEXT if texts else Channel.CALL, _phone(text, policy, texts=texts)


def _phone(text: str, policy: Policy, *, texts: bool) -> str:
    if re.match(r"^[\s'\"]*[=@|%]", text):
        raise Unclear("contact", _("This begins like a formula of a spreadsheet. Write the contact alone."))
    return phone_from(text, country=policy.program.country, texts=texts)


def repaired(lines: Sequence[Line], repairs: Mapping[int, Line | None]) -> tuple[Line, ...]:
    """The list with some lines, by number, written anew, or left out where there is None."""
    found = (repairs.get(number, line) for number, line in enumerate(lines, start=1))
    return tuple(line for line in found if line is not None)
