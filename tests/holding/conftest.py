"""An installation in folders of its own, with one program, for a server to be killed and searched."""

from pathlib import Path

import pytest

from tests.factories.programs import policy_text
from tests.ops.servers import PATIENCE, command


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
