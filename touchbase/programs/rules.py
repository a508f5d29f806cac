"""The tables of a policy file that say what may happen, how soon, and who knows.

Every default is the published practice of the five example programs (product.md section 4).
"""

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field

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
from touchbase.programs.part import HostedAddress, Key, Label, Many, Part, Phone, Pick, Sentence
from touchbase.programs.people import Option


def _hours(text: str) -> str:
    try:
        begins, ends = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        raise ValueError('Write two times of day, like "07:00-21:00".') from None
    if ends <= begins:
        raise ValueError('Waking hours end later than they begin, like "07:00-21:00".')
    return text


class Sources(Part):
    """The ways in that are open."""

    self_: bool = Field(default=True, alias="self")
    """People ask for themselves."""
    colleague: bool = True
    """People ask for a colleague. A coordinator looks at it first."""
    team: bool = True
    """Everyone who was there is asked for. A coordinator looks at it first."""
    directory: bool = False
    """People may choose a supporter from a list."""


class Clock(Part):
    """How long things may take. Hours and days of the program's own zone."""

    match_within_hours: int = Field(default=24, ge=1, le=168)
    """Hours in which a peer accepts."""
    weekend_match_within_hours: int = Field(default=48, ge=1, le=168)
    """The same for what arrives at a weekend or on a holiday."""
    weekend: Many[Pick[Weekday]] = Field(default=(Weekday.SAT, Weekday.SUN), max_length=6)
    """Days that count as weekend."""
    hours: Annotated[
        str,
        Field(
            pattern=r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$",
            json_schema_extra={"kind": 'two times of day, like "07:00-21:00"'},
        ),
        AfterValidator(_hours),
    ] = "07:00-21:00"
    """Waking hours: only then an ask runs out, and only then Touchbase writes."""
    ask_expires_after_hours: int = Field(default=4, ge=1, le=72)
    """Waking hours a supporter has to accept or pass."""
    touch_within_hours: int = Field(default=24, ge=1, le=168)
    """Hours in which a supporter writes after accepting."""
    second_touch_after_days: int = Field(default=3, ge=1, le=14)
    """Days without an answer before the second and last note."""
    second_touch_until_days: int = Field(default=5, ge=1, le=21)
    """Days after which it is too late for it."""
    answer_wait_days: int = Field(default=7, ge=1, le=30)
    """Days without an answer after the last note before a referral rests."""
    rest_days: int = Field(default=7, ge=1, le=30)
    """Days a referral rests after "not now" or no answer. Until then the answer can be changed."""
    idle_days: int = Field(default=30, ge=1, le=90)
    """Days without any step before a referral closes. An agreed check-in stops the count."""
    longest_days: int = Field(default=90, ge=1, le=180)
    """Days after which every referral closes."""
    check_in_within_days: int = Field(default=28, ge=1, le=90)
    """How many days ahead a check-in may be agreed."""
    holidays: Many[date] = ()
    """The program's own days off. Public holidays are known."""
    not_holidays: Many[date] = ()
    """Public holidays on which the program works."""

    @property
    def wakes(self) -> time:
        """When waking hours begin."""
        return time.fromisoformat(self.hours.split("-")[0])

    @property
    def sleeps(self) -> time:
        """When waking hours end."""
        return time.fromisoformat(self.hours.split("-")[1])


class Matching(Part):
    """Who chooses, and what counts."""

    match_by: Pick[MatchBy] = MatchBy.COORDINATOR
    """Who chooses. "clock" asks the best match for people who asked for themselves."""
    clock_share: float = Field(default=0.5, gt=0, lt=1)
    """The share of the clock after which "clock" asks."""
    own_department: Pick[OwnDepartment] = OwnDepartment.NEVER
    """Whether a peer of the same department may be asked; "ask" is only when the person wishes it."""
    prefer: Many[Pick[Preference]] = (Preference.SAME_PROFESSION, Preference.SIMILAR_STAGE)
    """What makes a match better where the person wished nothing else."""


class Confidence(Part):
    """Who knows what."""

    who_knows: Pick[WhoKnows] = WhoKnows.THREE
    """"three": person, peer, coordinator. "two": people also choose a peer and nothing is registered."""
    coordinator_sees: Pick[CoordinatorSees] = CoordinatorSees.LIFE
    """How long the coordinator sees where a referral is."""
    send_by: Pick[SendBy] = SendBy.PEER
    """Who sends the note. "system" is for email only; texts and calls are always the peer's own."""
    licensing_confirmed: bool = False
    """Whether counsel confirmed that this isn't reported on licensing or credentialing forms."""


class Contact(Part):
    """Channels, times and ways to talk that the program offers."""

    channels: Many[Pick[Channel]] = Field(default=(Channel.TEXT, Channel.CALL, Channel.EMAIL), min_length=1)
    """How people can ask to be reached, the usual way first."""
    modes: Many[Pick[Mode]] = Field(default=(Mode.PHONE, Mode.IN_PERSON), min_length=1)
    """How the two can talk."""
    times: Many[Option] = Field(min_length=1)
    """Parts of the week to pick. `[[contact.times]]`, one table each."""
    minutes: Many[Label] = Field(default=("up to 15", "15 to 30", "30 to 60", "over an hour"), min_length=1)
    """Bands of minutes a supporter may tick after a conversation."""


class UrgentNumber(Part):
    """One number for somebody in danger, and when it was last tried."""

    label: Label
    """What it is, as a button: "Call or text 988"."""
    number: Phone
    """The number to dial."""
    hours: Label = "24 hours"
    """When it answers."""
    checked_on: date
    """When somebody last called it."""

    @property
    def dialed(self) -> str:
        """The number as a phone's link wants it: digits, and a plus where it begins with one."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


class Safety(Part):
    """What a supporter may not keep to themself, and whom to call."""

    exceptions: Many[Sentence] = Field(min_length=1)
    """Each ends the sentence "Your peer will get help if …": "you may be in danger"."""
    urgent: Many[UrgentNumber] = Field(min_length=1, max_length=3)
    """At most three numbers. `[[safety.urgent]]`, one table each."""
    reporting: Many[Sentence] = ()
    """Situations in which the law may require a report, each as it stands in a list: "child abuse"."""


class Legal(Part):
    """What counsel told the program to say."""

    court: Pick[Court] = Court.NOT_SURE
    """How the law treats these conversations. "protected" needs the citation."""
    citation: Sentence | None = None
    """The law that protects them."""
    approved_by: Label | None = None
    """The role that approved the statement, never a name."""
    approved_on: date | None = None
    """When it did."""
    contact: Label = "the legal department"
    """Who answers legal questions."""
    phone: Phone | None = None
    """Where."""
    advice: Sentence | None = None
    """Said when a lawsuit is likely."""
    remark: Sentence | None = None
    """One more fact under the court statement."""
    erase_paused: Sentence | None = None
    """A legal hold on the whole program: why nothing is erased now. Shown on its public page."""


class Roster(Part):
    """Who is first to call, said ahead. Where none is kept, nobody is ever told that nobody is."""

    kept: Pick[RosterKept] = RosterKept.NONE
    """Whether a roster is kept: of weeks that begin on Monday, of days, or not at all."""
    second: bool = False
    """Whether a second to call is named beside the first."""
    ahead_weeks: int = Field(default=8, ge=1, le=52)
    """How many weeks ahead it is made; a roster of days 12 at most."""
    warn_days: int = Field(default=5, ge=2, le=28)
    """Days before a day or week without anybody on which the coordinator is first written to."""
    most_a_year: int = Field(default=12, ge=1, le=366)
    """Days or weeks one supporter takes in a calendar year at most."""
    apart_days: int = Field(default=6, ge=0, le=180)
    """Free days between two of one supporter."""

    @property
    def is_kept(self) -> bool:
        """Whether the program says ahead who is first to call."""
        return self.kept is not RosterKept.NONE

    @property
    def slot_days(self) -> int:
        """How many days one duty takes."""
        return 7 if self.kept is RosterKept.WEEKS else 1


class Reporting(Part):
    """The smallest number of people a shown count may stand for."""

    floor: int = Field(default=11, ge=11, le=20)
    """No count that is shown stands for fewer people; it reads "fewer than 11"."""


class News(Part):
    """News of the program by mail, for whoever asks for it."""

    mailed: bool = False
    """Whether people may put an address on the program's email list. It is apart from everything else."""


class Resource(Part):
    """Help besides a peer: a number to call or a page to read."""

    kind: Pick[ResourceClass]
    """Where it comes from."""
    title: Label
    """What it is."""
    where: Sentence
    """How to get it."""
    site: Key | None = None
    """The one site it is for, as a key of `[[eligibility.sites]]`; for all of them when left out."""
    reviewed_on: date | None = None
    """When somebody last looked that it is still there and still helps."""
    number: Phone | None = None
    """A number to call."""
    link: HostedAddress | None = None
    """A page to read."""
