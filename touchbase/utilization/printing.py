"""A release on paper: the very cells of the page and of the file, with what each of them means."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from touchbase.programs.policy import Policy
from touchbase.programs.printing import paper_of
from touchbase.utilization import words
from touchbase.utilization.figures import Card, Page
from touchbase.utilization.paper import Block, Paper, Section


def printed(page: Page, policy: Policy) -> Paper:
    """The sheet of a release."""
    program = policy.program
    counts = Section(
        title=_("What was counted"), sentences=page.sentences, notes=page.notes, blocks=blocks(page.cards)
    )
    return Paper(
        title=page.heading,
        program=program.name,
        organization=program.organization,
        when=page.period,
        foot=f"{program.name}, {page.period}",
        sections=(counts, meaning(page.cards)),
        paper=paper_of(policy),
    )


def blocks(cards: Iterable[Card]) -> tuple[Block, ...]:
    """Cards as tables on paper."""
    head = (_("Group"), _("People"), _("Share"))
    return tuple(
        Block(
            card.question,
            card.finding,
            head,
            tuple((row.label, row.people, row.share) for row in card.rows),
        )
        for card in cards
    )


def meaning(cards: Iterable[Card]) -> Section:
    """What the numbers on a sheet mean, those that are on it alone."""
    asked = (words.ASKED[card.measure] for card in cards)
    return Section(
        title=_("What these numbers mean"),
        meanings=tuple((str(one.question), str(one.meaning)) for one in asked),
    )
