"""What is remembered of a referral while it is open, as values. It is stored only sealed (ruling A12).

Nothing here tells why somebody came: there is no field in which it could be said.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from touchbase.programs.policy import Channel, Mode
from touchbase.referrals.lifecycle import State, Step


class Source(StrEnum):
    """How somebody came in."""

    SELF = "self"
    COLLEAGUE = "colleague"
    TEAM = "team"
    PEER = "peer"  # a supporter began it (ruling D12)


class Knows(StrEnum):
    """Whether the person knows that somebody asked for them, as that one told us."""

    YES = "yes"
    NOT_YET = "not-yet"
    RATHER_NOT = "rather-not"  # not said


class Answer(StrEnum):
    """What the recipient said to the note, or that they didn't."""

    YES = "yes"
    NOT_NOW = "not-now"
    RESOURCES = "resources"
    NONE = "none"


class Event(StrEnum):
    """What the clock has to do next about a referral. Of one moment, it does them in this order."""

    ASK_EXPIRES = "ask-expires"
    CLOCK_MATCH = "clock-match"  # the best match is asked without a coordinator
    HALF = "half"  # half of the match clock is over: the coordinator is reminded
    EIGHTY = "eighty"  # 80 %: the coordinator and the backup
    DUE = "due"  # the match is late: both again
    LATE = "late"  # still late, once a day
    NUDGE = "nudge"  # half of the time to reach out is over: the supporter is reminded
    TOUCH_DUE = "touch-due"  # the note is late: supporter and coordinator
    SECOND_TOUCH = "second-touch"  # a second note may go now
    NO_ANSWER = "no-answer"
    CHECK_IN = "check-in"
    BATCH_OVER = "batch-over"  # who came in one list are nothing to each other any more
    IDLE_SOON = "idle-soon"  # closes in a week unless something happens
    IDLE = "idle"
    LONGEST = "longest"
    REST_OVER = "rest-over"
    ERASE = "erase"


class Sealable(BaseModel):
    """A frozen value that is written as JSON into a capsule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_bytes(self) -> bytes:
        """The value as it is sealed."""
        return self.model_dump_json(exclude_defaults=True).encode()


Kind = TypeVar("Kind", bound=Sealable)


def opened_as(kind: type[Kind], value: Sealable) -> Kind:
    """An opened value as the kind its purpose says it is."""
    assert isinstance(value, kind)  # noqa: S101 - the purpose decides the kind, never a person
    return value


class Identity(Sealable):
    """What the person is called, and in which language; who asked for them, if they may be told (B19)."""

    name: str
    language: str = "en"
    referrer_name: str = ""


class Contact(Sealable):
    """How and when the person wants to be reached. `address` is E.164 or a lowercased mail address.

    `referrer_contact` is of whoever asked for them: for one look by the desk, should `address` fail (B19).
    """

    channel: Channel
    address: str
    times: tuple[str, ...] = ()
    referrer_contact: str = ""


class Wishes(Sealable):
    """What the person told us so that a supporter fits. Keys of the policy's lists."""

    profession: str = ""
    stage: str = ""
    department: str = ""
    site: str = ""
    wants: tuple[str, ...] = ()  # keys of intake.WISHES
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    not_with: str = ""
    peer: str = ""  # membership of the supporter they chose
    only_peer: bool = False  # if that one can't, tell me before you ask another (ruling B7)


class Ask(Sealable):
    """One supporter being asked: the membership, and until when."""

    member: str
    at: datetime
    until: datetime


class Touch(Sealable):
    """One note that went out."""

    at: datetime
    system: bool = False


class Talk(Sealable):
    """One conversation, as far as it is counted."""

    mode: Mode | None = None
    minutes: str = ""


class Trail(Sealable):
    """One line of what happened, told by part of day only."""

    when: str
    step: Step


class Course(Sealable):
    """How far a referral has come. All times are half hours, but for the minute of a close."""

    source: Source
    arrived: datetime
    due: datetime  # by when a supporter should have accepted
    waiting: datetime  # since when this wait for a supporter runs: arrival, or coming back
    active: datetime  # the last time a person did something
    knows: Knows | None = None  # of one somebody else asked for
    around: bool = False  # only the backup looks after it, not the coordinator (ruling D9)
    reminded: datetime | None = None  # the last time the coordinator was told of a late match
    language: str = "en"
    peer: str = ""  # membership of the supporter who has, or last had, the referral
    ask: Ask | None = None
    barred: tuple[str, ...] = ()  # passed, silent, stepped aside or handed back
    asks_first: bool = False  # the peer they chose can't; nobody else is asked before they say so
    anyone: bool = False  # they said so
    aside: int = 0  # how many peers saw the name and stepped aside
    accepted: datetime | None = None
    first_accepted: datetime | None = None
    offered_times: tuple[str, ...] = ()
    undelivered: bool = False  # a note of ours couldn't be sent; the peer's own phone is the way
    wrong_contact: bool = False  # the number or address doesn't work; nobody is asked before it is replaced
    touches: tuple[Touch, ...] = ()
    answer: Answer | None = None
    rest_from: datetime | None = None
    list_sent: bool = False  # the person pressed "Send it to me"
    talks: tuple[Talk, ...] = ()
    onward: str = ""  # a `ResourceClass` that arrived, or "none"; empty when nobody said
    safety: bool = False  # whether the safety steps were opened, and nothing else of it
    check_in: date | None = None
    checked_back: bool = False  # the note agreed for that day is on its way, or went
    previous: State | None = None  # where undo leads back to
    unchecked: bool = False  # whether it goes back to waiting for the desk's word that it is real
    closed: datetime | None = None
    elsewhere: bool = False  # closed because another program or place is the right one (ruling D3)
    joined: bool = False  # closed because the same person has another referral (ruling D4)
    apart: tuple[str, ...] = ()  # handles with the same contact that the desk said are somebody else
    link_n: int = 1
    batch: str = ""  # a random id of those who came in one list: until a peer said yes, 72 hours at most
    done: tuple[Event, ...] = ()  # what the clock has already done since the last move
    trail: tuple[Trail, ...] = ()

    def changed(self, **changes: object) -> "Course":
        """The course with some values replaced."""
        return self.model_copy(update=changes)
