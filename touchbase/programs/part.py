"""What the tables of a policy file are made of: strict values that say in words what they hold.

The `kind` beside a pattern is read by people: in a refusal and in docs/configuration.md. So is the text under
a key; `kinds` reads it when somebody asks, since pydantic would read all of them with every start.
"""

import re
import unicodedata
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

# Characters that would break a line, hide, or turn the direction of what follows them.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Part(BaseModel):
    """A table of the file: frozen, strict, and without unknown keys. The text under a key is its meaning."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
    )


def _one_line(text: str) -> str:
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        raise ValueError("Write it as one line, without hidden characters.")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ValueError("Write an email address, like peers@example.org.")
    return text


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Item = TypeVar("Item")
Many: TypeAlias = Annotated[tuple[Item, ...], BeforeValidator(_as_tuple)]
"""A list of the file. TOML's own is mutable and not strictly a tuple."""
Pick: TypeAlias = Annotated[Item, Field(strict=False)]
"""One word of a closed list. TOML knows only its text."""

ONE_LINE = AfterValidator(_one_line)
Label: TypeAlias = Annotated[str, Field(min_length=1, max_length=80), ONE_LINE]
Sentence: TypeAlias = Annotated[str, Field(min_length=1, max_length=240), ONE_LINE]
Key: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9-]*$",
        max_length=40,
        json_schema_extra={"kind": "up to 40 small letters, digits and hyphens"},
    ),
]
Phone: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^[0-9+() -]*[0-9][0-9+() -]*$",
        min_length=3,
        max_length=20,
        json_schema_extra={"kind": "a phone number, like 503-555-0142"},
    ),
]
Email: TypeAlias = Annotated[
    str,
    Field(max_length=120, json_schema_extra={"kind": "an email address, like peers@example.org"}),
    ONE_LINE,
    AfterValidator(_address),
]
HostedAddress: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^https://[A-Za-z0-9./?=&_%~-]+$",
        max_length=200,
        json_schema_extra={"kind": "a web address that begins with https://"},
    ),
]
