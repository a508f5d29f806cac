"""Taking a referral along its path, by the steps people take.

`Walk` belongs to one program and its people; the recipient is a canary. Each way to a state takes the steps
before it, at moments a clock would allow.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.canary import FINCH, Canary
from tests.factories.people import People, Person
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, answers, conversations
from touchbase.outreach.sweep import Swept, run_once
from touchbase.programs.policy import Channel, SendBy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Answer
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener, Working

NOON = datetime(2026, 5, 13, 16, 0, tzinfo=UTC)  # a Wednesday, noon at Harbor
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ONCE = "a-random-number-of-one-form"
PHONE = "+15035550142"  # the canary's, as it is kept


def asking(who: Canary = FINCH, **changes: Any) -> Asking:
    """What a nurse sends who wants to be reached by text."""
    phone = "+" + "".join(sign for sign in who.phone if sign.isdigit())
    return replace(Asking(name=who.name, channel=Channel.TEXT, contact=phone, profession="nurse"), **changes)


def by_mail(who: Canary = FINCH, **changes: Any) -> Asking:
    """The same by mail."""
    return asking(who, **({"channel": Channel.EMAIL, "contact": who.email} | changes))


@dataclass
class Walk:
    """One program, its people, and the steps they take."""

    here: CurrentProgram
    people: People

    def held(self, handle: str) -> Working:
        """How far a referral has come."""
        return referrals.working(handle, opener=Opener("", Actor.CLOCK, NOON))

    def state(self, handle: str) -> State:
        """Where it is."""
        return State(Referral.objects.get(handle=handle).state)

    def link(self, received: actions.Received) -> str:
        """The token of somebody's private link."""
        return received.link.rstrip("/").rpartition("/")[2]

    def received(self, at: datetime = NOON, *, of: Asking | None = None, once: str = "") -> str:
        """Somebody asks for a peer."""
        kept = actions.receive(here=self.here, asking=of or asking(), once=once, at=at)
        return referrals.handle_of_link(self.link(kept), at=at)

    def ask(self, handle: str, who: Person, at: datetime = NOON + HOUR) -> Working:
        """The coordinator asks a supporter."""
        coordinator = self.people.coordinator.member
        return actions.ask(handle=handle, supporter=who.member.supporter, by=coordinator, at=at)

    def matched(self, at: datetime = NOON, *, of: Asking | None = None) -> str:
        """A supporter was asked."""
        handle = self.received(at, of=of)
        self.ask(handle, self.people.supporter, at + HOUR)
        return handle

    def accepted(self, at: datetime = NOON, *, of: Asking | None = None) -> str:
        """The supporter said yes."""
        handle = self.matched(at, of=of)
        actions.accept(handle=handle, by=self.people.supporter.member, at=at + 2 * HOUR)
        return handle

    def invited(self, at: datetime = NOON, *, of: Asking | None = None, how: SendBy = SendBy.PEER) -> str:
        """The note went out."""
        handle = self.accepted(at, of=of)
        self.touch(handle, at + 3 * HOUR, how=how)
        return handle

    def touch(self, handle: str, at: datetime, *, how: SendBy = SendBy.PEER) -> Working:
        """A note goes out."""
        return actions.touch(handle=handle, by=self.people.supporter.member, at=at, how=how)

    def talking(self, at: datetime = NOON, *, of: Asking | None = None) -> str:
        """The person said: let's talk."""
        handle = self.invited(at, of=of)
        self.answer(handle, Answer.YES, at + 4 * HOUR)
        return handle

    def resting(self, at: datetime = NOON, *, of: Asking | None = None, said: Answer = Answer.NOT_NOW) -> str:
        """The person said: not now."""
        handle = self.invited(at, of=of)
        self.answer(handle, said, at + 4 * HOUR)
        return handle

    def closing(self, at: datetime = NOON, *, of: Asking | None = None) -> str:
        """They talked, and the supporter closed it."""
        handle = self.talking(at, of=of)
        conversations.close(handle=handle, by=self.people.supporter.member, at=at + 5 * HOUR)
        return handle

    def answer(self, handle: str, said: Answer, at: datetime) -> Working:
        """The recipient answers by their link."""
        return answers.by_recipient(held=self.held(handle), said=said, at=at)

    def to(self, state: State, at: datetime = NOON) -> str:
        """A referral in a state."""
        ways = {
            State.RECEIVED: self.received,
            State.MATCHED: self.matched,
            State.ACCEPTED: self.accepted,
            State.INVITED: self.invited,
            State.TALKING: self.talking,
            State.RESTING: self.resting,
            State.CLOSING: self.closing,
        }
        return ways[state](at)

    def sweep(self, at: datetime) -> Swept:
        """One look of the clock."""
        return run_once(at)

    def told(self) -> list[tuple[str, str]]:
        """Who is about to be written to, and which message: by name of the part, or "recipient"."""
        parts = {
            person.member.ids[role]: part
            for part, person in self.people.everyone()
            if person is not None
            for role in person.member.ids
        }
        rows = Outgoing.objects.values_list("member_id", "template")
        return sorted((parts.get(member, "recipient"), template) for member, template in rows)

    def hush(self) -> None:
        """Forget what was about to be written until now."""
        Outgoing.objects.all().delete()


def steps_of(held: Working) -> list[str]:
    """What happened, in order."""
    return [line.step.value for line in held.course.trail]


__all__ = ["DAY", "HOUR", "MINUTE", "NOON", "ONCE", "PHONE", "Walk", "asking", "by_mail", "steps_of"]
