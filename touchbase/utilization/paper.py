"""Counts on paper: what a sheet says as one frozen value, and the PDF that is made of it and kept nowhere."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

TYPE = "application/pdf"
_LAYOUT = Path(__file__).with_suffix(".typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Block:
    """One table: the question over it, its finding as a title, the names of its columns, and the rows."""

    question: str
    finding: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part: sentences, notes on how to read the tables, the tables, and what each of them means."""

    title: str
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole sheet. `when` are the months it is about, `foot` stands on each page beside its number."""

    title: str
    program: str
    organization: str
    when: str
    foot: str
    sections: tuple[Section, ...]
    paper: str
    language: str = "en"


def pdf(sheet: Paper) -> bytes:
    """The file, with the fonts typst carries and none of the machine's. It holds no moment."""
    return typst.compile(
        _LAYOUT,
        format="pdf",
        sys_inputs={"said": json.dumps(asdict(sheet))},
        ignore_system_fonts=True,
        pdf_standards="ua-1",  # headings, tables and reading order for whoever listens (ISO 14289-1:2014)
    )
