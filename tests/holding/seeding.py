"""What a test can't bring about through a page: people who work somewhere already, and things long past.

Run in an installation's own environment, in a process of its own: `main(["people", "{}"])`. Prints JSON.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import django


def main(arguments: list[str]) -> None:
    """Do one thing and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchbase.config.settings")
    django.setup()
    what, values = arguments
    print(json.dumps(_ALL[what](**json.loads(values))))  # noqa: T201 - this is how it answers


def people() -> dict[str, dict[str, str]]:
    """Harbor and Inland with everybody who works there, each signed in."""
    from tests.factories.people import make_person, make_supporter
    from tests.factories.programs import make_program, policy_text
    from touchbase.accounts.roles import Role

    here = make_program(policy_text(confidence='send_by = "system"'))
    inland = make_program(policy_text("inland"))
    found = {
        "coordinator": make_person(here, Role.COORDINATOR, "Dana Quill"),
        "second": make_person(here, Role.COORDINATOR, "Toni Quill"),
        "backup": make_person(here, Role.BACKUP, "Jo Marsh"),
        "leader": make_person(here, Role.LEADER, "Max Field"),
        "operator": make_person(here, Role.OPERATOR, "Kit Root"),
        "supporter": make_supporter(here, "Robin Vale", limit=3),
        "other": make_supporter(here, "Ari Stone", limit=3),
        "third": make_supporter(here, "Sam Reed", limit=1),
        "elsewhere": make_person(inland, Role.COORDINATOR, "Lee Inland"),
        "elsewhere_supporter": make_supporter(inland, "Kim Inland"),
    }
    return {
        name: {
            "cookie": _cookie_of(person.account),
            "membership": next(iter(person.member.ids.values())),
            "name": person.member.name,
        }
        for name, person in found.items()
    }


def sign_in(memberships: Mapping[str, str]) -> dict[str, str]:
    """The cookies of people who sign in anew, by what a test calls them."""
    from touchbase.accounts.models import Account

    accounts = {who: Account.objects.get(memberships=key) for who, key in memberships.items()}
    return {who: _cookie_of(account) for who, account in accounts.items()}


def _cookie_of(account: Any) -> str:
    from django.http import HttpRequest

    from touchbase.accounts import sessions

    request = HttpRequest()
    request.session = sessions.SessionStore()
    sessions.sign_in(request, account)
    request.session.save()
    return request.session.session_key or ""


def waiting(n: int, hours: float = 0) -> list[list[str]]:
    """Some who asked at Harbor so many hours ago, each with link and handle, past the cap of an hour."""
    from tests.canary import PLOVER
    from touchbase.kernel import clock
    from touchbase.outreach import actions, queries
    from touchbase.programs.policy import Channel
    from touchbase.programs.queries import program_at
    from touchbase.referrals.intake import Asking

    at, here = clock.now() - timedelta(hours=hours), program_at("harbor")
    asking = Asking(name=PLOVER.name, channel=Channel.TEXT, contact=PLOVER.phone, profession="physician")
    links = [actions.receive(here=here, asking=asking, once="", at=at).link for _ in range(n)]
    tokens = [link.rstrip("/").rsplit("/", 1)[1] for link in links]
    return [[token, queries.private_view(token, at=at).handle] for token in tokens]


def erase(token: str) -> None:
    """Somebody erases their request on their own page."""
    from touchbase.kernel import clock
    from touchbase.outreach import ending, queries

    at = clock.now()
    ending.withdraw(held=queries.private_view(token, at=at), at=at)


def asked_before(hours: float, supporter: str) -> str:
    """The handle of a referral whose supporter was asked some hours ago."""
    from django.db import transaction

    from touchbase.kernel import clock
    from touchbase.outreach import actions, queries
    from touchbase.referrals.lifecycle import Actor

    ((token, handle),) = waiting(1, hours)
    at = clock.now() - timedelta(hours=hours)
    with transaction.atomic():
        held = queries.private_view(token, at=at)
        actions.match(held=held, supporter=supporter, by=Actor.COORDINATOR, at=at)
    return handle


def closed_before(hours: float, supporter: str) -> str:
    """The handle of a referral whose supporter closed it some hours ago, after they had talked."""
    from touchbase.accounts.queries import member_of_membership
    from touchbase.kernel import clock
    from touchbase.outreach import actions, conversations
    from touchbase.programs.policy import SendBy
    from touchbase.referrals.course import Answer

    handle, by = asked_before(hours, supporter), member_of_membership(supporter)
    at = clock.now() - timedelta(hours=hours)
    actions.accept(handle=handle, by=by, at=at)
    actions.touch(handle=handle, by=by, at=at, how=SendBy.PEER)
    conversations.answered(handle=handle, by=by, said=Answer.YES, at=at)
    conversations.talked(handle=handle, by=by, at=at, mode=None, minutes="", close=True)
    return handle


def listed(supporter: str) -> str:
    """Have a supporter on the list of Harbor, which gets one. Their key there."""
    from tests.factories.listing import with_list
    from touchbase.supporters.models import Supporter

    with_list(confidence='send_by = "system"')
    Supporter.objects.filter(membership=supporter).update(public=True)
    return str(Supporter.objects.get(membership=supporter).listing)


def list_of_people(n: int) -> str:
    """So many people came to Harbor in one list, and as many more supporters can be asked. Its batch."""
    from tests.factories.people import make_supporter
    from tests.outreach.gathered import came
    from touchbase.kernel import clock
    from touchbase.kernel.ids import new_id
    from touchbase.programs.queries import program_at

    here = program_at("harbor")
    for _ in range(n):
        make_supporter(here, f"Peer {new_id()}", limit=1)
    return str(came(here, n, at=clock.now()))


_ALL: Mapping[str, Callable[..., Any]] = {
    "people": people,
    "sign_in": sign_in,
    "waiting": waiting,
    "erase": erase,
    "asked_before": asked_before,
    "closed_before": closed_before,
    "listed": listed,
    "list_of_people": list_of_people,
}
