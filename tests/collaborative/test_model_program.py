"""A program's file and the model: what differs is said, what is picked is taken, and nothing else changes."""

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.factories.programs import HARBOR, policy_text
from touchbase.collaborative.model_program import (
    OWN,
    CantMerge,
    Difference,
    Kind,
    compared,
    differences,
    merged,
)
from touchbase.programs import files, kinds
from touchbase.programs.files import PolicyRefused
from touchbase.programs.policy import Policy

NIGHTS = '\n[[supporters.topics]]\nkey = "nights"\nlabel = "Nights"\n'
TOPIC = '\n[[supporters.topics]]\nkey = "{0}"\nlabel = "{1}"\n'


def read(text: str) -> Policy:
    return files.stored(text, file="harbor.toml")


def between(base: str | None, ours: str, theirs: str) -> tuple[Difference, ...]:
    return differences(base=read(base) if base else None, ours=read(ours), theirs=read(theirs))


def told(base: str | None, ours: str, theirs: str) -> dict[str, Kind]:
    return {one.name: one.kind for one in between(base, ours, theirs)}


def test_the_same_rules_written_in_two_ways_are_no_difference():
    assert told(None, HARBOR, policy_text(clock="rest_days = 7  # the default")) == {}


def test_each_key_is_told_by_who_changed_it():
    base = policy_text(clock="rest_days = 5\nidle_days = 20\nlongest_days = 60")
    ours = policy_text(clock="rest_days = 6\nidle_days = 20\nlongest_days = 61") + TOPIC.format("a", "A")
    theirs = policy_text(clock="rest_days = 5\nidle_days = 21\nlongest_days = 62") + TOPIC.format("b", "B")

    assert told(base, ours, theirs) == {
        "clock.rest_days": Kind.OURS,
        "clock.idle_days": Kind.CHANGED,
        "clock.longest_days": Kind.BOTH,
        "supporters.topics.b": Kind.NEW,
        "supporters.topics.a": Kind.OURS,
    }
    assert told(HARBOR + TOPIC.format("c", "C"), HARBOR + TOPIC.format("c", "C"), HARBOR) == {
        "supporters.topics.c": Kind.REMOVED
    }


def test_what_overrides_nobody_is_offered_and_the_rest_is_a_choice():
    offered = {
        kind: Difference(("clock", "rest_days"), kind, 1, 2).is_offered
        for kind in (Kind.OURS, Kind.NEW, Kind.CHANGED, Kind.REMOVED, Kind.BOTH)
    }
    assert [kind for kind, is_offered in offered.items() if is_offered] == [Kind.NEW, Kind.CHANGED]


def test_without_a_beginning_everything_that_differs_is_a_choice():
    theirs = policy_text(clock="rest_days = 5") + TOPIC.format("b", "B")
    assert told(None, HARBOR + TOPIC.format("a", "A"), theirs) == {
        "clock.rest_days": Kind.BOTH,
        "supporters.topics.b": Kind.BOTH,
        "supporters.topics.a": Kind.OURS,
    }


def test_what_a_program_says_of_itself_is_never_compared():
    other = policy_text(
        "inland",
        program='name = "Inland Peers"\nbrand_color = "#103080"',
        coordinator='phone = "207-555-0199"',
        safety='reporting = ["child abuse"]',
        clock="holidays = [2026-12-24]",
    ).replace('key = "west"\nlabel = "West Pier"', 'key = "hill"\nlabel = "The Hill"')
    other = other.replace('label = "Nurse"', 'label = "Nurse"\nheadcount = 40')

    assert told(None, HARBOR, other) == {"safety.reporting": Kind.BOTH}


def test_every_list_of_a_file_is_the_programs_own_or_has_entries_with_a_key():
    lists = [tuple(name.split(".")) for name, node in kinds.tables() if node["type"] == "array"]
    open_ones = [name for name in lists if name not in OWN and name[:1] not in OWN]

    assert open_ones
    for name in open_ones:
        entry = kinds.resolved(kinds.at(name)["items"])["properties"]
        assert list(entry) == ["key", "label", "headcount"], name
    for path in OWN:
        assert kinds.at(path), path


def test_what_is_taken_is_changed_on_its_line_and_every_remark_stays():
    ours = policy_text(clock="# agreed in May\nrest_days = 5  # days\nidle_days=20")
    theirs = policy_text(clock="rest_days = 9\nidle_days = 21\nlongest_days = 61")

    new = merged(ours, between(None, ours, theirs), ["clock.rest_days", "clock.longest_days"])
    assert new == ours.replace("rest_days = 5  #", "rest_days = 9  #").replace(
        "idle_days=20\n", "idle_days=20\nlongest_days = 61\n"
    )


def test_an_entry_is_added_after_the_others_and_goes_with_its_own_lines():
    theirs = HARBOR.replace('key = "mornings"\nlabel = "Mornings"', 'key = "noon"\nlabel = "Noon # 12"')
    found = between(HARBOR, HARBOR, theirs)
    new = merged(HARBOR, found, [one.name for one in found])

    assert {one.name: one.kind for one in found} == {
        "contact.times.noon": Kind.NEW,
        "contact.times.mornings": Kind.REMOVED,
    }
    assert compared(read(new)) == compared(read(theirs))
    assert [line for line in new.splitlines() if line not in HARBOR.splitlines()] == [
        'key = "noon"',
        'label = "Noon # 12"',
    ]


def test_a_table_and_a_list_that_were_not_there_come_last():
    ours = HARBOR.replace(NIGHTS, "").rstrip("\n")
    found = between(None, ours, HARBOR + "\n[news]\nmailed = true\n")
    new = merged(ours, found, ["news.mailed", "supporters.topics.nights"])

    assert new == ours + "\n" + NIGHTS + "\n[news]\nmailed = true\n"


def test_a_key_that_the_model_has_not_is_taken_out():
    described = 'described = "Peers are clinicians of this hospital, trained for this."\n'
    without = HARBOR.replace(described, "")

    assert merged(HARBOR, between(HARBOR, HARBOR, without), ["supporters.described"]) == without
    assert merged(without, between(None, without, HARBOR), ["supporters.described"]) == HARBOR


def test_line_ends_and_long_lists_stay_as_they_are_written():
    about = [f"A fact about how it is set up, number {n}." for n in range(4)]
    theirs = policy_text(words=f"about = {json.dumps(about)}")
    ours = HARBOR.replace("\n", "\r\n")
    new = merged(ours, between(None, ours, theirs), ["words.about"])

    assert ("\n" in new.replace("\r\n", ""), read(new).words.about) == (False, tuple(about))
    assert f"about = [\r\n    {json.dumps(about[0])},\r\n" in new
    short = policy_text(words='about = ["One fact."]')
    back = merged(new, between(None, new, short), ["words.about"])
    begin = new.index("about = [")
    assert back == f'{new[:begin]}about = ["One fact."]{new[new.index("]", begin) + 1 :]}'


CLOCK = policy_text(clock="rest_days = 9")
INLINE = HARBOR.replace(NIGHTS, "").replace(
    "\n[supporters]\n", "\n[supporters]\ntopics = [{key = 'a', label = 'A'}]\n"
)
BARE = HARBOR[: HARBOR.index("[supporters]")] + HARBOR[HARBOR.index("[roster]") :]


@pytest.mark.parametrize(
    ("ours", "theirs", "name"),
    [
        (
            HARBOR.replace("[clock]\n", "").replace("[program]", "clock.rest_days = 5\n[program]"),
            CLOCK,
            "clock.rest_days",
        ),
        (
            HARBOR.replace("[clock]\n", "").replace("[program]", "clock = {}\n[program]"),
            CLOCK,
            "clock.rest_days",
        ),
        (INLINE, HARBOR + TOPIC.format("a", "B"), "supporters.topics.a"),
        (INLINE, HARBOR, "supporters.topics.a"),
        (
            BARE.replace("[program]", "supporters = {described = 'All of us.'}\n[program]"),
            BARE,
            "supporters.described",
        ),
    ],
)
def test_a_file_that_is_not_written_line_by_line_is_refused_in_words(ours, theirs, name):
    with pytest.raises(CantMerge, match=r"write each key on a line of its own"):
        merged(ours, between(None, ours, theirs), [name])


def test_what_makes_no_policy_with_the_rest_is_refused_as_any_file_is():
    ours, theirs = (
        policy_text(),
        policy_text(clock="match_within_hours = 72\nweekend_match_within_hours = 72"),
    )
    with pytest.raises(PolicyRefused, match="weekend_match_within_hours: A weekend gives at least as long"):
        merged(ours, between(None, ours, theirs), ["clock.match_within_hours"])


KEYS = st.fixed_dictionaries(
    {},
    optional={
        "rest_days": st.integers(1, 14),
        "idle_days": st.integers(25, 40),
        "hours": st.sampled_from(["07:00-20:00", "06:30-21:00"]),
        "weekend": st.lists(st.sampled_from(["sat", "sun", "fri"]), unique=True),
    },
)
ENTRIES = st.dictionaries(
    st.sampled_from(["loss", "lawsuits", "illness"]),
    st.sampled_from(["{} at work", 'A "hard" {}', "{} # all of it", "{} – später"]),
)
REMARK = st.sampled_from(["", "  # as we agreed", "\n# why [this] = so"])
BESIDE = st.sampled_from(["", "  # as we agreed"])  # what is remarked inside an entry goes when that does


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A file of Harbor's with some keys and topics of its own, remarked here and there."""
    lines = [f"{key} = {json.dumps(value)}{draw(REMARK)}" for key, value in draw(KEYS).items()]
    text = policy_text(clock="\n".join(lines)) if lines else HARBOR
    for key, label in draw(ENTRIES).items():
        text += f"{draw(REMARK)}\n[[supporters.topics]]{draw(BESIDE)}\n"
        text += f'key = "{key}"\nlabel = {json.dumps(label.format(key))}\n'
    return text


def test_a_remark_above_an_entry_stays_and_one_inside_goes_with_it():
    entry = TOPIC.format("loss", "Loss").replace("key", "# inside\nkey")
    ours = f"{HARBOR}\n# above\n{entry.lstrip()}"
    assert merged(ours, between(ours, ours, HARBOR), ["supporters.topics.loss"]) == f"{HARBOR}\n# above\n"


@settings(max_examples=10, phases=[Phase.generate])  # shrinking a whole file takes minutes
@given(texts(), texts(), texts(), st.data())
def test_merging_takes_what_is_picked_and_nothing_else(base, ours, theirs, data):
    found = between(base, ours, theirs)
    names = [one.name for one in found]
    assert merged(ours, found, []) == ours

    everything = merged(ours, found, names)
    assert compared(read(everything)) == compared(read(theirs))

    picks = set(data.draw(st.lists(st.sampled_from(names)))) if names else set()
    some = merged(ours, found, picks)
    wanted = compared(read(ours)) | {one.path: one.theirs for one in found if one.name in picks}
    assert compared(read(some)) == {path: value for path, value in wanted.items() if value is not None}
    assert merged(some, between(base, some, theirs), picks) == some
    assert [
        line for line in ours.splitlines() if line.startswith("#") and line not in some.splitlines()
    ] == []
    assert read(some).program == read(ours).program
