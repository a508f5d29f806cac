"""What the docs print from the code is what the code says now (ruling F21)."""

import pytest

from docs.generate import DOCS, EXAMPLE, PARTS, env_example, placed
from touchbase.config import env


@pytest.mark.parametrize(("file", "name"), PARTS)
def test_a_generated_part_is_up_to_date(file, name):
    page = (DOCS / file).read_text()
    assert placed(page, name, PARTS[file, name]()) == page, "run: just docs"


def test_the_example_of_the_environment_is_up_to_date():
    assert EXAMPLE.read_text() == env_example(), "run: just docs"


def test_a_page_without_its_marks_is_refused():
    with pytest.raises(LookupError, match="<!-- moves: begin -->"):
        placed("a page", "moves", "a part")


def test_every_variable_is_registered_once():
    variables = [one for one in vars(env).values() if isinstance(one, env.Variable)]
    assert sorted(one.name for one in variables) == sorted({one.name for one in env.ALL})
