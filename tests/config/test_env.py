"""What an operator writes into a variable, and what is said when it can't be used."""

import pytest

from touchbase.config import env


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        (env.MODE, "staging", 'TOUCHBASE_MODE: say "production" or "demo"'),
        (env.SWEEP, "maybe", 'TOUCHBASE_SWEEP: say "yes" or "no"'),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_the_variable_and_the_words_that_do(variable, text, said):
    with pytest.raises(ValueError, match=said):
        variable.value({variable.name: text})


@pytest.mark.parametrize(("text", "meant"), [("yes", True), ("NO", False), ("", True)])
def test_yes_and_no_are_read_however_they_are_written_and_empty_is_the_default(text, meant):
    assert env.SWEEP.value({"TOUCHBASE_SWEEP": text}) is meant


def test_names_come_with_commas_and_any_spaces():
    assert env.HOSTS.value({"TOUCHBASE_HOSTS": "peer.example.org, , desk.example.org"}) == [
        "peer.example.org",
        "desk.example.org",
    ]
