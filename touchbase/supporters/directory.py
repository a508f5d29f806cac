"""The list of supporters who chose to be on it, as anybody may read it.

It is a standing list: nothing of it follows from whom somebody helps just now. A peer who is full, resting or
away stays on it unchanged, because in a small team a line that comes and goes tells who is being helped
(ruling C11). What shows when they like to talk are their own standing words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchbase.accounts.models import AccountState
from touchbase.programs.policy import Policy, WhoKnows
from touchbase.supporters import eligibility
from touchbase.supporters.details import Visibility, first_name, initials
from touchbase.supporters.models import Supporter
from touchbase.supporters.queries import Profile

_NAME = "membership__account__name"
_COLUMNS = (
    "listing", "membership_id", _NAME, "profession", "department", "site", "languages", "topics",
    "own_words", "contact_public", "days", "parts_of_week", "nights", "trained_month", "refresher_month",
)  # fmt: skip
_SHOWN = (
    "profession", "department", "site", "languages", "own_words", "contact_public", "days",
    "parts_of_week", "nights",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One supporter as the directory shows them. Keys are those of the policy's lists.

    `listing` is made for the directory alone: a membership's or an account's key would lead from an open page
    to what is kept elsewhere, and would stay the same when somebody leaves the list and comes back.
    """

    listing: str
    name: str
    profession: str
    department: str
    site: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]  # only those they offer in public (ruling C12)
    own_words: str
    contact: str  # only where the two alone know
    days: tuple[str, ...]
    times: tuple[str, ...]
    nights: bool

    @property
    def first_name(self) -> str:
        """What people call them."""
        return first_name(self.name)

    @property
    def initials(self) -> str:
        """What stands where others have a picture."""
        return initials(self.name)

    def has(self, kind: str, value: str) -> bool:
        """Whether they have a value of one of the things one may look for."""
        return value in {
            "profession": (self.profession,),
            "site": (self.site,),
            "language": self.languages,
            "topic": self.topics,
        }.get(kind, ())


def listed(program_id: str, *, policy: Policy, today: date) -> list[Listed]:
    """Everybody on the list of a program, by name: one query for five or five hundred."""
    return [_listed(row, policy) for row in _rows(program_id, policy, today)]


def fitting(everybody: Iterable[Listed], wanted: Mapping[str, str]) -> list[Listed]:
    """Those of a list who have everything that is looked for; what is empty isn't."""
    looked_for = [(kind, value) for kind, value in wanted.items() if value]
    return [one for one in everybody if all(one.has(*each) for each in looked_for)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A supporter somebody chose, and the membership that is asked. The latter is for no page."""

    member: str
    listed: Listed


def chosen(program_id: str, listing: str, *, policy: Policy, today: date) -> Chosen | None:
    """Whom a key of the directory stands for; None when nobody on the list has it."""
    for row in _rows(program_id, policy, today, listing=listing) if listing else ():
        return Chosen(row["membership_id"], _listed(row, policy))
    return None


def preview(who: Profile, details: Mapping[str, Any], policy: Policy) -> Listed:
    """How a supporter would look on the list with some parts changed: nothing is kept.

    The same reading as of a row of the list, so that it can't show anything else than others will see.
    """
    topics = details.get("topics", who.topics)
    row = {name: details.get(name, getattr(who, name)) for name in _SHOWN}
    return _listed({"listing": "", _NAME: who.name, **row, "topics": topics}, policy)


def _rows(program_id: str, policy: Policy, today: date, **which: str) -> list[Mapping[str, Any]]:
    serving = Supporter.objects.filter(
        membership__program_id=program_id, membership__account__state=AccountState.ACTIVE, active=True,
        public=True, **which,
    )  # fmt: skip
    if policy.confidence.who_knows is WhoKnows.TWO:
        serving = serving.exclude(contact_public="")
    months = policy.supporters.refresher_months
    rows = serving.order_by(_NAME, "listing").values(*_COLUMNS)
    return [row for row in rows if _may_serve(row, months, today)]


def _may_serve(row: Mapping[str, Any], months: int, today: date) -> bool:
    """Trained and fresh: what keeps somebody from being asked by anybody, whoever they help."""
    until = eligibility.fresh_until(row["trained_month"], row["refresher_month"], months)
    return eligibility.is_trained(row["trained_month"], today) and (until is None or today <= until)


def _listed(row: Mapping[str, Any], policy: Policy) -> Listed:
    public = {key for key, who in row["topics"].items() if who == Visibility.PUBLIC}
    return Listed(
        listing=row["listing"],
        name=row[_NAME],
        profession=row["profession"],
        department=row["department"],
        site=row["site"],
        languages=tuple(row["languages"]),
        topics=tuple(option.key for option in policy.options("topic") if option.key in public),
        own_words=row["own_words"],
        contact=row["contact_public"] if policy.confidence.who_knows is WhoKnows.TWO else "",
        days=tuple(row["days"]),
        times=tuple(row["parts_of_week"]),
        nights=row["nights"],
    )
