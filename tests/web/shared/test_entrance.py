"""The way to the sign-in and back."""

import pytest

from touchbase.web.shared.entrance import Said, page_behind, sentence, sign_in_address

pytestmark = pytest.mark.urls("tests.web.shared.probes")


def test_every_reason_has_a_sentence_and_no_other_word_has():
    assert all(sentence(said) for said in Said)
    assert sentence("anything else") == ""
    assert sentence(Said.LOCKED) == (
        "We signed you out to keep names private. Sign in and you'll be back where you were."
    )


def test_the_address_holds_where_to_return_to_and_a_word():
    assert sign_in_address() == "/account/sign-in/"
    assert sign_in_address(back="/harbor/desk/?a=1&b=2", said=Said.LOCKED) == (
        "/account/sign-in/?next=%2Fharbor%2Fdesk%2F%3Fa%3D1%26b%3D2&said=locked"
    )


def test_the_page_behind_a_press_is_the_nearest_one_above_it(rf):
    assert page_behind(rf.get("/harbor/desk/7f/?a=1")) == "/harbor/desk/7f/?a=1"
    assert page_behind(rf.post("/harbor/desk/7f/name/")) == "/harbor/desk/7f/"
    assert page_behind(rf.post("/nowhere/at/all/really/")) == ""
    assert page_behind(rf.post("/open/to/")) == ""
