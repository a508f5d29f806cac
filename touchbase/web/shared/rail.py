"""Where a member's work is: the way through a program for whoever is signed in."""

from typing import TypeAlias

from django.utils.translation import gettext_lazy

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member

Way: TypeAlias = tuple[str, str, bool, int | None]
"""One line of the rail: label, address, whether it is this page, and a count where the page knows one."""

_WAYS = (
    (Permission.QUEUE_SEE, "desk/board/", gettext_lazy("Board")),
    (Permission.ROSTER_SEE, "desk/roster/", gettext_lazy("Roster")),
    (Permission.NOMINATION_DECIDE, "desk/nominations/", gettext_lazy("Nominations")),
    (Permission.TRAINING_HOLD, "desk/training/", gettext_lazy("Training")),
    (Permission.MEETING_HOLD, "desk/meetings/", gettext_lazy("Meetings")),
    (Permission.CARE_GIVE, "desk/care/", gettext_lazy("Care")),
    (Permission.OUTREACH_HOLD, "desk/outreach/", gettext_lazy("Outreach")),
    (Permission.RESOURCES_SEE, "desk/resources/", gettext_lazy("Resources")),
    (Permission.PEOPLE_MANAGE, "desk/people/", gettext_lazy("People")),
    (Permission.SETTINGS_SEE, "desk/settings/", gettext_lazy("Settings")),
    (Permission.ASK_SEE, "mine/", gettext_lazy("Today")),
    (Permission.DUTY_HOLD, "mine/duty/", gettext_lazy("First to call")),
    (Permission.PROFILE_CHANGE, "mine/availability/", gettext_lazy("Availability")),
    (Permission.PROFILE_CHANGE, "mine/profile/", gettext_lazy("Profile")),
    (Permission.OWN_YEAR_SEE, "mine/training/", gettext_lazy("Your training")),
    (Permission.OWN_YEAR_SEE, "mine/meetings/", gettext_lazy("Your meetings")),
    (Permission.CARE_ASK, "mine/care/", gettext_lazy("Care for you")),
    (Permission.NUMBERS_SEE, "numbers/", gettext_lazy("Numbers")),
    (Permission.COLLABORATIVE_SHARE, "desk/together/", gettext_lazy("Together")),
    (Permission.AUDIT_SEE, "desk/acts/", gettext_lazy("Acts at the desk")),
)


# Where no roster is kept there is nothing to see of it (ruling B39).
_OF_A_ROSTER = frozenset({Permission.ROSTER_SEE, Permission.DUTY_HOLD})
_OF_A_COLLABORATIVE = frozenset({Permission.COLLABORATIVE_SHARE})


# Of a collaborative, for its faculty.
_FACULTY_WAYS = (
    ("", gettext_lazy("All members")),
    ("invite/", gettext_lazy("Invite")),
    ("faculty/", gettext_lazy("Faculty")),
    ("model/", gettext_lazy("Model program")),
    ("numbers/", gettext_lazy("Numbers")),
)


def rail_of(
    member: Member, *, slug: str, path: str, roster: bool = False, together: bool = False
) -> tuple[Way, ...]:
    """What opens to a member in a program. A view may pass a `rail` of its own instead.

    `roster`: whether the program keeps one. `together`: whether it takes part in a collaborative. Of two ways
    that lead to a page, the nearer is this page's.
    """
    hidden = (frozenset() if roster else _OF_A_ROSTER) | (frozenset() if together else _OF_A_COLLABORATIVE)
    ways = [
        (f"/{slug}/{part}", str(label)) for may, part, label in _WAYS if member.may(may) and may not in hidden
    ]
    return _with_current(ways, path)


def rail_of_faculty(*, slug: str, path: str) -> tuple[Way, ...]:
    """What opens to the faculty of a collaborative."""
    return _with_current([(f"/c/{slug}/{part}", str(label)) for part, label in _FACULTY_WAYS], path)


def _with_current(ways: list[tuple[str, str]], path: str) -> tuple[Way, ...]:
    current = max((address for address, _label in ways if path.startswith(address)), key=len, default="")
    return tuple((label, address, address == current, None) for address, label in ways)
