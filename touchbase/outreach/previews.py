"""Every message as a program sends it, with invented people in it: written by the same code as the real ones.

No row is read but the program's own, and nothing is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import get_language

from touchbase.accounts.actions import INVITATION_DAYS
from touchbase.accounts.roles import Role
from touchbase.notifications.catalogue import SHAPES, Reader
from touchbase.notifications.channels import mail
from touchbase.notifications.messages import Template, language_of, render
from touchbase.notifications.outbox import Letter
from touchbase.notifications.segments import segments
from touchbase.outreach.invitee import invitee_letter
from touchbase.outreach.letters import Signer, merged, person_letter, staff_letter
from touchbase.outreach.nominee import nominee_letter
from touchbase.outreach.offering import choices
from touchbase.outreach.subscriber import list_letter
from touchbase.programs.hours import local_day
from touchbase.programs.languages import SOURCE, as_read, reading
from touchbase.programs.queries import CurrentProgram

# Nobody: invented names, addresses of example.org, a link that leads nowhere.
PERSON, PEER, MEMBER = "Alex Example", "Sam Sample", "Dana Sample"
ADDRESS = "somebody@example.org"
TOKEN = "a-sample-link"  # noqa: S105 - it opens nothing
# Whose language is known. Everybody else is written to in the program's usual one.
_KNOWN = frozenset({Reader.RECIPIENT, Reader.STAFF})
LIST_LINK = "https://touchbase.example.org/n/news/a-sample-link/"
NEWS = "Two places are free in the next training for peers. The coordinator tells you more."


@dataclass(frozen=True, slots=True)
class Preview:
    """One message as it goes out. `sender` and `reply_to` are empty where no mail is sent by Touchbase.

    `pieces`: into how many a text message is cut; 0 for what isn't one.
    """

    template: Template
    reader: Reader
    subject: str
    body: str
    sender: str
    reply_to: str
    pieces: int
    language: str


def previews(here: CurrentProgram, at: datetime, language: str = SOURCE) -> tuple[Preview, ...]:
    """Every message of the catalogue, in its order, as somebody gets it who reads this language."""
    with reading(language):
        read = replace(here, policy=as_read(here.policy))
        return tuple(_preview(one, read if SHAPES[one].reader in _KNOWN else here, at) for one in Template)


def _preview(template: Template, here: CurrentProgram, at: datetime) -> Preview:
    reader = SHAPES[template].reader
    letter = _WRITERS[reader](template, here, at)
    mailed = bool(letter.subject)
    return Preview(
        template,
        reader,
        letter.subject,
        letter.body,
        sender=f"{letter.from_name} <{mail.sender()}>" if mailed else "",
        reply_to=letter.reply_to if mailed else "",
        pieces=segments(letter.body) if template.value.endswith("-text") else 0,
        language=language_of(template, _language() if reader in _KNOWN else here.policy.program.languages[0]),
    )


def _language() -> str:
    return get_language() or SOURCE


def _to_person(template: Template, here: CurrentProgram, at: datetime) -> Letter:  # noqa: ARG001
    policy, peer = here.policy, Signer(PEER, PEER.split(maxsplit=1)[0], "", "", ADDRESS)
    times = [option.key for option in choices(policy)[:1]]
    fields = merged(policy, peer, name=PERSON, token=TOKEN, times=times)
    return person_letter(render(template, _language(), fields), policy, peer, address=ADDRESS)


def _to_staff(template: Template, here: CurrentProgram, at: datetime) -> Letter:  # noqa: ARG001
    return staff_letter(template, here, name=MEMBER, address=ADDRESS, language=_language())


def _to_nominee(template: Template, here: CurrentProgram, at: datetime) -> Letter:  # noqa: ARG001
    return nominee_letter(template, here.policy, name=PERSON, address=ADDRESS, token=TOKEN)


def _to_invited(template: Template, here: CurrentProgram, at: datetime) -> Letter:  # noqa: ARG001
    until = local_day(at, here.policy) + timedelta(days=INVITATION_DAYS)
    return invitee_letter(
        here.policy, role=Role.SUPPORTER, by=MEMBER, until=until, address=ADDRESS, token=TOKEN
    )


def _to_subscriber(template: Template, here: CurrentProgram, at: datetime) -> Letter:  # noqa: ARG001
    return list_letter(template, here.policy, text=NEWS, link=LIST_LINK, address=ADDRESS)


_WRITERS: Mapping[Reader, Callable[[Template, CurrentProgram, datetime], Letter]] = {
    Reader.RECIPIENT: _to_person,
    Reader.STAFF: _to_staff,
    Reader.NOMINEE: _to_nominee,
    Reader.INVITED: _to_invited,
    Reader.SUBSCRIBER: _to_subscriber,
}
