"""A file that is there while the mail server doesn't answer. `/healthz`, `doctor` and the board look."""

from pathlib import Path

from django.conf import settings

from touchbase.notifications.channels import mail


def _file() -> Path:
    return Path(settings.DATA_DIR) / "mail.away"


def is_away() -> bool:
    """Whether the mail server didn't answer when it was last asked."""
    return _file().exists()


def note(*, unreachable: bool, sent: int) -> None:
    """Keep what a round of sending showed. Where it sent nothing, a server that was away is asked again."""
    if unreachable:
        _file().touch()
    elif is_away() and (sent or mail.answers()):
        _file().unlink(missing_ok=True)
