"""In which language a page is read: what its reader chose, and nothing a browser says of them."""

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import new_browser
from tests.factories.languages import TRANSLATED
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import ask, words
from touchbase.accounts.models import Account
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

CHOOSE = "/harbor/language/"
BUTTON = 'name="language" value="es" lang="es">Español</button>'


def language_of(answer) -> str:
    return str(answer.content.decode().split('<html lang="', 1)[1].split('"', 1)[0])


@pytest.fixture
def speaks(visitor):
    """A browser in which somebody pressed Español."""
    visitor.post(CHOOSE, {"language": "es", "back": "/harbor/"})
    return visitor


# ---------------------------------------- choosing


def test_a_program_with_another_language_offers_it_on_every_open_page(bilingual, visitor):
    for place in ("", "talk/", "promise/", "urgent/", "questions/"):
        assert BUTTON in visitor.get(f"/harbor/{place}").content.decode()


def test_a_language_that_nobody_reviewed_is_offered_nowhere(visitor, here):
    make_program(policy_text(program='languages = ["en", "es"]'))
    assert BUTTON not in visitor.get("/harbor/").content.decode()
    assert visitor.post(CHOOSE, {"language": "es", "back": "/harbor/"}).cookies == {}
    visitor.cookies["language"] = "es"
    assert language_of(visitor.get("/harbor/")) == "en"


def test_a_program_of_one_language_offers_none(reviewed, here, visitor):
    assert 'action="/harbor/language/"' not in visitor.get("/harbor/").content.decode()


def test_one_press_keeps_it_for_this_visit_and_shows_the_same_page(bilingual, visitor):
    chosen = visitor.post(CHOOSE, {"language": "es", "back": "/harbor/refer/"})
    assert (chosen.status_code, chosen["Location"]) == (302, "/harbor/refer/")
    (cookie,) = chosen.cookies.values()
    assert (cookie.key, cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "language", "es", True, "Lax", "",
    )  # fmt: skip
    page = visitor.get("/harbor/refer/")
    assert (language_of(page), "Pedir apoyo para" in words(page)) == ("es", True)
    assert 'value="en" lang="en">English</button>' in page.content.decode()


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example.org/", "//elsewhere.example.org/", "/inland/", "/account/", "", "/t/x/"],
)
def test_it_leads_to_no_place_but_an_open_page_of_this_program(bilingual, elsewhere, visitor, back):
    assert visitor.post(CHOOSE, {"language": "es", "back": back})["Location"] == "/harbor/"


def test_a_language_the_program_has_not_is_not_kept(bilingual, visitor):
    assert visitor.post(CHOOSE, {"language": "fr", "back": "/harbor/"}).cookies == {}


def test_a_browsers_own_languages_change_nothing(bilingual, visitor):
    assert language_of(visitor.get("/harbor/", headers={"Accept-Language": "es"})) == "en"


def test_a_program_without_it_is_read_in_its_usual_language(bilingual, elsewhere, speaks):
    assert (language_of(speaks.get("/harbor/")), language_of(speaks.get("/inland/"))) == ("es", "en")


def test_a_program_whose_usual_language_is_another_begins_in_it(reviewed, visitor):
    make_program(policy_text(program='languages = ["es", "en"]'))
    assert language_of(visitor.get("/harbor/")) == "es"
    visitor.post(CHOOSE, {"language": "en", "back": "/harbor/"})
    assert language_of(visitor.get("/harbor/")) == "en"


def test_the_next_request_begins_in_english_again(bilingual, speaks):
    assert language_of(speaks.get("/harbor/")) == "es"
    assert language_of(new_browser().get("/harbor/")) == "en"


def test_what_is_answered_before_any_view_is_in_english(bilingual, speaks):
    assert language_of(speaks.get("/harbor/")) == "es"
    refused = Client(headers={"Sec-Fetch-Site": "cross-site"}).post("/harbor/talk/")
    assert (refused.status_code, language_of(refused)) == (403, "en")


def test_a_browser_may_keep_a_page_for_those_who_chose_the_same_alone(bilingual, visitor):
    assert "Cookie" in visitor.get("/harbor/urgent/")["Vary"]


# ---------------------------------------- what is read


def test_the_programs_own_words_are_read_in_it(bilingual, speaks):
    page = words(speaks.get("/harbor/"))
    assert (TRANSLATED["Mornings"] in page, "Mornings" in page) == (True, False)
    assert "de lunes a viernes, de 8 a 5" in page


def test_what_cant_be_used_is_said_in_it(bilingual, speaks):
    answer = ask(speaks, name="", contact="x")
    assert (answer.status_code, "Díganos cómo llamarle." in words(answer)) == (422, True)


def test_who_asked_in_it_reads_their_own_page_in_it_in_any_browser(bilingual, speaks):
    thanks = ask(speaks)
    assert language_of(thanks) == "es"
    assert f"Gracias, {FINCH.name}." in words(thanks)
    assert 'action="/harbor/language/"' not in thanks.content.decode()  # there is no way back to it
    token = thanks.content.decode().split("/t/", 1)[1].split("/", 1)[0]
    other = new_browser()
    other.get(f"/t/{token}/")
    page = other.get("/t/")
    assert (language_of(page), "Tenemos su solicitud." in words(page)) == ("es", True)
    other.post("/t/erase/")
    assert Referral.objects.count() == 0


def test_who_asks_leaves_no_cookie_but_the_language(bilingual, speaks):
    ask(speaks)
    assert set(speaks.cookies) == {"language"}


# ---------------------------------------- who works here


def choose(browser, language: str):
    return browser.post("/account/language/", {"language": language})


def test_a_supporter_chooses_on_their_account_page_and_reads_their_pages_in_it(bilingual, people, visitor_of):
    robin = visitor_of(people.supporter.account)
    assert "Español" in robin.get("/account/you/").content.decode()
    assert choose(robin, "es")["Location"] == "/account/you/"
    assert Account.objects.get(pk=people.supporter.account.pk).language == "es"
    for page in ("/account/you/", "/harbor/mine/", "/harbor/mine/availability/"):
        assert language_of(robin.get(page)) == "es"
    assert "Disponibilidad" in words(robin.get("/harbor/mine/"))


def test_an_open_page_doesnt_follow_the_account(bilingual, people, visitor_of):
    robin = visitor_of(people.supporter.account)
    choose(robin, "es")
    assert language_of(robin.get("/harbor/")) == "en"


def test_the_desk_and_the_numbers_are_in_english(bilingual, people, visitor_of):
    dana, leader = visitor_of(people.coordinator.account), visitor_of(people.leader.account)
    choose(dana, "es")
    choose(leader, "es")
    assert language_of(dana.get("/harbor/desk/board/")) == "en"
    assert language_of(leader.get("/harbor/numbers/")) == "en"


@pytest.mark.parametrize("language", ["fr", "", "en-us"])
def test_another_language_is_refused(bilingual, people, visitor_of, language):
    robin = visitor_of(people.supporter.account)
    assert choose(robin, language).status_code == 400
    assert Account.objects.get(pk=people.supporter.account.pk).language == "en"


def test_with_english_alone_there_is_nothing_to_choose(here, people, visitor_of):
    robin = visitor_of(people.supporter.account)
    assert "/account/language/" not in robin.get("/account/you/").content.decode()
    assert choose(robin, "es").status_code == 400


def test_who_signs_in_reads_the_entrance_in_the_language_they_chose_outside(bilingual, speaks):
    assert language_of(speaks.get("/account/sign-in/")) == "es"


def test_what_is_not_there_reads_the_same_in_whichever_language_somebody_reads(bilingual, people, visitor_of):
    robin = visitor_of(people.supporter.account)
    choose(robin, "es")
    never_was = robin.get("/harbor/mine/asks/never/was/")
    assert robin.get(f"/harbor/mine/asks/{'0' * 26}/").content == never_was.content
    assert robin.get(f"/harbor/mine/asks/{'0' * 26}/accept/").content == never_was.content
