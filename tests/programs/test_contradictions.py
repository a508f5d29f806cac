from datetime import date

import pytest

from tests.programs.samples import added, policy, problems

BACKUP = (
    'phone = "303-555-0111"\nemail = "backup@example.org"',
    'phone = "303-555-0110"\nemail = "peers@example.org"',
)
NO_DEPARTMENTS = ('[[eligibility.departments]]\nkey = "dock"\nlabel = "Dock clinic"', "")
URGENT = '[[safety.urgent]]\nlabel = "Call 988"\nnumber = "9-8-8"\nchecked_on = 2026-11-02\n\n[legal]'


@pytest.mark.parametrize(
    ("changes", "key", "remedy"),
    [
        (
            [added("sources", "self = false", "colleague = false", "team = false")],
            "sources",
            "Open at least one way in: self, colleague or team.",
        ),
        (
            [added("confidence", 'who_knows = "two"')],
            "confidence.who_knows",
            'With "two" people choose a peer from the list: set sources.directory = true.',
        ),
        (
            [added("sources", "self = false", "directory = true")],
            "sources.directory",
            "Who chooses from the list asks for themself: set sources.self = true as well.",
        ),
        (
            [added("clock", "weekend_match_within_hours = 23")],
            "clock.weekend_match_within_hours",
            "A weekend gives at least as long as a working day: write 24 or more.",
        ),
        (
            [added("clock", "match_within_hours = 3")],
            "clock.ask_expires_after_hours",
            "An ask has to run out before the match is due: write 3 or less.",
        ),
        (
            [added("clock", "second_touch_after_days = 6")],
            "clock.second_touch_until_days",
            "This ends before the second note may go out: write 6 or more.",
        ),
        (
            [added("clock", "idle_days = 7")],
            "clock.idle_days",
            "A referral would close while it waits for an answer: write 8 or more.",
        ),
        (
            [added("clock", "longest_days = 29")],
            "clock.longest_days",
            "A referral may need 30 days by the other rules: write 30 or more, or shorten those.",
        ),
        (
            [added("clock", "idle_days = 8", "check_in_within_days = 1", "longest_days = 21")],
            "clock.longest_days",
            "A referral may need 22 days by the other rules: write 22 or more, or shorten those.",
        ),
        (
            [
                added(
                    "clock",
                    "idle_days = 8",
                    "check_in_within_days = 1",
                    "touch_within_hours = 25",
                    "longest_days = 22",
                )
            ],
            "clock.longest_days",
            "A referral may need 23 days by the other rules: write 23 or more, or shorten those.",
        ),
        (
            [added("clock", "holidays = [2026-07-24]", "not_holidays = [2026-07-24]")],
            "clock.holidays",
            "2026-07-24 is also in not_holidays. Keep it in one of the two.",
        ),
        (
            [added("clock", "holidays = [2026-07-24, 2026-07-24]")],
            "clock.holidays",
            '"2026-07-24" is there 2 times. Keep it once.',
        ),
        (
            [added("clock", 'weekend = ["sat", "sat"]')],
            "clock.weekend",
            '"sat" is there 2 times. Keep it once.',
        ),
        (
            [added("program", 'country = "ZZ"')],
            "program.country",
            "No public holidays are known for it. Use the two letters of ISO 3166, like US.",
        ),
        (
            [added("program", 'region = "ZZ"')],
            "program.region",
            "It isn't a part of US with holidays of its own. Leave it out, or correct it.",
        ),
        (
            [added("program", 'languages = ["en", "en"]')],
            "program.languages",
            '"en" is there 2 times. Keep it once.',
        ),
        (
            [NO_DEPARTMENTS],
            "matching.own_department",
            'Nobody can say which department is theirs. List eligibility.departments, or write "fine".',
        ),
        (
            [added("matching", 'prefer = ["same-profession", "same-profession"]')],
            "matching.prefer",
            '"same-profession" is there 2 times. Keep it once.',
        ),
        (
            [added("matching", 'prefer = ["similar-stage"]')],
            "matching.prefer",
            '"similar-stage" needs a list: add eligibility.stages, or leave it out.',
        ),
        (
            [NO_DEPARTMENTS, added("matching", 'own_department = "fine"', 'prefer = ["other-department"]')],
            "matching.prefer",
            '"other-department" needs a list: add eligibility.departments, or leave it out.',
        ),
        (
            [added("contact", 'channels = ["text", "text"]')],
            "contact.channels",
            '"text" is there 2 times. Keep it once.',
        ),
        (
            [added("contact", 'channels = ["text"]'), added("confidence", 'send_by = "system"')],
            "contact.channels",
            'Touchbase sends email only: add "email", or set confidence.send_by = "peer".',
        ),
        (
            [added("contact", 'channels = ["email"]')],
            "contact.channels",
            'Add "text" or "call": work mail is often read by others.',
        ),
        (
            [added("contact", 'modes = ["phone", "phone"]')],
            "contact.modes",
            '"phone" is there 2 times. Keep it once.',
        ),
        (
            [added("contact", 'minutes = ["ten", "ten"]')],
            "contact.minutes",
            '"ten" is there 2 times. Keep it once.',
        ),
        (
            [('key = "physician"', 'key = "nurse"')],
            "eligibility.professions",
            '"nurse" is there 2 times. Keep it once.',
        ),
        (
            [('label = "Physician"', 'label = "NURSE"')],
            "eligibility.professions",
            '"nurse" is there 2 times. Keep it once.',
        ),
        (
            [BACKUP],
            "backup",
            "Give the backup a phone or address of its own: it stands in when the coordinator is away.",
        ),
        (
            [("[legal]", URGENT)],
            "safety.urgent",
            '"988" is there 2 times. Keep it once.',
        ),
        (
            [('exceptions = ["you may be in danger"]', 'exceptions = ["If you are in danger"]')],
            "safety.exceptions[1]",
            'It ends a sentence of ours: write only the end, like "you may be in danger", no period.',
        ),
        (
            [added("safety", 'reporting = ["child abuse", "a fire."]')],
            "safety.reporting[2]",
            'It ends a sentence of ours: write only the end, like "you may be in danger", no period.',
        ),
        (
            [added("legal", 'court = "protected"', 'approved_by = "Counsel"', "approved_on = 2026-10-01")],
            "legal.citation",
            'Name the law that protects these conversations, or write court = "not-sure".',
        ),
        (
            [added("legal", 'court = "not-protected"', "approved_on = 2026-10-01")],
            "legal.approved_by",
            'Say which role approved the statement, or write court = "not-sure".',
        ),
        (
            [added("legal", 'court = "not-protected"', 'approved_by = "Counsel"')],
            "legal.approved_on",
            'Say when the statement was approved, or write court = "not-sure".',
        ),
        (
            [added("program", 'brand_color = "#FFC66B"')],
            "program.brand_color",
            (
                "White text on it is hard to read: 1.6 to 1, and 4.5 is needed. "
                'The nearest shade that works is "#A86700".'
            ),
        ),
    ],
)
def test_a_contradiction_is_refused_with_the_key_to_change(changes, key, remedy):
    assert problems(*changes) == [(key, remedy)]


def test_a_note_may_not_be_due_after_the_referral_has_closed():
    found = problems(added("clock", "idle_days = 1", "touch_within_hours = 48"))
    assert found == [
        (
            "clock.touch_within_hours",
            "A referral closes after 1 idle days, before the note is due: write fewer hours.",
        ),
        ("clock.idle_days", "A referral would close while it waits for an answer: write 8 or more."),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["match_within_hours = 48"],
        ["ask_expires_after_hours = 24"],
        ["second_touch_after_days = 5"],
        ["longest_days = 30"],
        [
            "idle_days = 2",
            "touch_within_hours = 48",
            "answer_wait_days = 1",
            "rest_days = 1",
            "second_touch_after_days = 1",
            "second_touch_until_days = 1",
        ],
    ],
    ids=lambda lines: lines[0],
)
def test_what_just_fits_is_fine(lines):
    assert problems(added("clock", *lines)) == []


def test_no_site_is_both_the_same_and_another():
    found = problems(added("matching", 'prefer = ["same-site", "other-site"]'))
    assert [remedy for _, remedy in found] == [
        'Keep "same-site" or "other-site", not both.',
        '"same-site" needs a list: add eligibility.sites, or leave it out.',
        '"other-site" needs a list: add eligibility.sites, or leave it out.',
    ]


def test_two_pieces_of_help_have_two_titles():
    resource = '[[resources]]\nkind = "inside"\ntitle = "{}"\nwhere = "Call."\n'
    found = problems(("[reporting]", "[reporting]\n" + resource.format("Help") + resource.format("help")))
    assert found == [("resources", '"help" is there 2 times. Keep it once.')]


def test_help_at_a_site_is_at_one_of_the_programs_sites():
    lines = '[[resources]]\nkind = "inside"\ntitle = "Help"\nwhere = "Call."\nsite = "north"\n'
    remedy = 'No site has the key "north". Use one of [[eligibility.sites]], or leave it out.'
    assert problems(("[reporting]", "[reporting]\n" + lines)) == [("resources.site", remedy)]


def test_the_clock_may_match_while_colleagues_wait_for_a_coordinator():
    assert problems(added("matching", 'match_by = "clock"')) == []


def test_the_usual_preference_for_a_stage_needs_no_stages():
    assert policy().eligibility.stages == ()


def test_a_region_with_holidays_of_its_own_is_fine():
    assert policy(added("program", 'region = "CO"')).program.region == "CO"


def test_a_statement_with_its_law_approver_and_day_is_fine():
    legal = added(
        "legal",
        'court = "protected"',
        'citation = "A law"',
        'approved_by = "Counsel"',
        "approved_on = 2026-10-01",
    )
    assert policy(legal).legal.approved_on == date(2026, 10, 1)


def test_two_known_with_a_list_is_fine():
    changes = added("confidence", 'who_knows = "two"'), added("sources", "self = false", "directory = true")
    assert problems(*changes) == []
