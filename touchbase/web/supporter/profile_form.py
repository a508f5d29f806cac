"""A supporter's profile as a form: what is there, what was sent, and what needs another look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from touchbase.programs.policy import Kind, Policy, WhoKnows
from touchbase.supporters.details import Details, Visibility
from touchbase.supporters.queries import Profile
from touchbase.web.shared.contact import spelled
from touchbase.web.shared.peer_card import languages
from touchbase.web.supporter.pages import Pick

_ONE: tuple[Kind, ...] = ("profession", "stage", "department", "site")  # picked from the policy's lists


@dataclass(frozen=True, slots=True)
class Topic:
    """One experience, and who may learn that it is offered."""

    key: str
    label: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the page of a profile shows."""

    title: str
    own_words: str
    contact_public: str
    professions: tuple[Pick, ...]
    stages: tuple[Pick, ...]
    departments: tuple[Pick, ...]
    sites: tuple[Pick, ...]
    languages: tuple[Pick, ...]
    leads: tuple[Pick, ...]
    topics: tuple[Topic, ...]
    public: bool
    has_list: bool
    shows_contact: bool
    problems: Mapping[str, str] = field(default_factory=dict)


def sent(posted: QueryDict, policy: Policy) -> Details:
    """What came in. A part that the page doesn't ask for is left as it is."""
    found: Details = {
        "title": posted.get("title", ""),
        "own_words": posted.get("own_words", ""),
        "languages": posted.getlist("languages"),
        "leads": posted.getlist("leads"),
        "topics": {
            one.key: chosen for one in policy.options("topic") if (chosen := posted.get(f"topic-{one.key}"))
        },
        "profession": posted.get("profession", ""),
        "stage": posted.get("stage", ""),
        "department": posted.get("department", ""),
        "site": posted.get("site", ""),
    }
    if policy.offers("directory"):
        found["public"] = bool(posted.get("public"))
    if shows_contact(policy):
        found["contact_public"] = posted.get("contact_public", "")
    return found


def shows_contact(policy: Policy) -> bool:
    """Whether the list shows how to reach somebody: only where the two alone know (ruling B7)."""
    return policy.offers("directory") and policy.confidence.who_knows is WhoKnows.TWO


def as_kept(who: Profile) -> Details:
    """What is kept, as it would come in."""
    contact = spelled(who.contact_public) if who.contact_public else ""
    return {
        "title": who.title,
        "own_words": who.own_words,
        "contact_public": contact,
        "profession": who.profession,
        "stage": who.stage,
        "department": who.department,
        "site": who.site,
        "languages": who.languages,
        "leads": who.leads,
        "topics": who.topics,
        "public": who.public,
    }


def form_for(policy: Policy, said: Details, problems: Mapping[str, str]) -> Form:
    """The form with what is kept or was sent."""
    picked = {kind: _options(policy, kind, said) for kind in _ONE}
    return Form(
        title=said.get("title", ""),
        own_words=said.get("own_words", ""),
        contact_public=said.get("contact_public", ""),
        professions=picked["profession"],
        stages=picked["stage"],
        departments=picked["department"],
        sites=() if policy.single_site else picked["site"],
        languages=tuple(
            Pick(code, label, code in said.get("languages", ())) for code, label in languages(policy)
        ),
        leads=tuple(
            Pick(one.key, one.label, one.key in said.get("leads", ())) for one in policy.options("department")
        ),
        topics=_topics(policy, said),
        public=said.get("public", False),
        has_list=policy.offers("directory"),
        shows_contact=shows_contact(policy),
        problems=problems,
    )


def _options(policy: Policy, kind: Kind, said: Details) -> tuple[Pick, ...]:
    value = {
        "profession": said.get("profession"), "stage": said.get("stage"),
        "department": said.get("department"), "site": said.get("site"),
    }[kind]  # fmt: skip
    return tuple(Pick(one.key, one.label, one.key == value) for one in policy.options(kind))


def _topics(policy: Policy, said: Details) -> tuple[Topic, ...]:
    """Each topic with who learns of it. Offering one begins with the fewest (ruling C12)."""
    words = {
        "": _("I don't offer this"),
        Visibility.MATCHING: _("Only for finding a fit"),
        Visibility.ASKING: _("Whoever I write to"),
    }
    if policy.offers("directory"):
        words[Visibility.PUBLIC] = _("Everybody, on the list")
    kept = said.get("topics", {})
    return tuple(
        Topic(
            one.key,
            one.label,
            tuple(Pick(value, label, kept.get(one.key, "") == value) for value, label in words.items()),
        )
        for one in policy.options("topic")
    )
