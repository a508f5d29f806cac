"""A form about one person as pages show it: what can be picked, what was typed, what needs another look."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from touchbase.programs.languages import name_of
from touchbase.programs.policy import Channel, Kind, Policy
from touchbase.referrals.course import Knows, Source
from touchbase.referrals.intake import (
    LANGUAGE,
    NOT_LISTED,
    TOPIC,
    Answers,
    Unclear,
    Wish,
    once_from,
    wishes_offered,
)

_UNBROKEN = str.maketrans({" ": "\u00a0", "-": "\u2011"})


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to pick."""

    value: str
    label: str
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary, and where it leads."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a page needs to show the form. Printing it shows nothing of what was typed."""

    channels: tuple[Pick, ...]
    times: tuple[Pick, ...]
    professions: tuple[Pick, ...]
    departments: tuple[Pick, ...]
    sites: tuple[Pick, ...]
    wishes: tuple[Pick, ...]
    topics: tuple[Pick, ...]
    must_say_profession: bool
    once: str
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    not_with: str = field(default="", repr=False)
    around: bool = False
    knows: tuple[Pick, ...] = ()
    referrer_contact: str = field(default="", repr=False)
    referrer_name: str = field(default="", repr=False)
    name_me: bool = False
    sources: tuple[Pick, ...] = ()
    held: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    summary: tuple[Problem, ...] = ()

    @property
    def keyboard(self) -> str:
        """What the one box for number or address takes, by the way that is picked."""
        email = any(pick.picked and pick.value == Channel.EMAIL for pick in self.channels)
        return "email" if email else "tel"

    @property
    def wishes_open(self) -> bool:
        """Whether the folded part holds anything that must be seen."""
        made = self.not_with or self.around or any(pick.picked for pick in (*self.wishes, *self.topics))
        return bool(made or {"wishes", "not_with"}.intersection(self.problems))

    @property
    def about_referrer_open(self) -> bool:
        """Whether the folded part about who asks holds anything that must be seen."""
        made = self.referrer_contact or self.referrer_name or self.name_me
        return bool(made or {"referrer_contact", "referrer_name"}.intersection(self.problems))


def answers_from(posted: QueryDict) -> Answers:
    """What came in, by the names of the fields. Of a text that came twice the last counts, as in Django."""
    return Answers(
        typed={name: str(value) for name, value in posted.items()},
        picked={name: [str(one) for one in values] for name, values in posted.lists()},
    )


def form_for(policy: Policy, answers: Answers | None = None, unclear: Iterable[Unclear] = ()) -> Form:
    """The form, empty or as it was sent."""
    answers = answers or Answers()
    picks = _channels(policy, answers)
    problems = {each.field: said_plainly(each) for each in unclear}
    return Form(
        channels=picks,
        times=_options(policy, "time", answers.picks("times")),
        professions=_professions(policy, answers),
        departments=_options(policy, "department", answers.picks("department")),
        sites=() if policy.single_site else _options(policy, "site", answers.picks("site")),
        wishes=_wishes(policy, answers),
        topics=_topics(policy, answers),
        must_say_profession=policy.eligibility.required,
        once=once_from(answers.text("once")) or secrets.token_urlsafe(24),
        name=answers.text("name"),
        contact=answers.text("contact"),
        not_with=answers.text("not_with"),
        around=bool(answers.text("around")),
        knows=_knows(answers),
        referrer_contact=answers.text("referrer_contact"),
        referrer_name=answers.text("referrer_name"),
        name_me=bool(answers.text("name_me")),
        sources=_sources(answers),
        held=bool(answers.text("held")),
        problems=problems,
        summary=tuple(Problem(_place(name, picks), said) for name, said in problems.items()),
    )


def said_plainly(each: Unclear) -> str:
    """The sentence in the reader's language. A number in it stays on one line."""
    values = {name: value.translate(_UNBROKEN) for name, value in each.values.items()}
    return _(each.sentence).format(**values)


def _place(name: str, channels: tuple[Pick, ...]) -> str:
    """The id a line of the summary leads to: the field, or the first of a group."""
    groups = {
        "channel": f"channel-{channels[0].value}",
        "times": "times-1",
        "wishes": "prefer",
        "knows": f"knows-{Knows.YES}",
        "source": f"source-{Source.SELF}",
    }
    return groups.get(name, name)


def _channels(policy: Policy, answers: Answers) -> tuple[Pick, ...]:
    """The program's usual way is picked until a person picks."""
    labels = {Channel.TEXT: _("Text"), Channel.CALL: _("Call"), Channel.EMAIL: _("Email")}
    offered = policy.contact.channels
    said = answers.text("channel")
    chosen = said if said in set(offered) else offered[0]
    return tuple(Pick(channel.value, labels[channel], channel == chosen) for channel in offered)


def came_in() -> dict[Source, str]:
    """Every way in, as the desk reads it."""
    return {
        Source.SELF: _("Asked for themself"),
        Source.COLLEAGUE: _("A colleague asked"),
        Source.TEAM: _("Came with others"),
        Source.PEER: _("A peer began it"),
    }


def _sources(answers: Answers) -> tuple[Pick, ...]:
    said = answers.text("source")
    return tuple(Pick(each.value, label, said == each) for each, label in came_in().items())


def knows_words() -> dict[Knows, str]:
    """Whether somebody knows that they were asked for, as staff read it."""
    return {
        Knows.YES: _("They know"),
        Knows.NOT_YET: _("Not yet"),
        Knows.RATHER_NOT: _("Not said"),
    }


def _professions(policy: Policy, answers: Answers) -> tuple[Pick, ...]:
    """The program's own list, and a last line for whoever isn't in it: they are told where to turn (D3)."""
    picked = answers.picks("profession")
    return (*_options(policy, "profession", picked), Pick(NOT_LISTED, _("None of these")))


def _knows(answers: Answers) -> tuple[Pick, ...]:
    words = {
        Knows.YES: _("They know"),
        Knows.NOT_YET: _("Not yet"),
        Knows.RATHER_NOT: _("I'd rather not say"),
    }
    return tuple(Pick(each.value, label, answers.text("knows") == each) for each, label in words.items())


def _options(policy: Policy, kind: Kind, picked: tuple[str, ...]) -> tuple[Pick, ...]:
    return tuple(Pick(one.key, one.label, one.key in picked) for one in policy.options(kind))


def _wishes(policy: Policy, answers: Answers) -> tuple[Pick, ...]:
    words = {
        Wish.OWN_DEPARTMENT: _("My own department is fine"),
        Wish.OTHER_DEPARTMENT: _("Not from my department"),
        Wish.OTHER_SITE: _("From another site"),
        Wish.SAME_PROFESSION: _("Someone who does what I do"),
    }
    offered = [(wish.value, words[wish]) for wish in wishes_offered(policy)]
    if len(policy.program.languages) > 1:
        spoken = ((key, name_of(key)) for key in policy.program.languages)
        offered += [(LANGUAGE + key, _("In {language}").format(language=name)) for key, name in spoken]
    picked = answers.picks("wishes")
    return tuple(Pick(value, label, value in picked) for value, label in offered)


def _topics(policy: Policy, answers: Answers) -> tuple[Pick, ...]:
    """Experiences a peer may have offered. They are wishes as well, under a heading of their own."""
    offered = [(TOPIC + one.key, one.label) for one in policy.options("topic")]
    picked = answers.picks("wishes")
    return tuple(Pick(value, label, value in picked) for value, label in offered)


def language_of(policy: Policy) -> str:
    """The language of the page that was filled in, where the program has it."""
    here = (get_language() or "").split("-")[0]
    return here if here in policy.program.languages else policy.program.languages[0]
