"""What can go wrong with mail. None of it carries an address or a text, not even as its cause."""

from smtplib import SMTPException

from touchbase.kernel.errors import DomainError, Unavailable


class MessageRefused(DomainError):
    """A message can't be written with what it was given. Names fields, never what they hold."""

    code = "message-refused"


class MailFailed(Unavailable, SMTPException):
    """A message wasn't accepted. `reason` is the name of an exception's class, for the log.

    It is what other software expects of a mail backend, too.
    """

    code = "mail-refused"

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class ServerUnreachable(MailFailed):
    """The mail server can't be reached, or doesn't let us in: no message will go now."""

    code = "mail-server-unreachable"


class NoServer(MailFailed):
    """No mail server is set: supporters send by their own phone (ruling A8)."""

    code = "no-mail-server"
