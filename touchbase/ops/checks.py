"""What must hold before anything starts (vault.md section 4, rulings A7 and C15)."""

import ipaddress
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from touchbase.ops import folders


@register()
def check_installation(**_: Any) -> list[CheckMessage]:
    """Refuse to start where the promise could not be kept. Each refusal says what to change."""
    return [*_check_folders(), *_check_stores(), *_check_demo(), *_check_logs()]


def _check_folders() -> Iterator[CheckMessage]:
    here = folders.here()
    for pair in here.together():
        yield Error(
            f"{pair}: one copy of the outer folder would hold both.", hint="Move one.", id="touchbase.E001"
        )
    for path in here.open_to_others():
        yield Error(
            f"{path} can be read by other users of this machine.",
            hint=f"Run: chmod go-rwx {path}",
            id="touchbase.E002",
        )


def _check_stores() -> Iterator[CheckMessage]:
    default, vault = settings.DATABASES["default"], settings.DATABASES["vault"]
    sqlite = default["ENGINE"].endswith("sqlite3")
    keys = ("ENGINE", "NAME") if sqlite else ("ENGINE", "HOST", "PORT")
    if all(default.get(key) == vault.get(key) for key in keys):
        yield Error(
            "The database and the vault are in the same PostgreSQL cluster, so in the same backups.",
            hint="Give TOUCHBASE_VAULT_DATABASE a cluster of its own, or leave it empty.",
            id="touchbase.E003",
        )


def _check_demo() -> Iterator[CheckMessage]:
    if folders.here().mixed_up(demo=settings.DEMO):
        yield Error(
            "The data folder was made in the other mode; invented people and real ones never share one.",
            hint="Set TOUCHBASE_DATA and TOUCHBASE_VAULT to folders of their own.",
            id="touchbase.E004",
        )
    if settings.DEMO and not is_loopback(settings.BIND):
        yield Error(
            "The demo has doors without sign-in, so it is only for this machine.",
            hint="Set TOUCHBASE_BIND=127.0.0.1.",
            id="touchbase.E005",
        )


def _check_logs() -> Iterator[CheckMessage]:
    loggers = settings.LOGGING.get("loggers", {})
    if settings.DEBUG or loggers.get("django.db.backends", {}).get("level") == "DEBUG":
        yield Error(
            "Debugging prints what people typed.",
            hint="Leave DEBUG off and django.db.backends above DEBUG.",
            id="touchbase.E006",
        )


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach a server bound to `address`."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
