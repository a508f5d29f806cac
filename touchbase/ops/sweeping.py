"""Keeping the clock: one turn of the sweep every half minute, whoever keeps it."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db import close_old_connections

from touchbase.kernel import clock
from touchbase.ops import copies, heartbeat, mailing
from touchbase.outreach import sweep
from touchbase.outreach.sweep import Swept
from touchbase.programs.queries import all_programs
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart
from touchbase.resources import checking

PAUSE_SECONDS = 30.0
PACE_SECONDS = 300.0
_paced = -PACE_SECONDS
log = logging.getLogger(__name__)


def turn() -> Swept | None:
    """Do what is due now and say what it was. None when it failed: the next turn tries again."""
    at = clock.now()
    try:
        apart = restoring.apart()
        if apart is not Apart.TOGETHER:
            log.error("sweep.halted %s", apart.value)
            heartbeat.beat(at)
            return Swept(halted=True)
        swept = sweep.run_once(at)
        _keep_pace(at)
        mailing.note(unreachable=swept.unreachable, sent=swept.sent)
        heartbeat.beat(at)
        _look_at_a_link(at)
    except Exception as error:  # noqa: BLE001  the clock must outlive any one failure
        # The kind of error only: its text could hold what somebody typed.
        log.error("sweep.failed %s", type(error).__name__)
        return None
    return swept


def keep_copies() -> None:
    """The vault's hourly copies, where some are wanted. That one can't be made stops nothing else."""
    try:
        copies.keep_up(clock.now())
    except Exception as error:  # noqa: BLE001  the clock must outlive any one failure
        log.error("copies.failed %s", type(error).__name__)


def _keep_pace(at: datetime) -> None:
    """Every few minutes: by the number that both stores have, one that is put back from a copy is noticed."""
    global _paced  # noqa: PLW0603  one clock a process
    if monotonic() - _paced >= PACE_SECONDS:
        restoring.keep_pace(at)
        _paced = monotonic()


def _look_at_a_link(at: datetime) -> None:
    """One page of a program's resources a turn, where that is wanted: no other work waits for many."""
    if not settings.CHECKS_LINKS:
        return
    waiting = checking.due(all_programs(), today=at.date())
    for here, link in waiting[:1]:
        checking.forget(here)
        checking.check(here, link, today=at.date())


def keep(pause: Callable[[float], bool]) -> None:
    """Turn after turn, until `pause` (given the seconds to wait) says that it is time to stop."""
    stop = False
    while not stop:
        close_old_connections()  # a server that went away meanwhile is asked anew
        turn()
        keep_copies()
        stop = pause(PAUSE_SECONDS)


def start_in_background() -> threading.Thread:
    """Keep the clock beside the server, until the server's own thread ends; then finish the turn and stop."""
    thread = threading.Thread(target=keep, args=(_until_main_thread_ends,), name="sweep", daemon=False)
    thread.start()
    return thread


def _until_main_thread_ends(seconds: float) -> bool:
    main = threading.main_thread()
    main.join(seconds)
    return not main.is_alive()
