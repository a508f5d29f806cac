"""What a message says: its words, with what belongs to this one person merged in at the moment it is sent.

The words lie in `templates/notifications/{language}/`, with merge fields in single braces. A value is put in
as it is and never read again as a template.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.template.loader import select_template
from django.utils import translation
from django.utils.translation import gettext as _

from touchbase.notifications.catalogue import FIELDS, SHAPES, Reader, Shape, Template, worded_for
from touchbase.notifications.errors import MessageRefused
from touchbase.programs.languages import shown

__all__ = [
    "FIELDS",
    "OWN_WORDS_LENGTH",
    "SHAPES",
    "Rendered",
    "Template",
    "language_of",
    "render",
    "worded_for",
]

OWN_WORDS_LENGTH = 300
_FIELD = re.compile(r"\{([a-z_]+)\}")
_SEVERAL_LINES = frozenset({"own_words", "resource_list", "help_list", "news"})
_TURNS_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CURLY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it goes out. Printing it shows nothing of it."""

    subject: str = field(repr=False)
    body: str = field(repr=False)


# What stands where a supporter or a program left something out.
_DEFAULTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "own_words": lambda: _("I don't know any details, and I don't need them. I'm just checking on you."),
        "supporter_role": lambda: _("a colleague"),
        "time_offer": lambda: _("when it suits you"),
        "resource_list": lambda: _("- Rest, food, and a walk outside.\n- A talk with someone close to you."),
        "help_list": lambda: _("- Your doctor, or someone you trust."),
    }
)


def render(template: Template, language: str, fields: Mapping[str, str]) -> Rendered:
    """The message in a language, or in English where it has none there or nobody has reviewed it.

    `fields` may hold all that its reader's messages know (`catalogue.FIELDS`). Raises `MessageRefused` for
    any other field, for a missing one, and for a value that would break a line or hide something.
    """
    shape, language = SHAPES[template], shown(language)
    with translation.override(language):
        values = _values(shape, fields)
    text = _words(shape.file, language)
    body = _FIELD.sub(lambda found: values[found.group(1)], text)
    return Rendered(shape.subject, body if shape.subject else body.translate(_CURLY))


def language_of(template: Template, language: str) -> str:
    """The language a message goes out in to somebody who reads `language`."""
    return str(_found(SHAPES[template].file, shown(language)).origin.template_name).split("/")[1]


def _words(file: str, language: str) -> str:
    return str(_found(file, language).render({})).strip() + "\n"


def _found(file: str, language: str) -> Any:
    folders = dict.fromkeys((language, "en"))
    return select_template([f"notifications/{folder}/{file}.txt" for folder in folders])


def _values(shape: Shape, fields: Mapping[str, str]) -> dict[str, str]:
    unknown = set(fields) - FIELDS[shape.reader]
    if unknown:
        raise MessageRefused(
            _("This message can't have: %(fields)s. Take it out.") % {"fields": ", ".join(sorted(unknown))}
        )
    values = {name: _value(name, fields.get(name, "")) for name in shape.fields}
    missing = sorted(name for name, value in values.items() if not value)
    if missing:
        raise MessageRefused(_("This message needs: %(fields)s.") % {"fields": ", ".join(missing)})
    if shape.reader is Reader.STAFF and _names_a_referral(values["link"]):
        raise MessageRefused(_("A message to staff leads to a front page, never to a referral."))
    return values


def _value(name: str, given: str) -> str:
    value = given.strip()
    if not value and name in _DEFAULTS:
        return _DEFAULTS[name]()
    if any(_is_hidden(sign, name) for sign in value):
        raise MessageRefused(
            _("Write this without line breaks or hidden characters: %(field)s.") % {"field": name}
        )
    if name == "own_words" and len(value) > OWN_WORDS_LENGTH:
        raise MessageRefused(_("Keep your own words to 300 characters."))
    return value


def _is_hidden(sign: str, name: str) -> bool:
    if sign == "\n":
        return name not in _SEVERAL_LINES
    return sign in _TURNS_AROUND or unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}


def _names_a_referral(link: str) -> bool:
    """Whether an address holds a private link, a handle, or anything behind a question mark."""
    return re.search(r"[?#]|/t/|/(?=[a-z]*[0-9])[0-9a-z]{26}(/|$)", link) is not None
