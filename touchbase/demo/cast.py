"""The invented people of the demo. Nobody here is real; numbers are 555 numbers, addresses example.org."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchbase.programs.policy import Channel, Option, Policy


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Volunteer(Member):
    """A supporter and their profile, fitted to a program's own lists."""

    profession: str
    stage: str
    department: str
    site: str
    title: str
    phone: str
    own_words: str
    topics: tuple[str, ...]
    shown_topics: bool  # on the list, or only for finding a fit
    listed: bool  # on the list people may choose from, where there is one
    languages: tuple[str, ...]
    days: tuple[str, ...]
    nights: bool
    times: tuple[str, ...]
    limit: int
    trained: bool


_FIRST = ("Robin", "Ari", "Jules", "Sam", "Noor", "Kit", "Lou", "Mika", "Remy", "Tove", "Wren", "Ines")
_LAST = (
    "Vale",
    "Okafor",
    "Lindholm",
    "Brandt",
    "Haddad",
    "Moreau",
    "Tanaka",
    "Ferro",
    "Quist",
    "Adair",
    "Sorel",
    "Bly",
)
_WORDS = (
    "I work nights too, so late calls are fine with me.",
    "I've had my own hard stretch. I'm glad somebody called.",
    "",
)


def desk(policy: Policy) -> dict[str, Member]:
    """The coordinator, the backup and the leader of a program."""
    return {
        "coordinator": Member("Dana Example", f"coordinator@{policy.slug}.example.org"),
        "backup": Member("Jo Example", f"backup@{policy.slug}.example.org"),
        "leader": Member("Max Example", f"leader@{policy.slug}.example.org"),
    }


def faculty() -> Member:
    """Who leads the collaborative."""
    return Member("Noor Example", "faculty@collaborative.example.org")


def volunteers(policy: Policy) -> list[Volunteer]:
    """A dozen supporters: most free, one resting, one not yet trained, of many departments and places."""
    return [_volunteer(policy, number) for number in range(len(_FIRST))]


def _volunteer(policy: Policy, number: int) -> Volunteer:
    lists = policy.eligibility
    department = _pick(lists.departments, number)
    profession = lists.professions[number % min(3, len(lists.professions))]
    topics = policy.supporters.topics
    return Volunteer(
        name=f"{_FIRST[number]} {_LAST[number]}",
        email=f"{_FIRST[number].lower()}@{policy.slug}.example.org",
        profession=profession.key,
        stage=_pick(lists.stages, number),
        department=department,
        site=_pick(lists.sites, number),
        title=f"{profession.label.lower()}",
        phone=f"+1503555{100 + number:04d}",
        own_words=_WORDS[number % len(_WORDS)],
        topics=(topics[number % len(topics)].key,) if topics else (),
        times=tuple(option.key for option in policy.contact.times[: 4 if number % 2 else 1 + number % 3]),
        shown_topics=number % 2 == 0,
        listed=number % 4 != 3,
        languages=("en", "es") if number % 5 == 1 else ("en",),
        days=(("mon", "wed"), (), ("tue", "thu", "fri"))[number % 3],
        nights=number % 6 == 0,
        limit=(2, 1, 3)[number % 3],
        trained=number != 9,
    )


def _pick(options: Sequence[Option], number: int) -> str:
    return options[number % len(options)].key if options else ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for a peer, and how far their referral has come in the demo."""

    name: str
    hours_ago: float
    channel: Channel
    fate: str  # waiting, late, asked, passed, accepted, invited, talking, not-now, closing, wrong-contact
    by_colleague: bool = False


ASKERS = (
    Asker("Pat Sample", 1.5, Channel.TEXT, "waiting"),
    Asker("Lee Sample", 5, Channel.EMAIL, "passed"),
    Asker("Toni Sample", 26, Channel.CALL, "late"),
    Asker("Ash Sample", 8, Channel.TEXT, "asked"),
    Asker("Rae Sample", 20, Channel.TEXT, "accepted"),
    Asker("Sol Sample", 80, Channel.EMAIL, "invited"),
    Asker("Uma Sample", 120, Channel.CALL, "talking"),
    Asker("Val Sample", 60, Channel.EMAIL, "not-now"),
    Asker("Kim Sample", 3, Channel.TEXT, "waiting", by_colleague=True),
    Asker("Ida Sample", 9, Channel.TEXT, "wrong-contact", by_colleague=True),
)


# Those of one list, who came two hours ago in one program.
TOGETHER = ("Bo Sample", "Cam Sample", "Dee Sample", "Eli Sample", "Fay Sample", "Gil Sample")
TOGETHER_HOURS_AGO = 2


def contact_of(asker: Asker, number: int) -> str:
    """An invented contact for the channel somebody picked."""
    if asker.channel is Channel.EMAIL:
        return f"{asker.name.split()[0].lower()}@example.org"
    return f"+1503555{150 + number:04d}"
