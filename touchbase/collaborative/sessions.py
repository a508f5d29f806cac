"""Reading the training sessions that faculty offer: places, who has them, and who waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from touchbase.collaborative.models import Booking, Session
from touchbase.collaborative.places import Claim, Share, shares
from touchbase.kernel.errors import NotFound
from touchbase.kernel.occasion import Kind, Way

MOST_SHOWN = 40
_LINE = Booking.objects.select_related("member").order_by("turn")


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as pages show it. `shares`: what each program has of it by its id, in the order they came."""

    id: str
    kind: Kind
    way: Way
    day: date
    begins: time
    hours: Decimal
    place: str
    places: int
    cancelled: bool
    shares: Mapping[str, Share] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """How many places are taken."""
        return sum(share.held for share in self.shares.values())

    @property
    def waiting(self) -> int:
        """How many places are waited for."""
        return sum(share.waiting for share in self.shares.values())

    def share(self, program: str) -> Share:
        """What a program has of it."""
        return self.shares.get(program, Share())


def sessions(together_id: str) -> list[Shown]:
    """The sessions of a collaborative, the latest day first; two queries."""
    rows = Session.objects.filter(collaborative=together_id).order_by("-day", "-begins", "id")
    return [_shown(row) for row in _with_line(rows)[:MOST_SHOWN]]


def session(session_id: str, together_id: str) -> Shown:
    """One session. Raises `NotFound`."""
    row = _with_line(Session.objects.filter(pk=session_id, collaborative=together_id)).first()
    if row is None:
        raise NotFound(_("This session isn't there any more."))
    return _shown(row)


def line(session_id: str) -> list[Claim]:
    """The line of a session: programs by their ids, and how many places each asked for at once."""
    return _claims(_LINE.filter(session=session_id))


def _claims(rows: Iterable[Booking]) -> list[Claim]:
    return [Claim(one.member.program_id, one.places) for one in rows]


def _with_line(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.prefetch_related(Prefetch("bookings", queryset=_LINE))


def _shown(row: Session) -> Shown:
    return Shown(
        id=row.id,
        kind=Kind(row.kind),
        way=Way(row.way),
        day=row.day,
        begins=row.begins,
        hours=row.hours,
        place=row.place,
        places=row.places,
        cancelled=row.cancelled,
        shares=shares(_claims(row.bookings.all()), row.places),
    )
