"""Two hundred people who come to an installation, and what happens to them in the days that follow.

Run in the installation's own environment, in a process of its own, like tests/holding/seeding.py. Everything
happens some hours ago, one step after the other: the vault believes no moment before the latest it has seen.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import django

from tests.canary import _written
from tests.holding.installations import Installation

SCRIPT = "import sys; from tests.holding.forgetting import main; main(sys.argv[1:])"
# What all of them have in common, as they type it and as it is kept; nothing else has it.
SONGS = ("Larkfinch", "larkfinch-", "503 557 0", "5035570", "Nestwood", "Gullwing")


def needles() -> frozenset[bytes]:
    """Every way in which one of them might be written: plain, UTF-16, percent, base64."""
    return frozenset(form for song in SONGS for form in _written(song))


def seed(at: Installation, what: str, **values: Any) -> Any:
    """Do one of the following in an installation; its answer."""
    done = at._python(SCRIPT, what, json.dumps(values))
    if done.returncode:
        raise RuntimeError(done.stdout)
    return json.loads(done.stdout.splitlines()[-1])


def main(arguments: list[str]) -> None:
    """Do one thing and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchbase.config.settings")
    django.setup()
    what, values = arguments
    print(json.dumps(_ALL[what](**json.loads(values))))  # noqa: T201 - this is how it answers


def come(n: int, hours: float) -> list[list[str]]:
    """So many ask at Harbor, each with a name, a unit and somebody to keep away. Their links and handles.

    Every tenth has a mail address, everybody else a number.
    """
    from touchbase.kernel import clock
    from touchbase.outreach import actions, queries
    from touchbase.programs.policy import Channel
    from touchbase.programs.queries import program_at
    from touchbase.referrals.intake import Asking

    at, here = clock.now() - timedelta(hours=hours), program_at("harbor")
    found = []
    for k in range(n):
        asking = Asking(
            name=f"Larkfinch {k}",
            channel=Channel.TEXT if k % 10 else Channel.EMAIL,
            contact=f"+15035570{k:03}" if k % 10 else f"larkfinch-{k}@example.org",
            profession="physician",
            department=f"Gullwing {k}",
            not_with=f"Nestwood {k}",
        )
        link = actions.receive(here=here, asking=asking, once="", at=at).link
        token = link.rstrip("/").rsplit("/", 1)[1]
        found.append([token, queries.private_view(token, at=at).handle])
    return found


def write(handles: list[str], supporter: str, hours: float) -> int:
    """A supporter takes these and has Touchbase write to each. How many messages to people wait."""
    from django.db import transaction

    from touchbase.accounts.queries import member_of_membership
    from touchbase.kernel import clock
    from touchbase.notifications.models import Outgoing
    from touchbase.outreach import actions
    from touchbase.programs.policy import SendBy
    from touchbase.referrals import queries
    from touchbase.referrals.lifecycle import Actor
    from touchbase.referrals.queries import Opener

    at, by = clock.now() - timedelta(hours=hours), member_of_membership(supporter)
    for handle in handles:
        with transaction.atomic():
            held = queries.working(handle, opener=Opener("", Actor.CLOCK, at))
            actions.match(held=held, supporter=supporter, by=Actor.COORDINATOR, at=at)
        actions.accept(handle=handle, by=by, at=at)
        actions.touch(handle=handle, by=by, at=at, how=SendBy.SYSTEM)
    Outgoing.objects.update(not_before=at)  # night is over for what waits for the morning
    return Outgoing.objects.exclude(handle="").count()


def send(n: int, hours: float) -> int:
    """So many of the messages that wait go to people. How many went."""
    from touchbase.kernel import clock
    from touchbase.notifications import outbox
    from touchbase.notifications.models import Outgoing
    from touchbase.outreach.letters import composer

    at = clock.now() - timedelta(hours=hours)
    Outgoing.objects.filter(handle="").delete()  # what the desk and the supporters read
    return outbox.deliver_due(compose=composer(at), at=at, limit=n).sent


def forget(handles: list[str], hours: float) -> int:
    """These are closed and erased. How many there were."""
    from touchbase.kernel import clock
    from touchbase.referrals import actions, erasing, queries
    from touchbase.referrals.lifecycle import Actor
    from touchbase.referrals.queries import Opener

    at, erased = clock.now() - timedelta(hours=hours), 0
    for handle in handles:
        held = queries.working(handle, opener=Opener("", Actor.CLOCK, at))
        closed = actions.close(held=held, by=Actor.COORDINATOR, at=at)
        erased += erasing.erase(held=closed, at=at)
    return erased


def serve(begin: int, end: int) -> list[int]:
    """Rotate every four hours, from so many hours ago until so many. The epochs that were destroyed."""
    from touchbase.kernel import clock
    from touchbase.vault import rotation

    now, destroyed = clock.now(), list[int]()
    for hours in range(begin, end - 1, -4):
        destroyed += rotation.rotate(at=now - timedelta(hours=hours)).destroyed
    return destroyed


_ALL: Mapping[str, Callable[..., Any]] = {
    "come": come, "write": write, "send": send, "forget": forget, "serve": serve,
}  # fmt: skip
