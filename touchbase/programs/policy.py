"""A program's rules as one frozen value, and the parts it is made of.

The file is the policy (ruling B28): reading it is `programs/files.py`, keeping it `programs/actions.py`.
Every default is the published practice of the five example programs (product.md section 4).
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Part(BaseModel):
    """A table of the file: frozen, strict, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Label = Annotated[str, Field(min_length=1, max_length=80)]
Sentence = Annotated[str, Field(min_length=1, max_length=240)]
Phone = Annotated[str, Field(pattern=r"^[0-9+() -]{3,20}$")]
HostedAddress = Annotated[str, Field(pattern=r"^https://[a-z0-9./?=&_-]+$", max_length=200)]


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

    MON, TUE, WED, THU, FRI, SAT, SUN = "mon", "tue", "wed", "thu", "fri", "sat", "sun"


class Option(Part):
    """Something to pick: what is stored and what is read."""

    key: Key
    label: Label
    headcount: int | None = Field(default=None, ge=0)  # eligible staff, for the reporting floor (C21)


class Desk(Part):
    """A role at the program and how to reach it. Never a person's name."""

    title: Label
    phone: Phone
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=120)]
    hours: Label = "weekdays 8 to 5"


class Identity(Part):
    """Who runs the program and where."""

    name: Label
    organization: Label
    short_name: Annotated[str, Field(min_length=1, max_length=24)]  # fits a text message
    sponsor: Label
    time_zone: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "US"
    region: Annotated[str, Field(pattern=r"^[A-Z]{2,3}$")] | None = None  # for public holidays
    state_name: Label  # as the court statement names it
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ("en",)
    brand_color: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#0A4E59"
    neutral_site: HostedAddress = "https://example.org/"  # where "Leave quickly" goes

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError('use a name of the IANA list, like "America/New_York"')
        return value


class Words(Part):
    """The program's own sentences on its page. Facts only; the rest is Touchbase's."""

    headline: Annotated[str, Field(min_length=1, max_length=70)]
    introduction: Sentence
    for_whom: Sentence
    afterwards: Sentence


class Eligibility(Part):
    """Who the program is for, and what the forms offer to pick."""

    required: bool = False  # whether the form asks for a profession before it can be sent
    professions: tuple[Option, ...] = Field(min_length=1)
    stages: tuple[Option, ...] = ()
    departments: tuple[Option, ...] = ()
    sites: tuple[Option, ...] = ()
    otherwise: Sentence  # where somebody who isn't eligible can turn


class Sources(Part):
    """The ways in that are open."""

    self_: bool = Field(default=True, alias="self")
    colleague: bool = True
    team: bool = True
    directory: bool = False  # whether people may choose a supporter from a list


class Clock(Part):
    """How long things may take. Hours and days of the program's own zone."""

    match_within_hours: int = Field(default=24, ge=1, le=168)
    weekend_match_within_hours: int = Field(default=48, ge=1, le=168)
    weekend: tuple[Weekday, ...] = (Weekday.SAT, Weekday.SUN)
    hours: Annotated[str, Field(pattern=r"^\d\d:\d\d-\d\d:\d\d$")] = "07:00-21:00"  # waking hours
    ask_expires_after_hours: int = Field(default=4, ge=1, le=72)  # waking hours
    touch_within_hours: int = Field(default=24, ge=1, le=168)  # after a supporter accepts
    second_touch_after_days: int = Field(default=3, ge=1, le=14)
    second_touch_until_days: int = Field(default=5, ge=1, le=21)
    answer_wait_days: int = Field(default=7, ge=1, le=30)  # after the last touch, then rest
    rest_days: int = Field(default=7, ge=1, le=30)
    idle_days: int = Field(default=30, ge=1, le=90)
    longest_days: int = Field(default=90, ge=1, le=180)
    check_in_within_days: int = Field(default=28, ge=1, le=90)
    holidays: tuple[date, ...] = ()  # the program's own days off
    not_holidays: tuple[date, ...] = ()  # public holidays on which the program works

    @property
    def wakes(self) -> time:
        """When waking hours begin."""
        return time.fromisoformat(self.hours.split("-")[0])

    @property
    def sleeps(self) -> time:
        """When waking hours end."""
        return time.fromisoformat(self.hours.split("-")[1])


class Preference(StrEnum):
    """What makes a match better where the person wished nothing else."""

    SAME_PROFESSION = "same-profession"
    SIMILAR_STAGE = "similar-stage"
    OTHER_DEPARTMENT = "other-department"
    SAME_SITE = "same-site"
    OTHER_SITE = "other-site"


class Matching(Part):
    """Who chooses, and what counts."""

    match_by: MatchBy = MatchBy.COORDINATOR
    clock_share: float = Field(default=0.5, gt=0, lt=1)  # share of the clock at which it asks
    own_department: OwnDepartment = OwnDepartment.NEVER
    prefer: tuple[Preference, ...] = (Preference.SAME_PROFESSION, Preference.SIMILAR_STAGE)


class Confidence(Part):
    """Who knows what."""

    who_knows: WhoKnows = WhoKnows.THREE
    coordinator_sees: CoordinatorSees = CoordinatorSees.LIFE
    send_by: SendBy = SendBy.PEER
    licensing_confirmed: bool = False  # "not something you report on licensing forms" (T13)


class Contact(Part):
    """Channels, times and ways to talk that the program offers."""

    channels: tuple[Channel, ...] = (Channel.TEXT, Channel.CALL, Channel.EMAIL)
    modes: tuple[Mode, ...] = (Mode.PHONE, Mode.IN_PERSON)
    times: tuple[Option, ...] = Field(min_length=1)
    minutes: tuple[Label, ...] = ("up to 15", "15 to 30", "30 to 60", "over an hour")


class Supporters(Part):
    """What the program asks of its supporters."""

    training_hours: float = Field(default=4, gt=0, le=80)
    refresher_months: int = Field(default=24, ge=1, le=120)
    meeting: Label = "quarterly"
    topics: tuple[Option, ...] = ()  # experiences a supporter may offer


class UrgentNumber(Part):
    """One number for somebody in danger, and when it was last tried."""

    label: Label
    number: Phone
    hours: Label = "24 hours"
    checked_on: date


class Safety(Part):
    """What a supporter may not keep to themself, and whom to call."""

    exceptions: tuple[Sentence, ...] = Field(min_length=1)
    urgent: tuple[UrgentNumber, ...] = Field(min_length=1, max_length=3)
    reporting: tuple[Sentence, ...] = ()  # situations in which the law may require a report


class Legal(Part):
    """What counsel told the program to say."""

    court: Court = Court.NOT_SURE
    citation: Sentence | None = None
    approved_by: Label | None = None  # a role, never a name
    approved_on: date | None = None
    contact: Label = "the legal department"
    phone: Phone | None = None
    advice: Sentence | None = None  # said when litigation is likely

    @model_validator(mode="after")
    def _statement_is_backed(self) -> Self:
        if self.court is Court.PROTECTED and not self.citation:
            raise ValueError('court = "protected" needs the law it rests on: add citation')
        if self.court is not Court.NOT_SURE and not (self.approved_by and self.approved_on):
            raise ValueError('say who approved the statement and when, or set court = "not-sure"')
        return self


class Reporting(Part):
    """The smallest number of people a shown count may stand for."""

    floor: int = Field(default=11, ge=11, le=20)


class ResourceClass(StrEnum):
    """Where help besides a peer comes from."""

    SELF_HELP = "self-help"
    INSIDE = "inside"
    OUTSIDE = "outside"
    URGENT = "urgent"


class Resource(Part):
    """Help besides a peer: a number to call or a page to read."""

    kind: ResourceClass
    title: Label
    where: Sentence
    number: Phone | None = None
    link: HostedAddress | None = None


class Policy(Part):
    """Everything a program decides for itself."""

    slug: Key
    program: Identity
    words: Words
    coordinator: Desk
    backup: Desk
    eligibility: Eligibility
    sources: Sources
    clock: Clock
    matching: Matching
    confidence: Confidence
    contact: Contact
    supporters: Supporters
    safety: Safety
    legal: Legal
    reporting: Reporting
    resources: tuple[Resource, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this program's days and hours are counted."""
        return ZoneInfo(self.program.time_zone)
