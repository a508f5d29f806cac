"""A contact that doesn't work, or reaches somebody else: noticed, replaced, asked for once (ruling D2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.notifications import outbox
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach import reach
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Channel
from touchbase.referrals import actions as referrals
from touchbase.referrals import queries as reading
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.queries import Opener, Working
from touchbase.vault.grants import Reason


def contact_failed(*, handle: str, by: Member, at: datetime) -> None:
    """A supporter says that the number or address doesn't work. The desk finds another one."""
    held = reach.for_supporter(handle, by=by, at=at)
    with transaction.atomic():
        referrals.contact_failed(held=held, opener=Opener(by.account, Actor.SUPPORTER, at))
        outbox.drop_person(handle=handle)
        tell_desk(program=held.program, template=Template.REMINDER, at=at, around=held.course.around)


def waiting_at_desk(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral that waits, so that the desk may change how its person is reached."""
    held = reach.for_desk(handle, by=by, at=at)
    if held.state is not State.RECEIVED:
        raise NotAvailable(_("A contact is changed while its person waits for a match. Take it back first."))
    return held


def replace_contact(*, handle: str, channel: Channel, address: str, by: Member, at: datetime) -> None:
    """The desk knows another number or address; from now on only that one is kept."""
    held = waiting_at_desk(handle, by=by, at=at)
    opener = reach.desk_opener(by, at)
    before = reading.person(handle, opener=opener, reason=Reason.QUEUE).contact
    contact = before.model_copy(update={"channel": channel, "address": address})
    with transaction.atomic():
        referrals.replace_contact(held=held, contact=contact, at=at)
        log.record(program=by.program, actor=by.account, verb="replace contact", day=at.date())


def ask_referrer(*, handle: str, by: Member, at: datetime, confirmed: bool = False) -> str:
    """How to reach whoever asked for somebody, to ask for another contact. Shown once, then forgotten."""
    held = waiting_at_desk(handle, by=by, at=at)
    if not held.course.wrong_contact:
        raise NotAvailable(_("Who told us is asked only when a contact doesn't work."))
    opener = reach.desk_opener(by, at, confirmed=confirmed)
    contact = reading.person(handle, opener=opener, reason=Reason.REVEAL).contact
    if not contact.referrer_contact:
        raise NotAvailable(_("Nobody left a number or address to ask at, or it was shown already."))
    with transaction.atomic():
        shown = referrals.spend_referrer(held=held, contact=contact, at=at)
        log.record(program=by.program, actor=by.account, verb="ask referrer", day=at.date())
    return shown
