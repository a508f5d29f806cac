"""What anybody can read of a program's numbers: pages and files, taken apart as they came.

Nothing of the product is used: no sheet, no cell, only text. A reader for one more kind of file goes into
`READERS`; what has no reader is refused, so that no new file is left out of the attack unnoticed.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from django.test import Client

from tests.factories import papers

_COLUMNS = ("Group", "People", "Share")
_PERIOD = re.compile(r"(January|July)(?: (\d{4}))? (?:and|to) (June|December) (\d{4})")
_HEADING = re.compile(r"(\d+) people reached out between (.*)\.")
_OF = re.compile(r"\b(\d+) of (\d+) (?:people|answers)\b")
_LINK = re.compile(r'href="([^"#?]+)')


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what stands in its columns, and how long its bar is, where there is one."""

    question: str
    group: str
    people: str
    share: str
    bar: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One release as one text shows it. `said` are sentences: of which question, how many, of how many."""

    first: str
    last: str
    people: int
    lines: tuple[Line, ...]
    said: tuple[tuple[str, int, int], ...] = ()


def halves(period: str) -> tuple[str, str]:
    """The first and the last half-year of a title: "July 2025 to December 2026"."""
    found = _PERIOD.search(period)
    assert found, period
    start, year, end, last = found.groups()
    return f"{year or last}-H{1 if start == 'January' else 2}", f"{last}-H{1 if end == 'June' else 2}"


class _Page(HTMLParser):
    """Headings, cards, rows and bars of a page of numbers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heading = ""
        self.cards: list[dict[str, list[str]]] = []
        self._into: Callable[[str], None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        kind = found.get("class", "").split()
        if tag == "h1":
            self._into = self._add_heading
        elif tag == "section" and "number" in kind:
            self.cards.append({"p": [], "h2": [], "cell": [], "bar": []})
        elif self.cards:
            self._inside(tag, kind, found)

    def _inside(self, tag: str, kind: list[str], found: Mapping[str, str]) -> None:
        card = self.cards[-1]
        if tag == "svg":
            card["bar"].append("")
        elif tag == "rect" and card["bar"] and {"value", "hatched"} & set(kind):
            card["bar"][-1] = found["width"].rstrip("%")
        elif tag in {"p", "h2"} or (tag in {"td", "th"} and "col" not in found.get("scope", "")):
            name = "cell" if tag in {"td", "th"} else tag
            card[name].append("")
            self._into = lambda text: card[name].append(card[name].pop() + text)

    def _add_heading(self, text: str) -> None:
        self.heading += text

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h1", "h2", "p", "td", "th"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into:
            self._into(data.strip())


def read_page(content: bytes) -> Iterator[Reading]:
    """The release on a page; none where a page shows no numbers."""
    page = _Page(content.decode())
    heading = _HEADING.fullmatch(page.heading)
    if heading:
        first, last = halves(heading[2])
        lines = tuple(line for card in page.cards for line in _lines(card))
        said = tuple(said for card in page.cards for said in _said(card["p"][0], card["h2"][0]))
        yield Reading(first, last, int(heading[1]), lines, said)


def _said(question: str, finding: str) -> Iterator[tuple[str, int, int]]:
    yield from ((question, int(n), int(of)) for n, of in _OF.findall(finding))


def _lines(card: Mapping[str, list[str]]) -> Iterator[Line]:
    rows = [card["cell"][at : at + 3] for at in range(0, len(card["cell"]), 3)]
    bars = card["bar"] or [""] * len(rows)
    for (group, people, share), bar in zip(rows, bars, strict=True):
        yield Line(card["p"][0], group, people, share, bar)


def read_file(content: bytes) -> Iterator[Reading]:
    """The release in a file of lines."""
    _head, everybody, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    yield Reading(*halves(everybody[1]), int(everybody[2]), tuple(Line(*row) for row in rows))


def read_sheet(content: bytes) -> Iterator[Reading]:
    """The release on a sheet to print: question and finding stand above each table."""
    texts, rows = papers.texts(content), papers.tables(content)
    heading = next(found for found in map(_HEADING.fullmatch, texts) if found)
    heads = [at for at in range(2, len(texts)) if tuple(texts[at : at + 3]) == _COLUMNS]
    above, lines = [(texts[at - 2], texts[at - 1]) for at in heads], []
    table = -1
    for row in rows:
        if tuple(row) == _COLUMNS:
            table += 1
        else:
            lines.append(Line(above[table][0], *row))
    said = tuple(said for question, finding in above for said in _said(question, finding))
    yield Reading(*halves(heading[2]), int(heading[1]), tuple(lines), said)


READERS: Mapping[str, Callable[[bytes], Iterator[Reading]]] = {
    "text/html": read_page,
    "text/csv": read_file,
    "application/pdf": read_sheet,
}


def published_texts(browser: Client, slug: str) -> dict[str, Reading]:
    """Everything a leader can open by following links from the page of numbers, by address."""
    root = f"/{slug}/numbers/"
    waiting, seen, found = [root], {root}, {}
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        assert answer.status_code == 200, address
        kind = answer.headers["Content-Type"].partition(";")[0]
        for reading in READERS[kind](answer.content):
            found[address] = reading
        links = set(_LINK.findall(answer.content.decode())) if kind == "text/html" else set()
        new = {link for link in links if link.startswith(root)} - seen
        waiting += sorted(new)
        seen |= new
    return found
