"""Switch off one mechanism at a time, and see the tests of its promise fail: `just switch-off [word …]`.

tests/mechanisms.toml says what is switched off. Each is tried in a copy of the project, after the same
tests were seen to pass there. What is tried on PostgreSQL needs both clusters: `./test --clusters COMMAND`.
With `--write` the table goes to docs/switched-off.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests/mechanisms.toml"
PAGE = ROOT / "docs/switched-off.md"
_FAILED = 1  # what pytest says when it ran and something failed; anything else is no answer
_HEAD = """# What fails when a mechanism is switched off

Each was taken out of the code as tests/mechanisms.toml says, and the tests named beside it were run: first on
the whole code, then without it. `just switch-off --write` does it again and notes the day; `--missing` tries
what has no line yet. The last column says when, and on which engine.

| promise | switched off in | noticed by | |
|---|---|---|---|
"""


class Seen(StrEnum):
    """What became of one."""

    NOTICED = "failed, as it must"
    NOT = "**nothing failed**"
    UNWELL = "**fails anyway**"
    OTHER = "not tried: another engine"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One promise, and the piece of code that keeps it."""

    promise: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    engine: str

    def off(self, root: Path) -> str:
        """The file as it is without it. Raises `LookupError` where the table is out of date."""
        text = (root / self.file).read_text()
        if text.count(self.before) != 1:
            raise LookupError(f"{self.promise}: {text.count(self.before)} places in {self.file}")
        return text.replace(self.before, self.after)


def mechanisms() -> tuple[Mechanism, ...]:
    """The table."""
    found = tomllib.loads(TABLE.read_text())["mechanism"]
    return tuple(
        Mechanism(
            promise=each["promise"],
            file=each["file"],
            before=each["from"],
            after=each["to"],
            tests=tuple(each["tests"]),
            engine=each.get("engine", ""),
        )
        for each in found
    )


def main(arguments: Sequence[str]) -> int:
    """Try those whose promise, file or tests have one of the words. 0 when every one was noticed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--write", action="store_true", help="to docs/switched-off.md, line by line")
    parser.add_argument("--missing", action="store_true", help="only those that have no line there")
    asked = parser.parse_args(arguments)
    wanted = [one for one in mechanisms() if _is_wanted(one, asked.words)]
    if asked.missing:
        wanted = [one for one in wanted if one.promise not in written()]
    seen = set[Seen]()
    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder) / "touchbase")
        well: dict[tuple[str, ...], bool] = {}
        for one in wanted:
            what = _tried(one, copy, well)
            sys.stdout.write(f"{_line(one, what)}\n")
            sys.stdout.flush()
            seen.add(what)
            if asked.write and what is not Seen.OTHER:
                _write(one.promise, _line(one, what))
    return int(bool(seen & {Seen.NOT, Seen.UNWELL}))


def _line(one: Mechanism, seen: Seen) -> str:
    tests = ", ".join(f"`{each.removeprefix('tests/')}`" for each in one.tests)
    day = f"{datetime.now(UTC).date()}, {_engine()}"
    return f"| {one.promise} | `{one.file}` | {tests} | {seen.value}: {day} |"


def written() -> dict[str, str]:
    """The lines of the page, by their promise."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines if line.startswith("| ")}


def _write(promise: str, line: str) -> None:
    """Put one line into the page, in the order of the table. What the table no longer has goes."""
    lines = written() | {promise: line}
    rows = [lines[one.promise] for one in mechanisms() if one.promise in lines]
    PAGE.write_text(_HEAD + "".join(f"{row}\n" for row in rows))


def _is_wanted(one: Mechanism, words: Sequence[str]) -> bool:
    return not words or any(word in f"{one.promise} {one.file} {one.tests}" for word in words)


def _engine() -> str:
    return "postgresql" if os.environ.get("TOUCHBASE_VAULT_DATABASE") else "sqlite"


def _copied(to: Path) -> Path:
    """The files of the project as they are here, without anything that was made of them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def _tried(one: Mechanism, copy: Path, well: dict[tuple[str, ...], bool]) -> Seen:
    if one.engine not in {"", _engine()}:
        return Seen.OTHER
    whole, off = (copy / one.file).read_text(), one.off(copy)
    if one.tests not in well:
        well[one.tests] = _run(one.tests, copy) == 0
    if not well[one.tests]:
        return Seen.UNWELL
    try:
        (copy / one.file).write_text(off)
        return Seen.NOTICED if _run(one.tests, copy) == _FAILED else Seen.NOT
    finally:
        (copy / one.file).write_text(whole)


def _run(tests: Sequence[str], copy: Path) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-n",
        "0",
        "-p",
        "no:randomly",
        "--no-header",
        *tests,
    ]
    environ = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=copy, env=environ, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
