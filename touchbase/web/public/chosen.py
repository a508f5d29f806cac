"""The peer somebody chose from the list, as the form names them and as the request keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest

from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.programs.policy import WhoKnows
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals.intake import Asking
from touchbase.supporters import directory
from touchbase.web.shared.peer_card import Card, card_for

TELL_ME_FIRST = "me-first"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen. `card` is None when nobody was, or nobody on the list has that key: then `gone`."""

    member: str = ""
    card: Card | None = None
    gone: bool = False
    only: bool = False  # tell me first, before another one is asked

    @property
    def shown(self) -> Mapping[str, object]:
        """What the form's template takes."""
        return {"chosen": self.card, "chosen_gone": self.gone, "only": self.only}

    def into(self, asking: Asking) -> Asking:
        """The request with the choice in it."""
        return replace(asking, peer=self.member, only_peer=self.only) if self.member else asking


def choice_of(request: HttpRequest, here: CurrentProgram) -> Choice:
    """Whom an address or a form names. Where the two alone know, a form never names anybody (ruling B7)."""
    listing = request.POST.get("peer", "") or request.GET.get("peer", "")
    policy = here.policy
    alone = policy.confidence.who_knows is WhoKnows.TWO
    if not listing or alone or not policy.offers("directory"):
        return Choice()
    today = local_day(clock.now(), policy)
    found = directory.chosen(here.id, listing, policy=policy, today=today)
    if found is None:
        return Choice(gone=True)
    only = request.POST.get("if_busy", "") == TELL_ME_FIRST
    return Choice(found.member, card_for(found.listed, policy), only=only)
