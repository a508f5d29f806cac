"""Poster and pocket card of a program as PDF, made when they are asked for and kept nowhere.

All that is on them stands in the policy. The square leads to the program's public page by its bare address:
nothing in it tells which poster was read, or by whom.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import segno
import typst
from django.utils.translation import gettext as _

from touchbase.programs import statements
from touchbase.programs.policy import Policy

TYPE = "application/pdf"
_FOLDER = Path(__file__).parent


class Handout(StrEnum):
    """What is printed."""

    POSTER = "poster"
    CARD = "card"  # a sheet of eight, to be cut


class Paper(StrEnum):
    """What it is printed on."""

    LETTER = "letter"
    A4 = "a4"


_LAYOUTS = MappingProxyType({each: (_FOLDER / f"{each.value}.typ").read_bytes() for each in Handout})
_PAPERS: Mapping[Paper, str] = MappingProxyType({Paper.LETTER: "us-letter", Paper.A4: "a4"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a handout says. `square` is the QR code, a line of 0 and 1 for each of its rows."""

    name: str
    organization: str
    headline: str
    introduction: str
    call: str
    phone: str
    hours: str
    address: str
    open_page: str
    urgent: str
    example: str
    square: str
    language: str


def words_of(policy: Policy, *, address: str, example: bool) -> Words:
    """The words of a program's handouts. `address` is its public page; an `example` says that it is one."""
    run_by = _("Example. Not run by {organization}.").format(organization=policy.program.organization)
    return Words(
        name=policy.program.name,
        organization=policy.program.organization,
        headline=policy.words.headline,
        introduction=policy.words.introduction,
        call=_("Or call: {title}").format(title=policy.coordinator.title),
        phone=policy.coordinator.phone,
        hours=policy.coordinator.hours,
        address=address.split("://", 1)[-1].rstrip("/"),
        open_page=_("Ask for a peer"),
        urgent=statements.urgent_line(policy),
        example=run_by if example else "",
        square="\n".join(square_of(address)),
        language="en",
    )


def square_of(address: str) -> tuple[str, ...]:
    """An address as the rows of a QR code: 1 is dark. It can still be read with 15 % of it damaged."""
    made = segno.make_qr(address, error="m", boost_error=False)
    return tuple("".join(str(int(bool(module))) for module in row) for row in made.matrix)


def pdf(handout: Handout, paper: Paper, words: Words) -> bytes:
    """The file, with the fonts typst carries and none of the machine's."""
    return typst.compile(
        _LAYOUTS[handout],
        format="pdf",
        sys_inputs={"paper": _PAPERS[paper], **asdict(words)},
        ignore_system_fonts=True,
    )
