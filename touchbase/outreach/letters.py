"""What a message says and to whom, worked out at the moment it is sent. Nothing of it is stored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from touchbase.accounts.queries import staff_member
from touchbase.collaborative.consults import anybody_waits
from touchbase.collaborative.queries import together_around
from touchbase.kernel.errors import NotFound
from touchbase.notifications import links
from touchbase.notifications.catalogue import SHAPES, Reader
from touchbase.notifications.messages import Rendered, Template, render, worded_for
from touchbase.notifications.outbox import Due, Letter
from touchbase.notifications.queries import can_send
from touchbase.outreach import etiquette, invitee
from touchbase.outreach.nominee import letter_to
from touchbase.outreach.offering import offered
from touchbase.outreach.subscriber import news_to
from touchbase.programs import statements
from touchbase.programs.hours import local_day
from touchbase.programs.languages import reading
from touchbase.programs.policy import Channel, Policy, ResourceClass, SendBy
from touchbase.programs.queries import CurrentProgram, program_by_id
from touchbase.referrals import queries as referrals
from touchbase.referrals import rows
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener, Person, Working
from touchbase.supporters.nominations import invited
from touchbase.supporters.queries import profiles
from touchbase.vault.errors import Gone
from touchbase.vault.grants import Reason

# Where each staff message leads: the front page of the reader's part, never to a referral (ruling A9).
_FRONT: Mapping[Template, str] = {
    Template.ASK: "mine/",
    Template.WAITING: "mine/",
    Template.ENDED: "mine/",
    Template.REMINDER: "desk/board/",
    Template.LATE: "desk/board/",
    Template.GAP: "desk/roster/",
    Template.WRONG_CONTACT: "desk/board/",
    Template.SAFETY: "desk/board/",
    Template.NAMED: "desk/nominations/",
    Template.TRAINING: "mine/training/",
    Template.MEETING: "mine/meetings/",
    Template.CARE: "mine/care/",
    Template.CARE_DESK: "desk/care/",
    Template.TOGETHER: "desk/together/",
}
# What one can start with alone, and who helps when it gets heavier.
START = frozenset({ResourceClass.SELF_HELP})
HELP = frozenset(ResourceClass) - START


def composer(at: datetime) -> Callable[[Due], Letter | None]:
    """How the outbox learns what to send now. `None` when there is nothing to say any more."""

    def compose(due: Due) -> Letter | None:
        try:
            reader = SHAPES[due.template].reader
            if reader is Reader.NOMINEE:
                today = local_day(at, program_by_id(due.program).policy)
                return letter_to(due, invited(due.handle, today))
            if reader is Reader.INVITED:
                return invitee.letter_to(due, at.date())
            if reader is Reader.SUBSCRIBER:
                return news_to(due, at)
            return _to_person(due, at) if due.handle else _to_staff(due)
        except (NotFound, Gone):
            return None

    return compose


def _to_staff(due: Due) -> Letter | None:
    person = staff_member(due.member)
    here = program_by_id(due.program)
    if due.template is Template.ASK and not rows.is_asked(due.member):
        return None
    if due.template is Template.CONSULT and not anybody_waits(due.program):
        return None
    return staff_letter(due.template, here, name=person.name, address=person.email, language=person.language)


def staff_letter(
    template: Template, here: CurrentProgram, *, name: str, address: str, language: str
) -> Letter:
    """A message to somebody who works in a program. It leads to a front page, never to a referral."""
    program = here.policy.program.name
    link = f"{settings.SITE_ADDRESS}/{_front(template, here)}"
    written = render(template, language, {"staff_name": name, "program_name": program, "link": link})
    return Letter(address, written.subject, written.body, reply_to="", from_name=program)


def _front(template: Template, here: CurrentProgram) -> str:
    if template is not Template.CONSULT:
        return f"{here.slug}/{_FRONT[template]}"
    around = together_around(here.id)  # None in a preview alone: other programs are never sent this one
    return f"c/{around.slug if around else here.slug}/consults/"


def _to_person(due: Due, at: datetime) -> Letter | None:
    opener = Opener("", Actor.CLOCK, at)
    held = referrals.working(due.handle, opener=opener, program=due.program)
    if not etiquette.still_wanted(due.template, held.state, held.course):
        return None
    person = referrals.person(due.handle, opener=opener, reason=Reason.SEND)
    signed = signer(held.course.peer, held.policy)
    written = render(due.template, person.identity.language, fields_for(held, person, signed, at))
    return person_letter(written, held.policy, signed, address=person.contact.address)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose name is under a note, and who gets the reply."""

    name: str
    first_name: str
    title: str
    own_words: str
    email: str


def person_letter(written: Rendered, policy: Policy, signed: Signer, *, address: str) -> Letter:
    """A message to somebody who is reached; the reply goes to the peer's own mailbox (ruling A9)."""
    # The organization alone: an assistant who reads the mailbox learns nothing from it (ruling C10).
    name = policy.program.short_name
    return Letter(address, written.subject, written.body, reply_to=signed.email, from_name=name)


def signer(member: str, policy: Policy) -> Signer:
    """The supporter who has, or had, a referral; the program itself when they have left meanwhile."""
    who = profiles([member]).get(member)
    if who is None:
        program = policy.program.name
        return Signer(program, program, "", "", policy.coordinator.email)
    return Signer(who.name, who.first_name, who.title, who.own_words, who.email)


def fields_for(held: Working, person: Person, peer: Signer, at: datetime) -> dict[str, str]:
    """The merge fields of a message to a recipient, for the outbox and for the peer's own phone."""
    opener = Opener("", Actor.CLOCK, at)
    token = referrals.link_token(held.handle, program=held.program, n=held.course.link_n, opener=opener)
    name, times = person.identity.name, held.course.offered_times
    with reading(person.identity.language):
        return merged(held.policy, peer, name=name, token=token, times=times)


def merged(policy: Policy, peer: Signer, *, name: str, token: str, times: Sequence[str]) -> dict[str, str]:
    """Everything that the messages to one person may hold. `times` are keys of those their peer offers."""
    return {
        "first_name": name,
        "supporter_name": peer.name,
        "supporter_first": peer.first_name,
        "supporter_role": peer.title,
        "own_words": peer.own_words,
        "program_name": policy.program.name,
        "org_name": policy.program.short_name,
        "time_offer": offered(times, policy, _),
        "link": f"{settings.SITE_ADDRESS}/t/{token}/",
        "program_link": f"{settings.SITE_ADDRESS}/{policy.slug}/",
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "urgent_line": statements.urgent_line(policy),
        "resource_list": resource_list(policy, START),
        "help_list": resource_list(policy, HELP),
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
    fields = fields_for(held, person, signer(held.assignee, held.policy), at)
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


def resource_list(policy: Policy, kinds: frozenset[ResourceClass]) -> str:
    """Places to turn of some kinds, one a line, three at most."""
    chosen = [each for each in policy.resources if each.kind in kinds]
    lines = [f"- {each.title}. {each.where} {each.number or each.link or ''}".rstrip() for each in chosen]
    return "\n".join(lines[:3])
