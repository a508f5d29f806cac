"""Small rosters to fill, and every way to fill them, to compare the solver with."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from touchbase.matching.roster import Duty, Person, Rules, Slot, can, newcomers_start, too_near

MONDAY = date(2026, 12, 14)
WEEK = timedelta(days=7)
KEYS = ("ari", "jo", "kit", "lou", "mia")


def week(n, *, heavy=False, first=None, second=None, parts=frozenset()):
    """The n-th week from a Monday in December on; the third begins another year's count soon after."""
    begins = MONDAY + n * WEEK
    return Duty(Slot(begins, begins + timedelta(days=6), frozenset(parts), heavy), first, second)


def weeks(count, **kept):
    """Some open weeks."""
    return [week(n, **kept) for n in range(count)]


def people(*keys, **said):
    """Supporters who all said the same."""
    return [Person(key, **said) for key in keys]


def worth(duties, past, rules, crowd):
    """How good a roster is: the less the better, part after part."""
    return (
        sum(duty.first is None for duty in duties),
        sum(duty.second is None for duty in duties) if rules.second else 0,
        _squares(duties, past, crowd),
        _squares(
            [each for each in duties if each.slot.heavy], [each for each in past if each.slot.heavy], crowd
        ),
    )


def _squares(duties, past, crowd):
    had = Counter(key for duty in past for key in duty.held)
    start = newcomers_start(had[one.key] for one in crowd)
    has = Counter(key for duty in duties for key in duty.held)
    return sum(((had[one.key] or start) + has[one.key]) ** 2 for one in crowd)


def every_way(ahead, crowd, rules, past=()):
    """Each roster that keeps what is there and breaks no rule. Only for a few weeks and people."""
    choices = [list(_choices(duty, crowd, rules)) for duty in ahead]
    for picked in product(*choices):
        if all(_may(one, ahead, picked, past, rules) for one in crowd):
            yield picked


def _choices(duty, crowd, rules):
    free = [one.key for one in crowd if can(one, duty.slot)]
    firsts = [duty.first] if duty.first else [None, *free]
    seconds = [duty.second] if duty.second or not rules.second else [None, *free]
    for first, second in product(firsts, seconds):
        new_second = second is not None and duty.second is None
        if (first is None or first != second) and not (new_second and first is None):
            yield Duty(duty.slot, first, second)


def _may(one, before, picked, past, rules):
    """What is new for one person keeps its distance, and the year's limit."""
    kept = [*past, *before]
    held = [duty.slot for duty in kept if one.key in duty.held]
    new = [
        now.slot
        for was, now in zip(before, picked, strict=True)
        if one.key in now.held and one.key not in was.held
    ]
    everything = [*held, *new]
    near = any(too_near(slot, other, rules) for slot in new for other in everything if other != slot)
    years = Counter(slot.first.year for slot in everything)
    return not near and all(years[slot.first.year] <= rules.most for slot in new)


slots = st.integers(1, 4)
ranges = st.tuples(st.integers(0, 4), st.integers(0, 2)).map(
    lambda drawn: (MONDAY + drawn[0] * WEEK, MONDAY + (drawn[0] + drawn[1]) * WEEK)
)
persons = st.builds(
    Person,
    key=st.just("?"),
    parts=st.sampled_from([frozenset(), frozenset(), frozenset({"weekends"}), frozenset({"mornings"})]),
    away=st.lists(ranges, max_size=1).map(tuple),
    resting_until=st.sampled_from([None, None, MONDAY + WEEK]),
    until=st.sampled_from([None, None, MONDAY + 2 * WEEK]),
)
crowds = st.lists(persons, max_size=3).map(
    lambda drawn: [
        Person(key, one.parts, one.away, one.resting_until, one.until)
        for key, one in zip(KEYS, drawn, strict=False)
    ]
)
rules = st.builds(Rules, second=st.booleans(), most=st.integers(0, 3), apart=st.sampled_from([0, 7, 14]))


@st.composite
def tasks(draw):
    """Some weeks, a few of them filled; a few people; rules; and what was before."""
    crowd = draw(crowds)
    keys = st.sampled_from([None, None, *(one.key for one in crowd)])
    ahead = []
    for n in range(draw(slots)):
        first, second = draw(keys), draw(keys)
        parts = draw(st.sampled_from([(), ("weekends",)]))
        ahead.append(
            week(
                n,
                heavy=draw(st.booleans()),
                first=first,
                second=None if second == first else second,
                parts=parts,
            )
        )
    before = range(-draw(st.integers(0, 3)), 0)
    past = [week(n, heavy=draw(st.booleans()), first=draw(keys)) for n in before]
    return ahead, crowd, draw(rules), past
