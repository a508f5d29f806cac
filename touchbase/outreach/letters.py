"""What a message says and to whom, worked out at the moment it is sent. Nothing of it is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from touchbase.accounts.queries import staff_member
from touchbase.kernel.errors import NotFound
from touchbase.notifications import links
from touchbase.notifications.messages import Template, render, worded_for
from touchbase.notifications.outbox import Due, Letter
from touchbase.notifications.queries import can_send
from touchbase.outreach.offering import offered
from touchbase.programs import statements
from touchbase.programs.policy import Channel, Policy, SendBy
from touchbase.programs.queries import program_by_id
from touchbase.referrals import queries as referrals
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.queries import Opener, Person, Working
from touchbase.supporters.queries import Profile, profile
from touchbase.vault.errors import Gone
from touchbase.vault.grants import Reason

# Where each staff message leads: the front page of the reader's part, never to a referral (ruling A9).
_FRONT: Mapping[Template, str] = {
    Template.ASK: "mine/",
    Template.WAITING: "mine/",
    Template.ENDED: "mine/",
    Template.REMINDER: "desk/board/",
    Template.LATE: "desk/board/",
    Template.WRONG_CONTACT: "desk/board/",
}


def composer(at: datetime) -> Callable[[Due], Letter | None]:
    """How the outbox learns what to send now. `None` when there is nothing to say any more."""

    def compose(due: Due) -> Letter | None:
        try:
            return _to_person(due, at) if due.handle else _to_staff(due)
        except (NotFound, Gone):
            return None

    return compose


def _to_staff(due: Due) -> Letter | None:
    person = staff_member(due.member)
    here = program_by_id(due.program)
    if due.template is Template.ASK and not _is_asked(due.member):
        return None
    link = f"{settings.SITE_ADDRESS}/{here.slug}/{_FRONT[due.template]}"
    fields = {"staff_name": person.name, "program_name": here.policy.program.name, "link": link}
    written = render(due.template, "en", fields)
    return Letter(
        person.email, written.subject, written.body, reply_to="", from_name=here.policy.program.name
    )


def _is_asked(member: str) -> bool:
    return any(row.state == State.MATCHED for row in referrals.rows_held_by(member))


def _to_person(due: Due, at: datetime) -> Letter | None:
    opener = Opener("", Actor.CLOCK, at)
    held = referrals.working(due.handle, opener=opener, program=due.program)
    if not _still_wanted(due.template, held):
        return None
    person = referrals.person(due.handle, opener=opener, reason=Reason.SEND)
    if "@" not in person.contact.address:
        return None
    peer = profile(held.course.peer)
    written = render(due.template, person.identity.language, fields_for(held, person, peer, at))
    # The organization alone: an assistant who reads the mailbox learns nothing from it (ruling C10).
    name = held.policy.program.short_name
    return Letter(person.contact.address, written.subject, written.body, reply_to=peer.email, from_name=name)


def _still_wanted(template: Template, held: Working) -> bool:
    """A message whose moment has passed is not sent: the person answered, or it closed."""
    if template is Template.RESOURCES:
        return held.state is State.RESTING and held.course.list_sent
    if template is Template.CHECK_IN:
        return held.state is State.TALKING
    return held.state is State.INVITED


def fields_for(held: Working, person: Person, peer: Profile, at: datetime) -> dict[str, str]:
    """The merge fields of a message to a recipient, for the outbox and for the peer's own phone."""
    policy, course = held.policy, held.course
    opener = Opener("", Actor.CLOCK, at)
    token = referrals.link_token(held.handle, program=held.program, n=course.link_n, opener=opener)
    return {
        "first_name": person.identity.name,
        "supporter_name": peer.name,
        "supporter_first": peer.first_name,
        "supporter_role": peer.title,
        "own_words": peer.own_words,
        "program_name": policy.program.name,
        "org_name": policy.program.short_name,
        "time_offer": offered(course.offered_times, policy, _),
        "link": f"{settings.SITE_ADDRESS}/t/{token}/",
        "program_link": f"{settings.SITE_ADDRESS}/{policy.slug}/",
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "urgent_line": statements.urgent_line(policy),
        "resource_list": resource_list(policy, urgent=False),
        "help_list": resource_list(policy, urgent=True),
    }


@dataclass(frozen=True, slots=True)
class ReadyNote:
    """A note to send from one's own phone: its words, and an address that opens the phone with it."""

    subject: str
    body: str
    opens: str
    by_touchbase: bool


def ready_note(template: Template, held: Working, person: Person, at: datetime) -> ReadyNote:
    """The note a supporter sends now, in the form of the person's channel: for one page, kept nowhere."""
    channel, address = person.contact.channel, person.contact.address
    fields = fields_for(held, person, profile(held.assignee), at)
    written = render(worded_for(template, channel), person.identity.language, fields)
    opens = {
        Channel.TEXT: lambda: links.sms(address, written.body),
        Channel.CALL: lambda: links.tel(address),
        Channel.EMAIL: lambda: links.mailto(address, written.subject, written.body),
    }[channel]()
    system = held.policy.confidence.send_by is SendBy.SYSTEM and channel is Channel.EMAIL
    return ReadyNote(written.subject, written.body, opens, by_touchbase=system and can_send())


def reach(person: Person) -> str:
    """An address that opens one's own phone or mail for this person, without any words in it."""
    channel, address = person.contact.channel, person.contact.address
    if channel is Channel.TEXT:
        return f"sms:{links.tel(address).removeprefix('tel:')}"
    return f"mailto:{address}" if channel is Channel.EMAIL else links.tel(address)


def resource_list(policy: Policy, *, urgent: bool) -> str:
    """Places to turn, one a line: those to start with, or those that help when it gets heavier."""
    chosen = [each for each in policy.resources if (each.kind in {"outside", "urgent", "inside"}) is urgent]
    lines = [f"- {each.title}. {each.where} {each.number or each.link or ''}".rstrip() for each in chosen]
    return "\n".join(lines[:3])
