"""Where a private link leads, without opening anything of the person."""

from datetime import datetime

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.programs.policy import Policy
from touchbase.referrals.models import Link, Referral
from touchbase.referrals.rows import plain_of_values, values_of
from touchbase.vault import store


def not_there() -> NotFound:
    """The one answer for a referral that isn't there and for one that isn't this reader's."""
    return NotFound(_("This page isn't here. It may have ended, to protect someone's privacy."))


def handle_of_link(token: str, *, at: datetime) -> str:
    """The referral a private link leads to. `NotFound` when the link has ended or never was."""
    found = Link.objects.filter(token_hash=store.token_hash(token), until__gte=at.date()).first()
    if found is None:
        raise link_ended()
    return found.referral_id


def policy_promised(handle: str) -> Policy:
    """The rules a referral was promised at its arrival, without opening it. Raises `NotFound`."""
    found = Referral.objects.filter(handle=handle).values_list(*values_of()).first()
    if found is None:
        raise not_there()
    return plain_of_values(found).policy


def link_ended() -> NotFound:
    """The one answer for a private link that has ended and for one that never was."""
    return NotFound(_("This link has ended, to protect your privacy. Nothing is wrong."))
