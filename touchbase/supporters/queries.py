"""Reading supporters: who could be asked, and who one of them is."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from touchbase.accounts.models import AccountState
from touchbase.kernel.errors import NotFound
from touchbase.matching.names import called
from touchbase.matching.ranking import Candidate
from touchbase.programs.policy import Policy
from touchbase.supporters import apart, availability, eligibility
from touchbase.supporters.details import Visibility, first_name, initials
from touchbase.supporters.duties import on_call
from touchbase.supporters.models import Supporter

_NAME, _EMAIL = "membership__account__name", "membership__account__email"
_STATE, _AWAY_UNTIL = "membership__account__state", "membership__account__away_until"
_COLUMNS = (
    "membership_id", _NAME, _EMAIL, _STATE, _AWAY_UNTIL, "active", "trained_month", "refresher_month",
    "resting_until", "limit", "phone", "department", "site", "profession", "stage", "turn", "paused",
    "apart",
)  # fmt: skip
# As text, and each text is read once: most supporters of a program have what others have. Whom somebody keeps
# apart from isn't among them: it would stay in memory after they took it back.
_LISTS = ("leads", "languages", "topics", "parts_of_week", "channels", "away")
_AS_TEXT = {f"{name}_text": Cast(name, TextField()) for name in _LISTS}


@dataclass(frozen=True, slots=True)
class Profile:
    """A supporter as pages and letters show them. Keys are those of the policy's lists."""

    id: str  # the membership
    name: str
    title: str
    profession: str
    stage: str
    department: str
    site: str
    languages: tuple[str, ...]
    phone: str
    email: str
    own_words: str
    limit: int
    parts_of_week: tuple[str, ...]
    channels: tuple[str, ...]
    away: tuple[availability.Days, ...]
    resting: bool  # or paused
    leads: tuple[str, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)  # topic -> who learns of it
    public: bool = False
    contact_public: str = ""
    paused: bool = False
    resting_until: date | None = None
    days: tuple[str, ...] = ()
    nights: bool = False
    apart: int = 0  # how many they keep apart from

    @property
    def first_name(self) -> str:
        """What they sign a note with."""
        return first_name(self.name)

    @property
    def topics_told(self) -> tuple[str, ...]:
        """What they offer to talk about to somebody they write to (ruling C12)."""
        return tuple(sorted(key for key, who in self.topics.items() if who != Visibility.MATCHING))

    @property
    def initials(self) -> str:
        """What stands where others have a picture: "RV"."""
        return initials(self.name)


def candidates(
    program_id: str, *, policy: Policy, today: date, open_now: Mapping[str, int], contact: str = ""
) -> list[Candidate]:
    """Everybody who supports in a program, for the matcher: one query for one or ten thousand.

    One more says who is on call today, where a roster is kept. `open_now` says how many people each has on
    their hands, by membership. `contact` is that of whoever a peer is looked for: a supporter who keeps apart
    from them isn't among the candidates at all. Any reason shown beside a name would tell the desk who keeps
    apart from whom.
    """
    months = policy.supporters.refresher_months
    rows = Supporter.objects.filter(membership__program_id=program_id).values(*_COLUMNS, **_AS_TEXT)
    today_call = on_call(program_id, policy, today)
    return [
        _candidate(row, months, today, open_now, today_call)
        for row in rows
        if not apart.keeps_apart(row["membership_id"], row["apart"], contact)
    ]


def keeping_apart(program_id: str, contacts: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Who keeps apart from whom, by contact: for many people who are matched at once. One query."""
    rows = Supporter.objects.filter(membership__program_id=program_id).exclude(apart=[])
    kept = list(rows.values_list("membership_id", "apart"))
    return {
        contact: frozenset(member for member, marks in kept if apart.keeps_apart(member, marks, contact))
        for contact in contacts
    }


def _candidate(
    row: Mapping[str, Any],
    months: int,
    today: date,
    open_now: Mapping[str, int],
    called_today: tuple[str, str],
) -> Candidate:
    key, away = row["membership_id"], _ranges(row["away_text"])
    if row[_AWAY_UNTIL]:  # away in all their parts, as their account says
        away = (*away, (date.min, row[_AWAY_UNTIL]))
    return Candidate(
        key=key,
        called=called(row[_NAME]),
        active=row["active"] and row[_STATE] == AccountState.ACTIVE,
        trained=eligibility.is_trained(row["trained_month"], today),
        refresher_by=eligibility.fresh_until(row["trained_month"], row["refresher_month"], months),
        resting_until=date.max if row["paused"] else row["resting_until"],
        away=away,
        open_now=open_now.get(key, 0),
        limit=row["limit"],
        contacts=frozenset({row[_EMAIL], row["phone"]}) - {""},
        leads=_keys(row["leads_text"]),
        department=row["department"],
        site=row["site"],
        profession=row["profession"],
        stage=row["stage"],
        languages=_keys(row["languages_text"]),
        topics=_keys(row["topics_text"]),
        times=_keys(row["parts_of_week_text"]),
        channels=_keys(row["channels_text"]),
        turn=row["turn"],
        on_duty=key == called_today[0],
        second_on_duty=key == called_today[1],
    )


@lru_cache(maxsize=4096)
def _keys(text: str) -> frozenset[str]:
    """The keys of a list, or of a table, as the database writes it."""
    return frozenset(json.loads(text))


@lru_cache(maxsize=4096)
def _ranges(text: str) -> tuple[availability.Days, ...]:
    return availability.ranges_from(json.loads(text))


def profile(membership_id: str, today: date | None = None) -> Profile:
    """Who a supporter is, by membership. Raises `NotFound`. Without `today` nobody counts as resting."""
    found = profiles([membership_id], today)
    if membership_id not in found:
        raise NotFound(_("This supporter is not in the program any more."))
    return found[membership_id]


def profiles(membership_ids: Collection[str], today: date | None = None) -> dict[str, Profile]:
    """Who some supporters are, in one query. Whoever has left isn't among them."""
    rows = Supporter.objects.filter(membership__in=membership_ids).select_related("membership__account")
    return {row.membership_id: _profile(row, today) for row in rows}


def _profile(row: Supporter, today: date | None) -> Profile:
    account = row.membership.account
    return Profile(
        id=row.membership_id,
        name=account.name,
        title=row.title,
        profession=row.profession,
        stage=row.stage,
        department=row.department,
        site=row.site,
        languages=tuple(row.languages),
        phone=row.phone,
        email=account.email,
        own_words=row.own_words,
        limit=row.limit,
        parts_of_week=tuple(row.parts_of_week),
        channels=tuple(row.channels),
        away=availability.ranges_from(row.away),
        resting=today is not None and row.is_resting(today),
        leads=tuple(row.leads),
        topics=dict(row.topics),
        public=row.public,
        contact_public=row.contact_public,
        paused=row.paused,
        resting_until=row.resting_until,
        days=tuple(row.days),
        nights=row.nights,
        apart=len(row.apart),
    )


def may_be_asked(membership_id: str) -> bool:
    """Whether somebody still serves: their profile and their account are active. Rest and limits aside."""
    serving = Supporter.objects.filter(active=True, membership__account__state=AccountState.ACTIVE)
    return serving.filter(membership=membership_id).exists()
