"""What people say of the program: two questions with answers to press, on one page for everybody (ruling A5).

No link of one's own, no text, no mail. An answer is one more in the vault's pool, and who answers twice is
counted twice: to know better, something of each person would have to be kept.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from touchbase.outreach.errors import NotAvailable
from touchbase.programs.queries import CurrentProgram
from touchbase.utilization.counters import MEASURES, Of
from touchbase.vault import store

# In the order they are asked: each measure of answers, and what may be pressed.
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {key: measure.categories for key, measure in MEASURES.items() if measure.of is Of.ANSWERS}
)


def answer(*, here: CurrentProgram, question: str, said: str) -> None:
    """Count one answer. Raises `NotAvailable` for what isn't asked, `Unavailable` when nothing is written."""
    if said not in QUESTIONS.get(question, ()):
        raise NotAvailable(_("Choose one of the answers on the page."))
    store.answer(program=here.id, said=(question, said))


def after(question: str) -> str:
    """The question that comes after one; empty after the last."""
    asked = list(QUESTIONS)
    return next(iter(asked[asked.index(question) + 1 :]), "")
