"""Who is never offered, and why. All bars of one supporter come out as one number, a bit a bar.

Numbers and not lists, because a pool of ten thousand is looked at while a coordinator waits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from touchbase.matching.names import named_in
from touchbase.matching.reasons import Bar
from touchbase.matching.request import Candidate, OwnDepartment, Rules, Wanted, Wish

_BIT = {bar: 1 << place for place, bar in enumerate(Bar)}
_FIRST = {bit: bar for bar, bit in _BIT.items()}
_SITES = frozenset({Wish.OWN_SITE, Wish.OTHER_SITE})  # who asks for both asks for another: it hides more

NOT_ACTIVE = _BIT[Bar.NOT_ACTIVE]
NOT_TRAINED = _BIT[Bar.NOT_TRAINED]
REFRESHER_OVERDUE = _BIT[Bar.REFRESHER_OVERDUE]
RESTING = _BIT[Bar.RESTING]
AWAY = _BIT[Bar.AWAY]
THEMSELF = _BIT[Bar.THEMSELF]
LEADS = _BIT[Bar.LEADS]
NOT_WITH = _BIT[Bar.NOT_WITH]
SAME_DEPARTMENT = _BIT[Bar.SAME_DEPARTMENT]
ASKED_BEFORE = _BIT[Bar.ASKED_BEFORE]
NOT_CHOSEN = _BIT[Bar.NOT_CHOSEN]
SITE = _BIT[Bar.SITE]
PROFESSION = _BIT[Bar.PROFESSION]
AT_LIMIT = _BIT[Bar.AT_LIMIT]


@dataclass(frozen=True, slots=True)
class Gate:
    """What one request bars, worked out once for the whole pool. `None` equals nothing a supporter has."""

    today: date
    contact: str | None
    department: str | None
    closed_department: str | None  # the department nobody is asked from
    not_with: frozenset[str]
    barred: frozenset[str]
    peer: str | None
    only: str | None
    other_site: str | None  # asked for another site than this
    own_site: str | None  # asked for this site
    profession: str | None  # asked for this role
    waived: int  # what choosing a peer oneself overrules


def gate(wanted: Wanted, rules: Rules, today: date) -> Gate:
    """What a request bars under a program's rules."""
    wants = wanted.wants
    return Gate(
        today=today,
        contact=wanted.contact or None,
        department=wanted.department or None,
        closed_department=wanted.department or None if _own_department_closed(wants, rules) else None,
        not_with=named_in(wanted.not_with),
        barred=wanted.barred,
        peer=wanted.peer or None,
        only=wanted.peer or None if wanted.only_peer else None,
        other_site=wanted.site or None if Wish.OTHER_SITE in wants else None,
        own_site=wanted.site or None if wants & _SITES == {Wish.OWN_SITE} else None,
        profession=wanted.profession or None if Wish.SAME_PROFESSION in wants else None,
        waived=_waived(rules),
    )


def _own_department_closed(wants: frozenset[str], rules: Rules) -> bool:
    """A wish for another department closes one's own; a wish for one's own opens it where asking may."""
    if Wish.OTHER_DEPARTMENT in wants or rules.own_department == OwnDepartment.FINE:
        return Wish.OTHER_DEPARTMENT in wants
    return rules.own_department != OwnDepartment.ASK or Wish.OWN_DEPARTMENT not in wants


def _waived(rules: Rules) -> int:
    """Choosing a peer overrules one's other wishes, but never the program's "never"."""
    asking_may = rules.own_department in {OwnDepartment.ASK, OwnDepartment.FINE}
    return SITE | PROFESSION | (SAME_DEPARTMENT if asking_may else 0)


def bars(one: Candidate, at: Gate) -> int:
    """Every bar of one supporter for one request; 0 when there is none."""
    return gatekeeper(at)(one)


def gatekeeper(at: Gate) -> Callable[[Candidate], int]:
    """The same for many supporters: what the request asks for is taken out once, not ten thousand times."""
    contact, department, closed = at.contact, at.department, at.closed_department
    by_anybody, by_this_one = _today(at.today), _asked_for(at)

    def of(one: Candidate) -> int:
        found = by_anybody(one)
        if contact in one.contacts:
            found |= THEMSELF
        if department in one.leads:
            found |= LEADS
        if one.department == closed:
            found |= SAME_DEPARTMENT
        return by_this_one(one, found) if by_this_one else found

    return of


def _today(today: date) -> Callable[[Candidate], int]:
    """What keeps a supporter from being asked by anybody today."""

    def of(one: Candidate) -> int:
        found = 0
        if not one.active:
            found |= NOT_ACTIVE
        if not one.trained:
            found |= NOT_TRAINED
        if one.refresher_by is not None and one.refresher_by < today:
            found |= REFRESHER_OVERDUE
        if one.resting_until is not None and today <= one.resting_until:
            found |= RESTING
        if one.away and any(first <= today <= last for first, last in one.away):
            found |= AWAY
        if one.open_now >= one.limit:
            found |= AT_LIMIT
        return found

    return of


def _asked_for(at: Gate) -> Callable[[Candidate, int], int] | None:
    """What a request adds by names, peers, sites and roles; None when it says nothing of them, as most do."""
    not_with, barred, only, other_site = at.not_with, at.barred, at.only, at.other_site
    own_site, profession, peer, kept = at.own_site, at.profession, at.peer, ~at.waived
    if not any((not_with, barred, other_site, own_site, profession, peer)):
        return None

    def of(one: Candidate, found: int) -> int:
        if one.called in not_with:
            found |= NOT_WITH
        if barred and one.key in barred:
            found |= ASKED_BEFORE
        if only is not None and one.key != only:
            found |= NOT_CHOSEN
        if one.site == other_site or (own_site is not None and one.site and one.site != own_site):
            found |= SITE
        if profession is not None and one.profession != profession:
            found |= PROFESSION
        return found & kept if one.key == peer else found

    return of


def first(found: int) -> Bar:
    """The bar that is told when there are several; `found` is not 0."""
    return _FIRST[found & -found]


def told(found: int) -> tuple[Bar, ...]:
    """Every bar of a number, in the order in which they are told."""
    return tuple(bar for bar, bit in _BIT.items() if found & bit)


def one_more(one: Candidate) -> bool:
    """Whether a supporter at their limit could take one more. Nobody who set it to none is asked to."""
    return one.open_now == one.limit > 0
