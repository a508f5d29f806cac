"""The one place that asks the machine what time it is."""

from datetime import UTC, datetime, timedelta

SLOT = timedelta(minutes=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """This moment, aware, in UTC. Everything below the pages takes it as an argument."""
    return datetime.now(UTC)


def slot_down(moment: datetime) -> datetime:
    """The half hour that holds `moment`: stored times are no finer (vault.md section 1)."""
    return moment - (moment - _EPOCH) % SLOT


def slot_up(moment: datetime) -> datetime:
    """The first half hour that isn't before `moment`."""
    down = slot_down(moment)
    return down if down == moment else down + SLOT
