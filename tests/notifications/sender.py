"""A sender in a process of its own: `python -m tests.notifications.sender DATABASE SMTP AT send|die`.

It stops after its first claim, says so, and goes on when told to; `die` ends it there, as kill -9 would.
"""

import os
import signal
import sys
from datetime import datetime

import django


def main(database: str, smtp: str, at: str, ending: str) -> None:
    """Send all that is due, and print how many it was."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "touchbase.config.settings"
    django.setup()
    from django.conf import settings
    from django.db import connections

    from touchbase.notifications import outbox

    connections.databases["default"]["NAME"] = database
    settings.SMTP_ADDRESS = smtp
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    claimed: list[outbox.Due] = []

    def compose(due: outbox.Due) -> outbox.Letter:
        if not claimed:
            print("claimed", flush=True)  # noqa: T201
            sys.stdin.readline()
            if ending == "die":
                os.kill(os.getpid(), signal.SIGKILL)
        claimed.append(due)
        return outbox.Letter(f"{due.handle}@example.org", "Touching base", "Hi")

    delivered = outbox.deliver_due(compose=compose, at=datetime.fromisoformat(at), limit=500)
    print(delivered.sent, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
