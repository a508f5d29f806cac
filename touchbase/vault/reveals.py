"""How many different people an account has looked at within the hour: counted in memory, kept nowhere (C17).

Each server process counts for itself; `touchbase serve` runs one.
"""

import threading
from datetime import datetime, timedelta

from touchbase.vault.errors import TooManyReveals
from touchbase.vault.grants import Grant, Reason

AN_HOUR = 20  # different referrals, for one account (vault.md section 9)
_HOUR = timedelta(hours=1)
_looked: dict[str, dict[str, datetime]] = {}
_turn = threading.Lock()


def count(grant: Grant) -> None:
    """Count a look at names. Raises `TooManyReveals` over the limit, unless the actor has confirmed."""
    if grant.reason is not Reason.REVEAL:
        return
    with _turn:
        recent = {handle: at for handle, at in _looked.get(grant.actor, {}).items() if at > grant.at - _HOUR}
        after = recent | dict.fromkeys(grant.handles, grant.at)
        over = len(after) > AN_HOUR and len(after) > len(recent) and not grant.confirmed
        _looked[grant.actor] = recent if over else after
    if over:
        raise TooManyReveals
