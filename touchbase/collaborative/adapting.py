"""The policy of a new program, made from a collaborative's model: the same file with its own names in it.

The file stays as it was written, comments and all: only the values of a few keys change, and the result is
checked like any policy file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from touchbase.collaborative import policy_text
from touchbase.programs import files

_SHORT = 24  # characters of an organization in a text message (programs/people.py)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a program says of itself from the start. `phone` and `email` are its coordinator's desk."""

    slug: str
    organization: str
    name: str
    phone: str
    email: str

    @property
    def values(self) -> Mapping[tuple[str, str], str]:
        """Each by its table and key."""
        return {
            ("", "slug"): self.slug,
            ("program", "name"): self.name,
            ("program", "organization"): self.organization,
            ("program", "short_name"): short(self.organization),
            ("coordinator", "phone"): self.phone,
            ("coordinator", "email"): self.email,
        }


def short(organization: str) -> str:
    """An organization in a text message: plain letters, cut after a whole word where that can be."""
    plain = " ".join(re.sub(r"[^A-Za-z0-9 .,&'()-]", "", organization).split())
    if len(plain) <= _SHORT:
        return plain
    return plain[: _SHORT + 1].rpartition(" ")[0] or plain[:_SHORT]


def adapted(model: str, newcomer: Newcomer) -> str:
    """The model's text with a newcomer's own names. Raises `PolicyRefused` when it can't be a policy."""
    text, wanted = model, newcomer.values
    for (table, key), value in wanted.items():
        text = policy_text.with_key(text, table, key, value)
    files.parse(text, file=f"{newcomer.slug}{files.ENDING}")
    return text
