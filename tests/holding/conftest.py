"""One installation made once, and copies of it with a real server: `harbor` for a file, `ready` to copy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.factories.programs import policy_text
from tests.holding.care import BOARD
from tests.holding.installations import Installation, new_installation
from tests.ops.servers import PATIENCE, command


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Harbor and Inland with everybody who works there. No server: copy it."""
    made = new_installation(tmp_path_factory.mktemp("ready"))
    made.people = made.seed("people")
    yield made
    made.remove()


@pytest.fixture(scope="module")
def served(ready: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy with a server that doesn't keep the clock, so that nothing happens by itself."""
    made = ready.copy(tmp_path_factory.mktemp("harbor"))
    with made.served(TOUCHBASE_SWEEP="no"):
        yield made
    made.remove()


@pytest.fixture
def harbor(served: Installation) -> Iterator[Installation]:
    """The file's server. Peers take three people at most, so what a test leaves with them is erased."""
    yield served
    held = "SELECT handle FROM referrals_referral WHERE state <> 'received'"
    for (handle,) in served.stores.rows("default", held):
        served.browser("coordinator").post(f"{BOARD}{handle}/erase/")


@pytest.fixture
def another(ready: Installation, tmp_path: Path) -> Iterator[Callable[[], Installation]]:
    """A copy of one's own, not served yet."""
    made: list[Installation] = []

    def copied() -> Installation:
        made.append(ready.copy(tmp_path / str(len(made))))
        return made[-1]

    yield copied
    for each in made:
        each.remove()


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """Prepared stores and the program `harbor`."""
    file = tmp_path / "harbor.toml"
    file.write_text(policy_text())
    for arguments in (("prepare",), ("programs", "apply", str(file))):
        done = command(tmp_path, 0, *arguments)
        said = done.communicate(timeout=PATIENCE)[0]
        assert done.returncode == 0, said
    return tmp_path
