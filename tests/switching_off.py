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

Each was taken out of the code as tests/mechanisms.toml says, and the tests named beside it were run: first
on the whole code, then without it. `just switch-off --write` does it again. The last time: {day},
on {engine}.

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
    """Try those whose promise or file has one of the words. 0 when every one was noticed."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--write", action="store_true", help="to docs/switched-off.md")
    asked = parser.parse_args(arguments)
    wanted = [one for one in mechanisms() if _is_wanted(one, asked.words)]
    tried: list[tuple[Mechanism, Seen]] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder) / "touchbase")
        well: dict[tuple[str, ...], bool] = {}
        for one in wanted:
            tried.append((one, _tried(one, copy, well)))
            sys.stdout.write(f"{_line(*tried[-1])}\n")
            sys.stdout.flush()
    if asked.write:
        head = _HEAD.format(day=datetime.now(UTC).date(), engine=_engine())
        PAGE.write_text(head + "".join(f"{_line(*each)}\n" for each in tried))
    return int(any(seen in {Seen.NOT, Seen.UNWELL} for _, seen in tried))


def _line(one: Mechanism, seen: Seen) -> str:
    tests = ", ".join(f"`{each.removeprefix('tests/')}`" for each in one.tests)
    return f"| {one.promise} | `{one.file}` | {tests} | {seen.value} |"


def _is_wanted(one: Mechanism, words: Sequence[str]) -> bool:
    return not words or any(word in f"{one.promise} {one.file}" for word in words)


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
