"""Changing one key in the text of a policy file, so that every other line stays as somebody wrote it.

The text is cut into tables and statements by asking the parser itself where each statement ends; nothing is
guessed. What is written in another way than one key a line isn't found: then the text comes back without the
change or with one that can't be read, and whoever asked compares (`model_program`).
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_WIDEST = 100  # a list that is longer on one line is written an entry a line


@dataclass(frozen=True, slots=True)
class _Statement:
    """One key and its value. Lines are counted from 0; `end` is the one after it."""

    said: Mapping[str, Any]
    begin: int
    end: int


@dataclass(slots=True)
class _Table:
    """A table's name, the line after its head, and its statements."""

    name: tuple[str, ...]
    is_entry: bool
    begin: int
    statements: list[_Statement] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The line after its last statement."""
        return self.statements[-1].end if self.statements else self.begin

    def of(self, key: str) -> _Statement | None:
        """The statement that gives a key."""
        return next((one for one in self.statements if key in one.said), None)


def with_key(text: str, table: str, key: str, value: Any) -> str:
    """The text with a key of a table as given; None takes the key out. Table "" is above all others."""
    lines = _lines(text)
    name = (table,) if table else ()
    found = next((one for one in _tables(lines) if one.name == name and not one.is_entry), None)
    if found is not None:
        _set(lines, found, key, value)
    elif value is not None:
        _put(lines, len(lines), ["", f"[{table}]", f"{key} = {_written(value)}"])
    return "".join(lines)


def with_entry(text: str, name: Sequence[str], key: str, fields: Mapping[str, Any] | None) -> str:
    """The text with the entry `key` of a list of tables as given, last when it is new; None takes it out."""
    lines = _lines(text)
    entries = [one for one in _tables(lines) if one.name == tuple(name) and one.is_entry]
    found = next((one for one in entries if (said := one.of("key")) and said.said["key"] == key), None)
    if found is None:
        if fields is not None:
            head = ["", f"[[{'.'.join(name)}]]", f"key = {_written(key)}"]
            new = [f"{field} = {_written(value)}" for field, value in fields.items()]
            _put(lines, entries[-1].end if entries else len(lines), [*head, *new])
    elif fields is None:
        _take_out(lines, found)
    else:
        for each, value in fields.items():
            _set(lines, found, each, value)
    return "".join(lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _tables(lines: Sequence[str]) -> list[_Table]:
    """The file's tables in their order; first what stands above all of them."""
    found = [_Table((), is_entry=False, begin=0)]
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith("["):
            found.append(_headed(line, at + 1))
            at += 1
        elif not line or line.startswith("#"):
            at += 1
        else:
            found[-1].statements.append(_statement(lines, at))
            at = found[-1].end
    return found


def _headed(line: str, begin: int) -> _Table:
    name: list[str] = []
    inner: Any = tomllib.loads(line)
    while inner and isinstance(inner, dict):
        ((key, inner),) = inner.items()
        name.append(key)
    return _Table(tuple(name), is_entry=isinstance(inner, list), begin=begin)


def _statement(lines: Sequence[str], begin: int) -> _Statement:
    """The statement that begins in a line: the fewest lines that can be read by themselves."""
    return next(
        _Statement(said, begin, end)
        for end in range(begin + 1, len(lines) + 1)
        if (said := _read("".join(lines[begin:end]))) is not None
    )


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _set(lines: list[str], table: _Table, key: str, value: Any) -> None:
    found = table.of(key)
    if found is not None:
        old = "".join(lines[found.begin : found.end])
        del lines[found.begin : found.end]
        if value is not None:
            before, _equals, _rest = old.partition("=")
            _put(lines, found.begin, [f"{before}= {_written(value)}{_remark(old)}"])
    elif value is not None:
        _put(lines, table.end, [f"{key} = {_written(value)}"])


def _take_out(lines: list[str], entry: _Table) -> None:
    """Without its head, its statements and the empty lines after them. What is remarked above it stays."""
    end = entry.end
    while end < len(lines) and not lines[end].strip():
        end += 1
    del lines[entry.begin - 1 : end]


def _put(lines: list[str], at: int, new: Sequence[str]) -> None:
    """New lines in the file's own kind of line end, and one after the last line where it has none."""
    ending = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    if 0 < at == len(lines) and not lines[-1].endswith("\n"):
        lines[-1] += ending
    lines[at:at] = [each.replace("\n", ending) + ending for each in new]


def _remark(statement: str) -> str:
    """What is remarked behind a value, with the space before it."""
    for at in (at for at, sign in enumerate(statement) if sign == "#"):
        if _read(statement[:at]) is not None:
            return statement[len(statement[:at].rstrip()) :].rstrip()
    return ""


def _written(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)  # text, numbers, true and false are the same in both
    parts = [_written(each) for each in value]
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= _WIDEST else "[\n" + "".join(f"    {part},\n" for part in parts) + "]"
