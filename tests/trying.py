"""For `tests.mutating`: a plugin that runs the tests once, and then for each change, in a process each."""

import json
import os
import shutil
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import Phase
from hypothesis import settings as hypothesis
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

_ENOUGH = 2.0  # seconds of tests at first; the others only for what those haven't noticed


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which area's changes to try."""
    parser.addoption("--area")


def pytest_configure(config: pytest.Config) -> None:
    """Take the tests' turn. One example that fails is enough: nobody reads the smallest."""
    phases = (Phase.explicit, Phase.generate)
    hypothesis.register_profile("trying", phases=phases, database=None, deadline=None)
    hypothesis.load_profile("trying")
    config.pluginmanager.register(Trying(config.getoption("--area")))


class Trying:
    """One area: which tests run which function, and what came of each change."""

    def __init__(self, area: str) -> None:
        self.names = Path(f"{area}.names").read_text().splitlines()
        self.found = Path(f"{area}.found")
        self.at_import = Path(f"{area}.import")
        self.failed = False
        self.seconds: dict[pytest.Item, float] = {}
        self.tests: dict[str, list[pytest.Item]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear that a test failed."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn, then try."""
        first = session.items[0]
        self._learn(session.items, first)
        connections.close_all()
        ground = settings.DATA_DIR.parent
        shutil.copytree(ground, f"{ground}.kept")
        unnoticed = [name for name in self.names if not self._is_noticed(name, first, at_first=True)]
        for name in unnoticed:
            self._is_noticed(name, first, at_first=False)
        shutil.rmtree(f"{ground}.kept")
        return True

    def _learn(self, items: list[pytest.Item], first: pytest.Item) -> None:
        """Run everything once. A test that doesn't pass on the copy is left out and named in the log."""
        loaded = set(state()._stats)
        names = [name for name in self.names if mangled_name_from_mutant_name(name) in loaded]
        self.at_import.write_text("\n".join(names))
        for item, after in zip(items, [*items[1:], first], strict=True):
            state()._stats.clear()
            began = monotonic()
            self._run(item, after)
            if self.failed:
                sys.stdout.write(f"\nleft out, since it fails on the copy: {item.nodeid}\n")
                continue
            self.seconds[item] = monotonic() - began
            for function in state()._stats:
                self.tests[function].append(item)

    def _run(self, item: pytest.Item, after: pytest.Item) -> None:
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

    def _is_noticed(self, name: str, first: pytest.Item, *, at_first: bool) -> bool:
        tests = self.tests[mangled_name_from_mutant_name(name)]
        chosen = [item for item, early in self._in_order(tests) if early == at_first]
        what = self._tried(name, chosen, first) if chosen else "survived" if tests else "no tests"
        with self.found.open("a") as found:
            found.write(json.dumps({name: what}) + "\n")
        return what in {"killed", "timeout"}

    def _in_order(self, tests: list[pytest.Item]) -> Iterator[tuple[pytest.Item, bool]]:
        """The tests that run a function, the quickest first, and whether each is among the first."""
        passed = 0.0
        for item in sorted(tests, key=self.seconds.__getitem__):
            passed += self.seconds[item]
            yield item, passed < _ENOUGH

    def _tried(self, name: str, items: list[pytest.Item], first: pytest.Item) -> str:
        """What comes of one change in a process of its own, on files as they were."""
        ground = settings.DATA_DIR.parent
        shutil.rmtree(ground)
        shutil.copytree(f"{ground}.kept", ground)
        number = os.fork()
        if not number:
            self._be(name, items, first)
        status = os.waitpid(number, 0)[1]
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)  # what it began itself
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            return "timeout"
        return "killed" if status else "survived"

    def _be(self, name: str, items: list[pytest.Item], first: pytest.Item) -> None:
        os.setpgid(0, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(round(20 + 5 * sum(self.seconds[item] for item in items)))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        set_mutant_under_test(name)
        code = 1
        try:
            code = 1 if any(self._fails(items, first)) else 0
        finally:
            os._exit(code)

    def _fails(self, items: list[pytest.Item], first: pytest.Item) -> Iterator[bool]:
        for item, after in zip(items, [*items[1:], first], strict=True):
            self._run(item, after)
            yield self.failed
