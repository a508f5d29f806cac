"""Change the rules one small piece at a time, and see a test fail: `just mutate [area or name …]`.

mutmut makes the changes. They are tried here, since its own way would take a day: both stores are made once
for each area, and each change is tried in a process of its own that begins there, with files as they were.
Decorated functions are changed as well, which mutmut leaves out: the vault's doors are decorated.
"""

import fnmatch
import json
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import libcst as cst
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.utils import file_utils

COPY = Path("mutants")
# Minutes each, for every change that the others leave: with them more can be noticed, never less.
_WITHOUT = ("--ignore=tests/vault/test_ten_thousand.py", "--ignore=tests/vault/test_killed.py")
# What is changed, and whose tests must notice: their own. That some journey would, too, is no excuse.
AREAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lifecycle": ("touchbase.referrals.lifecycle.*", ("tests/referrals/test_lifecycle.py",)),
    "clock": (
        "touchbase.referrals.clock.*",
        ("tests/referrals/test_clock.py", "tests/referrals/test_clock_words.py"),
    ),
    "matching": ("touchbase.matching.*", ("tests/matching",)),
    "vault": ("touchbase.vault.*", ("tests/vault", *_WITHOUT)),
}
_DECORATORS = {"door", "property", "cached_property", "contextmanager", "wraps"}
# What a run of pytest says, as mutmut keeps it.
_CODES = {"killed": 1, "survived": 0, "timeout": 36, "no tests": 33}


def main(arguments: list[str]) -> None:
    """Try what is wanted, or everything, and print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="an area, or a change's name, where * stands for anything")
    parser.add_argument("--every", type=int, default=1, help="only every so many of them")
    asked = parser.parse_args(arguments)
    shutil.rmtree(COPY, ignore_errors=True)
    _make()
    for area, (_, tests) in AREAS.items():
        names = [name for name in _names(area) if _is_wanted(name, area, asked.what)][:: asked.every]
        if names:
            _try(area, names, tests)
    sys.stdout.write("\n".join(_table()) + "\n")


def _make() -> None:
    """The copy of the code that holds every change."""
    _look_into_decorated()
    os.environ["MUTANT_UNDER_TEST"] = "mutant_generation"
    COPY.mkdir()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        file_utils.copy_src_dir()
        file_utils.copy_also_copy_files()
        create_mutants(1)


def _look_into_decorated() -> None:
    """Let mutmut change decorated functions: what is called in place of one stands inside its decorators."""
    leaves_out = file_mutation.MutationVisitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def leaves_out_fewer(self: Any, node: cst.CSTNode) -> bool:
        return not (isinstance(node, cst.FunctionDef) and _is_ours(node)) and leaves_out(self, node)

    def arrange_bare(function: cst.FunctionDef, *args: Any, **kwargs: Any) -> Any:
        empty, (door, *copies), filled, names = arrange(function, *args, **kwargs)
        if _is_ours(function):
            copies = [copy.with_changes(decorators=[]) for copy in copies]
        return empty, [door, *copies], filled, names

    file_mutation.MutationVisitor._skip_node_and_children = leaves_out_fewer  # type: ignore[method-assign]
    file_mutation.function_trampoline_arrangement = arrange_bare


def _is_ours(function: cst.FunctionDef) -> bool:
    names = {_called(one) for one in function.decorators}
    return bool(names) and names <= _DECORATORS


def _called(decorator: cst.Decorator) -> str:
    named = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
    return named.value if isinstance(named, cst.Name) else ""


def _kept() -> Iterator[SourceFileMutationData]:
    for path in sorted(file_utils.walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        if data.exit_code_by_key:
            yield data


def _names(area: str) -> list[str]:
    every = (name for data in _kept() for name in data.exit_code_by_key)
    return [name for name in every if fnmatch.fnmatch(name, AREAS[area][0])]


def _is_wanted(name: str, area: str, wanted: list[str]) -> bool:
    return not wanted or area in wanted or any(fnmatch.fnmatch(name, pattern) for pattern in wanted)


def _try(area: str, names: list[str], tests: tuple[str, ...]) -> None:
    """Try one area's changes; the log, and what came of each, lie beside the copy."""
    (COPY / f"{area}.names").write_text("\n".join(names))
    (COPY / f"{area}.found").write_text("")
    with (COPY / f"{area}.log").open("w") as log:
        command = ["-p", "tests.trying", f"--area={area}", *tests]
        _pytest(command, "stats", stdout=log, stderr=log)
    found: dict[str, str] = {}
    for line in (COPY / f"{area}.found").read_text().splitlines():
        found.update(json.loads(line))
    for name in (COPY / f"{area}.import").read_text().splitlines():
        if found.get(name) == "no tests":
            # It runs only while the code is loaded, so a process of its own must load it changed.
            code = _pytest(["-x", *tests], name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            found[name] = "killed" if code else "survived"
    for data in _kept():
        data.exit_code_by_key |= {
            name: _CODES[found[name]] for name in data.exit_code_by_key if name in found
        }
        data.save()


def _pytest(arguments: list[str], changed: str, **streams: Any) -> int:
    environment = {**os.environ, "MUTANT_UNDER_TEST": changed}
    # Without the lines of code that failed: looking them up in a file of hundreds of copies takes minutes.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "--tb=no",
        *config().pytest_add_cli_args,
        *arguments,
    ]
    return subprocess.run(command, cwd=COPY, env=environment, check=False, **streams).returncode


def _table() -> Iterator[str]:
    yield "| module | changes | noticed | not noticed |"
    yield "|---|--:|--:|--:|"
    unnoticed: list[str] = []
    for data in _kept():
        tried = {name: code for name, code in data.exit_code_by_key.items() if code is not None}
        left = [name for name, code in tried.items() if code in {_CODES["survived"], _CODES["no tests"]}]
        unnoticed += left
        if tried:
            module = str(data.path).removeprefix("touchbase/")
            yield f"| {module} | {len(tried)} | {len(tried) - len(left)} | {len(left)} |"
    yield from ["", *unnoticed]


if __name__ == "__main__":
    main(sys.argv[1:])
