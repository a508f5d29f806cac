"""The kinds of help besides a peer, as people read them."""

from django.utils.translation import gettext as _

from touchbase.programs.policy import ResourceClass


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
