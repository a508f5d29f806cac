"""Numbers and addresses as people read them."""

from tests.canary import FINCH
from touchbase.web.shared.contact import spelled


def test_a_number_comes_in_groups() -> None:
    assert spelled("+15035550142") == "+1 503-555-0142"


def test_a_mail_address_stays_as_it_is() -> None:
    assert spelled(FINCH.email) == FINCH.email
