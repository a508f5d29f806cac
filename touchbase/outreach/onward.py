"""Whether other help arrived: asked of who had a list of it or a talk, and counted by its kind (ruling D13).

The answer is one of the kinds that the program's list has, "not yet", or nothing at all. No help is named.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.outreach import queries
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Policy, ResourceClass
from touchbase.referrals import actions as referrals
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Working

NOT_YET = "none"


def kinds_of(policy: Policy) -> tuple[ResourceClass, ...]:
    """The kinds of help a program lists, in the order of its tiers."""
    listed = {one.kind for one in policy.resources}
    return tuple(kind for kind in ResourceClass if kind in listed)


def is_asked(held: Working) -> bool:
    """Whether the question makes sense now: there was a list, or a talk, and it isn't closing."""
    had_help = bool(held.course.talks) or held.course.answer is Answer.RESOURCES or held.course.list_sent
    return had_help and held.state in {State.TALKING, State.RESTING} and bool(kinds_of(held.policy))


def by_recipient(*, held: Working, said: str, at: datetime) -> Working:
    """The recipient's own press. Empty takes an earlier one back."""
    return _keep(held, said, Actor.RECIPIENT, at)


def by_supporter(*, handle: str, by: Member, said: str, at: datetime) -> Working:
    """They told their peer instead of the page (ruling D1)."""
    return _keep(queries.for_supporter(handle, by=by, at=at), said, Actor.SUPPORTER, at)


def _keep(held: Working, said: str, by: Actor, at: datetime) -> Working:
    if said not in {"", NOT_YET, *kinds_of(held.policy)}:
        raise NotAvailable(_("Choose one of the answers shown."))
    if not is_asked(held):
        raise NotAvailable(_("There is nothing to say here yet."))
    if held.course.onward == said:
        return held
    course = held.course.changed(onward=str(said))
    return referrals.take_step(held=held, step=Step.ONWARD, by=by, at=at, course=course)
