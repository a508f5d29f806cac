"""A policy as it reads in another of its languages. Its keys, numbers and names stay what they are. Pure."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from touchbase.programs.part import Part
from touchbase.programs.policy import Clock, Policy

# Where a policy speaks to people in sentences or labels of its own. What is stored, called or counted by
# isn't among them: keys, numbers, addresses, names of programs, bands of minutes.
TRANSLATED = frozenset(
    {
        "about", "advice", "afterwards", "citation", "contact", "described", "exceptions", "for_whom",
        "headline", "hours", "introduction", "label", "meeting", "otherwise", "remark", "reporting",
        "sponsor", "state_name", "title", "where",
    }
)  # fmt: skip
_REMEMBERED = 64  # programs times languages
Table = TypeVar("Table", bound=Part)


@lru_cache(maxsize=_REMEMBERED)
def in_language(policy: Policy, language: str) -> Policy:
    """The policy with its texts in a language, as far as its file has them there."""
    said = {one.text: one.says for one in policy.translations if one.language == language}
    return _said(policy, said) if said else policy


def as_written(text: str, policy: Policy) -> str:
    """A text of a policy as its file has it, in whichever of its languages the policy is read."""
    return next((one.text for one in policy.translations if one.says == text), text)


def texts_of(part: Part) -> Iterator[str]:
    """Every text of a policy, or of a table of it, that can be translated."""
    for name in _fields(part):
        yield from _texts(getattr(part, name), name)


def _texts(value: object, name: str) -> Iterator[str]:
    if isinstance(value, Part):
        yield from texts_of(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, name)
    elif isinstance(value, str) and name in TRANSLATED:
        yield value


def _fields(part: Part) -> Iterator[str]:
    """The keys of a table that may hold texts. A desk says its hours in words; the clock's are a rule."""
    apart = () if not isinstance(part, Clock) else ("hours",)
    return (name for name in type(part).model_fields if name not in {*apart, "translations"})


def _said(part: Table, said: Mapping[str, str]) -> Table:
    return part.model_copy(update={name: _read(getattr(part, name), name, said) for name in _fields(part)})


def _read(value: object, name: str, said: Mapping[str, str]) -> object:
    if isinstance(value, Part):
        return _said(value, said)
    if isinstance(value, tuple):
        return tuple(_read(item, name, said) for item in value)
    return said.get(value, value) if isinstance(value, str) and name in TRANSLATED else value
