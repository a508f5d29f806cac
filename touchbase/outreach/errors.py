"""What reaching out answers when it can't be done."""

from touchbase.kernel.errors import DomainError


class NotAvailable(DomainError):
    """What was chosen can't be done for this referral, or not now. The message says what can."""

    code = "not-available"
