r"""Which languages Touchbase may speak: English, and each whose catalogue a person has put their name to.

Nobody who only builds Touchbase can say that a translation is right (ruling B40). A catalogue therefore lies
in `locale/{language}/` unseen until whoever read it whole has written themself into its head:

    "X-Reviewed-By: Coordinator of Interpreter Services\n"
    "X-Reviewed-On: 2027-01-15\n"
"""

import gettext
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from touchbase.programs.policy import Policy
from touchbase.programs.translated import in_language

SOURCE = "en"  # what the product itself is written in
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français", "ht": "Kreyòl",
        "hi": "हिन्दी", "ja": "日本語", "km": "ភាសាខ្មែរ", "ko": "한국어", "pl": "Polski", "pt": "Português",
        "ru": "Русский", "so": "Soomaali", "tl": "Tagalog", "uk": "Українська", "vi": "Tiếng Việt",
        "zh": "中文",
    }
)  # fmt: skip
"""Languages in their own words. One that isn't among them is read by its two letters."""
LOCALES = Path(__file__).parents[1] / "locale"


def name_of(language: str) -> str:
    """A language in its own words."""
    return NAMES.get(language, language)


def spoken() -> tuple[str, ...]:
    """The languages that may be shown, English first. A demo may also show what is still to be reviewed."""
    found = catalogues()
    return (SOURCE, *(one for one in found if found[one] or settings.SHOWS_UNREVIEWED))


def shown(language: str) -> str:
    """The language, or English as long as nobody may see it."""
    return language if language in spoken() else SOURCE


def languages_of(policy: Policy) -> tuple[str, ...]:
    """The languages in which a program's pages can be read, its usual one first."""
    return tuple(dict.fromkeys(shown(one) for one in policy.program.languages))


def reading(language: str) -> AbstractContextManager[None]:
    """Inside it everything is said in the language, or in English as long as nobody may see it."""
    return translation.override(shown(language))


def as_read(policy: Policy) -> Policy:
    """The policy in the language in which this page or message is made."""
    language = (get_language() or "").split("-")[0]
    return policy if language == policy.program.languages[0] else in_language(policy, language)


@cache
def catalogues() -> Mapping[str, bool]:
    """Each language that has a catalogue, and whether it says who reviewed it and when."""
    folders = sorted(LOCALES.glob("*/LC_MESSAGES/django.mo"))
    return MappingProxyType({file.parts[-3]: _is_reviewed(file.parts[-3]) for file in folders})


def _is_reviewed(language: str) -> bool:
    head = gettext.translation("django", LOCALES, [language]).info()
    return all(head.get(f"x-reviewed-{what}", "").strip() for what in ("by", "on"))
