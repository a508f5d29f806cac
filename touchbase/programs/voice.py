"""The words of a program's own sentences, held to the voice of the rest (ux.md section 3)."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from touchbase.programs.policy import Policy

LONGEST_SENTENCE = 22  # words; what is longer reads above grade 6

# What people in a hard hour shouldn't read, and what to say instead.
_NOT = (
    (r"mentors?|counsell?ors?|responders?|volunteers?", "peer, peer supporter or colleague"),
    (r"(?<!hard )(?<!in )cases?|tickets?|clients?|patients?|requesters?", "the person, or a request"),
    (r"(second )?victims?", "the person"),
    (r"errors?|incidents?|adverse events?", "a hard case, or a hard stretch"),
    (r"declin(e|es|ed|ing)|refus(e|es|ed|ing|al)|opt(s|ed|ing)? out|no-shows?", "not now"),
    (r"interven(e|es|ed|ing|tions?)|engag(e|es|ed|ing)|intake", "reach out, or touch base"),
    (r"confidentiality polic(y|ies)", "who knows what"),
    (r"purg(e|es|ed|ing)|archiv(e|es|ed|ing)", "erase"),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead) for words, instead in _NOT)
_PEER_WORDS = _PATTERNS[:1]  # in a list of help, a counselor is a counselor
_A_NAME = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof)\b\.? +[A-Z]")


def found_in(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each key whose text should be said another way, with how."""
    for key, text in _texts(policy):
        if "!" in text:
            yield key, "Leave out the exclamation mark."
        if _A_NAME.search(text):
            yield key, "Write the role, not a person's name."
    for key, text in _texts(policy):
        yield from ((key, remedy) for remedy in _unfit_words(key, text))
        if key.startswith(("words.", "supporters.described", "eligibility.otherwise")):
            yield from ((key, remedy) for remedy in _long_sentences(text))


def _texts(part: BaseModel, before: str = "") -> Iterator[tuple[str, str]]:
    for name in type(part).model_fields:
        yield from _texts_of(getattr(part, name), f"{before}{name}")


def _texts_of(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        yield from _texts(value, f"{key}.")
    elif isinstance(value, tuple):
        for place, item in enumerate(value, start=1):
            yield from _texts_of(item, f"{key}[{place}]")
    elif isinstance(value, str):
        yield key, value


def _unfit_words(key: str, text: str) -> Iterator[str]:
    for pattern, instead in _patterns_for(key):
        found = pattern.search(text)
        if found:
            yield f'Instead of "{found[0]}" say {instead}.'


def _patterns_for(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    if key.startswith("resources"):
        return tuple(pattern for pattern in _PATTERNS if pattern not in _PEER_WORDS)
    # Names of things that are called what they are called: professions, sites, organizations.
    spoken = (
        "words.",
        "supporters.",
        "safety.exceptions",
        "safety.reporting",
        "eligibility.otherwise",
        "legal.",
    )
    return _PATTERNS if key.startswith(spoken) else ()


def _long_sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?:;]) ", text):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield f"Cut the sentence in two: it has {words} words, and {LONGEST_SENTENCE} are easy to read."
