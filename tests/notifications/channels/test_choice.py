"""Which way mail goes is decided by two settings (rulings A8, A9)."""

import os
import subprocess
import sys

import pytest

_ASK = """
from touchbase.config import settings
print(settings.EMAIL_BACKEND.rpartition(".")[2], settings.DEFAULT_FROM_EMAIL)
"""


@pytest.mark.parametrize(
    ("chosen", "backend"),
    [
        ({}, "NoMailServer"),
        ({"TOUCHBASE_SMTP": "smtps://mail.example.org"}, "MailServer"),
        ({"TOUCHBASE_MODE": "demo"}, "DemoFolder"),
        ({"TOUCHBASE_MODE": "demo", "TOUCHBASE_SMTP": "smtps://mail.example.org"}, "DemoFolder"),
    ],
)
def test_the_demo_never_writes_to_a_real_server_and_nothing_leaves_without_one(chosen, backend):
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("TOUCHBASE_")},
        **{name: os.environ[name] for name in ("TOUCHBASE_DATA", "TOUCHBASE_VAULT", "TOUCHBASE_ROOT_KEY")},
        "TOUCHBASE_FROM": "Peers <peers@harbor.example.org>",
        **chosen,
    }

    said = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout == f"{backend} Peers <peers@harbor.example.org>\n"
