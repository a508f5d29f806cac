"""People at their screens: a browser of one's own, what one types and presses, and what every page must hold.

A journey reads given / when / then. `Screens` hands out browsers; each counts the presses, the typed inputs
and the requests its person made, and looks at every page it comes to with axe, by day and by night.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.factories.browsers import mailbox
from tests.factories.people import Person

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
# Every rule by day. The night has the same page in other colors, so only what looks at colors is asked again.
RULES = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# What was looked at, a file for each page. ./test names one folder for all of its processes and both engines.
_SIGHTS = Path(os.environ.get("SIGHTS") or Path(os.environ["TOUCHBASE_DATA"]).parent / "sights")
_TARGETS = """least => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
    .filter(each => each.checkVisibility() && !each.closest(".vh, .skip, p, li > a.row, td"))
    .filter(each => !(each.matches("input") && each.closest("label, .fit")))
    .filter(each => each.getBoundingClientRect().height < least - .5)
    .map(each => each.outerHTML.slice(0, 90))"""


def is_first(sight: str) -> bool:
    """Whether no journey has looked at this yet; now one has."""
    _SIGHTS.mkdir(parents=True, exist_ok=True)
    try:
        (_SIGHTS / sight).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@dataclass
class Screen:
    """Somebody's browser, and what they did with it so far."""

    page: Page
    address: str
    scripts: bool
    seen: set[tuple[str, str]]
    passes_by: tuple[str, ...] = ()
    presses: int = 0
    typed: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)  # of whole pages: method and path

    def __post_init__(self) -> None:
        """Watch what is asked for, and fail what takes too long."""
        # How long a page takes isn't what a journey tells: it only has to come (timings are in bench/).
        self.page.set_default_timeout(60_000)
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.is_navigation_request():
            self.requests.append((request.method, request.url.removeprefix(self.address)))

    def go(self, place: str) -> "Screen":
        """Open an address: typed, or a link from a message."""
        self.page.goto(place if place.startswith("http") else self.address + place)
        self._holds()
        return self

    def press(self, name: str) -> "Screen":
        """Press the button or follow the link that says this."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()
        self.presses += 1
        self._holds()
        return self

    def open(self, words: str) -> "Screen":
        """Open the row, or unfold the part, that says this."""
        row = self.page.locator("a.row", has_text=words)
        row.or_(self.page.locator("summary", has_text=words)).first.click()
        self.presses += 1
        self._holds()
        return self

    def pick(self, name: str) -> "Screen":
        """Tick a pill, or choose among a few."""
        box = self.page.get_by_role("checkbox", name=name, exact=True)
        box.or_(self.page.get_by_role("radio", name=name, exact=True)).first.check()
        self.presses += 1
        return self

    def type(self, label: str, text: str) -> "Screen":
        """Type into a box."""
        self.page.get_by_role("textbox", name=label).fill(text)
        self.typed += 1
        return self

    @property
    def heading(self) -> str:
        """The first heading of the page."""
        return self.page.get_by_role("heading", level=1).first.inner_text()

    @property
    def words(self) -> str:
        """What the main part of the page says."""
        return self.page.get_by_role("main").inner_text()

    @property
    def says(self) -> str:
        """Everything the page says."""
        return self.page.locator("body").inner_text()

    def ends_above(self, selector: str) -> float:
        """Where something ends, in pixels from the top of the page, to compare with the screen's height."""
        box = self.page.locator(selector).bounding_box()
        assert box is not None, selector
        return box["y"] + box["height"]

    def _holds(self) -> None:
        """No finding of axe on any page, by day or by night; one main part; nothing beside the screen."""
        self.page.wait_for_load_state()
        kind = (re.sub(r"[0-9a-z]{26}", "", self.page.url.removeprefix(self.address)), self.heading)
        if kind in self.seen:
            return
        self.seen.add(kind)
        assert self.page.get_by_role("main").count() == 1, kind
        # Without scripts there is nothing to look with; the journey with them comes to the same pages.
        if self.scripts and not any(part in self.page.url for part in self.passes_by) and self._is_new():
            self.look(kind)

    def _is_new(self) -> bool:
        """Whether no journey of this run has looked at the same page of this width, on either engine.

        The same but for numbers, dates and what is made by chance: handles, tokens, random numbers of forms.
        """
        made = re.sub(r"[0-9A-Za-z_-]{20,}|[0-9]+", "", self.page.content().replace(self.address, ""))
        sight = sha256(f"{self.page.viewport_size} {made}".encode()).hexdigest()
        return is_first(sight)

    def look(self, *kind: object) -> None:
        """See with axe, by day and by night, whether the page holds for everybody."""
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, kind
        assert self._too_small() == [], kind
        for theme, rules in RULES.items():
            self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            found = Axe().run(self.page, options=options).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (theme, *kind)

    def _too_small(self) -> list[str]:
        """Targets under 44 pixels, 24 at the desk (ux.md section 2). Links inside sentences are free."""
        least = (
            24 if any(part in self.page.url for part in ("/desk/", "/numbers/", "/account/", "/c/")) else 44
        )
        found: list[str] = self.page.evaluate(_TARGETS, least)
        return found


class Screens:
    """Browsers that nobody has used before."""

    def __init__(self, browser: Browser, address: str, *, scripts: bool) -> None:
        self._browser, self.address, self.scripts = browser, address, scripts
        self._seen: set[tuple[str, str]] = set()
        self.passes_by: tuple[str, ...] = ()  # parts of addresses that the journeys of others look at
        self.faults: list[str] = []

    def new(self, size: dict[str, int] = PHONE) -> Screen:
        """A browser of somebody's own, of the size of a phone if nothing else is said."""
        context = self._browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=self.scripts,
            reduced_motion="reduce",  # axe would measure a color halfway from one theme to the other
        )
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None
        )
        return Screen(page, self.address, self.scripts, self._seen, self.passes_by)

    def signed_in(self, person: Person, link: str, size: dict[str, int] = PHONE) -> Screen:
        """Somebody follows a link from a message and signs in by the code that is mailed to them."""
        screen = self.new(size).go(link)
        screen.type("Work email", person.account.email).press("Send me a code")
        code = re.search(r"\b\d{4}-\d{4}\b", str(mailbox()[-1].body))
        assert code is not None, "the message holds a code"
        screen.type("Code", code.group()).press("Sign in")
        screen.presses = screen.typed = 0  # signing in isn't part of a budget
        return screen

    def close(self) -> None:
        """Close every browser; none may have had a fault."""
        for context in self._browser.contexts:
            context.close()
        assert self.faults == []


def letters_to(address: str) -> Iterator[str]:
    """The text of every message to somebody, the newest first."""
    for message in reversed(mailbox()):
        if message.to == [address]:
            yield str(message.body)


def link_in(text: str) -> str:
    """The one link of a message."""
    found: list[str] = re.findall(r"http://\S+", text)
    assert len(set(found)) >= 1, text
    return found[0].rstrip(".,")
