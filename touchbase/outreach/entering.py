"""People who come in by phone, by mailbox or in the hallway: somebody of the program begins (ruling D12)."""

from datetime import datetime

from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import WhoKnows
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import actions as referrals
from touchbase.referrals import arrival
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Source
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener
from touchbase.supporters import actions as supporters


def enter(
    *,
    here: CurrentProgram,
    asking: Asking,
    source: Source,
    once: str,
    by: Member,
    at: datetime,
    held: bool = False,
) -> str:
    """The desk enters somebody who called or wrote, and returns the handle.

    `held`: they want to look into it before the clock may match it.
    """

    def then(handle: str) -> None:
        now = reading.working(handle, opener=Opener(by.account, Actor.COORDINATOR, at))
        referrals.take_step(
            held=now, step=Step.ENTER, by=Actor.COORDINATOR, at=at, course=now.course, to=State.RECEIVED
        )
        log.record(program=here.id, actor=by.account, verb="enter", day=at.date())

    return arrival.arrive(
        here=here, asking=asking, source=source, once=once, at=at, held=held, then=then
    ).handle


def registers_what_peers_begin(here: CurrentProgram) -> bool:
    """Whether a supporter enters people they reach out to; in *two* nothing is registered (ruling D12)."""
    return here.policy.confidence.who_knows is WhoKnows.THREE


def start(*, here: CurrentProgram, asking: Asking, once: str, by: Member, at: datetime) -> str:
    """A supporter begins by themself: the referral is theirs at once. Returns the handle.

    When the same contact is open already, the desk is told that something waits, and sees it on the board.
    """
    if not registers_what_peers_begin(here):
        raise NotAvailable(_("In this program such a talk isn't registered. Reach out as you would."))

    def then(handle: str) -> None:
        _begin(handle, by, at)
        if len(reading.of_contact(asking.contact, program=here.id)) > 1:
            tell_desk(program=here.id, template=Template.REMINDER, at=at)

    return arrival.arrive(
        here=here, asking=asking, source=Source.PEER, once=once, at=at, held=False, then=then
    ).handle


def _begin(handle: str, by: Member, at: datetime) -> None:
    now, moment = reading.working(handle, opener=Opener(by.account, Actor.SUPPORTER, at)), slot_down(at)
    course = now.course.changed(accepted=moment, first_accepted=moment, peer=by.supporter)
    referrals.take_step(
        held=now,
        step=Step.ENTER,
        by=Actor.SUPPORTER,
        at=at,
        course=course,
        to=State.ACCEPTED,
        assignee=by.supporter,
    )
    supporters.asked(membership=by.supporter)
