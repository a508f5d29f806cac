"""The ground every test stands on: folders of its own, both stores, and the canary watch."""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

# Each process chooses its own folders, before Django reads its settings; a worker must not inherit another's.
_KEPT = {"TOUCHBASE_DATABASE", "TOUCHBASE_VAULT_DATABASE"}  # ./test says with these which engine to use
for name in [name for name in os.environ if name.startswith("TOUCHBASE_") and name not in _KEPT]:
    del os.environ[name]
_ground = Path(tempfile.mkdtemp(prefix="touchbase-test-"))
for part in ("data", "data/static", "vault", "root"):
    (_ground / part).mkdir(mode=0o700)
os.environ |= {
    "TOUCHBASE_MODE": "production",
    "TOUCHBASE_DATA": str(_ground / "data"),
    "TOUCHBASE_VAULT": str(_ground / "vault"),
    "TOUCHBASE_ROOT_KEY": str(_ground / "root/root.key"),
    "TOUCHBASE_SECRET_KEY": "a key for tests that signs nothing real",
}

# Settings are read here and now. The name is taken back: a worker must choose its folders first.
os.environ["DJANGO_SETTINGS_MODULE"] = "touchbase.config.settings"
import django  # noqa: E402

django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from tests import canary  # noqa: E402
from touchbase.vault import rotation  # noqa: E402

rotation.prepare()  # what `touchbase prepare` does for an installation

# How long an example takes says nothing about whether a promise holds: timings are in bench/.
hypothesis.settings.register_profile(
    "promises", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("promises")

pytest_plugins = [
    "tests.factories.people",
    "tests.factories.browsers",
    "tests.factories.collaboratives",
    "tests.factories.languages",
    "tests.factories.paths",
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """After a test that passed: nothing that names a person may lie anywhere it doesn't belong."""
    yield
    canary.watch_stores(item)
    canary.watch_mail()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The same for what was logged or printed."""
    report = yield
    if report.when == "call" and report.passed:
        canary.watch_output(report)
    return report


def pytest_report_header() -> list[str]:
    """Which engines this run is about."""
    engines = {alias: settings.DATABASES[alias]["ENGINE"].rsplit(".", 1)[-1] for alias in settings.DATABASES}
    return [f"stores: {', '.join(f'{alias} on {engine}' for alias, engine in engines.items())}"]


def pytest_unconfigure() -> None:
    """The folders go with the process that chose them, unless it will run tests again (`just mutate`)."""
    if "MUTANT_UNDER_TEST" not in os.environ:
        shutil.rmtree(_ground, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(worker_id: str) -> None:
    """Workers share a PostgreSQL cluster and no folder: only there a database is named after its worker."""
    for alias in connections:
        database = connections[alias].settings_dict
        if connections[alias].vendor == "postgresql" and worker_id != "master":
            database["TEST"]["NAME"] = f"test_{alias}_{worker_id}"
