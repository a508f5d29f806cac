"""A pasted list on its way through the pages: sealed in one field, repaired by line, shown to be checked."""

import json
import secrets
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import get_language

from touchbase.kernel import clock
from touchbase.kernel.ids import new_id
from touchbase.programs.policy import Kind, Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import listing
from touchbase.referrals.listing import Line, Listing, ListUnclear
from touchbase.vault import passing
from touchbase.web.shared.form import said_plainly

_NAME, _CONTACT, _OUT = "name-{}", "contact-{}", "out-{}"
_BOX = 400  # characters; as many as its box takes


@dataclass(frozen=True, slots=True)
class Pasted:
    """What travels from the first page to the last. Printing it shows nothing of anybody."""

    lines: tuple[Line, ...] = field(repr=False)
    department: str = ""
    site: str = ""
    once: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    batch: str = field(default_factory=new_id)

    def sealed(self, here: CurrentProgram) -> str:
        """As one field of a form."""
        lines = [(line.name, line.contact) for line in self.lines]
        data = json.dumps([lines, self.department, self.site, self.once, self.batch]).encode()
        return passing.seal(program=here.id, data=data, at=clock.now())

    def as_text(self) -> str:
        """The list as it can be typed on."""
        lines = (f"{line.name}, {line.contact}" if line.contact else line.name for line in self.lines)
        return "\n".join(" ".join(line.split()) for line in lines)

    def where(self, policy: Policy) -> str:
        """The department and the site of the whole list, as people read them."""
        picked: tuple[tuple[Kind, str], ...] = (("department", self.department), ("site", self.site))
        return ", ".join(policy.label_of(kind, key) for kind, key in picked if key)


@dataclass(frozen=True, slots=True)
class Repair:
    """A line that needs another look, as two boxes with their sentence."""

    number: int
    line: Line = field(repr=False)
    wrong: str  # "name" or "contact"
    sentence: str

    @property
    def place(self) -> str:
        """The id of the box that is meant."""
        return f"{self.wrong}-{self.number}"


def opened(here: CurrentProgram, text: str) -> Pasted:
    """The list again. Raises `Ended` after a quarter of an hour."""
    raw = passing.open_(program=here.id, text=text, at=clock.now())
    lines, department, site, once, batch = json.loads(raw)
    return Pasted(tuple(Line(name, contact) for name, contact in lines), department, site, once, batch)


def pasted(posted: QueryDict, policy: Policy) -> Pasted:
    """What came from the first page. Raises `ListUnclear`."""
    lines = listing.lines_of(posted.get("people", ""))
    department, site = posted.get("department", ""), posted.get("site", "")
    if {department} - policy.keys("department") - {""} or {site} - policy.keys("site") - {""}:
        raise ListUnclear(listing.FROM_THE_LIST)
    return Pasted(lines, department, site)


def repaired(before: Pasted, posted: QueryDict) -> Pasted:
    """The list with what was written anew, or left out, on the page that checks it. Raises `ListUnclear`."""
    repairs: dict[int, Line | None] = {}
    for number, line in enumerate(before.lines, start=1):
        if _OUT.format(number) in posted:
            repairs[number] = None
        elif _NAME.format(number) in posted:
            contact = posted.get(_CONTACT.format(number), line.contact)
            repairs[number] = Line(posted.get(_NAME.format(number), "")[:_BOX], contact[:_BOX])
    lines = listing.repaired(before.lines, repairs)
    if not lines:
        raise ListUnclear(listing.NOBODY)
    return Pasted(lines, before.department, before.site, before.once, before.batch)


def read(list_: Pasted, policy: Policy) -> Listing:
    """Everybody on it, in the language of the page where the program has it."""
    language, spoken = (get_language() or "").split("-")[0], policy.program.languages
    return listing.checked(
        list_.lines,
        policy=policy,
        department=list_.department,
        site=list_.site,
        language=language if language in spoken else spoken[0],
    )


def repairs_of(found: Listing) -> list[Repair]:
    """The lines that need another look, each with its sentence."""
    return [
        Repair(row.number, row.line, row.unclear.field, said_plainly(row.unclear))
        for row in found.unclear
        if row.unclear
    ]
