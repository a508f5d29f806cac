"""What a supporter may say of themself, and how it is kept."""

from datetime import date

import pytest

from touchbase.programs.policy import Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters.details import DetailsUnclear, checked, first_name


@pytest.fixture
def policy(here: CurrentProgram) -> Policy:
    return here.policy


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("active", False, False),
        ("profession", "nurse", "nurse"),
        ("stage", "senior", "senior"),
        ("stage", "", ""),
        ("department", "surgery", "surgery"),
        ("site", "", ""),
        ("leads", ["surgery", "emergency", "surgery"], ["emergency", "surgery"]),
        ("leads", [], []),
        ("languages", ("es", "en", "en"), ["en", "es"]),
        ("topics", {"nights": "asking"}, {"nights": "asking"}),
        ("topics", {}, {}),
        ("title", "  an emergency\n physician ", "an emergency physician"),
        ("own_words", "  I work nights. \r\n Call late. ", "I work nights.\nCall late."),
        ("own_words", "a" * 300, "a" * 300),
        ("phone", "(207) 555-0170", "+12075550170"),
        ("phone", "+1 207 555 0170", "+12075550170"),
        ("phone", "", ""),
        ("public", True, True),
        ("contact_public", " Robin@Example.org ", "robin@example.org"),
        ("contact_public", "(207) 555-0170", "+12075550170"),
        ("contact_public", "", ""),
        ("days", ["sun", "mon", "mon"], ["mon", "sun"]),
        ("nights", True, True),
        ("limit", 0, 0),
        ("limit", 3, 3),
        ("parts_of_week", {"evenings", "mornings"}, ["evenings", "mornings"]),
        ("channels", ["text", "call"], ["call", "text"]),
        ("trained_month", date(2026, 5, 14), date(2026, 5, 1)),
        ("refresher_month", None, None),
    ],
)
def test_what_fits_is_kept(policy, field, given, kept):
    assert checked({field: given}, policy) == {field: kept}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("profession", "", "Pick one from the list."),
        ("contact_public", "robin@", "Enter one email address, like name@example.org."),
        ("contact_public", "call me", "Enter a phone number with its area code."),
        ("days", ["someday"], "Pick from the list."),
        ("profession", "wizard", "Pick one from the list."),
        ("stage", "ancient", "Pick one from the list."),
        ("department", "moon base", "Pick one from the list."),
        ("site", "nowhere", "Pick one from the list."),
        ("leads", ["surgery", "moon base"], "Pick from the list."),
        ("languages", [], "Pick at least one language."),
        ("languages", ["en", "english"], "Pick at least one language."),
        ("topics", {"secrets": "public"}, "Pick from the list."),
        ("topics", {"nights": "everyone"}, "Pick from the list."),
        ("title", "a" * 81, "Make it shorter: 80 characters at most."),
        ("title", "a \u202eb", "Write it without hidden characters."),
        ("own_words", "a" * 301, "Make it shorter: 300 characters at most."),
        ("own_words", "a\x00b", "Write it without hidden characters."),
        ("phone", "12", "Enter a phone number with its area code."),
        ("phone", "call me", "Enter a phone number with its area code."),
        ("limit", 4, "Choose how many people at once: none to three."),
        ("limit", -1, "Choose how many people at once: none to three."),
        ("parts_of_week", ["never"], "Pick from the list."),
        ("channels", ["pigeon"], "Pick from the list."),
    ],
)
def test_what_does_not_fit_is_answered_beside_its_field_without_repeating_it(policy, field, given, says):
    with pytest.raises(DetailsUnclear) as caught:
        checked({field: given}, policy)  # type: ignore[misc]
    assert (caught.value.field, caught.value.message) == (field, says)
    assert caught.value.__cause__ is None


def test_several_parts_are_kept_together(policy):
    assert checked({"limit": 1, "stage": "early"}, policy) == {"limit": 1, "stage": "early"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Robin Vale", "Robin"),
        ("Dr. Robin Vale", "Robin"),
        ("Prof. Dr. Robin", "Robin"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_a_note_is_signed_with_the_first_name(name, first):
    assert first_name(name) == first
