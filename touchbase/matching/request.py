"""What the matcher is told: what somebody wants, who could be asked, and the program's rules.

All keys are those of the program's own lists. An empty string or set means "not said", never "any" or "none":
what was not said is neither assumed nor silently passed over.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Wish(StrEnum):
    """What somebody can ask of their peer; what is not asked is never assumed."""

    OWN_DEPARTMENT = "own-department"
    OTHER_DEPARTMENT = "other-department"
    OWN_SITE = "own-site"
    OTHER_SITE = "other-site"
    SAME_PROFESSION = "same-profession"
    SIMILAR_STAGE = "similar-stage"


class Preference(StrEnum):
    """What a program prefers where the person wished nothing else; the words of its policy file."""

    SAME_PROFESSION = "same-profession"
    SIMILAR_STAGE = "similar-stage"
    OTHER_DEPARTMENT = "other-department"
    SAME_SITE = "same-site"
    OTHER_SITE = "other-site"


class OwnDepartment(StrEnum):
    """Whether a peer of the same department may be asked; the words of the policy file."""

    NEVER = "never"
    ASK = "ask"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person's request, as far as it decides who fits. No name, nothing of why."""

    profession: str = ""
    stage: str = ""
    department: str = ""
    site: str = ""
    wants: frozenset[str] = frozenset()  # values of `Wish`
    languages: frozenset[str] = frozenset()  # only when asked for
    topics: frozenset[str] = frozenset()
    channel: str = ""
    times: frozenset[str] = frozenset()
    not_with: str = ""  # as typed, names of people
    contact: str = ""  # E.164 or a lowercased mail address: nobody is their own peer (ruling D9)
    barred: frozenset[str] = frozenset()  # who passed, stayed silent, stepped aside or handed back
    peer: str = ""  # the supporter they chose themself
    only_peer: bool = False  # tell me first, before anyone else is asked (ruling B7)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One supporter, as far as it decides whom they fit. `key` is unique in a pool."""

    key: str
    called: str = ""  # their name as `names.called` makes it
    active: bool = True
    trained: bool = True
    refresher_by: date | None = None  # the last day on which the training is still fresh
    resting_until: date | None = None  # the last day of rest
    away: tuple[tuple[date, date], ...] = ()  # first and last days
    open_now: int = 0
    limit: int = 2
    contacts: frozenset[str] = frozenset()  # written as `Wanted.contact` is
    leads: frozenset[str] = frozenset()  # departments they said they lead (ruling A2)
    department: str = ""
    site: str = ""
    profession: str = ""
    stage: str = ""
    languages: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()  # only what they chose to offer
    times: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    turn: int = 0  # place in the queue: lower was asked longer ago
    on_duty: bool = False  # first to call today, where a roster is kept
    second_on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a program's policy says about matching."""

    own_department: str = OwnDepartment.NEVER.value  # a value of `OwnDepartment`; any other reads as "never"
    prefer: tuple[str, ...] = ()  # values of `Preference`, what counts most first
