"""What stands in the quarterly pack, decided from values alone: one sheet for the page and for the paper.

Whatever is said of people who were reached comes from a release, cell by cell as leaders read it. All else is
the program's own: its roster, its training, where it was presented. No part of it is about a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.awareness.presentations import Summed
from touchbase.kernel.occasion import Kind
from touchbase.programs.policy import Policy, RosterKept
from touchbase.programs.printing import paper_of
from touchbase.supporters.health import Ahead, Sessions
from touchbase.supporters.standing import Needs
from touchbase.utilization.figures import Card, Page
from touchbase.utilization.paper import Block, Paper, Section
from touchbase.utilization.printing import blocks, meaning
from touchbase.web.coordinator import pack_parts
from touchbase.web.coordinator.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that goes into a pack.

    `release` is the page of the newest one, `roster` is there where one is kept, `audiences` words the kinds
    of presentations, `readers` says how many get the news, where there is a list.
    """

    policy: Policy
    quarter: Quarter
    release: Page | None
    roster: Ahead | None
    standing: Mapping[Needs, int]
    held: Mapping[Kind, Sessions]
    planned: Mapping[Kind, Sessions]
    presented: Sequence[Summed]
    audiences: Mapping[str, str]
    readers: str


def packed(found: Gathered) -> Paper:
    """The pack."""
    policy, said = found.policy, found.quarter.said
    kept = policy.roster.kept
    cards = found.release.cards if found.release else ()
    parts = [
        _counts(found.release, policy.reporting.floor),
        *([pack_parts.roster(found.roster, weekly=kept is RosterKept.WEEKS)] if found.roster else []),
        pack_parts.training(found.standing, found.held, found.planned),
        _reach(found, cards),
        _feedback(cards, policy.reporting.floor),
        *([meaning(cards)] if cards else []),
    ]
    return Paper(
        title=_("Quarterly pack"),
        program=policy.program.name,
        organization=policy.program.organization,
        when=said,
        foot=_("%(program)s, quarterly pack, %(months)s") % {"program": policy.program.name, "months": said},
        sections=tuple(parts),
        paper=paper_of(policy),
    )


def _counts(release: Page | None, floor: int) -> Section:
    title = _("People who reached out")
    if release is None:
        return Section(title, (_nothing_yet(floor),))
    cards = [card for card in release.cards if not (_is_feedback(card) or _is_reach(card))]
    return Section(title, (release.heading, *release.sentences), release.notes, blocks(cards))


def _nothing_yet(floor: int) -> str:
    return _(
        "Nothing to show yet. Numbers appear when at least %(floor)s people have reached out in half-years "
        "that are over; that protects them."
    ) % {"floor": floor}


def _reach(found: Gathered, cards: Sequence[Card]) -> Section:
    """How people hear of the program, and whom of a team it reached, where a release says so."""
    given = [_presented(found.presented, found.audiences)] if found.presented else []
    none = () if found.presented else (_("No presentation is noted in these months."),)
    readers = (found.readers,) if found.readers else ()
    return Section(
        title=_("Reach"),
        sentences=(*none, *readers),
        blocks=(*given, *blocks(card for card in cards if _is_reach(card))),
    )


def _presented(each: Sequence[Summed], audiences: Mapping[str, str]) -> Block:
    n = sum(one.sessions for one in each)
    said = ngettext(
        "%(n)s presentation, %(heads)s heard it.", "%(n)s presentations, %(heads)s heard them.", n
    )
    return Block(
        question=_("Presentations in these months"),
        finding=said % {"n": n, "heads": sum(one.heads for one in each)},
        head=(_("Before whom"), _("Given"), _("Heard by")),
        rows=tuple((audiences[one.kind], str(one.sessions), str(one.heads)) for one in each),
    )


def _feedback(cards: Sequence[Card], floor: int) -> Section:
    asked = [card for card in cards if _is_feedback(card)]
    none = _("Nothing to show yet. Answers are shown from %(floor)s on.") % {"floor": floor}
    return Section(_("Feedback"), () if asked else (none,), blocks=blocks(asked))


def _is_feedback(card: Card) -> bool:
    return card.measure.startswith("feedback-")


def _is_reach(card: Card) -> bool:
    return card.measure == "reach"
