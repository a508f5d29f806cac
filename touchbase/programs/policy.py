"""A program's rules as one frozen value.

The file is the policy (ruling B28): reading it is `programs/files.py`, keeping it `programs/actions.py`.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field

from touchbase.programs.choices import (
    Channel,
    CoordinatorSees,
    Court,
    MatchBy,
    Mode,
    OwnDepartment,
    Preference,
    ResourceClass,
    RosterKept,
    SendBy,
    Weekday,
    WhoKnows,
)
from touchbase.programs.part import HostedAddress, Key, Label, Many, Part, Phone, Sentence
from touchbase.programs.people import Desk, Eligibility, Identity, Option, Supporters, Translation, Words
from touchbase.programs.rules import (
    Clock,
    Confidence,
    Contact,
    Legal,
    Matching,
    News,
    Reporting,
    Resource,
    Roster,
    Safety,
    Sources,
    UrgentNumber,
)

__all__ = [
    "Channel", "Clock", "Confidence", "Contact", "CoordinatorSees", "Court", "Desk", "Eligibility",
    "HostedAddress", "Identity", "Key", "Kind", "Label", "Legal", "MatchBy", "Matching", "Mode", "News",
    "Option", "OwnDepartment", "Part", "Phone", "Policy", "Preference", "Reporting", "Resource",
    "ResourceClass", "Roster", "RosterKept", "Safety", "SendBy", "Sentence", "Sources", "Supporters",
    "Translation", "UrgentNumber", "Weekday", "WhoKnows", "Words",
]  # fmt: skip

Kind: TypeAlias = Literal["profession", "stage", "department", "site", "time", "topic"]
_SMALLEST_GROUP = 20  # eligible staff a profession needs before it is counted apart (ruling C21)


class Policy(Part):
    """Everything a program decides for itself."""

    slug: Key
    """The program's part of the address, and the file's name."""
    program: Identity
    words: Words
    coordinator: Desk
    backup: Desk
    eligibility: Eligibility
    sources: Sources = Sources()
    clock: Clock = Clock()
    matching: Matching = Matching()
    confidence: Confidence = Confidence()
    contact: Contact
    supporters: Supporters = Supporters()
    roster: Roster = Roster()
    safety: Safety
    legal: Legal = Legal()
    reporting: Reporting = Reporting()
    news: News = News()
    resources: Many[Resource] = Field(default=())
    translations: Many[Translation] = Field(default=())

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this program's days and hours are counted."""
        return ZoneInfo(self.program.time_zone)

    @property
    def urgent(self) -> tuple[UrgentNumber, ...]:
        """The numbers for somebody in danger, at most three."""
        return self.safety.urgent

    @property
    def single_site(self) -> bool:
        """Whether asking for a site would be asking for nothing."""
        return len(self.eligibility.sites) < 2

    @property
    def counts_by_profession(self) -> bool:
        """Whether every profession is big enough that a count of it points at nobody (ruling C21)."""
        return all((one.headcount or 0) >= _SMALLEST_GROUP for one in self.eligibility.professions)

    @property
    def erasing_paused(self) -> bool:
        """Whether a legal hold lies on the whole program (ruling B33)."""
        return self.legal.erase_paused is not None

    def offers(self, source: str) -> bool:
        """Whether a way in is open: "self", "colleague", "team" or "directory". Any other isn't."""
        return {
            "self": self.sources.self_,
            "colleague": self.sources.colleague,
            "team": self.sources.team,
            "directory": self.sources.directory,
        }.get(source, False)

    def options(self, kind: Kind) -> tuple[Option, ...]:
        """What a form offers to pick of one kind; empty when the program doesn't ask for it."""
        return self._lists[kind]

    def keys(self, kind: Kind) -> frozenset[str]:
        """The keys of one kind, to check what came in against."""
        return frozenset(one.key for one in self.options(kind))

    def label_of(self, kind: Kind, key: str) -> str:
        """What people read for a stored key. One that has left the file is read as its own words."""
        found = (one.label for one in self.options(kind) if one.key == key)
        return next(found, key.replace("-", " "))

    @property
    def _lists(self) -> Mapping[Kind, tuple[Option, ...]]:
        return {
            "profession": self.eligibility.professions,
            "stage": self.eligibility.stages,
            "department": self.eligibility.departments,
            "site": self.eligibility.sites,
            "time": self.contact.times,
            "topic": self.supporters.topics,
        }
