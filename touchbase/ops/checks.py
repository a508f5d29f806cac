"""What must hold before anything starts (vault.md section 4, rulings A7 and C15).

How the parts of an installation lie to each other, and that a demo stays one. What only the vault knows of it
checks itself, in `vault.checks`.
"""

import ipaddress
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from touchbase.ops import folders


@register(Tags.security)
def check_installation(**_: Any) -> list[CheckMessage]:
    """Refuse to start where the promise could not be kept. Each refusal says what to change."""
    return [*_check_folders(), *_check_stores(), *_check_demo(), *_check_debugging()]


def _check_folders() -> Iterator[CheckMessage]:
    for pair in folders.here().together():
        yield Error(f"{pair}: one copy would hold both.", hint="Move one of them.", id="ops.E001")
    for path in folders.here().open_to_others():
        yield Error(
            f"{path} can be read by other users of this machine.",
            hint=f"Run: chmod go-rwx {path}",
            id="ops.E002",
        )


def _check_stores() -> Iterator[CheckMessage]:
    """What can be seen without asking a server; the vault asks them whether two names lead to one cluster."""
    default, vault = settings.DATABASES["default"], settings.DATABASES["vault"]
    sqlite = default["ENGINE"].endswith("sqlite3")
    keys = ("ENGINE", "NAME") if sqlite else ("ENGINE", "HOST", "PORT")
    if all(default.get(key) == vault.get(key) for key in keys):
        yield Error(
            "The database and the vault are in one place, so in the same backups.",
            hint="Give TOUCHBASE_VAULT_DATABASE a cluster of its own, or leave it empty.",
            id="ops.E003",
        )


def _check_demo() -> Iterator[CheckMessage]:
    if folders.here().are_of_other_mode(demo=settings.DEMO):
        yield Error(
            "The data folder was made in the other mode; invented people and real ones never share one.",
            hint="Set TOUCHBASE_DATA, TOUCHBASE_VAULT and TOUCHBASE_ROOT_KEY to places of their own.",
            id="ops.E004",
        )
    if settings.DEMO and not is_loopback(settings.BIND):
        yield Error(
            "The demo has doors without sign-in, so it is only for this machine.",
            hint="Set TOUCHBASE_BIND=127.0.0.1.",
            id="ops.E005",
        )


def _check_debugging() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("Debugging shows what people typed.", hint="Leave DEBUG off.", id="ops.E006")


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach a server bound to `address`."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
