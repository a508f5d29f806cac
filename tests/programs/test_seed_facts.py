"""The published facts of the five programs, one a line: where in the file each stands."""

from functools import reduce
from typing import Any

import pytest

from tests.programs.samples import EXAMPLES
from touchbase.programs.files import read

FILES = {path.stem: read(path) for path in EXAMPLES}

FACTS = [
    # whom it is for
    ("legacy", "words.for_whom", "members of the medical staff"),
    ("betsy-lehman", "words.for_whom", "all who work in health care in Massachusetts"),
    ("betsy-lehman", "eligibility.professions", "non-clinical"),
    ("betsy-lehman", "eligibility.sites", "nursing-home"),
    ("ohsu", "eligibility.professions", ["faculty", "fellow", "resident"]),
    ("ohsu", "eligibility.required", True),
    ("lvhn", "eligibility.professions", ["physician", "medical-student", "advanced-practice", "pharmacist"]),
    ("shcp", "words.for_whom", "physicians in Maine and New Hampshire"),
    # ways in
    ("legacy", "sources", {"self_": True, "colleague": True, "team": True, "directory": False}),
    ("legacy", "words.for_whom", "during a lawsuit"),
    ("betsy-lehman", "words.about", "a program of their own, adapted from one model"),
    ("betsy-lehman", "words.about", "Those without one share this statewide pool"),
    ("ohsu", "sources", {"self_": True, "colleague": True, "team": True, "directory": True}),
    ("ohsu", "matching.own_department", "fine"),
    ("ohsu", "words.about", "we hear who was there and reach out to everyone"),
    ("lvhn", "sources", {"self_": True, "colleague": False, "team": False, "directory": True}),
    ("lvhn", "coordinator.title", "Assistance program coordinator"),
    ("lvhn", "words.about", "A peer may also reach out to you after a hard case"),
    ("shcp", "sources", {"self_": True, "colleague": True, "team": False, "directory": False}),
    ("shcp", "coordinator.title", "Program administrator"),
    # the clock
    ("legacy", "clock", {}),
    ("betsy-lehman", "clock.match_within_hours", 24),
    ("ohsu", "clock", {}),
    ("lvhn", "clock.match_within_hours", 8),
    ("lvhn", "clock.weekend_match_within_hours", 24),
    ("shcp", "clock", {"match_within_hours": 24, "weekend_match_within_hours": 48}),
    # none of the descriptions names a roster; two files keep one as a way to their clock
    ("legacy", "roster", {}),
    ("betsy-lehman", "roster", {}),
    ("ohsu", "roster", {}),
    # the first note and the talk
    ("legacy", "contact.channels", ["text", "call", "email"]),
    ("legacy", "contact.modes", ["phone", "in-person"]),
    ("betsy-lehman", "words.introduction", "offered, never imposed"),
    ("ohsu", "words.introduction", "offers to meet, somewhere casual"),
    ("ohsu", "contact.modes", ["in-person", "phone", "video"]),
    ("shcp", "words.introduction", "an invitation"),
    ("shcp", "contact.modes", ["phone", "in-person"]),
    # afterwards
    ("legacy", "words.afterwards", "Once is usually enough"),
    ("betsy-lehman", "words.afterwards", "agree to check in again"),
    ("ohsu", "words.afterwards", "It's brief. For ongoing care, the counseling service"),
    ("lvhn", "words.afterwards", "Talk more if you want"),
    ("lvhn", "words.afterwards", "asks later if it arrived"),
    ("lvhn", "resources", ["self-help", "inside", "outside"]),
    ("shcp", "words.afterwards", "Talking again is up to you"),
    ("shcp", "words.about", "we understand. We ask before we send you a list"),
    # who knows
    ("legacy", "words.about", "talks about it with nobody"),
    ("legacy", "confidence.who_knows", "three"),
    ("ohsu", "words.about", "Use is counted without names"),
    ("lvhn", "confidence.who_knows", "two"),
    ("lvhn", "confidence.coordinator_sees", "until_accept"),
    ("lvhn", "words.about", "Nobody else learns that you talked"),
    ("lvhn", "words.about", "They speak of themes, and never of a person"),
    ("shcp", "confidence.who_knows", "three"),
    ("shcp", "words.about", "Your peer has your name and how to reach you, and nothing else"),
    # supporters
    ("legacy", "supporters.described", "many departments, places and levels"),
    ("betsy-lehman", "supporters.described", "Faculty train them, on site or online"),
    ("ohsu", "supporters.described", "named by their colleagues. They had intensive training"),
    ("lvhn", "supporters.training_hours", 4),
    ("lvhn", "supporters.meeting", "quarterly"),
    ("shcp", "supporters.described", "trained"),
    # exceptions
    ("legacy", "safety.exceptions", "danger"),
    ("lvhn", "safety.exceptions", "you or someone else may come to harm"),
    ("lvhn", "safety.reporting", "child abuse"),
    ("lvhn", "safety.reporting", "sexual harassment"),
    ("lvhn", "safety.reporting", "state or federal law"),
    ("lvhn", "legal.advice", "If a lawsuit is likely, get legal help first"),
    ("shcp", "safety.exceptions", "you or someone else may be in danger"),
    # the court statement
    ("ohsu", "legal.remark", "The fewer records there are, the less can be asked for"),
    ("ohsu", "confidence.licensing_confirmed", True),
    ("lvhn", "legal.contact", "the legal department"),
    ("shcp", "legal.court", "not-protected"),
    ("shcp", "program.state_name", "Maine and New Hampshire"),
    ("shcp", "confidence.licensing_confirmed", True),
    ("legacy", "confidence.licensing_confirmed", False),
    # the organization
    ("legacy", "program.sponsor", "Medical Staff Wellness Committee"),
    ("betsy-lehman", "words.about", "at least a quarter of a post"),
    ("betsy-lehman", "words.about", "A team of many professions meets each month"),
    ("betsy-lehman", "words.about", "the programs learn together"),
    ("ohsu", "program.sponsor", "Graduate Medical Education and Risk Management"),
    ("lvhn", "program.sponsor", "Wellness Committee"),
    ("shcp", "words.about", "An email list"),
    ("shcp", "news.mailed", True),
    ("shcp", "words.about", "quoted only when they allow it"),
]


@pytest.mark.parametrize(("slug", "key", "fact"), FACTS)
def test_a_published_fact_stands_in_the_file(slug, key, fact):
    value: Any = reduce(getattr, key.split("."), FILES[slug])
    if isinstance(fact, dict):
        given = {name: getattr(value, name) for name in value.model_fields_set}
        assert given == fact
    elif isinstance(fact, list):
        assert [getattr(one, "key", None) or getattr(one, "kind", one) for one in value] == fact
    elif isinstance(fact, str) and isinstance(value, tuple):
        assert fact in " ".join(str(getattr(one, "key", one)) for one in value)
    elif isinstance(fact, str):
        assert fact in value
    else:
        assert value == fact
