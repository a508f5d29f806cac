"""Somebody asks in Spanish, reads every page of theirs in it, and their peer works in it, too."""

import pytest

from tests.canary import FINCH
from tests.factories.languages import bilingual_text
from tests.factories.programs import make_program
from tests.factories.walking import Walk
from tests.journeys.screens import DESK, PHONE, SMALL, letters_to, link_in
from touchbase.accounts.actions import set_language
from touchbase.kernel import clock
from touchbase.referrals.models import Referral

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

OPEN = ["", "talk/", "refer/", "event/", "resources/", "urgent/", "promise/", "questions/", "nominate/"]


def language(screen) -> str:
    return str(screen.page.evaluate("document.documentElement.lang"))


@pytest.fixture
def walk(screens, here, people, reviewed) -> Walk:
    """The steps before those a journey is about, taken without a screen."""
    return Walk(make_program(bilingual_text()), people)


def test_who_asks_in_spanish_is_answered_in_spanish(screens, scripts, people, walk):
    # Given somebody on a small phone, who presses their language on the program's page.
    asker = screens.new(SMALL).go("/harbor/").press("Español")
    assert (language(asker), asker.page.url) == ("es", f"{screens.address}/harbor/")

    # When they ask: two inputs and one request, as in English.
    before = len(asker.requests)
    asker.type("¿Qué nombre prefiere que usemos?", FINCH.name).type("Número de celular", FINCH.phone)
    asker.pick("Por la mañana").press("Pedir colega de apoyo")
    assert (asker.typed, len(asker.requests) - before) == (2, 1)
    assert asker.heading == f"Gracias, {FINCH.name}."
    assert {cookie["name"] for cookie in asker.page.context.cookies()} == {"language"}
    link = asker.page.get_by_label("Su enlace privado").input_value()

    # Then their own page is in Spanish in any browser, and says what they picked in it.
    person = screens.new(PHONE).go(link)
    assert (language(person), person.heading) == ("es", "Tenemos su solicitud.")
    assert "Por la mañana" in person.words

    # And the desk reads English.
    (handle,) = Referral.objects.values_list("handle", flat=True)
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.go(f"/harbor/desk/board/{handle}/")
    assert (language(desk), FINCH.name in desk.says) == ("en", True)


def test_a_supporter_who_reads_spanish_sends_a_note_in_the_persons_language(
    screens, scripts, people, later, walk
):
    # Given a peer who chose Spanish, and somebody who asked in English.
    set_language(account=people.supporter.account.pk, language="es")
    handle = walk.received(clock.now())
    walk.ask(handle, people.supporter, clock.now())
    later()

    # When they come from the message, which is in Spanish, and say yes.
    message = next(letters_to(people.supporter.account.email))
    assert "Hola, Robin Vale:" in message
    peer = screens.signed_in(people.supporter, link_in(message), PHONE)
    assert language(peer) == "es"
    peer.open("¿Podría atender esta petición?").press("Sí, puedo")

    # Then their page is in Spanish, and the note is in English.
    assert peer.heading == FINCH.name
    assert peer.page.locator("#note-text").inner_text().startswith(f"Hi {FINCH.name}, it's Robin Vale")


@pytest.mark.parametrize("place", OPEN)
def test_every_open_page_holds_in_spanish(screens, walk, place):
    asker = screens.new(SMALL).go("/harbor/").press("Español").go(f"/harbor/{place}")
    assert language(asker) == "es"
    assert asker.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


@pytest.mark.parametrize(
    "place", ["", "availability/", "profile/", "training/", "meetings/", "care/", "words/", "new/", "leave/"]
)
def test_every_page_of_a_supporter_holds_in_spanish(screens, people, walk, place):
    set_language(account=people.supporter.account.pk, language="es")
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/{place}", SMALL)
    assert language(peer) == "es"
    assert peer.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_the_button_of_a_language_shows_where_the_keyboard_is(screens, walk):
    asker = screens.new(PHONE).go("/harbor/")
    button = asker.page.get_by_role("button", name="Español")
    button.focus()
    asker.page.keyboard.press("Shift+Tab")
    asker.page.keyboard.press("Tab")
    ring = button.evaluate("each => [document.activeElement === each, getComputedStyle(each).outlineStyle]")
    assert ring == [True, "solid"]
