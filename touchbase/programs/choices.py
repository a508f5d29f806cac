"""The words a policy file picks from."""

from enum import StrEnum


class Channel(StrEnum):
    """How a person wants to be reached."""

    TEXT = "text"
    CALL = "call"
    EMAIL = "email"


class Mode(StrEnum):
    """How two people talked."""

    PHONE = "phone"
    VIDEO = "video"
    IN_PERSON = "in-person"


class MatchBy(StrEnum):
    """Who chooses a supporter."""

    COORDINATOR = "coordinator"
    CLOCK = "clock"


class OwnDepartment(StrEnum):
    """Whether somebody may be asked for a person of their own department."""

    NEVER = "never"
    ASK = "ask"  # only when the person wishes it
    FINE = "fine"


class Preference(StrEnum):
    """What makes a match better where the person wished nothing else."""

    SAME_PROFESSION = "same-profession"
    SIMILAR_STAGE = "similar-stage"
    OTHER_DEPARTMENT = "other-department"
    SAME_SITE = "same-site"
    OTHER_SITE = "other-site"


class WhoKnows(StrEnum):
    """Who may know that a conversation takes place."""

    THREE = "three"  # recipient, supporter, coordinator or their backup
    TWO = "two"  # also self-chosen conversations that are never registered


class CoordinatorSees(StrEnum):
    """How long the coordinator sees where a referral is (ruling B8)."""

    LIFE = "life"
    UNTIL_ACCEPT = "until_accept"


class SendBy(StrEnum):
    """Who sends the note (ruling A9)."""

    PEER = "peer"
    SYSTEM = "system"


class Court(StrEnum):
    """How the law treats these conversations, as counsel told the program."""

    NOT_PROTECTED = "not-protected"
    PROTECTED = "protected"
    NOT_SURE = "not-sure"


class Weekday(StrEnum):
    """Days on which a weekend clock starts."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class RosterKept(StrEnum):
    """Whether a program says ahead who is first to call, and for how long at a time."""

    NONE = "none"
    WEEKS = "weeks"  # from Monday to Sunday
    DAYS = "days"


class ResourceClass(StrEnum):
    """Where help besides a peer comes from."""

    SELF_HELP = "self-help"
    INSIDE = "inside"
    OUTSIDE = "outside"
    URGENT = "urgent"
