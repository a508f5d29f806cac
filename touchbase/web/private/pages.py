"""What a private page says, worked out from where the referral is. No name and no contact is on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs.policy import Policy, Resource
from touchbase.programs.statements import Ring, Row, who_knows_rows
from touchbase.referrals import agenda, clock
from touchbase.referrals.course import Answer, Source
from touchbase.referrals.lifecycle import State
from touchbase.referrals.queries import Own, Working
from touchbase.web.private.kept import Kept, kept_of
from touchbase.web.shared.days import day_words
from touchbase.web.shared.form import Pick
from touchbase.web.shared.helping import onward_picks
from touchbase.web.shared.when import said

WITHOUT_A_PEER = frozenset({State.RECEIVED, State.MATCHED, State.ACCEPTED})
CHECK_IN_WEEKS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer button."""

    value: str
    label: str
    said: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a check-in may be agreed."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Everything a private page shows."""

    state: State
    heading: str
    lead: str
    source: str
    choices: tuple[Choice, ...]
    days: tuple[Day, ...]
    agreed: str  # the day of a check-in that isn't one of `days`
    resources: tuple[Resource, ...]
    asked_for_list: bool
    list_can_be_sent: bool
    list_on_its_way: bool
    onward: tuple[Pick, ...]  # whether other help arrived; empty when it isn't asked
    knows: tuple[Row, ...]
    kept: tuple[Kept, ...]
    kept_until: str
    policy: Policy
    topics: tuple[str, ...] = ()  # what the peer who wrote is happy to talk about
    asks_first: bool = False  # the peer they chose can't: may another one be asked?

    @property
    def answered(self) -> bool:
        """Whether they have said how it should go on, or it is over."""
        return self.state in {State.TALKING, State.RESTING, State.CLOSING}

    @property
    def may_be_wrong(self) -> bool:
        """Whether a note went out that could have reached somebody else."""
        return bool(self.choices)


def note_for(
    held: Working, *, peer: str, by_mail: bool, at: datetime, own: Own, topics: tuple[str, ...] = ()
) -> Note:
    """The page of a referral. `peer` is the first name of the supporter who wrote, if one did."""
    resting = held.state is State.RESTING
    heading, lead = _words(held, peer, at)
    days = _days(held, at) if held.state is State.TALKING else ()
    return Note(
        state=held.state,
        heading=heading,
        lead=lead,
        source=_source(held, own.identity.referrer_name),
        choices=_choices(held) if held.course.touches and held.state is not State.CLOSING else (),
        days=days,
        agreed=_agreed(held, days),
        resources=held.policy.resources if resting else (),
        asked_for_list=held.course.answer is Answer.RESOURCES,
        list_can_be_sent=resting and by_mail,
        list_on_its_way=held.course.list_sent,
        onward=onward_picks(held),
        knows=_knows(held),
        kept=kept_of(held, own),
        kept_until=_kept_until(held, at),
        policy=held.policy,
        asks_first=held.state is State.RECEIVED and held.course.asks_first,
        topics=topics if held.state in {State.INVITED, State.TALKING} else (),
    )


def _words(held: Working, peer: str, at: datetime) -> tuple[str, str]:
    peer = peer or _("Your peer")
    if held.state in WITHOUT_A_PEER:
        return _waiting(held, at)
    if held.state is State.INVITED:
        return _("%(peer)s wrote to you.") % {"peer": peer}, _(
            "You choose what happens next. You can change your answer at any time."
        )
    return _answered(held, peer)


def _waiting(held: Working, at: datetime) -> tuple[str, str]:
    if held.state is State.RECEIVED and held.course.asks_first:
        return _("The peer you chose can't take this one now."), _(
            "You asked us to tell you first, so nobody else has been asked. What would you like?"
        )
    if held.state is State.RECEIVED and held.course.wrong_contact:
        return _("We could not reach you."), _(
            "The number or address we have doesn't work. Call us at %(phone)s, or erase this and ask again."
        ) % {"phone": held.policy.coordinator.phone}
    promised = clock.touch_due(held.course.due, held.policy)
    by = said(promised, held.policy.zone, at)
    if promised < at:
        desk = held.policy.coordinator
        return _("We're late, and we're sorry."), _(
            "No peer has written yet. We are still looking. You can call us at %(phone)s, %(hours)s."
        ) % {"phone": desk.phone, "hours": desk.hours}
    if held.course.touches:
        return _("We are finding you another peer."), _(
            "They will be in touch by %(by)s. You can still answer the note you got."
        ) % {"by": by}
    return _("We have your request."), _(
        "A peer will be in touch by %(by)s. Look for a note that says “Touching base”."
    ) % {"by": by}


def _answered(held: Working, peer: str) -> tuple[str, str]:
    if held.course.elsewhere:
        return _("Somebody else is there for this."), held.policy.eligibility.otherwise
    if held.state is State.TALKING:
        return _("You said: let's talk."), _(
            "%(peer)s knows, and will reach out to find a time. You can change your answer."
        ) % {"peer": peer}
    if held.state is State.CLOSING:
        return _("This is closing."), _(
            "Nothing more will be sent. What we keep about you is about to be erased."
        )
    if held.course.answer is Answer.RESOURCES:
        return _("You said: just the list."), _("Here it is. Use what fits and skip the rest.")
    if held.course.answer is Answer.NOT_NOW:
        return _("You said: not now. That's completely fine."), _(
            "There's no wrong answer, and nobody will ask why. No more notes will come. If things change "
            "next week, press another answer. If they change next year, ask again or call %(phone)s."
        ) % {"phone": held.policy.coordinator.phone}
    return _("You haven't answered, and you don't have to."), _(
        "No more notes will come. If you would like to talk after all, press an answer."
    )


def _source(held: Working, referrer: str) -> str:
    """Why a note came. It is said here and in no message (ruling A11)."""
    if held.course.source is Source.SELF:
        return _("You asked us to get in touch.")
    if held.course.source is Source.PEER:
        return _("A peer supporter thought of you and wanted to say hello.")
    if referrer:
        return _("%(name)s asked us to say hello.") % {"name": referrer}
    if held.course.source is Source.COLLEAGUE:
        return _("Someone who cares about you thought you might like to hear from us.")
    return _("We check in with everyone after a hard case. It is routine, and nobody is judging your work.")


def _choices(held: Working) -> tuple[Choice, ...]:
    words = {
        Answer.YES: _("Let's talk"),
        Answer.NOT_NOW: _("Not now"),
        Answer.RESOURCES: _("Just send resources"),
    }
    return tuple(Choice(each.value, label, held.course.answer is each) for each, label in words.items())


def _days(held: Working, at: datetime) -> tuple[Day, ...]:
    today = at.astimezone(held.policy.zone).date()
    latest = held.policy.clock.check_in_within_days
    weeks = [week for week in CHECK_IN_WEEKS if week * 7 <= latest]
    return tuple(_day(today + timedelta(weeks=week), week, held.course.check_in) for week in weeks)


def _day(day: date, weeks: int, agreed: date | None) -> Day:
    label = _("In a week") if weeks == 1 else _("In %(weeks)s weeks") % {"weeks": weeks}
    return Day(day.isoformat(), label, agreed == day)


def _agreed(held: Working, days: tuple[Day, ...]) -> str:
    """A check-in for a day that isn't offered any more, in words."""
    agreed = held.course.check_in
    if held.state is not State.TALKING or agreed is None or any(day.chosen for day in days):
        return ""
    return day_words(agreed)


def _knows(held: Working) -> tuple[Row, ...]:
    """Who knows what of this person: the peer, the desk, whoever stepped aside, and who knows nothing."""
    peer, desk, aside, nobody = who_knows_rows(held.policy, around=held.course.around)[-4:]
    n = held.course.aside
    if not n:
        return peer, desk, nobody
    said = ngettext(
        "%(n)s peer saw your name and stepped aside.", "%(n)s peers saw your name and stepped aside.", n
    )
    return peer, desk, Row(aside.who, said % {"n": n}, Ring.HALF), nobody


def _kept_until(held: Working, at: datetime) -> str:
    if held.state is State.CLOSING:
        until = agenda.upcoming(held.state, held.course, held.policy)[0].at
        return said(until, held.policy.zone, at)
    return ""
