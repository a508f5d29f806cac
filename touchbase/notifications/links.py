"""Addresses that open the peer's own phone with a note ready to send: nothing of it passes through us.

Sources: RFC 5724 (sms), RFC 6068 (mailto), RFC 3966 (tel). What follows `sms:+15035550142` is `?&body=`:
Android reads the question mark, iOS the ampersand, and each ignores the other.
"""

from urllib.parse import quote


def tel(number: str) -> str:
    """The address that calls a number. Raises `ValueError`, without the number, when it has no digit."""
    return f"tel:{_dialed(number)}"


def sms(number: str, body: str) -> str:
    """The address that opens a text message to a number, its text ready."""
    return f"sms:{_dialed(number)}?&body={quote(body.strip(), safe='')}"


def mailto(address: str, subject: str, body: str) -> str:
    """The address that opens a mail, its subject and text ready. Lines end as RFC 6068 wants."""
    text = body.strip().replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"


def _dialed(number: str) -> str:
    digits = "".join(sign for sign in number if sign in "0123456789")
    if not digits:
        raise ValueError("a phone number needs digits")
    return f"+{digits}" if number.strip().startswith("+") else digits
