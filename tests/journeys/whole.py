"""A program from its own file with one at its desk, and what must hold when a journey through it is over."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.canary import FINCH, LINNET, WREN
from tests.factories.browsers import mailbox
from tests.factories.people import Person, make_person, make_supporter
from tests.factories.programs import make_program
from tests.journeys.screens import DESK, Screen, Screens, letters_to, link_in
from touchbase.accounts.roles import Role
from touchbase.notifications.models import Outgoing
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.vault.models import Key, Pool

FILES = Path(__file__).parents[2] / "programs"
Counts = dict[tuple[str, str], int]


@dataclass
class Whole:
    """One of the example programs, and the browsers of a journey through it."""

    here: CurrentProgram
    coordinator: Person
    screens: Screens

    def address(self, place: str = "") -> str:
        """A page of this program."""
        return f"/{self.here.slug}/{place}"

    def peer(self, name: str, **profile: Any) -> Person:
        """Somebody who can be asked here, of the first kinds that the program's file has."""
        lists = self.here.policy.eligibility
        first = {
            "profession": lists.professions[0].key,
            "stage": lists.stages[0].key,
            "department": lists.departments[0].key,
            "site": lists.sites[0].key,
        }
        return make_supporter(self.here, name, **(first | profile))

    def at_desk(self) -> Screen:
        """The coordinator follows the newest message that somebody waits."""
        links = map(link_in, letters_to(self.coordinator.account.email))
        board = next(link for link in links if "/desk/board/" in link)
        return self.screens.signed_in(self.coordinator, board, DESK)

    def told(self, person: Person) -> Screen:
        """Somebody follows the newest message to them, which names nobody."""
        letter = next(letters_to(person.account.email))
        assert FINCH.name not in letter
        return self.screens.signed_in(person, link_in(letter))

    def counted(self) -> Counts:
        """What the pool of this program holds, to the last number."""
        rows = Pool.objects.filter(program=self.here.id)
        return {(row.measure, row.category): row.n for row in rows}


def whole(slug: str, screens: Screens) -> Whole:
    """The program that this file describes. Axe looks at its open and private pages, in its own color.

    Pages of supporters and the desk are looked at by the journeys that are about them.
    """
    screens.passes_by = ("/desk/", "/mine/", "/account/")
    here = make_program((FILES / f"{slug}.toml").read_text())
    return Whole(here, make_person(here, Role.COORDINATOR, "Dana Quill"), screens)


def all_is_forgotten() -> bool:
    """Whether nobody is left: no row, capsule, link or key, nothing on its way to anybody."""
    left = any(table.objects.exists() for table in (Referral, Capsule, Link, Key))
    return not left and not Outgoing.objects.exclude(handle="").exists()


def letters_about() -> list[str]:
    """Every message to a person who was reached, or that names one."""
    names = {each.name for each in (FINCH, WREN, LINNET)}
    return [
        str(mail.subject)
        for mail in mailbox()
        if any(name in f"{mail.subject} {mail.body}" for name in names)
        or {each.email for each in (FINCH, WREN, LINNET)} & set(mail.to)
    ]
