"""How much a program takes in an hour by open forms, counted in memory and without addresses (A16, C17)."""

from datetime import datetime

from django.core.cache import cache

# The busiest published program sees 12 a month. More than this in one hour is a machine or a disaster, and
# for both a person should answer the phone.
ASKS_AN_HOUR = 30
# A list brings up to sixty people, and all of them wait for the desk's word.
LISTS_AN_HOUR = 5
# Two answers a visit, and a whole department may be shown the page in one meeting.
ANSWERS_AN_HOUR = 240
ASKS, LISTS, NEWS, ANSWERS = "asks", "lists", "news", "answers"
_MOST = {LISTS: LISTS_AN_HOUR, ANSWERS: ANSWERS_AN_HOUR}
_HOUR = 60 * 60  # seconds


def is_full(program_id: str, at: datetime, *, of: str = ASKS) -> bool:
    """Whether the hour has seen as many requests, or `of` something else, as a program takes."""
    return int(cache.get(_key(program_id, at, of), 0)) >= _MOST.get(of, ASKS_AN_HOUR)


def count(program_id: str, at: datetime, *, of: str = ASKS) -> None:
    """Add one to the hour."""
    key = _key(program_id, at, of)
    if not cache.add(key, 1, timeout=2 * _HOUR):
        cache.incr(key)


def _key(program_id: str, at: datetime, of: str) -> str:
    return f"{of}/{program_id}/{int(at.timestamp()) // _HOUR}"
