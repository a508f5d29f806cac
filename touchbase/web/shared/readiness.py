"""How far a program has come, in words: for its own desk and for faculty."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.collaborative.readiness import LEAST_FTE, Item, Owner, Progress
from touchbase.web.shared.planning import said_date


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as a page shows it. `ring`: empty, half or full, the drawing beside its words.

    Where many stand on one screen, `brief` is said, and `owner` beside it: the first letter stands for it.
    """

    item: Item
    label: str
    means: str
    ring: str
    said: str
    brief: str
    owner: str


def items() -> Mapping[Item, str]:
    """What each is called."""
    return {
        Item.ENDORSEMENT: _("Endorsement"),
        Item.COORDINATOR: _("Coordinator"),
        Item.TEAM: _("Team"),
        Item.SUPPORTERS: _("Supporters"),
        Item.LAUNCH: _("Launch"),
    }


def meanings() -> Mapping[Item, str]:
    """What has to be so, before one says that it is."""
    fte = f"{LEAST_FTE / 100:g}"
    return {
        Item.ENDORSEMENT: _("Leadership says in writing that it wants this program."),
        Item.COORDINATOR: _("Somebody coordinates, with at least {fte} of a full post.").format(fte=fte),
        Item.TEAM: _("A team of several professions meets each month."),
        Item.SUPPORTERS: _("Peer supporters are trained."),
        Item.LAUNCH: _("The form is open."),
    }


def owners() -> Mapping[str, str]:
    """Who sees to it: roles."""
    return {
        Owner.SPONSOR: _("Sponsor"),
        Owner.COORDINATOR: _("Coordinator"),
        Owner.TEAM: _("Team"),
        Owner.FACULTY: _("Faculty"),
    }


def steps() -> Mapping[str, str]:
    """What may come next."""
    return {
        "ask-sponsor": _("Ask the sponsor"),
        "meet-leadership": _("Meet leadership"),
        "letter": _("Get the letter"),
        "find": _("Find somebody"),
        "agree-time": _("Agree on time"),
        "introduce": _("Introduce them"),
        "invite": _("Invite people"),
        "first-meeting": _("First meeting"),
        "monthly": _("Meet monthly"),
        "nominate": _("Ask for names"),
        "book-training": _("Book training"),
        "train": _("Train"),
        "adapt-policy": _("Adapt the policy"),
        "print-cards": _("Print cards"),
        "open": _("Open the form"),
    }


def shown(standing: tuple[Progress, ...]) -> tuple[Shown, ...]:
    """All five of a member."""
    return tuple(_shown(one) for one in standing)


def _shown(one: Progress) -> Shown:
    label, means = items()[one.item], meanings()[one.item]
    if one.evident is not None:
        day = said_date(one.evident)
        return Shown(one.item, label, means, "full", _("Since {day}").format(day=day), day, "")
    owner, step = owners()[one.owner] if one.owner else "", steps()[one.next] if one.next else ""
    said = ", ".join(part for part in (step, owner) if part)
    ring = "half" if said else "empty"
    brief = step or (_("Nothing next") if owner else _("Not yet"))
    return Shown(one.item, label, means, ring, said or _("Not yet"), brief, owner)
