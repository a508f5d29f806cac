"""The ground every test stands on."""

import os
import tempfile
from pathlib import Path

# Each worker process has folders of its own; they must exist before Django reads its settings.
_ground = Path(tempfile.mkdtemp(prefix="touchbase-test-"))
for name, part in (
    ("TOUCHBASE_DATA", "data"),
    ("TOUCHBASE_VAULT", "vault"),
    ("TOUCHBASE_ROOT_KEY", "root/root.key"),
):
    os.environ[name] = str(_ground / part)
os.environ.setdefault("TOUCHBASE_MODE", "production")
for part in ("data", "vault", "root"):
    (_ground / part).mkdir(mode=0o700)
