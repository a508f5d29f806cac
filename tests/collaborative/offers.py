"""What faculty offer in tests."""

from datetime import date, time
from decimal import Decimal

from touchbase.collaborative import booking, sessions
from touchbase.collaborative.gatherings import Offered
from touchbase.collaborative.queries import Together
from touchbase.kernel.occasion import Kind, Way

DAY = date(2026, 5, 20)


def make_session(together: Together, noon, places: int = 5, day: date = DAY) -> sessions.Shown:
    """A session of these places, a week after noon."""
    offered = Offered(Kind.TRAINING, Way.ONLINE, day, time(17, 30), Decimal(4), "Online room 1", places)
    key = booking.offer(together=together, offered=offered, by="noor", at=noon)
    return sessions.session(key, together.id)
