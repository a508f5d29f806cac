"""Names as they are compared: the same person, however somebody typed it (ruling C13).

Only an exact match bars. A name that merely looks alike is said to the coordinator, who knows the people.
"""

import re
import unicodedata

# What people put before a name. Compared after case and dots are gone.
TITLES = frozenset(
    {"dr", "dra", "doctor", "doctora", "mr", "mrs", "ms", "mx", "prof", "professor", "sr", "sra"}
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARTS = re.compile(r"[,;/&\n]|\b(?:and|or|y)\b", re.IGNORECASE)


def called(name: str) -> str:
    """A name as it is compared: no accents, capitals, titles, or what follows a comma ("Jo Lind, RN")."""
    whole = name.partition(",")[0]
    if not whole.isascii():
        spread = unicodedata.normalize("NFKD", whole)
        whole = "".join(sign for sign in spread if not unicodedata.combining(sign))
    words = _WORD.findall(whole.casefold().replace("’", "'"))
    while words and words[0] in TITLES:
        del words[0]
    return " ".join(words)


def named_in(text: str) -> frozenset[str]:
    """Every name somebody may have meant in the one line for "not with": the whole, and each part."""
    found = {called(part) for part in (text, *_PARTS.split(text))}
    return frozenset(found - {""})
