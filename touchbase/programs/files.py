"""Reading a policy file. Every refusal says which file, which key and what to do about it.

Whoever reads a refusal coordinates a program; they don't write software.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from touchbase.kernel.errors import DomainError
from touchbase.programs import contradictions, kinds, voice
from touchbase.programs.policy import Policy
from touchbase.programs.slugs import RESERVED_SLUGS

ENDING = ".toml"
UNFILED = f"policy{ENDING}"  # a text that isn't in a file of its own


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to change in one file. Entries of a list are counted from 1."""

    file: str
    key: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.remedy}"


class PolicyRefused(DomainError):
    """A file can't be a program's policy as it is. `problems` says all that was found."""

    code = "policy-refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read(path: Path) -> Policy:
    """The policy in a file. Raises `PolicyRefused`."""
    return parse(text_of(path), file=path.name)


def text_of(path: Path) -> str:
    """A file's text exactly as it is, line ends included. Raises `PolicyRefused`."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError:
        remedy = "This file can't be read. Check its name, and that you may read it."
    except UnicodeDecodeError:
        remedy = "Save this file as UTF-8 text."
    raise PolicyRefused([Problem(path.name, "file", remedy)])


def read_all(paths: Sequence[Path]) -> list[tuple[str, Policy]]:
    """The texts and policies of several files. Raises one `PolicyRefused` with what is wrong in all."""
    found: list[tuple[str, Policy]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            text = text_of(path)
            found.append((text, parse(text, file=path.name)))
        except PolicyRefused as refused:
            problems.extend(refused.problems)
    problems.extend(_twice(policy.slug for _, policy in found))
    if problems:
        raise PolicyRefused(problems)
    return found


def _twice(slugs: Iterable[str]) -> Iterator[Problem]:
    for slug, times in Counter(slugs).items():
        if times > 1:
            yield Problem(f"{slug}{ENDING}", "slug", f"{times} files have this slug. Keep one of them.")


def parse(text: str, *, file: str) -> Policy:
    """The policy in a text that stands in `file`. Raises `PolicyRefused` with all that is wrong."""
    policy = stored(text, file=file)
    problems = [Problem(file, key, remedy) for key, remedy in _of_the_whole(policy, file)]
    if problems:
        raise PolicyRefused(problems)
    return policy


def parse_unfiled(text: str) -> Policy:
    """The policy in a text that no file holds yet: it is called by its own slug. Raises `PolicyRefused`."""
    return parse(text, file=stored(text, file=UNFILED).slug + ENDING)


def stored(text: str, *, file: str) -> Policy:
    """A policy that was applied before: its form is read, its rules and words aren't judged again.

    So a rule that a later Touchbase adds can't take a running program's policy away.
    """
    try:
        return Policy.model_validate(_table(text, file))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise PolicyRefused(Problem(file, *_refusal(one)) for one in details) from None


def _of_the_whole(policy: Policy, file: str) -> Iterator[tuple[str, str]]:
    if policy.slug in RESERVED_SLUGS:
        yield "slug", f'"{policy.slug}" is the address of a page of Touchbase. Choose another word.'
    if Path(file).name != policy.slug + ENDING:
        yield (
            "slug",
            f"The file of this program is called {policy.slug}{ENDING}. Change the slug or the file's name.",
        )
    yield from contradictions.found_in(policy)
    yield from voice.found_in(policy)


def _table(text: str, file: str) -> dict[str, Any]:
    if text.startswith("\ufeff"):
        raise PolicyRefused([Problem(file, "line 1", "Save this file as UTF-8 without a byte order mark.")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        line = re.match(r"line \d+", where)
        key = line[0] if line else "end of file"
        remedy = (
            f"This can't be read: {what}. Text stands in straight quotes, and each key once in its table."
        )
        raise PolicyRefused([Problem(file, key, remedy)]) from None


def _refusal(detail: ErrorDetails) -> tuple[str, str]:
    place, kind = detail["loc"], detail["type"]
    if kind == "extra_forbidden":
        return kinds.name_of(place), _unknown(place)
    node = kinds.at(place)
    return kinds.name_of(place), _remedy(kind, node, detail.get("ctx", {}))


def _remedy(kind: str, node: kinds.Node, context: dict[str, Any]) -> str:
    if kind == "missing":
        return f"Add it: {kinds.kind_of(node)}. {node['description']}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "too_short":
        return "Add at least one."
    if kind == "too_long":
        return f"Keep at most {context['max_length']} of them."
    if kind == "string_too_long":
        return f"Shorten it to {context['max_length']} characters."
    return f"Write {kinds.kind_of(node)}."


def _unknown(place: Sequence[str | int]) -> str:
    wrong, table = str(place[-1]), list(place[:-1])
    known = list(kinds.at(table)["properties"])
    near = get_close_matches(wrong, known, n=1)
    if near:
        return f'There is no such key. Did you mean "{near[0]}"?'
    if wrong in kinds.at(())["properties"]:
        return "It belongs to the top of the file, before the first table."
    homes = [name for name, node in kinds.tables() if wrong in node.get("properties", {})]
    if homes:
        return f"It belongs in the table [{homes[0]}]."
    return f"There is no such key. The keys here are {', '.join(known)}."
