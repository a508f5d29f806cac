"""Who comes first among those who fit: one number a supporter, lower is better. It is never shown.

In this order, each outweighing all that follow: a name that looks like one they'd rather not have (last of
all), the peer they chose, a language they asked for, how many other wishes are missed, being first to call
today, being second, and the program's preferences as its file orders them. Equals go by turn, then by key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from touchbase.matching.names import named_in
from touchbase.matching.request import Candidate, Preference, Rules, Wanted, Wish

_LEAST_PREFERENCE = 1 << 1  # five preferences at most: bits 1 to 5
_NOT_FIRST = 1 << 6
_NOT_CALLED = 1 << 7
_WISH = 1 << 8  # seven wishes at most: below bit 12
_LANGUAGE = 1 << 12
_CHOSEN = 1 << 13
_ALIKE = 1 << 14


@dataclass(frozen=True, slots=True)
class Costs:
    """What it costs a supporter to have a value, or any other one."""

    of: Mapping[str, int]
    otherwise: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What one request weighs, worked out once for the whole pool."""

    peer: str
    alike: frozenset[str]
    languages: frozenset[str]
    topics: frozenset[str]
    times: frozenset[str]
    channel: str
    departments: Costs
    sites: Costs
    professions: Costs
    stages: Costs


def scale(wanted: Wanted, rules: Rules) -> Scale:
    """What a request weighs under a program's rules."""
    wants, prefer = wanted.wants, _weights(rules)
    department = _leaning(wants, Wish.OWN_DEPARTMENT, Wish.OTHER_DEPARTMENT) or -prefer["other-department"]
    site = _leaning(wants, Wish.OWN_SITE, Wish.OTHER_SITE) or prefer["same-site"] - prefer["other-site"]
    profession = _leaning(wants, Wish.SAME_PROFESSION) or prefer["same-profession"]
    stage = _leaning(wants, Wish.SIMILAR_STAGE) or prefer["similar-stage"]
    return Scale(
        peer=wanted.peer,
        alike=last_names(named_in(wanted.not_with)),
        languages=wanted.languages,
        topics=wanted.topics,
        times=wanted.times,
        channel=wanted.channel,
        departments=_costs(wanted.department, department),
        sites=_costs(wanted.site, site),
        professions=_costs(wanted.profession, profession),
        stages=_costs(wanted.stage, stage),
    )


def _weights(rules: Rules) -> Mapping[str, int]:
    """Each preference of the program outweighs all that its file names after it."""
    first_last = dict.fromkeys(reversed(rules.prefer))
    weights = {preference: _LEAST_PREFERENCE << place for place, preference in enumerate(first_last)}
    return {preference: weights.get(preference, 0) for preference in Preference}


def _leaning(wants: frozenset[str], same: Wish, other: Wish | None = None) -> int:
    """Towards the same (above 0) or another (below 0); 0 when the person wished neither."""
    if other in wants:
        return -_WISH
    return _WISH if same in wants else 0


def _costs(value: str, leaning: int) -> Costs:
    """What each value of one side costs. What isn't known counts as not meeting a wish for another."""
    if not value:
        return Costs({}, 0)
    if leaning < 0:
        return Costs({value: -leaning, "": -leaning}, 0)
    return Costs({value: 0}, leaning)


def weigh(one: Candidate, by: Scale) -> int:
    """What speaks against a supporter who fits; 0 when nothing does."""
    return weighing(by)(one)


def weighing(by: Scale) -> Callable[[Candidate], int]:
    """The same for many supporters: what the request weighs is taken out once, not ten thousand times."""
    departments, other_department = by.departments.of.get, by.departments.otherwise
    sites, other_site = by.sites.of.get, by.sites.otherwise
    professions, other_profession = by.professions.of.get, by.professions.otherwise
    stages, other_stage = by.stages.of.get, by.stages.otherwise
    languages, topics, times, channel = by.languages, by.topics, by.times, by.channel
    peer, names = by.peer, by.alike

    def of(one: Candidate) -> int:
        return (
            departments(one.department, other_department)
            + sites(one.site, other_site)
            + professions(one.profession, other_profession)
            + stages(one.stage, other_stage)
            + (0 if one.on_duty else _NOT_FIRST if one.second_on_duty else _NOT_CALLED)
            + (0 if one.key == peer else _CHOSEN)
            + (_LANGUAGE if languages and languages.isdisjoint(one.languages) else 0)
            + (_WISH if topics and topics.isdisjoint(one.topics) else 0)
            + (_WISH if times and one.times and times.isdisjoint(one.times) else 0)
            + (_WISH if channel and one.channels and channel not in one.channels else 0)
            + (_ALIKE if names and alike(one, names) else 0)
        )

    return of


def last_names(names: frozenset[str]) -> frozenset[str]:
    """The last word of each name, to see whether another name looks alike."""
    return frozenset(name.rpartition(" ")[2] for name in names)


def alike(one: Candidate, named: frozenset[str]) -> bool:
    """Whether a part of this supporter's name is the last name of somebody they'd rather not have."""
    return not named.isdisjoint(one.called.split())
