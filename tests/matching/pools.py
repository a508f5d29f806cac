"""Small pools and requests to match, drawn so that bars, wishes and ties meet often."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from touchbase.matching.ranking import Candidate, OwnDepartment, Preference, Rules, Wanted, Wish

TODAY = date(2026, 5, 14)
DAY = timedelta(days=1)
RULES = Rules()
FINE = Rules(own_department="fine")

KEYS = [f"peer-{n}" for n in range(12)]
NAMES = ["", "robin vale", "ari moss", "jo lind"]
CONTACTS = ["", "+15035550142", "robin@example.org"]
DEPARTMENTS = ["", "surgery", "emergency"]
SITES = ["", "east", "west"]
PROFESSIONS = ["", "physician", "nurse"]
STAGES = ["", "early", "senior"]
NEAR = [TODAY - DAY, TODAY, TODAY + DAY]


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    """Any of these."""
    return st.frozensets(st.sampled_from(values))


def rarely(*values: str) -> st.SearchStrategy[frozenset[str]]:
    """Mostly none, sometimes one."""
    return st.one_of(st.just(frozenset()), st.sampled_from(values).map(lambda value: frozenset({value})))


def likely(usual: bool) -> st.SearchStrategy[bool]:
    """Mostly one of the two."""
    return st.sampled_from([usual, usual, usual, not usual])


ranges = st.tuples(st.sampled_from(NEAR), st.sampled_from(NEAR)).map(lambda days: (min(days), max(days)))

candidates = st.builds(
    Candidate,
    key=st.just("?"),
    called=st.sampled_from(NAMES),
    active=likely(True),
    trained=likely(True),
    refresher_by=st.sampled_from([None, TODAY - DAY, TODAY, TODAY + 90 * DAY]),
    resting_until=st.sampled_from([None, None, *NEAR]),
    away=st.lists(ranges, max_size=1).map(tuple),
    open_now=st.integers(0, 3),
    limit=st.integers(0, 3),
    contacts=rarely(*CONTACTS[1:]),
    leads=rarely(*DEPARTMENTS[1:]),
    department=st.sampled_from(DEPARTMENTS),
    site=st.sampled_from(SITES),
    profession=st.sampled_from(PROFESSIONS),
    stage=st.sampled_from(STAGES),
    languages=some("en", "es"),
    topics=some("nights", "lawsuits"),
    times=some("mornings", "evenings"),
    channels=some("text", "call", "email"),
    turn=st.integers(0, 3),
    on_duty=likely(False),
    second_on_duty=likely(False),
)


def keyed(drawn: list[Candidate]) -> list[Candidate]:
    """The same, each with a key of its own."""
    fields = Candidate.__dataclass_fields__
    return [
        Candidate(**{name: getattr(one, name) for name in fields} | {"key": key})
        for key, one in zip(KEYS, drawn, strict=False)
    ]


pools = st.lists(candidates, max_size=len(KEYS)).map(keyed)

wanteds = st.builds(
    Wanted,
    profession=st.sampled_from(PROFESSIONS),
    stage=st.sampled_from(STAGES),
    department=st.sampled_from(DEPARTMENTS),
    site=st.sampled_from(SITES),
    wants=some(*(wish.value for wish in Wish)),
    languages=rarely("es"),
    topics=rarely("nights"),
    channel=st.sampled_from(["", "text", "call"]),
    times=rarely("evenings"),
    not_with=st.sampled_from(["", "", "Dr. Ari Moss", "Moss"]),
    contact=st.sampled_from(CONTACTS),
    barred=rarely(*KEYS),
    peer=st.sampled_from(["", "", KEYS[0]]),
    only_peer=likely(False),
)

rules = st.builds(
    Rules,
    own_department=st.sampled_from([each.value for each in OwnDepartment]),
    prefer=st.lists(st.sampled_from([each.value for each in Preference]), unique=True).map(tuple),
)


def drawn(chance: Random) -> tuple[Wanted, list[Candidate], Rules]:
    """A request, a pool and rules, drawn from the same values without a search for the smallest."""
    wanted = Wanted(
        profession=chance.choice(PROFESSIONS),
        department=chance.choice(DEPARTMENTS),
        site=chance.choice(SITES),
        wants=frozenset(chance.sample([wish.value for wish in Wish], chance.randrange(3))),
        not_with=chance.choice(["", "Dr. Ari Moss", "Jo Lind, Robin Vale"]),
        contact=chance.choice(CONTACTS),
        barred=frozenset(chance.sample(KEYS, chance.randrange(2))),
        peer=chance.choice(["", "", KEYS[0]]),
        only_peer=chance.random() < 0.2,
    )
    pool = [_drawn_one(key, chance) for key in KEYS[: chance.randrange(1, 8)]]
    own = chance.choice([each.value for each in OwnDepartment])
    return wanted, pool, Rules(own, (chance.choice([each.value for each in Preference]),))


def _drawn_one(key: str, chance: Random) -> Candidate:
    return Candidate(
        key=key,
        called=chance.choice(NAMES),
        active=chance.random() < 0.9,
        trained=chance.random() < 0.9,
        refresher_by=chance.choice([None, TODAY, TODAY + 90 * DAY, TODAY - DAY]),
        resting_until=chance.choice([None, None, *NEAR]),
        away=((chance.choice(NEAR[:2]), NEAR[chance.randrange(1, 3)]),) if chance.random() < 0.2 else (),
        open_now=chance.randrange(3),
        limit=chance.choice([0, 1, 2, 2, 3]),
        contacts=frozenset(chance.sample(CONTACTS, 1)),
        leads=frozenset(chance.sample(DEPARTMENTS, chance.randrange(2))),
        department=chance.choice(DEPARTMENTS),
        site=chance.choice(SITES),
        profession=chance.choice(PROFESSIONS),
        turn=chance.randrange(4),
    )
