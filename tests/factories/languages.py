"""A program that is read in two languages, and a catalogue that somebody has put their name to.

Fixtures: `reviewed` (Spanish may be shown), `bilingual` (Harbor in English and Spanish).
"""

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.programs import languages
from touchbase.programs.queries import CurrentProgram

TRANSLATED = {
    "Mornings": "Por la mañana",
    "weekdays 8 to 5": "de lunes a viernes, de 8 a 5",
}


def bilingual_text(**changes: str) -> str:
    """The policy of Harbor with Spanish beside English, and some of its own words in it."""
    entries = "".join(
        f'\n[[translations]]\nlanguage = "es"\ntext = "{text}"\nsays = "{says}"\n'
        for text, says in TRANSLATED.items()
    )
    return policy_text(program='languages = ["en", "es"]', **changes) + entries


@pytest.fixture
def reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has read the Spanish whole, and says so in its head."""
    monkeypatch.setattr(languages, "catalogues", lambda: {"es": True})


@pytest.fixture
def bilingual(reviewed: None, here: CurrentProgram) -> CurrentProgram:
    """Harbor, which has Spanish from now on."""
    return make_program(bilingual_text())
