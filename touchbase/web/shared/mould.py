"""Pages that differ from person to person in a few words only: drawn once, and filled in for each.

Drawing the thank-you anew is a fifth of the work of keeping a request. Nothing of a request is at hand when
the page is drawn, so nothing of one person can stay in it for the next.
"""

import re
import secrets
from collections.abc import Mapping

from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from touchbase.programs.queries import CurrentProgram
from touchbase.web.shared.context import around

_SECONDS = 60 * 60
# Where a word goes. Nobody who types can know this process's sign, and what was filled in isn't read again.
_SIGN = secrets.token_hex(12)
_BLANK = re.compile(f"{_SIGN}([a-z_]+)-")


def filled(template: str, here: CurrentProgram, words: Mapping[str, str]) -> HttpResponse:
    """A page of a program with `words` in it, each escaped. What is empty, the template finds empty."""
    page = _drawn(template, here, tuple(sorted(name for name, word in words.items() if word)))
    return HttpResponse(_BLANK.sub(lambda found: escape(words[found[1]]), page))


def _drawn(template: str, here: CurrentProgram, names: tuple[str, ...]) -> str:
    key = "/".join(["mould", template, here.id, str(here.version), str(get_language()), *names])
    page = caches["pages"].get(key)
    if page is None:
        page = render_to_string(template, {**around(here), **{name: f"{_SIGN}{name}-" for name in names}})
        caches["pages"].set(key, page, _SECONDS)
    return str(page)
