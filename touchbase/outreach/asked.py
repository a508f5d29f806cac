"""What a supporter's pages show of the referrals they were asked about. Reading changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.outreach import etiquette
from touchbase.outreach.reach import for_supporter
from touchbase.programs.hours import local_day
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Wishes
from touchbase.referrals.lifecycle import MET, Actor
from touchbase.referrals.queries import Opener, Person, Working
from touchbase.vault.grants import Reason

ALL_SUPPORTERS = "supporters"


@dataclass(frozen=True, slots=True)
class AskView:
    """One referral as its supporter may see it: before yes no name, no contact."""

    held: Working
    wishes: Wishes
    channel: str
    times: tuple[str, ...]
    person: Person | None

    @property
    def name_waits(self) -> bool:
        """Whether the supporter may see who it is, and the name was left sealed all the same."""
        return self.held.state in MET and self.person is None


def asks(*, by: Member, at: datetime) -> list[Working]:
    """What a supporter was asked about and has taken on, what is due first at the top. No names."""
    return referrals.workings_held_by(by.supporter, opener=Opener(by.account, Actor.SUPPORTER, at))


def ask_view(handle: str, *, by: Member, at: datetime, named: bool) -> AskView:
    """One referral for its supporter. Name and contact are opened only after yes, and each look is summed.

    `named`: whether whoever asks signed in lately enough for that; if not, they stay sealed and `name_waits`.
    """
    held = for_supporter(handle, by=by, at=at)
    opener = Opener(by.account, Actor.SUPPORTER, at)
    wished, contact = referrals.wishes(handle, opener=opener)
    person = None
    if held.state in MET and named:
        person = referrals.person(handle, opener=opener, reason=Reason.SUPPORT)
        # Summed for all supporters together: one's own sum would keep when that one was helping (B15).
        log.record(program=by.program, actor=ALL_SUPPORTERS, verb="look", day=at.date())
    return AskView(held, wished, contact.channel.value, contact.times, person)


def check_in_is_due(held: Working, at: datetime) -> bool:
    """Whether the agreed day has come, and nobody has checked back yet."""
    agreed = held.course.check_in
    due = agreed is not None and agreed <= local_day(at, held.policy)
    return due and not held.course.checked_back


def why_not_check_in(held: Working, day: date | None, at: datetime) -> str:
    """Why a check-in can't be agreed for a day, or nothing when it can."""
    if day is None:
        return ""
    return etiquette.why_not_check_in(day, local_day(at, held.policy), held.policy, gettext)
