"""What faculty offer in tests."""

from datetime import date, time
from decimal import Decimal

from touchbase.collaborative import booking, events, gathering, sessions
from touchbase.collaborative.gatherings import Form, Offered, Planned, Topic
from touchbase.collaborative.queries import Together
from touchbase.kernel.occasion import Kind, Way

DAY = date(2026, 5, 20)


def make_session(together: Together, noon, places: int = 5, day: date = DAY) -> sessions.Shown:
    """A session of these places, a week after noon."""
    offered = Offered(Kind.TRAINING, Way.ONLINE, day, time(17, 30), Decimal(4), "Online room 1", places)
    key = booking.offer(together=together, offered=offered, by="noor", at=noon)
    return sessions.session(key, together.id)


def make_event(together: Together, noon, day: date = DAY) -> events.Shown:
    """An open hour, a week after noon."""
    planned = Planned(Form.OPEN, Topic.SEASON, Way.ONLINE, day, time(12), 60, "Online room 1")
    key = gathering.plan(together=together, planned=planned, by="noor", at=noon)
    return events.event(key, together.id)
