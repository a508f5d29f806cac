"""Every sentence the matcher can say, read."""

import re

import pytest

from touchbase.matching.reasons import Bar, Caution, Reason, Widen, free

ENUMS = (Bar, Reason, Caution, Widen)
SENTENCES = [each.sentence for kind in ENUMS for each in kind] + [bar.counted for bar in Bar]
NOT_SAID = re.compile(
    r"\b(score|rank|percent|star|fast|slow|best|worst|gender|sex|age|race|religion|case|ticket|client|patient"
    r"|victim|requester|mentor|counselor|responder|volunteer|decline[ds]?|refuse[ds]?|error|incident)\b",
    re.IGNORECASE,
)


def test_the_bars_say_this():
    assert {bar.value: (bar.sentence, bar.said(8)) for bar in Bar} == {
        "not-active": ("Isn't taking part at the moment.", "8 not taking part"),
        "not-trained": ("Hasn't finished the training yet.", "8 not trained yet"),
        "refresher-overdue": ("Is due for a refresher first.", "8 due for a refresher"),
        "resting": ("Is resting.", "8 resting"),
        "away": ("Is away.", "8 away"),
        "themself": ("Is the person who needs a peer.", "8 the same person"),
        "leads": ("Leads this person's department.", "8 leading their department"),
        "not-with": ("Is someone this person would rather not have.", "8 they'd rather not have"),
        "same-department": ("Works in the same department.", "8 same department"),
        "asked-before": ("Was asked about this one before.", "8 asked before"),
        "not-chosen": (
            "Isn't the peer this person chose. They want to hear first if that peer is busy.",
            "8 not the peer they chose",
        ),
        "site": ("Isn't at a site this person asked for.", "8 not at a site they asked for"),
        "profession": ("Has another role than this person asked for.", "8 in another role"),
        "at-limit": ("Is at their own limit.", "8 at their limit"),
    }


def test_the_reasons_say_this():
    assert {reason.value: reason.sentence for reason in Reason} == {
        "chosen": "The peer they chose",
        "language": "Speaks a language they asked for",
        "topic": "Offered to talk about what they asked for",
        "own-department": "Same department, as they asked",
        "other-department": "Different department",
        "own-site": "Same site",
        "other-site": "Different site",
        "same-profession": "Same role",
        "similar-stage": "At a similar stage",
        "first-to-call": "First to call today",
        "second-to-call": "Second to call today",
        "free-then": "Free when they are",
        "channel": "Fine with how they want to be reached",
        "has-room": "Has room for one more",
        "up-to-date": "Training is up to date",
    }


def test_the_cautions_say_this():
    assert {caution.value: caution.sentence for caution in Caution} == {
        "name-alike": "Shares a name with someone they'd rather not have",
        "not-chosen": "They chose another peer",
        "department-unknown": "Department not known",
        "peer-department-unknown": "This peer's department is not known",
        "same-department": "Same department",
        "not-own-department": "They asked for their own department, and this is another",
        "site-unknown": "Site not known, and they asked for one",
        "profession-unknown": "Role not known, and they asked for the same",
        "language": "Doesn't list the language they asked for",
        "topic": "Hasn't offered what they asked to talk about",
        "stage": "They asked for a similar stage, and this is another",
        "times": "Not free when they are",
        "channel": "Doesn't use the way they want to be reached",
    }


def test_the_widening_steps_say_this_in_this_order():
    assert [step.sentence for step in Widen] == [
        "Ask a peer to take one more than their limit",
        "Ask a peer at a site they didn't ask for",
        "Ask a peer in another role",
        "Ask the backup coordinator to call",
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_judges_anybody_or_uses_a_trait(sentence):
    assert NOT_SAID.search(sentence) is None
    assert not set(sentence) & set("!%★")
    assert len(sentence.split()) <= 16


def test_no_two_bars_count_alike():
    assert len({bar.counted for bar in Bar}) == len(Bar)


def test_free_times_are_read_as_one_phrase():
    assert free(["Evenings"]) == "Free evenings"
    assert free(["Mornings", "After nights"]) == "Free mornings, after nights"


def test_sentences_are_translated_where_they_are_shown():
    spanish = {"{n} resting": "{n} en descanso", "Free {times}": "Libre: {times}"}
    assert Bar.RESTING.said(5, spanish.__getitem__) == "5 en descanso"
    assert free(["Noches"], spanish.__getitem__) == "Libre: noches"
