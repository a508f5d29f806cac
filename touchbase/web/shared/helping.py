"""The kinds of help besides a peer, as people read them."""

from django.utils.translation import gettext as _

from touchbase.outreach import onward
from touchbase.programs.policy import ResourceClass
from touchbase.referrals.queries import Working
from touchbase.web.shared.form import Pick


def tier_words() -> dict[ResourceClass, str]:
    """Each kind as a heading."""
    return {
        ResourceClass.URGENT: _("Right now"),
        ResourceClass.INSIDE: _("Inside the organization"),
        ResourceClass.OUTSIDE: _("Outside the organization"),
        ResourceClass.SELF_HELP: _("On your own"),
    }


def onward_words() -> dict[str, str]:
    """Each kind as an answer to whether other help arrived, and that none has."""
    return {
        ResourceClass.URGENT: _("Yes, urgent help"),
        ResourceClass.INSIDE: _("Yes, inside"),
        ResourceClass.OUTSIDE: _("Yes, outside"),
        ResourceClass.SELF_HELP: _("Yes, on my own"),
        "none": _("Not yet"),
    }


def onward_picks(held: Working) -> tuple[Pick, ...]:
    """The answers to whether other help arrived, for its person or their peer; empty when it isn't asked."""
    if not onward.is_asked(held):
        return ()
    words = onward_words()
    values = [*onward.kinds_of(held.policy), onward.NOT_YET]
    return tuple(Pick(str(value), words[value], held.course.onward == value) for value in values)
