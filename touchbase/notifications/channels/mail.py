"""A mail as it leaves: plain text, a random id, and always the same size as the others.

Every mail goes through `private`, whichever backend the settings chose, sign-in codes as well.
"""

from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from touchbase.kernel.ids import new_id
from touchbase.notifications.errors import MailFailed

# Bytes. Longer than any message of ours, so that a size in a message trace says nothing.
BODY_STEP = 2048
_LINE = 72


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person. Printing it shows nothing of it."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    reply_to: str = field(default="", repr=False)
    from_name: str = field(default="", repr=False)
    leave: str = field(default="", repr=False)  # where one press, or a mail program, ends this kind of mail


def sender() -> str:
    """The address every mail is from (`TOUCHBASE_FROM`), without its name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def domain() -> str:
    """The sender's domain. It stands where other software writes the name of its machine."""
    return sender().rpartition("@")[2]


def send(letter: Letter) -> None:
    """Hand a letter over. Raises `MailFailed`, which knows neither address nor text."""
    name = letter.from_name or parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=formataddr((name, sender())),
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=_leaving(letter.leave) if letter.leave else None,
    )
    # Django drops a mail to nobody without a word; here that must not pass for sent.
    if not message.send():
        raise MailFailed(_("This message has no address to go to."), reason="NoAddress")


def _leaving(address: str) -> dict[str, str]:
    """How a mail program takes its reader off a list by itself (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def answers() -> bool:
    """Whether mail could be handed over now. Sends nothing."""
    try:
        with get_connection():
            return True
    except MailFailed:
        return False


def private(message: EmailMessage) -> EmailMessage:
    """The message with a random id and a body of a fixed size.

    Django's own id tells time, process and machine. The date stays: without it mail looks like junk (C7).
    """
    message.extra_headers["Message-ID"] = f"<{new_id()}@{domain()}>"
    message.body = padded(str(message.body))
    return message


def padded(text: str) -> str:
    """`text` with blank lines after it, so that its bytes on the wire are a multiple of `BODY_STEP`."""
    kept = text.rstrip() + "\n"
    missing = BODY_STEP - len(kept.replace("\n", "\r\n").encode()) % BODY_STEP
    lines, rest = divmod(missing, _LINE + 2)
    blank = (" " * _LINE + "\n") * lines + " " * rest
    # The last line has no end of its own: the protocol adds one, and it must always be the same.
    return kept + (blank if rest else blank.removesuffix("\n") + "  ")
