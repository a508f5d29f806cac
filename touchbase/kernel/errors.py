"""Refusals: what Touchbase says when something can't be done.

A refusal's message is written for the person who reads it and says what to do
next. One handler turns it into a page, a problem document or an exit code.
"""


class DomainError(Exception):
    """Something was refused. `message` is shown as it is; it never holds what was typed."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """The thing isn't there, or isn't this person's: both look the same from outside."""

    code = "not-found"


class StepNotAllowed(DomainError):
    """The referral is in a state from which this step doesn't lead anywhere."""

    code = "step-not-allowed"


class ReferralMovedOn(DomainError):
    """Somebody else acted first; the reader is told what holds now."""

    code = "moved-on"


class Unavailable(DomainError):
    """A store can't be reached now. Nothing was kept; trying later is safe."""

    code = "unavailable"
