"""How many open referrals go by rules that don't hold for new ones any more (ruling D16)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from touchbase.accounts.queries import Member
from touchbase.outreach.reach import seen_at_desk
from touchbase.programs.queries import CurrentProgram


def open_under_older(here: CurrentProgram, *, by: Member, at: datetime) -> Mapping[int, int]:
    """Each older version with how many of the referrals this member may know of were promised it."""
    seen, _same = seen_at_desk(here, by=by, at=at)
    older = Counter(row.policy_version for row in seen if row.policy_version < here.version)
    return dict(sorted(older.items()))
