"""The manners of reaching out, as decisions over values: when a note may go, and when to stop. Pure.

A refusal is a sentence for the supporter. It is marked here and said by `say`, which translates it.

Sources: product.md section 3, rulings B18, D5, D13; the second touch's window is the policy's.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from touchbase.notifications.catalogue import Template
from touchbase.programs.policy import Policy
from touchbase.referrals import clock
from touchbase.referrals.course import Course
from touchbase.referrals.lifecycle import State

Say = Callable[[str], str]


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


MOST_TOUCHES = 2  # a referral, whoever sends (ruling B18)


def why_not_touch(state: State, course: Course, policy: Policy, at: datetime, say: Say = _) -> str:
    """Why no note may go now, in a sentence for the supporter; empty when one may.

    Notes are counted a referral, whoever sends. A peer who takes over after a first note writes the second
    one, when they are ready: the days between are for one peer who waits for an answer (ruling D5).
    """
    if len(course.touches) >= MOST_TOUCHES:
        return say(_("Two notes have gone out. That's the most anyone gets; the rest is up to them."))
    if state is State.ACCEPTED:
        return ""
    if state is not State.INVITED:
        return say(_("No note can go now: they have answered, or this has closed."))
    opens, closes = clock.second_touch_window(course.touches[-1].at, policy)
    if at < opens:
        day = clock.said(opens, policy.zone, at)
        return say(_("It's too soon for a second note. It may go from %(day)s.")) % {"day": day}
    if at > closes:
        return say(_("The time for a second note is over. They have the link, should things change."))
    return ""


def why_not_check_in(day: date, today: date, policy: Policy, say: Say = _) -> str:
    """Why a check-in can't be agreed for a day; empty when it can."""
    if day <= today:
        return say(_("Choose a day after today."))
    if day > today + timedelta(days=policy.clock.check_in_within_days):
        return say(_("Choose a day within %(days)s days.")) % {"days": policy.clock.check_in_within_days}
    return ""


def still_wanted(template: Template, state: State, course: Course) -> bool:
    """Whether a message to the person is wanted at the moment it would leave, or its moment has passed."""
    if template is Template.RESOURCES:
        return state is State.RESTING and course.list_sent
    if template is Template.CHECK_IN:
        return state is State.TALKING and course.checked_back
    if template is Template.CHOICE:
        return state is State.RECEIVED and course.asks_first
    return state is State.INVITED and course.touches[-1].system
