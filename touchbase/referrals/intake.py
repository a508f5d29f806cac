"""From what a person typed and picked to clean values. Pure: nothing is kept here.

Two things are typed, the rest is picked; there is no box in which a story would fit (product.md section 9).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from touchbase.kernel.errors import DomainError
from touchbase.matching.request import Wish
from touchbase.programs.policy import Channel, Kind, OwnDepartment, Policy
from touchbase.referrals.course import Knows, Source
from touchbase.referrals.typed import (
    Unclear,
    contact_from,
    email_from,
    name_from,
    optional_name_from,
    phone_from,
    their_name_from,
)
from touchbase.referrals.typed import marked as _

__all__ = [
    "NOT_LISTED", "WISHES", "Answers", "Asking", "NotClear", "NotEligible", "Unclear", "Wish", "asking_from",
    "contact_only_from", "entering_from", "once_from", "referring_from",
]  # fmt: skip

Value = TypeVar("Value")
# The form's random number: 128 bits or more, so that nobody meets another's request by a number of their own.
_ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")


# What a form may offer to wish, besides a language or a topic.
WISHES = (Wish.OWN_DEPARTMENT, Wish.OTHER_DEPARTMENT, Wish.OTHER_SITE, Wish.SAME_PROFESSION)
LANGUAGE, TOPIC = "language.", "topic."  # before a key: a key has no point in it
NOT_LISTED = "not.listed"  # for a profession: the program isn't for theirs


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody asks for a peer, for themself or for somebody else. Printing it shows nothing of anybody."""

    name: str = field(repr=False)
    channel: Channel
    contact: str = field(repr=False)  # E.164, or an email address in small letters
    times: tuple[str, ...] = ()
    profession: str = ""
    department: str = field(default="", repr=False)
    site: str = field(default="", repr=False)
    language: str = "en"
    wants: tuple[str, ...] = field(default=(), repr=False)  # keys of `WISHES`
    languages: tuple[str, ...] = field(default=(), repr=False)
    topics: tuple[str, ...] = field(default=(), repr=False)
    not_with: str = field(default="", repr=False)
    peer: str = field(default="", repr=False)  # membership of the supporter they chose
    only_peer: bool = field(default=False, repr=False)
    around: bool = False  # not through the coordinator
    knows: Knows | None = None
    referrer_contact: str = field(default="", repr=False)
    referrer_name: str = field(default="", repr=False)  # only if they may be named


@dataclass(frozen=True, slots=True)
class Answers:
    """A form as it came in, by the names of its fields: what was typed, and what was picked."""

    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    picked: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """The text of a field; empty when it isn't there."""
        return self.typed.get(name, "")

    def picks(self, name: str) -> tuple[str, ...]:
        """Every value picked under a name, each once, without empty ones."""
        return tuple(dict.fromkeys(value for value in self.picked.get(name, ()) if value))


class NotClear(DomainError):
    """A form can't be sent as it is: one sentence for each field, in the order of the page."""

    code = "not-clear"

    def __init__(self, each: Sequence[Unclear]) -> None:
        super().__init__(_("Please look at what is marked below."))
        self.each = tuple(each)


class NotEligible(DomainError):
    """The program is not for this profession. The policy says where else to turn (ruling D3)."""

    code = "not-eligible"

    def __init__(self) -> None:
        super().__init__(_("This program is for some professions only."))


class _Reading:
    """Reads field after field, and gathers everything that needs another look."""

    def __init__(self) -> None:
        self.unclear: list[Unclear] = []

    def __call__(self, reader: Callable[[], Value], otherwise: Value) -> Value:
        try:
            return reader()
        except Unclear as problem:
            self.unclear.append(problem)
            return otherwise

    def done(self) -> None:
        """Raises `NotClear` with everything at once."""
        if self.unclear:
            raise NotClear(self.unclear)


def asking_from(answers: Answers, *, policy: Policy, language: str = "en") -> Asking:
    """The clean values of a form, or `NotClear` with everything that needs another look at once.

    `NotEligible` before anything else: nobody is asked to mend a form that leads nowhere.
    """
    _check_eligible(answers)
    read = _Reading()
    asking = Asking(
        name=read(lambda: name_from(answers.text("name")), ""),
        channel=read(lambda: _channel(answers, policy), policy.contact.channels[0]),
        contact=read(lambda: _contact(answers, policy), ""),
        profession=read(lambda: _profession(answers, policy), ""),
        times=read(lambda: _times(answers, policy), ()),
        department=read(lambda: _one_of("department", answers, policy), ""),
        site=read(lambda: _one_of("site", answers, policy), ""),
        wants=read(lambda: _wants(answers, policy), ()),
        languages=_after(LANGUAGE, answers),
        topics=_after(TOPIC, answers),
        not_with=read(lambda: optional_name_from(answers.text("not_with"), field="not_with"), ""),
        around=bool(answers.text("around")),
        language=language,
    )
    read.done()
    return asking


def referring_from(answers: Answers, *, policy: Policy, language: str = "en") -> Asking:
    """The same of a form about somebody else. Raises `NotClear` or `NotEligible`."""
    _check_eligible(answers)
    read, country = _Reading(), policy.program.country
    asking = Asking(
        name=read(lambda: their_name_from(answers.text("name")), ""),
        channel=read(lambda: _channel(answers, policy), policy.contact.channels[0]),
        contact=read(lambda: _contact(answers, policy), ""),
        knows=read(lambda: _knows(answers), None),
        profession=read(lambda: _profession(answers, policy), ""),
        times=read(lambda: _times(answers, policy), ()),
        department=read(lambda: _one_of("department", answers, policy), ""),
        site=read(lambda: _one_of("site", answers, policy), ""),
        not_with=read(lambda: optional_name_from(answers.text("not_with"), field="not_with"), ""),
        referrer_contact=read(
            lambda: contact_from(answers.text("referrer_contact"), country=country, field="referrer_contact"),
            "",
        ),
        referrer_name=read(lambda: _referrer_name(answers), ""),
        language=language,
    )
    read.done()
    return asking


def contact_only_from(answers: Answers, *, policy: Policy) -> tuple[Channel, str]:
    """A channel and a contact that replace those that failed. Raises `NotClear`."""
    read = _Reading()
    channel = read(lambda: _channel(answers, policy), policy.contact.channels[0])
    contact = read(lambda: _contact(answers, policy), "")
    read.done()
    return channel, contact


def entering_from(answers: Answers, *, policy: Policy, language: str = "en") -> tuple[Asking, Source]:
    """The values of somebody whom the desk enters, and how they came in. Raises as `referring_from`."""
    read = _Reading()
    source = read(lambda: _source(answers), Source.SELF)
    try:
        asking = referring_from(answers, policy=policy, language=language)
    except NotClear as problem:
        raise NotClear((*read.unclear, *problem.each)) from None
    read.done()
    return asking, source


def once_from(text: str) -> str:
    """The form's random number, or nothing when it isn't one: then every press is a request of its own."""
    return text if _ONCE.fullmatch(text) else ""


def wishes_offered(policy: Policy) -> tuple[Wish, ...]:
    """The wishes that mean something in a program."""
    meant = {
        Wish.OWN_DEPARTMENT: policy.matching.own_department is OwnDepartment.ASK,
        Wish.OTHER_DEPARTMENT: policy.matching.own_department is OwnDepartment.FINE,
        Wish.OTHER_SITE: not policy.single_site,
        Wish.SAME_PROFESSION: len(policy.eligibility.professions) > 1,
    }
    return tuple(wish for wish in WISHES if meant[wish])


def _channel(answers: Answers, policy: Policy) -> Channel:
    picked = answers.text("channel")
    offered = {channel.value: channel for channel in policy.contact.channels}
    if picked not in offered:
        raise Unclear("channel", _("Choose how a peer should reach you."))
    return offered[picked]


def _contact(answers: Answers, policy: Policy) -> str:
    """Read by the way that was picked; by the usual one when the pick itself needs another look."""
    picked, country = answers.text("channel"), policy.program.country
    channel = picked if picked in set(policy.contact.channels) else policy.contact.channels[0].value
    if channel == Channel.EMAIL:
        return email_from(answers.text("contact"))
    return phone_from(answers.text("contact"), country=country, texts=channel == Channel.TEXT)


def _profession(answers: Answers, policy: Policy) -> str:
    picked = _one_of("profession", answers, policy)
    if not picked and policy.eligibility.required:
        raise Unclear("profession", _("Choose what you do. The program is for some professions only."))
    return picked


def _source(answers: Answers) -> Source:
    picked = answers.text("source")
    if picked not in set(Source):
        raise Unclear("source", _("Choose how they came in."))
    return Source(picked)


def _check_eligible(answers: Answers) -> None:
    if answers.text("profession") == NOT_LISTED:
        raise NotEligible


def _knows(answers: Answers) -> Knows:
    """Who would rather not say may also leave it out."""
    picked = answers.text("knows") or Knows.RATHER_NOT
    if picked not in set(Knows):
        raise Unclear("knows", _("Choose one of the three."))
    return Knows(picked)


def _referrer_name(answers: Answers) -> str:
    """Kept only when they may be named: a name without the tick is dropped here."""
    if not answers.text("name_me"):
        return ""
    name = optional_name_from(answers.text("referrer_name"), field="referrer_name")
    if not name:
        raise Unclear("referrer_name", _("Write your name, or take the tick away."))
    return name


def _one_of(kind: Kind, answers: Answers, policy: Policy) -> str:
    picked = answers.text(kind)
    if picked and picked not in policy.keys(kind):
        raise Unclear(kind, _("Choose one from the list."))
    return picked


def _times(answers: Answers, policy: Policy) -> tuple[str, ...]:
    picked = answers.picks("times")
    if not policy.keys("time").issuperset(picked):
        raise Unclear("times", _("Choose from the times shown."))
    return picked


def _wants(answers: Answers, policy: Policy) -> tuple[str, ...]:
    """The wishes of the list. Languages and topics stand under the same name and are looked at here too."""
    allowed = {wish.value for wish in wishes_offered(policy)}
    allowed |= {LANGUAGE + key for key in policy.program.languages}
    allowed |= {TOPIC + key for key in policy.keys("topic")}
    picked = answers.picks("wishes")
    if not allowed.issuperset(picked):
        raise Unclear("wishes", _("Choose from the wishes shown."))
    return tuple(key for key in picked if "." not in key)


def _after(prefix: str, answers: Answers) -> tuple[str, ...]:
    picked = answers.picks("wishes")
    return tuple(key.removeprefix(prefix) for key in picked if key.startswith(prefix))
