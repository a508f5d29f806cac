"""The certificate of a trained supporter, as a PDF that is made when it is asked for and kept nowhere."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from touchbase.programs.policy import Policy
from touchbase.programs.printing import paper_of
from touchbase.programs.statements import hours_said
from touchbase.supporters.trainings import Learner

TYPE = "application/pdf"
FILE = "certificate.pdf"  # the same for all: a file's name stays in a download folder
_LAYOUT = (Path(__file__).parent / "certificate.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says."""

    title: str
    organization: str
    name: str
    sentence: str
    signature: str
    day: str
    paper: str
    language: str


def certificate_of(one: Learner, policy: Policy, *, month: str) -> Certificate:
    """The words of somebody's certificate; `month` is that of their training, as people read it."""
    return Certificate(
        title=_("Peer supporter"),
        organization=policy.program.organization,
        name=one.name,
        sentence=_sentence(one.hours, policy, month),
        signature=policy.coordinator.title,
        day=_("Day"),
        paper=paper_of(policy),
        language="en",
    )


def _sentence(hours: Decimal, policy: Policy, month: str) -> str:
    program = policy.program.name
    if not hours:  # trained before there were sessions here
        return _("finished the training of {program} in {month}.").format(program=program, month=month)
    return _("finished the training of {program} in {month}, with {hours} of practice.").format(
        program=program, month=month, hours=hours_said(float(hours))
    )


def pdf(words: Certificate) -> bytes:
    """The certificate as a file, with the fonts typst carries and none of the machine's."""
    said = {field: getattr(words, field) for field in words.__dataclass_fields__}
    return typst.compile(_LAYOUT, format="pdf", sys_inputs=said, ignore_system_fonts=True)
