"""The tables of a policy file that say who a program is and for whom."""

from typing import Annotated, TypeAlias
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from touchbase.programs.part import ONE_LINE, Email, HostedAddress, Key, Label, Many, Part, Phone, Sentence


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError('Use a name of the IANA list, like "America/New_York".')
    return name


Language: TypeAlias = Annotated[
    str, Field(pattern=r"^[a-z]{2}$", json_schema_extra={"kind": 'a language\'s two letters, like "en"'})
]


class Option(Part):
    """Something to pick: what is stored and what is read."""

    key: Key
    """What is stored. Never change it while people use it; change the label."""
    label: Label
    """What people read."""
    headcount: int | None = Field(default=None, ge=1, le=1_000_000)
    """Eligible staff of this kind. Numbers by profession are shown only where each has 20 or more."""


class Desk(Part):
    """A role at the program and how to reach it. Never a person's name."""

    title: Label
    """The role, like "Peer support coordinator"."""
    phone: Phone
    """Where the role is reached."""
    email: Email
    """Where the role reads mail. A shared address outlives a change of people."""
    hours: Label = "weekdays 8 to 5"
    """When somebody answers, as it reads after the phone number."""


class Identity(Part):
    """Who runs the program and where."""

    name: Label
    """The program's name on its pages and messages."""
    organization: Label
    """Who runs it."""
    short_name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=24,
            pattern=r"^[A-Za-z0-9 .,&'()-]+$",
            json_schema_extra={"kind": "up to 24 plain letters, digits and . , & ' ( ) -"},
        ),
    ]
    """The organization in a text message. Plain letters: one accent halves what a message holds."""
    sponsor: Label
    """Who stands behind the program; named at the foot of its pages."""
    time_zone: Annotated[
        str, AfterValidator(_known_zone), Field(json_schema_extra={"kind": 'a zone, like "America/New_York"'})
    ]
    """The zone in which its days and hours are counted."""
    country: Annotated[
        str, Field(pattern=r"^[A-Z]{2}$", json_schema_extra={"kind": "a country's two capital letters"})
    ] = "US"
    """Its country: public holidays, and how phone numbers are read."""
    region: (
        Annotated[
            str,
            Field(
                pattern=r"^[A-Z]{2,3}$", json_schema_extra={"kind": "a state's two or three capital letters"}
            ),
        ]
        | None
    ) = None
    """Its state or region, for public holidays that only it keeps."""
    state_name: Label
    """The state or states whose law the court statement speaks of."""
    languages: Many[Language] = Field(default=("en",), min_length=1)
    """Languages of its pages, the usual one first. One is offered once its catalogue has been reviewed."""
    brand_color: Annotated[
        str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", json_schema_extra={"kind": 'a color, like "#0A4E59"'})
    ] = "#0A4E59"
    """Its one color. It must stand out from white by 4.5 to 1."""
    neutral_site: HostedAddress = "https://example.org/"
    """Where "Leave quickly" goes: a page that says nothing about the visitor."""


class Words(Part):
    """The program's own sentences on its page. Facts only; the rest is Touchbase's."""

    headline: Annotated[str, Field(min_length=1, max_length=70), ONE_LINE]
    """The first line of the page."""
    introduction: Sentence
    """Two or three short sentences under it."""
    for_whom: Sentence
    """Who may ask, and after what."""
    afterwards: Sentence
    """What happens after the first conversation."""
    about: Many[Sentence] = ()
    """How the program is set up: one fact each."""


class Translation(Part):
    """One text of the file as it reads in another of the program's languages."""

    language: Language
    """In which: one of program.languages, and not the usual one."""
    text: Sentence
    """The text, exactly as it stands in its own place in this file."""
    says: Sentence
    """What is read instead."""


class Eligibility(Part):
    """Who the program is for, and what the forms offer to pick."""

    required: bool = False
    """Whether a form asks for a profession before it can be sent."""
    professions: Many[Option] = Field(min_length=1)
    """What people do. `[[eligibility.professions]]`, one table each."""
    stages: Many[Option] = ()
    """How far along people are."""
    departments: Many[Option] = ()
    """Departments or specialties, so that nobody's own team is asked."""
    sites: Many[Option] = ()
    """Places people work at."""
    otherwise: Sentence
    """Where somebody turns who isn't eligible."""


class Supporters(Part):
    """What the program asks of its supporters."""

    described: Sentence | None = None
    """Who the peers are and how they become one, for the page."""
    training_hours: float = Field(default=4, gt=0, le=80)
    """Hours of training before the first conversation."""
    refresher_months: int = Field(default=24, ge=1, le=120)
    """Months after which training has to be refreshed."""
    meeting: Label = "quarterly"
    """How often supporters meet."""
    topics: Many[Option] = ()
    """Experiences a supporter may offer to talk about. `[[supporters.topics]]`, one table each."""
