"""Referrals at each step of the care path, brought there by the same actions as in life.

Fixtures: `path`, in the program `here`, where Robin Vale is asked and the recipient is a canary; `noon`, a
Monday at which the clock stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine

from tests.canary import FINCH
from tests.factories.people import People
from touchbase.outreach import actions, answers, conversations, queries
from touchbase.programs.policy import Channel, SendBy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Answer
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener, Working

NOON = datetime(2026, 5, 11, 16, 0, tzinfo=UTC)


@dataclass
class Path:
    """One person on their way. Each verb brings them on to a step, by the steps before it."""

    here: CurrentProgram
    people: People
    at: datetime
    token: str = ""
    handle: str = ""

    def held(self) -> Working:
        """Where the referral is."""
        return referrals.working(self.handle, opener=Opener("", Actor.CLOCK, self.at))

    def received(self, channel: Channel = Channel.TEXT) -> "Path":
        """They asked."""
        contact = FINCH.email if channel is Channel.EMAIL else "+12075550142"
        asking = Asking(
            name=FINCH.name,
            channel=channel,
            contact=contact,
            profession="physician",
            department="emergency",
            site="east",
        )
        received = actions.receive(here=self.here, asking=asking, once="", at=self.at)
        self.token = received.link.rstrip("/").rsplit("/", 1)[1]
        self.handle = referrals.handle_of_link(self.token, at=self.at)
        return self

    def matched(self, channel: Channel = Channel.TEXT) -> "Path":
        """Robin was asked."""
        self.received(channel)
        member = self.people.supporter.member.supporter
        actions.ask(handle=self.handle, supporter=member, by=self.people.coordinator.member, at=self.at)
        return self

    def accepted(self, channel: Channel = Channel.TEXT) -> "Path":
        """Robin said yes."""
        self.matched(channel)
        actions.accept(handle=self.handle, by=self.people.supporter.member, at=self.at)
        return self

    def invited(self, channel: Channel = Channel.TEXT) -> "Path":
        """Robin's note went out."""
        self.accepted(channel)
        member = self.people.supporter.member
        actions.touch(handle=self.handle, by=member, at=self.at, how=SendBy.PEER)
        return self

    def talking(self, channel: Channel = Channel.TEXT) -> "Path":
        """They said: let's talk."""
        return self.invited(channel).answered(Answer.YES)

    def answered(self, said: Answer) -> "Path":
        """They answered by their link."""
        answers.by_recipient(held=queries.private_view(self.token, at=self.at), said=said, at=self.at)
        return self

    def closing(self, channel: Channel = Channel.TEXT) -> "Path":
        """Robin closed it; it can still be undone."""
        self.talking(channel)
        conversations.close(handle=self.handle, by=self.people.supporter.member, at=self.at)
        return self


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Noon on a Monday in the program's zone; the clock stands still."""
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture
def path(here: CurrentProgram, people: People, noon: datetime) -> Path:
    """Somebody's way through the program, beginning at noon."""
    return Path(here, people, noon)
