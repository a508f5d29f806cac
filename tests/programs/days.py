"""Zones, moments and rules to count time with."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.factories.programs import policy_text
from touchbase.kernel.clock import slot_down
from touchbase.programs.files import parse
from touchbase.programs.policy import Policy

NEW_YORK = ZoneInfo("America/New_York")
# With and without daylight saving, both hemispheres, offsets of a quarter hour, changes of half an hour.
ZONES = (
    "America/New_York", "America/Los_Angeles", "America/Phoenix", "America/St_Johns", "Europe/London",
    "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Honolulu",
    "UTC",
)  # fmt: skip


def policy_of(zone: str = "America/New_York", *, clock: str = "", region: str = "") -> Policy:
    """An invented program's rules in a zone, with some keys of its clock changed."""
    program = f'time_zone = "{zone}"' + (f'\nregion = "{region}"' if region else "")
    return parse(policy_text(program=program, clock=clock), file="harbor.toml")


def local(*when: int, zone: ZoneInfo = NEW_YORK, fold: int = 0) -> datetime:
    """A moment by the clocks of a zone. In UTC: times of a repeated hour equal nothing in another zone."""
    return datetime(*when, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[misc, arg-type]


USUAL = policy_of()
_BY_ZONE = {zone: policy_of(zone) for zone in ZONES}
_FIRST, _LAST = datetime(2024, 1, 1), datetime(2031, 12, 31)  # noqa: DTZ001 the strategy adds the zone

moments = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))
slots = moments.map(slot_down)
zones = st.sampled_from(ZONES).map(ZoneInfo)
policies = st.sampled_from(ZONES).map(_BY_ZONE.__getitem__)
