"""Somebody's safety: that a supporter opened the steps is noted and told, and nothing of why (ux.md T11)."""

from datetime import date, datetime

from django.db import transaction

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach import asked, queries
from touchbase.programs.hours import local_day
from touchbase.referrals import actions as referrals
from touchbase.referrals.lifecycle import Actor, Step

VERB = "safety steps"


@transaction.atomic
def open_steps(*, handle: str, by: Member, at: datetime) -> None:
    """The supporter pressed "I'm worried about someone's safety". Pressing again tells the desk again.

    The desk hears at once, day or night, by the message that says nothing (ruling A10). The day's sum is kept
    without the supporter: their own would say when they were helping (ruling B15).
    """
    held = queries.for_supporter(handle, by=by, at=at)
    course = held.course.changed(safety=True)
    referrals.take_step(held=held, step=Step.SAFETY, by=Actor.SUPPORTER, at=at, course=course)
    day = local_day(at, held.policy)
    log.record(program=held.program, actor=asked.ALL_SUPPORTERS, verb=VERB, day=day)
    tell_desk(program=held.program, template=Template.SAFETY, at=at, backup=True)


def were_opened(*, program: str, day: date) -> bool:
    """Whether any supporter of a program opened the steps on a day."""
    return log.count(program=program, actor=asked.ALL_SUPPORTERS, verb=VERB, day=day) > 0
