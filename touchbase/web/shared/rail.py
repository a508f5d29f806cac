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
    (Permission.AUDIT_SEE, "desk/acts/", gettext_lazy("Acts at the desk")),
)


# Where no roster is kept there is nothing to see of it (ruling B39).
_OF_A_ROSTER = frozenset({Permission.ROSTER_SEE, Permission.DUTY_HOLD})


def rail_of(member: Member, *, slug: str, path: str, roster: bool = False) -> tuple[Way, ...]:
    """What opens to a member in a program. A view may pass a `rail` of its own instead.

    `roster`: whether the program keeps one. Of two ways that lead to a page, the nearer is this page's.
    """
    ways = [
        (f"/{slug}/{part}", str(label))
        for may, part, label in _WAYS
        if member.may(may) and (roster or may not in _OF_A_ROSTER)
    ]
    current = max((address for address, _label in ways if path.startswith(address)), key=len, default="")
    return tuple((label, address, address == current, None) for address, label in ways)
