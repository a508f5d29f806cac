"""What faculty offer, in the words and on the clocks of whoever reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from touchbase.collaborative.gatherings import on_clocks_of
from touchbase.collaborative.places import Share
from touchbase.collaborative.sessions import Shown as Session
from touchbase.programs.policy import Policy
from touchbase.programs.statements import hours_said
from touchbase.web.shared.planning import kinds, said_day, ways


@dataclass(frozen=True, slots=True)
class Reader:
    """By whose clocks a page tells the time. `center`: the rules of the program at the center."""

    policy: Policy
    center: Policy
    today: date


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as a page shows it. `share`: what the program that reads it has of it."""

    one: Session
    title: str
    when: str
    where: str
    hours: str
    past: bool
    share: Share

    @property
    def open(self) -> bool:
        """Whether places can still be booked."""
        return not self.past and not self.one.cancelled


def session_line(one: Session, reader: Reader, program: str = "") -> SessionLine:
    """One session in words; with `program`, what that program has of it."""
    day, begins = on_clocks_of(reader.policy.zone, day=one.day, begins=one.begins, center=reader.center.zone)
    return SessionLine(
        one=one,
        title=kinds()[one.kind],
        when=said_day(day, begins, reader.today),
        where=f"{ways()[one.way]}, {one.place}",
        hours=hours_said(float(one.hours)),
        past=day < reader.today,
        share=one.share(program),
    )


def said_share(share: Share) -> str:
    """What a program has of a session, in a few words."""
    if not share.wanted:
        return ""
    if not share.waiting:
        return _("%(n)s booked") % {"n": share.held}
    if not share.held:
        return _("%(n)s waiting") % {"n": share.waiting}
    return _("%(held)s booked, %(waiting)s waiting") % {"held": share.held, "waiting": share.waiting}
