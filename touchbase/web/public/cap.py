"""How many requests a program takes in an hour, counted in memory and without addresses (A16, C17)."""

from datetime import datetime

from django.core.cache import cache

# The busiest published program sees 12 a month. More than this in one hour is a machine or a disaster, and
# for both a person should answer the phone.
ASKS_AN_HOUR = 30
# A list brings up to sixty people, and all of them wait for the desk's word.
LISTS_AN_HOUR = 5
_HOUR = 60 * 60  # seconds
ASKS, LISTS = "asks", "lists"
_MOST = {ASKS: ASKS_AN_HOUR, LISTS: LISTS_AN_HOUR}


def is_full(program_id: str, at: datetime, kind: str = ASKS) -> bool:
    """Whether the hour has seen as many requests, or lists, as a program takes."""
    return int(cache.get(_key(program_id, at, kind), 0)) >= _MOST[kind]


def count(program_id: str, at: datetime, kind: str = ASKS) -> None:
    """Add one to the hour."""
    key = _key(program_id, at, kind)
    cache.add(key, 0, timeout=2 * _HOUR)
    cache.incr(key)


def _key(program_id: str, at: datetime, kind: str) -> str:
    return f"{kind}/{program_id}/{int(at.timestamp()) // _HOUR}"
