import pytest

from touchbase.programs import kinds


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (("slug",), "up to 40 small letters, digits and hyphens"),
        (("program",), "a table"),
        (("clock", "rest_days"), "a whole number from 1 up to 30"),
        (("matching", "clock_share"), "a number above 0 and below 1"),
        (("supporters", "training_hours"), "a number above 0 up to 80"),
        (("sources", "self"), "true or false"),
        (("confidence", "send_by"), 'one of "peer", "system"'),
        (("legal", "approved_on"), "a date without quotes, like 2026-12-24"),
        (("legal", "phone"), "a phone number, like 503-555-0142"),
        (("words", "headline"), "text in quotes, up to 70 characters"),
        (("words", "about"), "a list in square brackets, each text in quotes, up to 240 characters"),
        (("eligibility", "sites"), "a list of tables"),
        (("eligibility", "sites", 0, "label"), "text in quotes, up to 80 characters"),
    ],
)
def test_what_a_key_takes_is_said_in_words(place, kind):
    assert kinds.kind_of(kinds.at(place)) == kind


def test_a_place_is_written_as_people_count():
    assert kinds.name_of(("eligibility", "sites", 0, "label")) == "eligibility.sites[1].label"


def test_the_tables_come_in_the_file_s_order_with_their_lists():
    assert [name for name, _ in kinds.tables()] == [
        "program", "words", "coordinator", "backup",
        "eligibility", "eligibility.professions", "eligibility.stages", "eligibility.departments",
        "eligibility.sites", "sources", "clock", "matching", "confidence", "contact", "contact.times",
        "supporters", "supporters.topics", "roster", "safety", "safety.urgent", "legal", "reporting",
            "news", "resources", "translations",
    ]  # fmt: skip
