"""A program that keeps a roster of days, and four supporters to fill it with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.factories.people import People, Person, make_supporter
from tests.factories.programs import make_program, policy_text
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters import duties, rostering
from touchbase.supporters.models import Duty

AT = datetime(2026, 5, 13, 16, 0, tzinfo=UTC)  # a Wednesday, noon at Harbor
WED, THU, FRI, SAT, SUN = (date(2026, 5, day) for day in range(13, 18))
KEPT = 'kept = "days"\nsecond = true\nahead_weeks = 2\nwarn_days = 5\napart_days = 1\nmost_a_year = 40'


def keep(program: CurrentProgram, lines: str = KEPT) -> CurrentProgram:
    """The same program, which keeps a roster from now on."""
    return make_program(policy_text(program.slug, roster=lines))


@dataclass
class Roster:
    """A program's roster and who may be on it."""

    here: CurrentProgram
    people: People
    more: list[Person]

    @property
    def keys(self) -> list[str]:
        """The supporters' memberships, by name."""
        everybody = [self.people.supporter, self.people.other_supporter, *self.more]
        return [person.member.supporter for person in sorted(everybody, key=lambda one: one.member.name)]

    def publish(self, at: datetime = AT, **days: tuple[str, str]) -> rostering.Published:
        """The coordinator publishes some days: `wed=(first, second)`."""
        named = {"wed": WED, "thu": THU, "fri": FRI, "sat": SAT, "sun": SUN}
        chosen = {named[name]: pair for name, pair in days.items()}
        return rostering.publish(here=self.here, chosen=chosen, by=self.people.coordinator.member, at=at)

    def name(self, day: date, to: tuple[str, str], was: tuple[str, str] = ("", "")) -> None:
        """The coordinator names who is called on a day."""
        rostering.name(here=self.here, day=day, to=to, was=was, by=self.people.coordinator.member, at=AT)

    def on(self, day: date) -> tuple[str, str]:
        """Who is called on a day."""
        row = Duty.objects.filter(program=self.here.id, day=day).first()
        return (row.first_id or "", row.second_id or "") if row else ("", "")

    def ahead(self) -> list[duties.Called]:
        """The roster as it is read."""
        return duties.ahead(self.here.id, self.here.policy, WED)[0]


def make_roster(here: CurrentProgram, people: People) -> Roster:
    """A roster of days that is still empty, and four supporters: Ari, Kai, Mo and Robin."""
    kept = keep(here)
    more = [make_supporter(kept, name) for name in ("Kai Reed", "Mo Lane")]
    return Roster(kept, people, more)
