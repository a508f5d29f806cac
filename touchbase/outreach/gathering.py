"""Those of one list as the desk sees them: who they are, and all of them matched at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.kernel.ids import reference
from touchbase.matching.assignment import Demand, assign
from touchbase.matching.ranking import Candidate, Ranking, Wanted, rank
from touchbase.outreach.fitting import Option, options_for, rules_of, wanted
from touchbase.outreach.reach import desk_opener, own_requests
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import queries as referrals
from touchbase.referrals import rows
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.queries import Gathered, Opener, Working, not_there
from touchbase.supporters.queries import candidates, keeping_apart, profiles

OTHERS = 12  # how many more can be picked for a person, besides the one who is proposed
_WAITS = frozenset({State.RECEIVED})
_ASKED_OR_WAITS = frozenset({State.RECEIVED, State.MATCHED})


@dataclass(frozen=True, slots=True)
class Proposed:
    """One person, who is proposed for them, and who else fits; nobody, and what can be done then.

    Printing it shows nothing of them.
    """

    one: Gathered
    options: tuple[Option, ...]
    chosen: str  # the key of the proposed supporter; empty for nobody
    ranking: Ranking

    @property
    def ref(self) -> str:
        """What people call the referral."""
        return reference(self.one.held.handle)


@dataclass(frozen=True, slots=True)
class Together:
    """A whole list that waits, matched as one."""

    people: tuple[Proposed, ...]
    twice: tuple[Gathered, ...]  # perhaps here already by another way: nobody is proposed (ruling D4)
    unchecked: int  # how many nobody has looked at yet

    @property
    def unmet(self) -> tuple[Proposed, ...]:
        """Those for whom nobody is left."""
        return tuple(each for each in self.people if not each.chosen)


def members(batch: str, *, program: str, at: datetime) -> list[Working]:
    """Everybody of a list who waits or for whom somebody is asked, for the clock and for what follows."""
    opener = Opener("", Actor.CLOCK, at)
    return referrals.of_batch(batch, program=program, opener=opener, states=_ASKED_OR_WAITS)


def waiting_in(batch: str, *, by: Member, at: datetime) -> list[Working]:
    """Those of a list who wait, as somebody at the desk may reach them. `NotFound` when there is nobody."""
    if not by.may(Permission.QUEUE_SEE):
        raise not_there()
    opener, own = desk_opener(by, at), own_requests(by, at)
    found = referrals.of_batch(batch, program=by.program, opener=opener, states=_WAITS)
    seen = [held for held in found if held.handle not in own]
    if not seen:
        raise not_there()
    return seen


def together(batch: str, *, here: CurrentProgram, by: Member, at: datetime) -> Together:
    """A list with its names, opened together once, and the assignment of all of them."""
    handles = [held.handle for held in waiting_in(batch, by=by, at=at)]
    found = referrals.gathered(handles, opener=desk_opener(by, at))
    found.sort(key=lambda each: (each.person.identity.name.casefold(), each.held.handle))
    own = by.ids.get(Role.SUPPORTER)  # nobody asks themself
    today = local_day(at, here.policy)
    able = [
        one
        for one in candidates(here.id, policy=here.policy, today=today, open_now=rows.open_now(here.id))
        if one.key != own
    ]
    twice = referrals.twice(handles, program=here.id)
    once = [each for each in found if each.held.handle not in twice]
    return Together(
        people=_proposed(once, able, here, at),
        twice=tuple(each for each in found if each.held.handle in twice),
        unchecked=sum(each.held.held for each in found),
    )


def _proposed(
    found: Sequence[Gathered], able: Sequence[Candidate], here: CurrentProgram, at: datetime
) -> tuple[Proposed, ...]:
    # Those of one list came in together, under the same rules.
    today, rules = local_day(at, here.policy), rules_of((found[0].held if found else here).policy)
    apart = keeping_apart(here.id, {each.person.contact.address for each in found})
    wants = {each.held.handle: _wanted(each, apart) for each in found}
    pairs = assign([Demand(handle, each) for handle, each in wants.items()], able, rules, today).pairs
    # Whoever is left sees what is left of everybody's room: that is what widening starts from.
    rest, known = _after(pairs, able), profiles([one.key for one in able])
    proposed = []
    for each in found:
        handle = each.held.handle
        chosen = pairs.get(handle, "")
        # Who keeps apart from somebody isn't named beside them at all: any reason would tell the desk.
        pool = [
            one for one in (able if chosen else rest) if one.key not in apart[each.person.contact.address]
        ]
        ranking = rank(wants[handle], pool, rules, today)
        options = options_for(each.held, ranking.first(OTHERS, chosen), known)
        proposed.append(Proposed(each, options, chosen, ranking))
    return tuple(proposed)


def _wanted(each: Gathered, apart: Mapping[str, frozenset[str]]) -> Wanted:
    asked = wanted(each.held, each.wishes, each.person.contact)
    return replace(asked, barred=asked.barred | apart[each.person.contact.address])


def _after(pairs: Mapping[str, str], able: Sequence[Candidate]) -> list[Candidate]:
    """The supporters as they would be once all of these had been asked."""
    given = Counter(pairs.values())
    return [replace(one, open_now=one.open_now + given[one.key]) for one in able]
