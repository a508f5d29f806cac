"""How hard a text is to read: the Flesch-Kincaid grade, with syllables counted by their vowels.

A sentence is what Flesch counted as one: a thought that ends in a period, question mark, colon or semicolon.
"""

import re

_WORD = re.compile(r"[A-Za-z0-9'’-]+")


def grade(text: str) -> float:
    """The school grade that reads a text with ease (Kincaid and others, 1975)."""
    sentences = [part for part in re.split(r"[.?:;](?:\s|$)", text) if part.strip()]
    words = _WORD.findall(text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = word.lower()
    if not letters.isalpha():
        letters = re.sub(r"[^a-z]", "", letters)
    groups = len(re.findall(r"[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith(("le", "ee")) and groups > 1
    ed = re.search(r"[^td]ed$", letters) and groups > 1
    return max(1, groups - bool(silent or ed))
