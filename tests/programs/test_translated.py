"""A policy's own words in another of its languages. Rules, keys and numbers stay what they are."""

import pytest
from django.utils import translation

from tests.factories.languages import TRANSLATED, bilingual_text
from tests.factories.programs import make_program
from touchbase.programs.files import PolicyRefused, parse
from touchbase.programs.translated import in_language, texts_of


def entry(text: str, says: str = "Otra cosa", language: str = "es") -> str:
    return f'\n[[translations]]\nlanguage = "{language}"\ntext = "{text}"\nsays = "{says}"\n'


@pytest.fixture
def here():
    return parse(bilingual_text(), file="harbor.toml")


def test_its_texts_are_read_in_the_language_and_all_else_as_before(here):
    there = in_language(here, "es")
    assert there.label_of("time", "mornings") == TRANSLATED["Mornings"]
    assert there.label_of("time", "evenings") == "Evenings"  # nobody has translated it yet
    assert there.coordinator.hours == "de lunes a viernes, de 8 a 5"
    assert [one.key for one in there.contact.times] == [one.key for one in here.contact.times]
    assert (there.clock, there.coordinator.phone, there.slug) == (
        here.clock,
        here.coordinator.phone,
        here.slug,
    )
    assert in_language(here, "fr") == here


def test_a_rule_that_reads_like_a_text_is_no_text(here):
    assert here.clock.hours not in set(texts_of(here))
    assert not set(here.contact.minutes) & set(texts_of(here))
    assert {here.slug, here.program.name, here.coordinator.phone, "mornings"}.isdisjoint(texts_of(here))


@pytest.mark.parametrize(
    ("more", "key", "remedy"),
    [
        (entry("Evenings", language="fr"), "translations[3].language", "isn't a further language"),
        (entry("Evenings", language="en"), "translations[3].language", "isn't a further language"),
        (entry("Evening"), "translations[3].text", "Copy it exactly"),
        (entry("Mornings"), "translations", "es: Mornings"),
    ],
)
def test_a_translation_of_nothing_is_refused_with_what_to_do(more, key, remedy):
    with pytest.raises(PolicyRefused) as refused:
        parse(bilingual_text() + more, file="harbor.toml")
    assert [(one.key, remedy in one.remedy) for one in refused.value.problems] == [(key, True)]


@pytest.mark.django_db
def test_whoever_asks_for_a_program_gets_it_in_the_language_of_their_page(reviewed):
    make_program(bilingual_text())
    with translation.override("es"):
        assert make_program(bilingual_text()).policy.label_of("time", "mornings") == TRANSLATED["Mornings"]
    assert make_program(bilingual_text()).policy.label_of("time", "mornings") == "Mornings"
