"""Every address of the site as data, and a walk over all of them with one browser.

    for answer in walk(visitor, roles, given={"program": "harbor", "handle": handle, ...}):
        assert answer.status ...

A new address is walked as soon as it is mapped; one that needs a value nobody gave fails the walk.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from touchbase.accounts.permissions import granted
from touchbase.accounts.roles import Role
from touchbase.web.shared.audience import Access, Audience, access_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FORM = "application/x-www-form-urlencoded"


class Expected(StrEnum):
    """What a browser gets at an address."""

    OPEN = "the view answers"
    SIGN_IN = "it is led to the sign-in"
    NOTHING = "nothing is there"


@dataclass(frozen=True, slots=True)
class Address:
    """One mapped address. `route` is as Django writes it, `values` the names of what is filled in."""

    route: str
    name: str
    access: Access | None
    values: frozenset[str] = frozenset()
    module: str = ""  # of its view

    def filled(self, given: Mapping[str, str]) -> str:
        """The address itself. Raises `LookupError` for a value nobody gave, or one that doesn't fit."""
        missing = sorted(self.values - given.keys())
        if missing:
            raise LookupError(f"/{self.route} needs a value for {', '.join(missing)}")
        return reverse(self.name, kwargs={name: given[name] for name in self.values})

    def expected(self, roles: Collection[Role] | None) -> Expected:
        """What somebody with these roles in the address's program gets; None is the stranger."""
        if self.access is None:
            return Expected.NOTHING
        if self.access.is_open:
            return Expected.OPEN
        if roles is None:
            front = self.access.audience is Audience.STAFF or self.values == {"program"}
            return Expected.SIGN_IN if front else Expected.NOTHING
        if self.access.audience is Audience.STAFF or self.access.permission in granted(roles):
            return Expected.OPEN
        return Expected.NOTHING


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what was to be expected."""

    address: Address
    path: str
    method: str
    expected: Expected
    status: int
    leads_to: str
    body: bytes
    headers: Mapping[str, str]


def addresses() -> list[Address]:
    """Every mapped address, in the order in which they are tried."""
    return list(_below(get_resolver(), "", "", frozenset()))


def _below(resolver: URLResolver, route: str, space: str, values: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        wanted = values | pattern.pattern.regex.groupindex.keys()
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, here, f"{pattern.namespace}:" if pattern.namespace else space, wanted)
        elif isinstance(pattern, URLPattern):
            yield Address(
                here,
                f"{space}{pattern.name}",
                access_of(pattern.callback),
                wanted,
                pattern.callback.__module__,
            )


def walk(
    visitor: Client,
    roles: Collection[Role] | None,
    *,
    given: Mapping[str, str],
    methods: Collection[str] = METHODS,
    only: Collection[Expected] = tuple(Expected),
    about: Collection[str] = (),
    form: Mapping[str, str] | None = None,
    htmx: bool = False,
) -> Iterator[Answer]:
    """Ask for every address in every method. `roles` are those of the visitor in `given["program"]`.

    `only` leaves out what else would be expected: a walk of those refused changes nothing. With `about`, only
    addresses with all of these values in them; `form` is what is sent.
    """
    headers = {"HX-Request": "true"} if htmx else {}
    for address in addresses():
        expected = address.expected(roles)
        if expected not in only or not address.values.issuperset(about):
            continue
        path = address.filled(given)
        for method in methods:
            got = visitor.generic(method, path, urlencode(form or {}), content_type=FORM, headers=headers)
            leads_to = got.headers.get("Location") or got.headers.get("HX-Redirect", "")
            yield Answer(address, path, method, expected, got.status_code, leads_to, got.content, got.headers)
