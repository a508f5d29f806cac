"""Getting a program's news: asking for it, confirming by a press, leaving by a press; and sending it.

Nobody gets news who didn't press in a mail to their own address. Whether an address is on the list is told
to nobody: who types one gets the same answer always.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.awareness.models import Bulletin, Subscriber
from touchbase.awareness.news import subscribed
from touchbase.kernel.errors import DomainError
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.notifications.queries import can_send
from touchbase.programs.hours import local_day
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id

KEPT_DAYS = 3  # an address that wasn't confirmed
MOST_MAILS = 3  # that ask an address whether it was them: more would be a way to pester somebody
SPREAD = timedelta(hours=4)  # news of one press, so that nothing that can't wait stands behind it


@transaction.atomic
def ask(*, program_id: str, address: str, at: datetime) -> None:
    """Somebody would like the news at this address: write to it. One that is on the list gets nothing."""
    until = local_day(at, _policy(program_id)) + timedelta(days=KEPT_DAYS)
    row, _new = Subscriber.objects.get_or_create(
        program_id=program_id, address=address, defaults={"dies_on": until}
    )
    may_be_asked = Subscriber.objects.filter(pk=row.pk, dies_on__isnull=False, mails__lt=MOST_MAILS)
    if may_be_asked.update(mails=F("mails") + 1):
        outbox.queue_subscribers(
            program_id=program_id, subscribers=[row.id], template=Template.NEWS_CONFIRM, at=at
        )


def confirm(*, key: str, at: datetime) -> None:
    """It was them. Twice is as good as once. Raises `NotFound` when it is too late."""
    one = subscribed(key, at.date())
    Subscriber.objects.filter(pk=one.key).update(dies_on=None, mails=0)


@transaction.atomic
def leave(*, key: str) -> None:
    """They are off the list, and nothing of the address is left. Twice is as good as once."""
    outbox.drop_person(handle=key)
    Subscriber.objects.filter(pk=key).delete()


@transaction.atomic
def send(*, program_id: str, text: str, by: str, at: datetime) -> int:
    """Write to everybody on the list, and return how many. Raises `DomainError` when nothing can go out."""
    policy = _policy(program_id)
    today = local_day(at, policy)
    readers = _readers(program_id)
    refused = _refused(policy, readers) or _already(program_id, today)
    if refused:
        raise DomainError(refused)
    Bulletin.objects.update_or_create(program_id=program_id, defaults={"text": text, "sent_on": today})
    outbox.queue_subscribers(
        program_id=program_id, subscribers=readers, template=Template.NEWS, at=at, spread=SPREAD
    )
    log.record(program=program_id, actor=by, verb="send news", day=today)
    return len(readers)


def _readers(program_id: str) -> list[str]:
    confirmed = Subscriber.objects.filter(program_id=program_id, dies_on=None)
    return list(confirmed.order_by("id").values_list("id", flat=True))


def _refused(policy: Policy, readers: list[str]) -> str:
    if not policy.news.mailed:
        return _("This program has no email list. Its policy file says so.")
    if not can_send():
        return _("This installation has no mail server. Ask whoever runs it.")
    return "" if readers else _("Nobody is on the list yet. Tell people where to find it.")


def _already(program_id: str, today: date) -> str:
    if Bulletin.objects.select_for_update().filter(program_id=program_id, sent_on=today).exists():
        return _("News went out today already. Wait until tomorrow, so that people stay on the list.")
    return ""


@transaction.atomic
def clear_ended(*, today: date) -> None:
    """Delete every address that wasn't confirmed in time, and the question that waited to be sent to it."""
    for key in list(Subscriber.objects.filter(dies_on__lt=today).values_list("id", flat=True)):
        leave(key=key)


@transaction.atomic
def clear_all(*, program_id: str) -> int:
    """Delete every address of a program, and its last news. How many addresses there were."""
    found = list(Subscriber.objects.filter(program_id=program_id).values_list("id", flat=True))
    for key in found:
        leave(key=key)
    Bulletin.objects.filter(program_id=program_id).delete()
    return len(found)


def _policy(program_id: str) -> Policy:
    return program_by_id(program_id).policy
