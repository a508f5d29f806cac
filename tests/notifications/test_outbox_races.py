"""Two senders, and one that is killed: real processes, a real server, every message once (ruling F5)."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.notifications.mail_stub import mail_server
from touchbase.kernel.ids import new_id
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import LOCK, Delivered, Letter

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

NOON = datetime(2026, 5, 14, 16, tzinfo=UTC)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        yield stub


def queue(program, people: int) -> list[str]:
    handles = [new_id() for _ in range(people)]
    for handle in handles:
        outbox.queue_person(program_id=program.id, handle=handle, template=Template.INVITATION, at=NOON)
    return handles


def sender(server, ending: str) -> subprocess.Popen[str]:
    """A process that has claimed its first message, and waits."""
    name = str(connection.settings_dict["NAME"])
    command = [
        sys.executable,
        "-m",
        "tests.notifications.sender",
        name,
        server.address,
        NOON.isoformat(),
        ending,
    ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "claimed\n"
    return process


def recipients(server) -> list[str]:
    told = (line.partition("<")[2] for line in server.said if line.lower().startswith("rcpt"))
    return sorted(address.partition("@")[0] for address in told)


def test_two_senders_send_200_messages_200_times(server, here):
    handles = queue(here, 200)
    both = [sender(server, "send"), sender(server, "send")]

    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    sent = [int(process.communicate(timeout=120)[0]) for process in both]

    assert sum(sent) == 200
    assert min(sent) >= 1
    assert recipients(server) == sorted(handles)
    assert len(server.taken) == 200
    assert not Outgoing.objects.exists()


def test_a_sender_killed_between_claim_and_sending_loses_nothing(server, here):
    (handle,) = queue(here, 1)
    process = sender(server, "die")

    process.communicate("go\n", timeout=60)

    def compose(due):
        return Letter(f"{due.handle}@example.org", "Touching base", "Hi")

    assert process.returncode == -9
    assert server.taken == []
    assert outbox.deliver_due(compose=compose, at=NOON) == Delivered()  # its lock still holds
    assert outbox.deliver_due(compose=compose, at=NOON + 2 * LOCK) == Delivered(sent=1)
    assert outbox.deliver_due(compose=compose, at=NOON + 4 * LOCK) == Delivered()
    assert recipients(server) == [handle]
