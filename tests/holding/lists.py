"""People who came together, over HTTP: the list that is sent, and the press that asks for all of them."""

import re
from html import unescape

from tests.canary import DUNLIN, SISKIN
from tests.holding.installations import Installation
from tests.holding.visits import Answer

EVENT = "/harbor/event/"
DESK = "/harbor/desk/events/"
PEOPLE = [f"{SISKIN.name}, {SISKIN.email}", f"{DUNLIN.name}, {DUNLIN.email}"]


def lines(n: int) -> str:
    """A list of so many people: two canaries, then invented numbers."""
    return "\n".join((PEOPLE + [f"Lark, +1503555{number:04d}" for number in range(n)])[:n])


def checked(at: Installation, n: int) -> dict[str, str]:
    """What the page that checks a list of so many sends on."""
    page = at.browser().post(EVENT, {"people": lines(n)})
    found = re.search(r'name="list" value="([^"]+)"', page.text)
    if page.status != 200 or found is None:
        raise LookupError(f"no page to check but {page.status}")
    return {"list": unescape(found[1])}


def send(at: Installation, form: dict[str, str]) -> Answer:
    """The last press of somebody who sends a list."""
    return at.browser().post(EVENT, form)


def proposed(at: Installation, batch: str, by: str = "coordinator") -> dict[str, str]:
    """Everybody's peer, as the desk's page proposes: what "Ask all of them" sends."""
    page = at.browser(by).get(f"{DESK}{batch}/").text
    boxes = re.findall(r'<select[^>]* name="(peer-[^"]+)".*?</select>', page, re.DOTALL)
    chosen = re.findall(r'<option value="([^"]+)" selected>', page)
    return dict(zip(boxes, chosen, strict=True))


def here_already(at: Installation, batch: str, by: str = "coordinator") -> int:
    """How many the desk's page says are perhaps here already: it proposes nobody for them."""
    page = at.browser(by).get(f"{DESK}{batch}/").text
    _before, _found, after = page.partition('id="twice"')
    return after.partition("</section>")[0].count('class="pairing"')


def ask_all(at: Installation, batch: str, form: dict[str, str], by: str = "coordinator") -> Answer:
    """The one press."""
    return at.browser(by).post(f"{DESK}{batch}/ask/", form)


def asked(at: Installation) -> dict[str, str]:
    """Whom each referral waits for, by handle: who was asked and hasn't answered."""
    found = "SELECT handle, assignee_id FROM referrals_referral WHERE state = 'matched'"
    return dict(at.stores.rows("default", found))


def asks(at: Installation) -> list[str]:
    """Every supporter for whom an ask is about to leave, as often as there is one."""
    found = "SELECT member_id FROM notifications_outgoing WHERE template = 'ask'"
    return sorted(member for (member,) in at.stores.rows("default", found))
