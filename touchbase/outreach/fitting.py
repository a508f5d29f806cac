"""Who fits a referral: its wishes, the program's supporters and its rules, brought before the matcher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from touchbase.matching.ranking import Match, Ranking, Rules, Wanted, rank
from touchbase.programs.hours import local_day
from touchbase.programs.policy import Kind, Policy
from touchbase.referrals import queries as referrals
from touchbase.referrals import rows
from touchbase.referrals.course import Contact, Wishes
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener, Working
from touchbase.supporters.queries import Profile, candidates, profiles


@dataclass(frozen=True, slots=True)
class Option:
    """One supporter beside a referral: why to ask them, or why not."""

    key: str
    name: str
    initials: str
    about: str
    open: int
    limit: int
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def discs(self) -> tuple[bool, ...]:
        """One mark for each person they may have at once: filled when taken."""
        return tuple(place < self.open for place in range(max(self.limit, self.open)))


def ranking(held: Working, *, at: datetime) -> Ranking:
    """Who fits this referral, best first, and who is left out and why."""
    wished, contact = referrals.wishes(held.handle, opener=Opener("", Actor.CLOCK, at))
    return ranked(held, wished, contact, at)


def ranked(held: Working, wished: Wishes, contact: Contact, at: datetime) -> Ranking:
    """The same for wishes that are open already."""
    today = local_day(at, held.policy)
    busy = rows.open_now(held.program)
    pool = candidates(held.program, policy=held.policy, today=today, open_now=busy, contact=contact.address)
    return rank(wanted(held, wished, contact), pool, rules_of(held.policy), today)


def wanted(held: Working, wished: Wishes, contact: Contact) -> Wanted:
    """A referral as the matcher takes it."""
    return Wanted(
        profession=wished.profession,
        stage=wished.stage,
        department=wished.department,
        site=wished.site,
        wants=frozenset(wished.wants),
        languages=frozenset(wished.languages),
        topics=frozenset(wished.topics),
        channel=contact.channel.value,
        times=frozenset(contact.times),
        not_with=wished.not_with,
        contact=contact.address,
        barred=frozenset(held.course.barred),
        peer=wished.peer,
        only_peer=wished.only_peer and not held.course.anyone,
    )


def rules_of(policy: Policy) -> Rules:
    """What the policy says about matching, as the matcher takes it."""
    return Rules(
        own_department=policy.matching.own_department.value,
        prefer=tuple(preference.value for preference in policy.matching.prefer),
    )


def options_fitting(held: Working, found: Ranking, *, everyone: bool = False) -> tuple[Option, ...]:
    """Who fits, best first: three, or all of them."""
    matches = found.best if everyone else found.top
    return options_for(held, matches, profiles([match.key for match in matches]))


def options_for(held: Working, matches: Sequence[Match], known: Mapping[str, Profile]) -> tuple[Option, ...]:
    """Some who fit, with their reasons, for a page that has read all profiles at once."""
    times = {option.key: option.label for option in held.policy.contact.times}
    return tuple(
        replace(
            _option(known[match.key], held.policy, match.open_now),
            reasons=match.said(times, gettext),
            warnings=tuple(gettext(warning.sentence) for warning in match.warnings),
        )
        for match in matches
        if match.key in known
    )


def options_left_out(held: Working, found: Ranking) -> tuple[Option, ...]:
    """Everybody who isn't offered, by name, and the first reason."""
    known = profiles([each.key for each in found.left_out])
    busy = rows.open_now(held.program)
    left = (
        replace(
            _option(known[each.key], held.policy, busy.get(each.key, 0)), why_not=gettext(each.bar.sentence)
        )
        for each in found.left_out
        if each.key in known
    )
    return tuple(sorted(left, key=lambda option: option.name))


def _option(who: Profile, policy: Policy, open_now: int) -> Option:
    picked: tuple[tuple[Kind, str], ...] = (
        ("profession", who.profession),
        ("department", who.department),
        ("site", who.site),
    )
    about = ", ".join(policy.label_of(kind, key) for kind, key in picked if key)
    return Option(who.id, who.name, who.initials, about, open_now, who.limit)
