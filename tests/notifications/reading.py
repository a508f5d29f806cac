"""How hard a message is to read: Flesch and Kincaid's grade, with syllables counted by rule."""

import re

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$")
_ADDRESS = re.compile(r"https?://\S+")
_TITLE = re.compile(r"\b(Dr|Mr|Ms)\.")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=-)")
_END = re.compile(r"[.?](?=[\s\"]|$)")
_WORD = re.compile(r"[A-Za-z']+")
_GREETING = 5  # words: a greeting or a name at the end would make a message seem easier than it is


def syllables(word: str) -> int:
    """The syllables of an English word, near enough."""
    bare = word.lower().replace("'", "")
    count = len(_VOWELS.findall(bare)) - (1 if _SILENT.search(bare) else 0)
    return max(count, 1)


def grade(text: str) -> float:
    """The school grade that reads `text` with ease. Addresses are pressed, not read."""
    read = _TITLE.sub(r"\1", _ADDRESS.sub("", text))
    sentences = [words for part in _PARAGRAPH.split(read) for words in _sentences(part)]
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def _sentences(paragraph: str) -> list[list[str]]:
    if len(_WORD.findall(paragraph)) <= _GREETING:
        return []
    found = [_WORD.findall(part) for part in _END.split(paragraph)]
    return [words for words in found if words]
