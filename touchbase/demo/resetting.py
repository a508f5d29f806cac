"""Emptying a demo: every row of both stores and every mail of it. Only ever for a demo."""

import shutil

from django.apps import apps
from django.conf import settings
from django.db import connections

from touchbase.vault import rotation

_LABELS = (
    "collaborative",
    "referrals",
    "notifications",
    "utilization",
    "supporters",
    "awareness",
    "resources",
    "audit",
    "accounts",
    "programs",
    "vault",
)
MAIL_FOLDER = "demo-outbox"


def empty() -> None:
    """Delete every row, then the mails. A real installation is refused."""
    if not settings.DEMO:
        raise RuntimeError("only a demo is ever emptied")
    for alias in connections:
        with connections[alias].constraint_checks_disabled():
            _empty(alias)
    shutil.rmtree(settings.DATA_DIR / MAIL_FOLDER, ignore_errors=True)
    rotation.prepare()


def _empty(alias: str) -> None:
    for label in _LABELS:
        for model in apps.get_app_config(label).get_models():
            if (label == "vault") == (alias == "vault"):
                # Past the protection between rows: all of them go.
                model._base_manager.using(alias)._raw_delete(alias)  # noqa: SLF001
