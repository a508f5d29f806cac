"""Messages to queue."""

import pytest

from tests.notifications.posting import NOON
from touchbase.accounts.roles import Role
from touchbase.kernel.ids import new_id
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template


@pytest.fixture
def to_person(here):
    """Queue a mail to a recipient and say under which handle."""

    def queue(template=Template.INVITATION, at=NOON, handle=None, **more):
        handle = handle or new_id()
        outbox.queue_person(program_id=here.id, handle=handle, template=template, at=at, **more)
        return handle

    return queue


@pytest.fixture
def to_desk(here, people):
    """Queue a mail to the coordinator and say to which membership."""
    member = people.coordinator.member.ids[Role.COORDINATOR]

    def queue(template=Template.REMINDER, at=NOON):
        outbox.queue_staff(program_id=here.id, member=member, template=template, at=at)
        return member

    return queue
