"""What faculty offer in the demo: sessions with a line, an event, documents, and a member to be called."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from touchbase.accounts.queries import Member
from touchbase.collaborative import booking, consulting, gathering, shelving
from touchbase.collaborative.gatherings import (
    Asking,
    Days,
    Form,
    Hours,
    Offered,
    Planned,
    Shelf,
    Shelved,
    Topic,
)
from touchbase.collaborative.queries import Membership, Together
from touchbase.kernel.occasion import Kind, Way
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id

_PLACES = (6, 4, 3)  # what the members book, of ten places
_DOCUMENTS = (
    Shelved("How to begin: the first ninety days", Shelf.GUIDE, "https://library.example.org/begin"),
    Shelved("Slides for grand rounds", Shelf.SLIDES, "https://library.example.org/grand-rounds"),
    Shelved("Letter of endorsement", Shelf.LETTER, "https://library.example.org/endorsement"),
)


def fill(*, together: Together, members: list[Membership], faculty: Member, at: datetime) -> None:
    """Offer it by the same actions as in life; the members book, answer and ask."""
    by, today = faculty.account, local_day(at, program_by_id(together.home).policy)
    for days, kind, way in ((12, Kind.TRAINING, Way.ONLINE), (33, Kind.REFRESHER, Way.ON_SITE)):
        place = "Online room 1" if way is Way.ONLINE else "Learning center, room 2"
        offered = Offered(kind, way, today + timedelta(days=days), time(13), Decimal(4), place, 10)
        key = booking.offer(together=together, offered=offered, by=by, at=at)
        if kind is Kind.TRAINING:
            for one, places in zip(members, _PLACES, strict=False):
                booking.book(session=key, membership=one, places=places, by=by, at=at)
    planned = Planned(
        Form.CALL, Topic.BEGINNING, Way.ONLINE, today + timedelta(days=6), time(12), 60, "Online room 1"
    )
    event = gathering.plan(together=together, planned=planned, by=by, at=at)
    for one in members[:2]:
        gathering.answer(event=event, membership=one, coming=2, at=at)
    for document in _DOCUMENTS:
        shelving.add(together=together, shelved=document, by=by, at=at)
    for one in members[:1]:
        asking = Asking(Topic.TIME, Days.EARLY, Hours.MORNING)
        consulting.ask(membership=one, asking=asking, by=by, at=at)
