import pytest

from tests.programs.samples import added, problems

HEADLINE = 'headline = "A peer is one call away."'


def said(text: str) -> list[tuple[str, str]]:
    return problems((HEADLINE, f'headline = "{text}"'))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Call us now!", "Leave out the exclamation mark."),
        ("A mentor calls you.", 'Instead of "mentor" say peer, peer supporter or colleague.'),
        ("Counselors listen.", 'Instead of "Counselors" say peer, peer supporter or colleague.'),
        ("After a case.", 'Instead of "case" say the person, or a request.'),
        ("For second victims.", 'Instead of "second victims" say the person.'),
        ("After an adverse event.", 'Instead of "adverse event" say a hard case, or a hard stretch.'),
        ("You can decline.", 'Instead of "decline" say not now.'),
        ("You can opt out.", 'Instead of "opt out" say not now.'),
        ("We intervene.", 'Instead of "intervene" say reach out, or touch base.'),
        ("Our confidentiality policy", 'Instead of "confidentiality policy" say who knows what.'),
        ("We purge it.", 'Instead of "purge" say erase.'),
        ("Call Dr. Vale.", "Write the role, not a person's name."),
    ],
)
def test_a_sentence_keeps_the_voice(text, remedy):
    assert said(text) == [("words.headline", remedy)]


@pytest.mark.parametrize(
    "text", ["After a hard case.", "In case you wonder.", "Terror of nights", "Showcase"]
)
def test_a_hard_case_and_words_that_only_look_alike_are_fine(text):
    assert said(text) == []


def test_a_sentence_of_23_words_is_cut_in_two_and_one_of_22_is_not():
    long = " ".join(["a"] * 23)
    change = 'introduction = "Talk with a colleague."'
    assert problems((change, f'introduction = "Short. {long}."')) == [
        ("words.introduction", "Cut the sentence in two: it has 23 words, and 22 are easy to read.")
    ]
    assert problems((change, f'introduction = "Short. {long[2:]}. Short."')) == []


def test_each_entry_of_a_list_is_read():
    found = problems(added("words", 'about = ["A fact.", "A fact about victims."]'))
    assert found == [("words.about[2]", 'Instead of "victims" say the person.')]


def test_names_of_things_are_called_what_they_are_called():
    changes = ('label = "Nurse"', 'label = "Patient care technician"'), added("program", 'region = "CO"')
    assert problems(*changes) == []


@pytest.mark.parametrize(("where", "expected"), [("A counselor listens.", 0), ("For victims.", 1)])
def test_in_the_list_of_help_a_counselor_is_a_counselor(where, expected):
    resource = f'[[resources]]\nkind = "inside"\ntitle = "Help"\nwhere = "{where}"'
    assert len(problems(("[reporting]", f"[reporting]\n{resource}"))) == expected


def test_a_desk_is_a_role():
    found = problems(('title = "Harbor coordinator"', 'title = "Ms. Vale"'))
    assert found == [("coordinator.title", "Write the role, not a person's name.")]
