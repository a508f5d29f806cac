"""Two to four plain reasons for a supporter who fits, and what to think about before asking them.

What the person asked for is told before what merely holds; then at most four, in the order of `Reason`.
"""

from collections.abc import Iterator

from touchbase.matching.names import named_in
from touchbase.matching.reasons import Caution, Reason
from touchbase.matching.request import Candidate, Preference, Rules, Wanted, Wish
from touchbase.matching.weighing import alike, last_names

FEWEST, MOST = 2, 4
_ORDER = {reason: place for place, reason in enumerate(Reason)}
# Told whenever they hold; other sides only when somebody asked for them or the program prefers them.
_ALWAYS = frozenset({Reason.OTHER_DEPARTMENT, Reason.SAME_PROFESSION, Reason.SIMILAR_STAGE})
_PREFERRED = {
    Preference.SAME_PROFESSION: Reason.SAME_PROFESSION,
    Preference.SIMILAR_STAGE: Reason.SIMILAR_STAGE,
    Preference.OTHER_DEPARTMENT: Reason.OTHER_DEPARTMENT,
    Preference.SAME_SITE: Reason.OWN_SITE,
    Preference.OTHER_SITE: Reason.OTHER_SITE,
}


def reasons(one: Candidate, wanted: Wanted, rules: Rules) -> tuple[Reason, ...]:
    """Why this supporter fits: what was asked for first, and never fewer than two."""
    found = list(dict.fromkeys([*_asked_for(one, wanted), *_holding(one, wanted, rules)]))
    if len(found) < FEWEST:
        found += _plain(one, wanted)[: FEWEST - len(found)]
    return tuple(sorted(found[:MOST], key=_ORDER.__getitem__))


def _asked_for(one: Candidate, wanted: Wanted) -> Iterator[Reason]:
    """What the person wished and gets."""
    if one.key == wanted.peer:
        yield Reason.CHOSEN
    for reason, wished, offered in (
        (Reason.LANGUAGE, wanted.languages, one.languages),
        (Reason.TOPIC, wanted.topics, one.topics),
        (Reason.FREE_THEN, wanted.times, one.times),
    ):
        if not wished.isdisjoint(offered):
            yield reason
    yield from (Reason[wish.name] for wish in _true_of(one, wanted) if wish in wanted.wants)


def _holding(one: Candidate, wanted: Wanted, rules: Rules) -> Iterator[Reason]:
    """What holds without having been asked for, and isn't the opposite of what was."""
    told = _ALWAYS | {_PREFERRED[Preference(preference)] for preference in rules.prefer}
    if Wish.OWN_DEPARTMENT in wanted.wants:
        told -= {Reason.OTHER_DEPARTMENT}
    yield from (Reason[wish.name] for wish in _true_of(one, wanted) if Reason[wish.name] in told)
    if one.on_duty:
        yield Reason.FIRST_TO_CALL
    elif one.second_on_duty:
        yield Reason.SECOND_TO_CALL


def _plain(one: Candidate, wanted: Wanted) -> list[Reason]:
    """What holds of nearly everybody who fits, for somebody of whom little is known."""
    fine = [Reason.CHANNEL] if wanted.channel in one.channels else []
    return [*fine, Reason.HAS_ROOM, Reason.UP_TO_DATE]


def _true_of(one: Candidate, wanted: Wanted) -> list[Wish]:
    """Each wish that this supporter would meet. Where one side isn't known, nothing is true."""
    sides = (
        (wanted.department, one.department, Wish.OWN_DEPARTMENT, Wish.OTHER_DEPARTMENT),
        (wanted.site, one.site, Wish.OWN_SITE, Wish.OTHER_SITE),
        (wanted.profession, one.profession, Wish.SAME_PROFESSION, None),
        (wanted.stage, one.stage, Wish.SIMILAR_STAGE, None),
    )
    met = [same if mine == theirs else other for mine, theirs, same, other in sides if mine and theirs]
    return [wish for wish in met if wish]


def cautions(one: Candidate, wanted: Wanted) -> tuple[Caution, ...]:
    """What to think about first. What was asked for and isn't met is always told."""
    true = _true_of(one, wanted)
    wants, named = wanted.wants, last_names(named_in(wanted.not_with))
    found = {
        Caution.NAME_ALIKE: alike(one, named),
        Caution.NOT_CHOSEN: wanted.peer not in {"", one.key},
        Caution.DEPARTMENT_UNKNOWN: not wanted.department,
        Caution.PEER_DEPARTMENT_UNKNOWN: bool(wanted.department) and not one.department,
        Caution.SAME_DEPARTMENT: Wish.OWN_DEPARTMENT in true and Wish.OWN_DEPARTMENT not in wants,
        Caution.NOT_OWN_DEPARTMENT: Wish.OTHER_DEPARTMENT in true and Wish.OWN_DEPARTMENT in wants,
        Caution.SITE_UNKNOWN: not (wanted.site and one.site) and not wants.isdisjoint(_SITES),
        Caution.PROFESSION_UNKNOWN: not wanted.profession and Wish.SAME_PROFESSION in wants,
        Caution.LANGUAGE: _missed(wanted.languages, one.languages),
        Caution.TOPIC: _missed(wanted.topics, one.topics),
        Caution.STAGE: Wish.SIMILAR_STAGE in wants and Wish.SIMILAR_STAGE not in true,
        Caution.TIMES: bool(one.times) and _missed(wanted.times, one.times),
        Caution.CHANNEL: bool(one.channels and wanted.channel) and wanted.channel not in one.channels,
    }
    return tuple(caution for caution, holds in found.items() if holds)


_SITES = frozenset({Wish.OWN_SITE, Wish.OTHER_SITE})


def _missed(wished: frozenset[str], offered: frozenset[str]) -> bool:
    return bool(wished) and wished.isdisjoint(offered)
