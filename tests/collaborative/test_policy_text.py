"""One key of a policy file is changed in its text, and what isn't there needn't be taken out."""

import tomllib

from tests.factories.programs import HARBOR
from touchbase.collaborative.policy_text import with_entry, with_key


def test_what_is_not_there_is_not_taken_out():
    assert with_key(HARBOR, "clock", "rest_days", None) == HARBOR
    assert with_key(HARBOR, "news", "mailed", None) == HARBOR
    assert with_entry(HARBOR, ("contact", "times"), "noon", None) == HARBOR


def test_a_statement_of_several_lines_is_one_and_its_remark_stays():
    text = "[words]\nabout = [\n  'a # 1', # one\n  'b = [2]',\n]  # all\nheadline = '''\n[x]\n''' # h\n"
    assert with_key(text, "words", "about", ["c"]) == text.replace(
        "[\n  'a # 1', # one\n  'b = [2]',\n]", '["c"]'
    )
    changed = with_key(text, "words", "headline", 'An "x" \\ y')
    assert changed.endswith('headline = "An \\"x\\" \\\\ y" # h\n')
    assert tomllib.loads(changed)["words"]["headline"] == 'An "x" \\ y'


def test_every_kind_of_value_reads_back_as_it_was_given():
    for value in (True, False, 7, 0.25, "ü – 'q'", [], ["a", "b"], ["long enough to be written apart"] * 4):
        assert tomllib.loads(with_key("[t]\n", "t", "k", value))["t"]["k"] == value
