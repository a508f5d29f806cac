"""`touchbase prepare` cut off at every migration, and what can be read afterwards.

Run in an installation's own environment, in a process of its own: `main(["cut"])`. Prints JSON.
"""

import json
import os
import signal
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db.migrations.recorder import MigrationRecorder

DAY = timedelta(days=1)


def main(arguments: list[str]) -> None:
    """Do one thing and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchbase.config.settings")
    import django

    django.setup()
    what, *values = arguments
    print(json.dumps(_ALL[what](*map(json.loads, values))))  # noqa: T201 - this is how it answers


def cut() -> int:
    """Prepare again and again, killed before each migration in turn is noted as done. How often it was."""
    from django.db import connections

    for kills in count():
        connections.close_all()
        child = os.fork()
        if not child:
            _attempt(kills)
        _, how = os.waitpid(child, 0)
        if os.WIFEXITED(how):
            if os.WEXITSTATUS(how):
                raise SystemExit(f"After {kills} kills it didn't come through.")
            return kills
    raise AssertionError


def _attempt(before: int) -> None:
    """The one that was cut off comes through, and the next one is cut off: it is done, and not noted yet."""
    from touchbase.ops import preparing

    _kill_at(MigrationRecorder, "record_applied", 2 if before else 1)
    code = 1
    try:
        preparing.prepare()
        code = 0
    finally:
        traceback.print_exc()
        os._exit(code)


def _kill_at(owner: Any, name: str, nth: int) -> None:
    """End this process as a power cut does, when something is begun for the nth time."""
    real, left = getattr(owner, name), [nth]

    def counted(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(owner, name, counted)


def look(at: str, links: list[str], capsules: list[dict[str, Any]], program: str) -> dict[str, Any]:
    """What our own doors say: the name behind each link, and of capsules that a backup kept."""
    from touchbase.vault import rotation, store

    now = datetime.fromisoformat(at)
    days = []
    for day in range(3):
        days.append((_names(links, now), _opened(capsules, program, now)))
        rotation.rotate(at=now + (day + 1) * DAY)
    return {"days": days, "keyed": sorted(store.handles())}


def _names(links: list[str], at: datetime) -> list[str]:
    from touchbase.kernel.errors import NotFound
    from touchbase.outreach import queries
    from touchbase.referrals.lifecycle import Actor
    from touchbase.referrals.queries import Opener, own

    found = []
    for link in links:
        try:
            held = queries.private_view(link, at=at)
            found.append(own(held.handle, opener=Opener("", Actor.RECIPIENT, at)).identity.name)
        except NotFound as gone:
            found.append(gone.code)
    return found


def _opened(capsules: list[dict[str, Any]], program: str, at: datetime) -> list[str]:
    from touchbase.vault import store
    from touchbase.vault.errors import Gone
    from touchbase.vault.grants import Grant, Reason
    from touchbase.vault.sealing import Purpose, Sealed
    from touchbase.vault.store import Item

    found = []
    for one in capsules:
        sealed = Sealed(one["schema"], one["alg"], bytes.fromhex(one["nonce"]), bytes.fromhex(one["blob"]))
        item = Item(one["referral_id"], Purpose(one["purpose"]), sealed, one.get("version", 0))
        grant = Grant("", "recipient", Reason.OWN_PAGE, frozenset(Purpose), frozenset({item.handle}), at)
        try:
            store.open_one(grant=grant, program=program, item=item)
            found.append("opened")
        except Gone as gone:
            found.append(gone.code)
    return found


_ALL: Mapping[str, Callable[..., Any]] = {"cut": cut, "look": look}
