import pytest

from tests.programs.samples import EXAMPLES, HARBOR, added, harbor, policy, problems
from touchbase.programs.choices import Channel, Weekday
from touchbase.programs.files import PolicyRefused, Problem, parse, read, read_all, stored, text_of


def test_a_program_nobody_has_heard_of_works_from_its_file_alone():
    read_policy = policy()
    assert (read_policy.slug, read_policy.program.organization) == ("harbor", "Harbor Hospital")


def test_lists_words_and_dates_of_a_file_become_frozen_values():
    read_policy = policy(
        added("contact", 'channels = ["email", "call"]'),
        added("clock", 'weekend = ["fri", "sat"]', "holidays = [2026-12-24]"),
    )
    assert read_policy.contact.channels == (Channel.EMAIL, Channel.CALL)
    assert read_policy.clock.weekend == (Weekday.FRI, Weekday.SAT)
    assert [str(day) for day in read_policy.clock.holidays] == ["2026-12-24"]


def test_a_file_without_optional_tables_has_the_published_practice():
    clock = policy().clock
    assert (clock.match_within_hours, clock.weekend_match_within_hours) == (24, 48)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_reads(path):
    assert read(path).slug == path.stem


def test_there_are_five_examples():
    assert [path.stem for path in EXAMPLES] == ["betsy-lehman", "legacy", "lvhn", "ohsu", "shcp"]


@pytest.mark.parametrize(
    ("change", "key", "remedy"),
    [
        (
            added("clock", "match_withn_hours = 12"),
            "clock.match_withn_hours",
            'There is no such key. Did you mean "match_within_hours"?',
        ),
        (
            added("program", "floor = 12"),
            "program.floor",
            "It belongs in the table [reporting].",
        ),
        (
            added("reporting", 'slug = "harbor"'),
            "reporting.slug",
            "It belongs to the top of the file, before the first table.",
        ),
        (
            added("reporting", "zzz = 1"),
            "reporting.zzz",
            "There is no such key. The keys here are floor.",
        ),
        (
            added("clock", 'match_within_hours = "24"'),
            "clock.match_within_hours",
            "Write a whole number from 1 up to 168.",
        ),
        (
            added("clock", "match_within_hours = 0"),
            "clock.match_within_hours",
            "Write a whole number from 1 up to 168.",
        ),
        (
            added("clock", 'holidays = ["2026-12-24"]'),
            "clock.holidays[1]",
            "Write a date without quotes, like 2026-12-24.",
        ),
        (
            added("clock", "holidays = 2026-12-24"),
            "clock.holidays",
            "Write a list in square brackets, each a date without quotes, like 2026-12-24.",
        ),
        (
            added("clock", 'hours = "21:00-07:00"'),
            "clock.hours",
            'Waking hours end later than they begin, like "07:00-21:00".',
        ),
        (
            added("clock", 'hours = "07:00-24:30"'),
            "clock.hours",
            'Write two times of day, like "07:00-21:00".',
        ),
        (
            added("clock", 'hours = "all day"'),
            "clock.hours",
            'Write two times of day, like "07:00-21:00".',
        ),
        (
            added("clock", 'weekend = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'),
            "clock.weekend",
            "Keep at most 6 of them.",
        ),
        (
            added("sources", 'self = "yes"'),
            "sources.self",
            "Write true or false.",
        ),
        (
            added("matching", 'match_by = "computer"'),
            "matching.match_by",
            'Write one of "coordinator", "clock".',
        ),
        (
            added("contact", "channels = []"),
            "contact.channels",
            "Add at least one.",
        ),
        (
            ('sponsor = "Chief of staff"', ""),
            "program.sponsor",
            (
                "Add it: text in quotes, up to 80 characters. "
                "Who stands behind the program; named at the foot of its pages."
            ),
        ),
        (
            ('label = "Nurse"', ""),
            "eligibility.professions[1].label",
            "Add it: text in quotes, up to 80 characters. What people read.",
        ),
        (
            ('headline = "A peer is one call away."', f'headline = "{"a" * 71}"'),
            "words.headline",
            "Shorten it to 70 characters.",
        ),
        (
            ('headline = "A peer is one call away."', 'headline = "  "'),
            "words.headline",
            "Write text in quotes, up to 70 characters.",
        ),
        (
            ('sponsor = "Chief of staff"', 'sponsor = "Chief\\nof staff"'),
            "program.sponsor",
            "Write it as one line, without hidden characters.",
        ),
        (
            ('time_zone = "America/Denver"', 'time_zone = "Denver"'),
            "program.time_zone",
            'Use a name of the IANA list, like "America/New_York".',
        ),
        (
            ('email = "peers@example.org"', 'email = "example.org"'),
            "coordinator.email",
            "Write an email address, like peers@example.org.",
        ),
        (
            ('phone = "303-555-0110"', 'phone = "call us"'),
            "coordinator.phone",
            "Write a phone number, like 503-555-0142.",
        ),
        (
            ("[reporting]", 'reporting = "no"'),
            "legal.reporting",
            "It belongs to the top of the file, before the first table.",
        ),
    ],
)
def test_a_refusal_says_which_key_and_what_to_do(change, key, remedy):
    assert problems(change) == [(key, remedy)]


def test_a_table_that_is_no_table_is_refused_in_words():
    text = "legal = 1\n" + HARBOR.replace("[legal]\n", "")
    with pytest.raises(PolicyRefused) as refused:
        parse(text, file="harbor.toml")
    assert refused.value.problems == (Problem("harbor.toml", "legal", "Write a table."),)


def test_all_that_is_wrong_is_said_at_once():
    wrong = problems(added("clock", "rest_days = 0", "idle_days = 0"), added("reporting", "floor = 1"))
    assert [key for key, _ in wrong] == ["clock.rest_days", "clock.idle_days", "reporting.floor"]


@pytest.mark.parametrize(
    ("text", "key", "beginning"),
    [
        ('slug = "harbor"\nname = harbor\n', "line 2", "This can't be read: "),
        ("[clock]\n[clock]\n", "line 2", "This can't be read: Cannot declare"),
        ("slug = ", "end of file", "This can't be read: Invalid value."),
        ("\ufeffslug = 1", "line 1", "Save this file as UTF-8 without a byte order mark."),
    ],
)
def test_text_that_is_no_toml_is_refused_with_its_line(text, key, beginning):
    with pytest.raises(PolicyRefused) as refused:
        parse(text, file="harbor.toml")
    (problem,) = refused.value.problems
    assert (problem.file, problem.key, problem.remedy[: len(beginning)]) == ("harbor.toml", key, beginning)


def test_an_address_of_touchbase_itself_is_no_slug():
    with pytest.raises(PolicyRefused) as refused:
        parse(harbor(('slug = "harbor"', 'slug = "trust"')), file="trust.toml")
    (problem,) = refused.value.problems
    assert str(problem) == (
        'trust.toml: slug: "trust" is the address of a page of Touchbase. Choose another word.'
    )


def test_the_slug_is_the_name_of_the_file():
    with pytest.raises(PolicyRefused) as refused:
        parse(HARBOR, file="port.toml")
    assert refused.value.message == (
        "port.toml: slug: The file of this program is called harbor.toml. Change the slug or the file's name."
    )


def test_what_was_applied_once_is_read_again_without_being_judged():
    shouting = harbor(('headline = "A peer is one call away."', 'headline = "Call now!"'))
    assert stored(shouting, file="harbor.toml").words.headline == "Call now!"


def test_a_file_is_read_with_its_own_line_ends(tmp_path):
    path = tmp_path / "harbor.toml"
    path.write_bytes(HARBOR.replace("\n", "\r\n").encode())
    assert text_of(path).count("\r\n") == HARBOR.count("\n")
    assert read(path).slug == "harbor"


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes("é".encode("latin-1"))
    with pytest.raises(PolicyRefused) as refused:
        read_all([tmp_path / "nowhere.toml", latin])
    assert [str(problem) for problem in refused.value.problems] == [
        "nowhere.toml: file: This file can't be read. Check its name, and that you may read it.",
        "latin.toml: file: Save this file as UTF-8 text.",
    ]


def test_two_files_of_one_program_are_refused(tmp_path):
    paths = [tmp_path / "a" / "harbor.toml", tmp_path / "b" / "harbor.toml"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(HARBOR)
    with pytest.raises(PolicyRefused) as refused:
        read_all(paths)
    assert refused.value.problems == (
        Problem("harbor.toml", "slug", "2 files have this slug. Keep one of them."),
    )


def test_several_files_are_read_together():
    assert [policy.slug for _, policy in read_all(EXAMPLES)] == [path.stem for path in EXAMPLES]
