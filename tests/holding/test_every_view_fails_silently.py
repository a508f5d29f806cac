"""Whatever fails in whichever view: our own page, and nobody in page, header, mail, log or console.

Every address of the map is opened by somebody who may, with people in the form, in the query and in the rows.
Then it fails, after all the view did, at its last statement to a store, and halfway.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.walker import FORM, Address, Expected, addresses
from tests.canary import FINCH, LINNET, sung_in
from tests.factories.browsers import HERE, sign_in
from tests.factories.collaboratives import make_member
from tests.factories.failing import STORES, Statements, failing, forced, listening
from tests.factories.people import Person
from tests.factories.walking import HOUR, NOON, Walk
from touchbase.kernel.errors import DomainError
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.queries import Opener
from touchbase.web.shared.audience import Audience

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

METHODS = ("GET", "POST")
OURS = b"That didn&#x27;t work, and it&#x27;s our side."
CODES = {"site:healthz": (500, 503)}  # whose whole work is to say in a line that a store fails
PARTS = ("coordinator", "backup", "supporter", "leader", "operator", "faculty")
# What the forms of all addresses ask for, in one.
TYPED = {
    "name": FINCH.name, "contact": FINCH.email, "channel": "email", "email": FINCH.email,
    "own_contact": LINNET.phone, "own_name": LINNET.name, "not_with": LINNET.name, "source": "colleague",
    "phone": FINCH.phone, "list": f"{FINCH.name}, {FINCH.phone}", "knows": "no", "profession": "physician",
    "title": FINCH.name, "own_words": FINCH.name, "answer": "yes", "how": "system", "confirmed": "yes",
    "minutes": "under_30", "mode": "call", "text": FINCH.name, "code": FINCH.phone, "login": FINCH.email,
}  # fmt: skip


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Everything that leads to a view, as Django keeps it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


class Views:
    """Every view of the map. `fail`: when it has done what it does, it fails. `acts`: one did something."""

    def __init__(self) -> None:
        self.fail = self.acts = False

    def watched(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """The view; whatever it answers or refuses, a failure may follow, with all it was given in sight."""

        @wraps(view)
        def fails(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            typed = [*request.POST.items()]  # noqa: F841  in sight of whoever prints local variables
            if not self.fail:
                return view(request, *args, **kwargs)
            with suppress(DomainError, Http404):
                answer = view(request, *args, **kwargs)
                if answer.status_code == 405:
                    return answer  # it does nothing in this method
            self.acts = True
            raise forced()

        return fails


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Views:
    """The map as it is, with views that fail."""
    made = Views()
    for pattern in patterns():
        monkeypatch.setattr(pattern, "callback", made.watched(pattern.callback))
    return made


@pytest.fixture
def walk(here, people, together, settings) -> Walk:
    """Referrals of Harbor, which takes part in a collaborative. An administrator would be written to."""
    settings.ADMINS = [("Kit Root", "kit@harbor.example.org")]
    make_member(together, here)
    return Walk(here, people)


def token_of(walk: Walk, handle: str) -> str:
    """The end of somebody's private link."""
    opener = Opener("", Actor.RECIPIENT, NOON)
    n = walk.held(handle).course.link_n
    return queries.link_token(handle, program=walk.here.id, n=n, opener=opener)


def given(walk: Walk, handle: str) -> dict[str, str]:
    """A value for every name in any address, of what there is."""
    anything = {name: "x1" for address in addresses() for name in address.values}
    return anything | {
        "program": walk.here.slug, "handle": handle, "token": token_of(walk, handle), "passkey": "1",
        "half_year": "2026-H1", "day": "2026-05-12", "handout": "poster", "paper": "a4",
        "person": walk.people.supporter.member.supporter, "collaborative": "coast",
    }  # fmt: skip


def who_may(address: Address, walk: Walk) -> Client:
    """A browser of the first who may open it; one with a private link in its cookie where it takes one."""
    browser = Client(headers=HERE, raise_request_exception=False)
    parts: list[Person] = [getattr(walk.people, part) for part in PARTS]
    if address.expected(None) is not Expected.OPEN:
        sign_in(
            browser, next(one for one in parts if address.expected(one.member.roles) is Expected.OPEN).account
        )
    return browser


def told_by(answer: Any, heard: str, *, statuses: Collection[int] = (500,)) -> str | None:
    """What is wrong with what came of a failure, or None."""
    headers = answer.serialize_headers().decode() + str(answer.cookies)
    for where, text in {"page": answer.content, "headers": headers, "log or mail": heard}.items():
        if sung_in(text):
            return f"a person in the {where}: {sung_in(text)!r}"
    if answer.status_code not in statuses or (answer.status_code == 500 and OURS not in answer.content):
        return f"{answer.status_code}, and not the page of a failure of ours"
    return None


@dataclass
class Trying:
    """An address that is asked for again and again; each time everything is as it was before."""

    address: Address
    walk: Walk
    views: Views
    values: dict[str, str]

    def once(self, method: str, *, at: int = 0, **headers: str) -> tuple[Any, str, Statements]:
        """The answer, what was heard meanwhile, and what became of the `at`th statement."""
        query = urlencode({"name": FINCH.name, "contact": FINCH.phone})
        path = f"{self.address.filled(self.values)}?{query}"
        self.views.fail = self.views.acts = False
        with everything_as_before():
            browser = who_may(self.address, self.walk)
            if self.address.access is not None and self.address.access.audience is Audience.LINK:
                browser.get(f"/t/{self.values['token']}/")
            self.views.fail = not at
            with listening() as heard, failing(at=at) as seen:
                got = browser.generic(method, path, urlencode(TYPED), content_type=FORM, headers=headers)
            return got, heard(), seen


@contextmanager
def everything_as_before() -> Iterator[None]:
    """Whatever happens inside is taken back in both stores."""
    with transaction.atomic("default"), transaction.atomic("vault"):
        yield
        for alias in STORES:
            transaction.set_rollback(True, using=alias)


def failures(trying: Trying, method: str) -> dict[str, str | None]:
    """Each failure of a method, and what is wrong with it. Empty when the address does nothing in it."""
    answer, heard, whole = trying.once(method)
    if not trying.views.acts:
        return {}
    found = {f"{method} at its end": told_by(answer, heard)}
    statuses = CODES.get(trying.address.name, (500,))
    for at, headers in ((whole.count, {}), ((whole.count + 1) // 2, {"HX-Request": "true"})):
        answer, heard, statements = trying.once(method, at=at, **headers)
        if statements.failed:
            place = f"{method} at statement {at} of {whole.count}"
            found[place] = told_by(answer, heard, statuses=statuses)
    return found


def walked(walk: Walk, views: Views, state: State, *about: str) -> dict[str, dict[str, str | None]]:
    """Every address with these values in it, and its failures."""
    values = given(walk, walk.to(state))
    with time_machine.travel(NOON + 5 * HOUR, tick=False):
        return {
            address.route: {
                when: said
                for method in METHODS
                for when, said in failures(Trying(address, walk, views, values), method).items()
            }
            for address in addresses()
            if address.values.issuperset(about)
        }


def test_whatever_fails_in_whichever_view_names_nobody(views, walk):
    """After all the view did; at its last statement to a store; and halfway, in a part of a page."""
    found = walked(walk, views, State.TALKING)
    assert [route for route, tried in found.items() if not tried] == []
    assert wrong_in(found) == []


def test_nor_does_it_of_somebody_who_still_waits(views, walk):
    assert wrong_in(walked(walk, views, State.RECEIVED, "handle")) == []


def wrong_in(found: dict[str, dict[str, str | None]]) -> list[str]:
    """One line for each failure that told of somebody, or wasn't our page."""
    return [
        f"{route} {when}: {said}" for route, tried in found.items() for when, said in tried.items() if said
    ]
