"""Names as they are compared."""

import pytest

from touchbase.matching.names import called, named_in


@pytest.mark.parametrize(
    "typed",
    [
        "Inés Adair",
        "  ines   ADAIR ",
        "Dr. Ines Adair",
        "Dra. Inés Adair",
        "Prof. Dr. Ines Adair, MD",
        "ines_adair",
    ],
)
def test_the_same_person_is_called_the_same_however_it_is_typed(typed):
    assert called(typed) == "ines adair"


def test_names_keep_their_hyphens_and_either_apostrophe():
    assert called("Mary-Jo O’Dell") == called("mary-jo o'dell") == "mary-jo o'dell"


def test_a_title_alone_or_nothing_names_nobody():
    assert [called(typed) for typed in ("", "Dr.", "  ,", "!?")] == ["", "", "", ""]


def test_a_title_is_only_taken_from_the_front():
    assert called("Sam Prof") == "sam prof"


def test_names_in_other_scripts_are_compared_too():
    assert called("Ольга Вейл") == called("ольга  вейл") == "ольга веил"


def test_one_line_may_name_several_people():
    assert named_in("Dr. Moss, Jo Lind and Sam Ode") == {"moss", "jo lind", "sam ode"}


def test_one_line_may_name_nobody():
    assert named_in("") == named_in(" , ") == frozenset()
