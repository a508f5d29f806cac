"""A number or an address as people read it."""

import phonenumbers


def spelled(address: str) -> str:
    """A number in groups, "+1 503-555-0142"; a mail address as it is."""
    if "@" in address:
        return address
    number = phonenumbers.parse(address)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def reached_at(address: str) -> str:
    """What opens the phone or the mail of whoever reads it. No subject and no words are put in."""
    return f"mailto:{address}" if "@" in address else f"tel:{address}"
