"""For whom an address is, as data a view carries. The marks that put it there are in access.py."""

from dataclasses import dataclass
from enum import StrEnum

from touchbase.accounts.permissions import Permission


class Audience(StrEnum):
    """For whom an address is."""

    PUBLIC = "everybody"
    ENTRANCE = "everybody, to sign in"
    LINK = "whoever holds the link"
    STAFF = "whoever is signed in"
    MEMBER = "members who may"


OPEN = frozenset({Audience.PUBLIC, Audience.ENTRANCE, Audience.LINK})


@dataclass(frozen=True, slots=True)
class Access:
    """What an address says about who may open it. `step_up`: only within 15 minutes of a sign-in (B2)."""

    audience: Audience
    permission: Permission | None = None
    step_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it opens without signing in."""
        return self.audience in OPEN


def access_of(view: object) -> Access | None:
    """What a view says, or None when it says nothing."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None
