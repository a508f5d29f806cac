"""`touchbase demo` fills a demo once, begins anew when told, and touches nothing else."""

import subprocess
import sys

import pytest

from tests.ops.servers import MAIN, environ


@pytest.fixture
def demo(tmp_path):
    """Runs a command of a demo installation."""

    def run(*arguments: str, mode: str = "demo") -> subprocess.CompletedProcess[str]:
        where = environ(tmp_path, port=8000) | {"TOUCHBASE_MODE": mode}
        program = [sys.executable, "-c", MAIN, *arguments]
        return subprocess.run(program, env=where, capture_output=True, text=True, check=False)

    return run


def test_it_is_filled_once_and_begins_anew_when_told(demo, tmp_path):
    assert demo("prepare").returncode == 0
    said = [demo(*arguments).stdout for arguments in (["demo"], ["demo"], ["demo", "reset"])]
    assert said == [
        "The demo has 5 new programs.\n",
        "The demo is already there; nothing changed.\n",
        "The demo has 5 new programs.\n",
    ]


def test_an_installation_is_never_filled_with_invented_people(demo):
    assert demo("prepare", mode="production").returncode == 0
    for mode in ("demo", "production"):
        done = demo("demo", mode=mode)
        assert (done.returncode, done.stdout) == (1, "")
