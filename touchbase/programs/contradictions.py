"""Rules of a policy that each make sense and together don't: the key to change, and how."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from holidays import list_supported_countries

from touchbase.programs import brand
from touchbase.programs.policy import (
    Channel,
    Court,
    OwnDepartment,
    Policy,
    Preference,
    RosterKept,
    SendBy,
    WhoKnows,
)
from touchbase.programs.translated import texts_of

Found = Iterator[tuple[str, str]]


def found_in(policy: Policy) -> Found:
    """Each contradiction of a policy: (key, remedy)."""
    for check in _CHECKS:
        yield from check(policy)


def _ways_in(policy: Policy) -> Found:
    sources, two = policy.sources, policy.confidence.who_knows is WhoKnows.TWO
    if not (sources.self_ or sources.colleague or sources.team):
        yield "sources", "Open at least one way in: self, colleague or team."
    if two and not sources.directory:
        yield (
            "confidence.who_knows",
            'With "two" people choose a peer from the list: set sources.directory = true.',
        )
    if sources.directory and not sources.self_ and not two:
        yield (
            "sources.directory",
            "Who chooses from the list asks for themself: set sources.self = true as well.",
        )


def _matching_hours(policy: Policy) -> Found:
    clock = policy.clock
    if clock.weekend_match_within_hours < clock.match_within_hours:
        remedy = "A weekend gives at least as long as a working day: {}."
        yield "clock.weekend_match_within_hours", remedy.format(f"write {clock.match_within_hours} or more")
    if clock.ask_expires_after_hours > clock.match_within_hours:
        remedy = f"An ask has to run out before the match is due: write {clock.match_within_hours} or less."
        yield "clock.ask_expires_after_hours", remedy


def _touches(policy: Policy) -> Found:
    clock = policy.clock
    if clock.second_touch_until_days < clock.second_touch_after_days:
        remedy = (
            f"This ends before the second note may go out: write {clock.second_touch_after_days} or more."
        )
        yield "clock.second_touch_until_days", remedy
    if clock.touch_within_hours > clock.idle_days * 24:
        remedy = (
            f"A referral closes after {clock.idle_days} idle days, before the note is due: write fewer hours."
        )
        yield "clock.touch_within_hours", remedy
    waits = max(clock.second_touch_until_days, clock.answer_wait_days, clock.rest_days)
    if waits >= clock.idle_days:
        yield (
            "clock.idle_days",
            f"A referral would close while it waits for an answer: write {waits + 1} or more.",
        )


def _whole_course(policy: Policy) -> Found:
    clock = policy.clock
    hours = clock.weekend_match_within_hours + clock.touch_within_hours
    waiting = clock.second_touch_until_days + clock.answer_wait_days + clock.rest_days
    days = -(-hours // 24) + waiting
    least = max(days, clock.idle_days, clock.check_in_within_days)
    if clock.longest_days < least:
        remedy = (
            f"A referral may need {least} days by the other rules: write {least} or more, or shorten those."
        )
        yield "clock.longest_days", remedy


def _days(policy: Policy) -> Found:
    clock = policy.clock
    for day in sorted(set(clock.holidays) & set(clock.not_holidays)):
        yield "clock.holidays", f"{day} is also in not_holidays. Keep it in one of the two."
    for key, days in (("holidays", clock.holidays), ("not_holidays", clock.not_holidays)):
        yield from _repeated(f"clock.{key}", (str(day) for day in days))
    yield from _repeated("clock.weekend", clock.weekend)


def _place(policy: Policy) -> Found:
    country, region = policy.program.country, policy.program.region
    regions = list_supported_countries().get(country)
    if regions is None:
        yield (
            "program.country",
            "No public holidays are known for it. Use the two letters of ISO 3166, like US.",
        )
    elif region and region not in regions:
        yield (
            "program.region",
            f"It isn't a part of {country} with holidays of its own. Leave it out, or correct it.",
        )
    yield from _repeated("program.languages", policy.program.languages)


def _translations(policy: Policy) -> Found:
    others, known = policy.program.languages[1:], frozenset(texts_of(policy))
    for place, one in enumerate(policy.translations, start=1):
        if one.language not in others:
            remedy = f'"{one.language}" isn\'t a further language of program.languages. Add it there first.'
            yield f"translations[{place}].language", remedy
        if one.text not in known:
            remedy = "No text to translate in this file reads so. Copy it exactly from its own place."
            yield f"translations[{place}].text", remedy
    yield from _repeated("translations", [f"{one.language}: {one.text}" for one in policy.translations])


def _own_team(policy: Policy) -> Found:
    own, lists = policy.matching.own_department, policy.eligibility
    if own is not OwnDepartment.FINE and not lists.departments:
        remedy = 'Nobody can say which department is theirs. List eligibility.departments, or write "fine".'
        yield "matching.own_department", remedy


def _preferences(policy: Policy) -> Found:
    prefer = policy.matching.prefer
    yield from _repeated("matching.prefer", prefer)
    if {Preference.SAME_SITE, Preference.OTHER_SITE} <= set(prefer):
        yield "matching.prefer", 'Keep "same-site" or "other-site", not both.'
    if "prefer" in policy.matching.model_fields_set:  # the default asks for a stage and does without
        yield from _preferences_without_a_list(policy)


def _preferences_without_a_list(policy: Policy) -> Found:
    lists = policy.eligibility
    needs = (
        (Preference.SIMILAR_STAGE, lists.stages, "stages"),
        (Preference.OTHER_DEPARTMENT, lists.departments, "departments"),
        (Preference.SAME_SITE, lists.sites, "sites"),
        (Preference.OTHER_SITE, lists.sites, "sites"),
    )
    for preference, options, name in needs:
        if preference in policy.matching.prefer and not options:
            yield (
                "matching.prefer",
                f'"{preference.value}" needs a list: add eligibility.{name}, or leave it out.',
            )


def _reaching(policy: Policy) -> Found:
    contact = policy.contact
    yield from _repeated("contact.channels", contact.channels)
    yield from _repeated("contact.modes", contact.modes)
    yield from _repeated("contact.minutes", contact.minutes)
    if policy.confidence.send_by is SendBy.SYSTEM and Channel.EMAIL not in contact.channels:
        yield (
            "contact.channels",
            'Touchbase sends email only: add "email", or set confidence.send_by = "peer".',
        )
    if not {Channel.TEXT, Channel.CALL} & set(contact.channels):
        yield "contact.channels", 'Add "text" or "call": work mail is often read by others.'


def _lists(policy: Policy) -> Found:
    lists, inside = policy.eligibility, ("professions", "stages", "departments", "sites")
    named = [(f"eligibility.{name}", getattr(lists, name)) for name in inside]
    named += [("contact.times", policy.contact.times), ("supporters.topics", policy.supporters.topics)]
    for name, options in named:
        yield from _repeated(name, (option.key for option in options))
        yield from _repeated(name, (option.label.casefold() for option in options))


def _desks(policy: Policy) -> Found:
    first, second = policy.coordinator, policy.backup
    if (first.phone, first.email) == (second.phone, second.email):
        yield (
            "backup",
            "Give the backup a phone or address of its own: it stands in when the coordinator is away.",
        )


def _safety(policy: Policy) -> Found:
    yield from _repeated("safety.urgent", (one.dialed for one in policy.safety.urgent))
    for name in ("exceptions", "reporting"):
        for place, text in enumerate(getattr(policy.safety, name), start=1):
            if text.endswith((".", ";", ",")) or text[:2] in {"If", "if"}:
                remedy = (
                    'It ends a sentence of ours: write only the end, like "you may be in danger", no period.'
                )
                yield f"safety.{name}[{place}]", remedy


def _law(policy: Policy) -> Found:
    legal = policy.legal
    if legal.court is Court.PROTECTED and not legal.citation:
        yield "legal.citation", 'Name the law that protects these conversations, or write court = "not-sure".'
    stated = legal.court is not Court.NOT_SURE
    if stated and not legal.approved_by:
        yield "legal.approved_by", 'Say which role approved the statement, or write court = "not-sure".'
    if stated and not legal.approved_on:
        yield "legal.approved_on", 'Say when the statement was approved, or write court = "not-sure".'


def _roster(policy: Policy) -> Found:
    roster = policy.roster
    if not roster.is_kept:
        if roster.model_fields_set - {"kept"}:
            remedy = 'This says how a roster is made: write "weeks" or "days", or leave the other keys out.'
            yield "roster.kept", remedy
        return
    if roster.kept is RosterKept.DAYS and roster.ahead_weeks > 12:
        yield "roster.ahead_weeks", "A roster of days is made 12 weeks ahead at most: write 12 or fewer."
    if roster.warn_days > roster.ahead_weeks * 7:
        yield "roster.warn_days", f"The roster ends before that: write {roster.ahead_weeks * 7} or fewer."
    fit = (366 + roster.apart_days) // (roster.slot_days + roster.apart_days)
    if "most_a_year" in roster.model_fields_set and roster.most_a_year > fit:
        remedy = f"With {roster.apart_days} free days between two, {fit} fit in a year: write {fit} or fewer."
        yield "roster.most_a_year", remedy


def _help(policy: Policy) -> Found:
    yield from _repeated("resources", (one.title.casefold() for one in policy.resources))
    for one in policy.resources:
        if one.site and one.site not in policy.keys("site"):
            remedy = f'No site has the key "{one.site}". Use one of [[eligibility.sites]], or leave it out.'
            yield "resources.site", remedy


def _color(policy: Policy) -> Found:
    color = policy.program.brand_color
    if not brand.passes(color):
        apart, near = brand.contrast(color, brand.WHITE), brand.nearest_passing(color)
        hard = f"White text on it is hard to read: {apart:.1f} to 1, and {brand.LEAST} is needed."
        yield "program.brand_color", f'{hard} The nearest shade that works is "{near}".'


def _repeated(key: str, values: Iterable[str]) -> Found:
    for value, times in Counter(values).items():
        if times > 1:
            yield key, f'"{value}" is there {times} times. Keep it once.'


_CHECKS: tuple[Callable[[Policy], Found], ...] = (
    _ways_in, _matching_hours, _touches, _whole_course, _days, _place, _own_team, _preferences,
    _reaching, _lists, _desks, _safety, _roster, _law, _help, _color, _translations,
)  # fmt: skip
