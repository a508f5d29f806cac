"""Where a member's work is: the way through a program for whoever is signed in."""

from typing import TypeAlias

from django.utils.translation import gettext_lazy

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member

Way: TypeAlias = tuple[str, str, bool, int | None]
"""One line of the rail: label, address, whether it is this page, and a count where the page knows one."""

_WAYS = (
    (Permission.QUEUE_SEE, "desk/board/", gettext_lazy("Board")),
    (Permission.NOMINATION_DECIDE, "desk/nominations/", gettext_lazy("Nominations")),
    (Permission.TRAINING_HOLD, "desk/training/", gettext_lazy("Training")),
    (Permission.MEETING_HOLD, "desk/meetings/", gettext_lazy("Meetings")),
    (Permission.CARE_GIVE, "desk/care/", gettext_lazy("Care")),
    (Permission.ASK_SEE, "mine/", gettext_lazy("Today")),
    (Permission.OWN_YEAR_SEE, "mine/training/", gettext_lazy("Your training")),
    (Permission.OWN_YEAR_SEE, "mine/meetings/", gettext_lazy("Your meetings")),
    (Permission.CARE_ASK, "mine/care/", gettext_lazy("Care for you")),
    (Permission.NUMBERS_SEE, "numbers/", gettext_lazy("Numbers")),
    (Permission.AUDIT_SEE, "desk/acts/", gettext_lazy("Acts at the desk")),
)


def rail_of(member: Member, *, slug: str, path: str) -> tuple[Way, ...]:
    """What opens to a member in a program. A view may pass a `rail` of its own instead."""
    ways = [(f"/{slug}/{part}", str(label)) for may, part, label in _WAYS if member.may(may)]
    # The longest address that holds the page: "mine/" holds every page of a supporter.
    nearest = max((address for address, _label in ways if path.startswith(address)), key=len, default="")
    return tuple((label, address, address == nearest, None) for address, label in ways)
