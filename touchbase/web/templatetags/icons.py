"""Our own drawings in pages: `{% icon "lock" %}`, in every template without a `load`."""

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString

register = template.Library()
_FOLDER = Path(__file__).parents[1] / "templates" / "shared" / "icons"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of `templates/shared/icons`, as it is drawn there. A board draws dozens of them, each read once.

    Raises `FileNotFoundError` for a name that isn't there.
    """
    return SafeString((_FOLDER / f"{name}.svg").read_text().strip())
