"""Every message there is: who reads it, how it travels, and which merge fields it may have.

Source: ux.md section 4 with the rulings A9 to A11, B17, B18 and C10. No table here knows a field for a
department, an event, a date of one or a reason, and staff never read anything of a recipient. Who was named
as a supporter reads the subject that staff read, and nothing of who named them. Who is invited to a role
reads who invited them: that is somebody who works there, and stands by it. A mail to the list knows a program
and nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from touchbase.programs.choices import Channel


class Template(StrEnum):
    """One message. Those to a recipient exist as a mail, a text and a script for a call."""

    INVITATION = "invitation"  # T1
    INVITATION_TEXT = "invitation-text"
    INVITATION_CALL = "invitation-call"
    SECOND_TOUCH = "second-touch"  # T2
    SECOND_TOUCH_TEXT = "second-touch-text"
    SECOND_TOUCH_CALL = "second-touch-call"
    NOT_NOW = "not-now"  # T3, the words of the answer page (ruling A4)
    RESOURCES = "resources"  # T4
    RESOURCES_TEXT = "resources-text"
    RESOURCES_CALL = "resources-call"
    CHECK_IN = "check-in"  # T5
    CHECK_IN_TEXT = "check-in-text"
    CHECK_IN_CALL = "check-in-call"
    CHOICE = "choice"  # the peer they chose can't, and they wanted to be told first (ruling B7)
    ASK = "ask"  # T6, to a supporter
    WAITING = "waiting"  # something on the supporter's own page
    ENDED = "ended"  # what a supporter had is closed
    REMINDER = "reminder"  # T7, to the desk
    LATE = "late"  # T7, after the deadline
    GAP = "gap"  # a day ahead on which nobody is first to call, to the desk
    WRONG_CONTACT = "wrong-contact"  # "This isn't me" (ruling D2)
    NAMED = "named"  # to the desk: somebody was named as a supporter
    NOMINATION = "nomination"  # T9, to somebody whom others named
    OFFER = "offer"  # T9, to somebody who named themself
    TRAINING = "training"  # T10, to a supporter
    MEETING = "meeting"  # a meeting was planned
    CARE = "care"  # a supporter would like to talk with a lead peer
    CARE_DESK = "care-desk"  # the same, to the desk
    JOIN = "join"  # an invitation to work here, to whoever a coordinator invites
    NEWS_CONFIRM = "news-confirm"  # to an address that was put on the email list: was it you?
    NEWS = "news"  # of the program, to an address on its email list
    TOGETHER = "together"  # something of a collaborative waits, to the desk
    CONSULT = "consult"  # a member would like to be called, to the faculty
    SAFETY = "safety"  # safety steps were opened; reads like LATE (ruling A10)


class Reader(StrEnum):
    """Whose message it is."""

    RECIPIENT = "recipient"
    STAFF = "staff"
    NOMINEE = "nominee"  # was named as a supporter, and has no account yet
    INVITED = "invited"  # is invited to a role by a coordinator
    SUBSCRIBER = "subscriber"  # asked for the program's news; nothing else is known of them


# All that a caller may hand over for each reader; a template takes what it needs of it.
FIELDS: Mapping[Reader, frozenset[str]] = MappingProxyType(
    {
        Reader.RECIPIENT: frozenset(
            {
                "first_name", "supporter_name", "supporter_first", "supporter_role", "own_words",
                "program_name", "org_name", "time_offer", "link", "program_link", "coordinator_title",
                "coordinator_phone", "urgent_line", "resource_list", "help_list",
            }
        ),
        Reader.STAFF: frozenset({"staff_name", "program_name", "link"}),
        Reader.NOMINEE: frozenset(
            {"nominee_name", "org_name", "training_length", "coordinator_title", "coordinator_phone", "link"}
        ),
        Reader.INVITED: frozenset(
            {"inviter_name", "program_name", "role", "opens", "until", "coordinator_phone", "link"}
        ),
        Reader.SUBSCRIBER: frozenset(
            {
                "program_name", "org_name", "news", "program_link", "coordinator_title", "coordinator_phone",
                "urgent_line", "link",
            }
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """What a message is made of. `subject` is empty where there is none: a text, a call, a page."""

    reader: Reader
    subject: str
    fields: frozenset[str]
    file: str
    urgent: bool = False  # goes out at night as well


# One subject for all, so that no hospital's message trace tells one message from another (ruling A10).
TO_RECIPIENT = "Touching base"
TO_STAFF = "Touchbase: something is waiting"
TO_SUBSCRIBER = "Program news"


def _person(fields: str, *, subject: str = "", file: str, urgent: bool = False) -> Shape:
    return Shape(Reader.RECIPIENT, subject, frozenset(fields.split()), file, urgent)


def _mail(fields: str, file: str, *, urgent: bool = False) -> Shape:
    return _person(fields, subject=TO_RECIPIENT, file=file, urgent=urgent)


def _staff(file: str, *, urgent: bool = False) -> Shape:
    return Shape(Reader.STAFF, TO_STAFF, frozenset({"staff_name", "link"}), file, urgent)


def _nominee(file: str) -> Shape:
    return Shape(Reader.NOMINEE, TO_STAFF, FIELDS[Reader.NOMINEE], file)


def _news(fields: str, file: str, *, urgent: bool = False) -> Shape:
    return Shape(Reader.SUBSCRIBER, TO_SUBSCRIBER, frozenset(fields.split()), file, urgent)


_WHO = "first_name supporter_name"
_LISTS = "resource_list help_list urgent_line"

SHAPES: Mapping[Template, Shape] = MappingProxyType(
    {
        Template.INVITATION: _mail(
            f"{_WHO} supporter_first supporter_role own_words program_name time_offer link urgent_line",
            "invitation",
        ),
        Template.INVITATION_TEXT: _person(f"{_WHO} org_name time_offer link", file="invitation-text"),
        Template.INVITATION_CALL: _person(
            f"{_WHO} program_name time_offer coordinator_phone urgent_line", file="invitation-call"
        ),
        # Another peer may write the second note than wrote the first (ruling D5): it says who it is from.
        Template.SECOND_TOUCH: _mail(f"{_WHO} supporter_first link program_link", "second-touch"),
        Template.SECOND_TOUCH_TEXT: _person(
            "first_name supporter_first org_name link program_link", file="second-touch-text"
        ),
        Template.SECOND_TOUCH_CALL: _person(
            f"{_WHO} coordinator_phone urgent_line", file="second-touch-call"
        ),
        Template.NOT_NOW: _person("program_link coordinator_title coordinator_phone", file="not-now"),
        # The person pressed "Send it to me": they are awake, and wait for it.
        Template.RESOURCES: _mail(f"first_name supporter_first {_LISTS}", "resources", urgent=True),
        Template.RESOURCES_TEXT: _person("first_name supporter_first link", file="resources-text"),
        Template.RESOURCES_CALL: _person(_LISTS, file="resources-call"),
        Template.CHECK_IN: _mail("first_name supporter_first link", "check-in"),
        Template.CHECK_IN_TEXT: _person("first_name supporter_first link", file="check-in-text"),
        Template.CHECK_IN_CALL: _person(f"{_WHO} urgent_line", file="check-in-call"),
        Template.CHOICE: _mail("first_name program_name link urgent_line", "choice"),
        Template.ASK: _staff("ask"),
        Template.WAITING: _staff("waiting"),
        Template.ENDED: _staff("ended"),
        Template.REMINDER: _staff("reminder"),
        Template.LATE: _staff("late"),
        Template.GAP: _staff("gap"),
        Template.WRONG_CONTACT: _staff("wrong-contact"),
        Template.NAMED: _staff("named"),
        Template.NOMINATION: _nominee("nomination"),
        Template.OFFER: _nominee("offer"),
        Template.TRAINING: _staff("training"),
        Template.MEETING: _staff("meeting"),
        Template.CARE: _staff("care"),
        Template.CARE_DESK: _staff("care"),
        Template.JOIN: Shape(Reader.INVITED, TO_STAFF, FIELDS[Reader.INVITED], "join"),
        # Somebody sits before the page that says: look into your mail.
        Template.NEWS_CONFIRM: _news("program_name org_name link", "news-confirm", urgent=True),
        Template.NEWS: _news(
            "program_name news program_link coordinator_title coordinator_phone urgent_line link", "news"
        ),
        Template.TOGETHER: _staff("waiting"),
        Template.CONSULT: _staff("consult"),
        Template.SAFETY: _staff("late", urgent=True),
    }
)


def worded_for(template: Template, channel: Channel) -> Template:
    """The form in which a message goes by a recipient's channel. One of a single form stays as it is."""
    endings = {Channel.TEXT: "-text", Channel.CALL: "-call", Channel.EMAIL: ""}
    name = f"{template.value}{endings[channel]}"
    return next((each for each in Template if each.value == name), template)
