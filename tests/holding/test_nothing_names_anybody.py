"""A person goes the whole way on a real server: no byte that is kept, and no page of others, names them.

Looked at after every step, while the referral is open, and after it is erased. The first test plants what the
others look for, so that finding nothing means something.
"""

import base64
import re
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from tests.canary import PLOVER, sung_in
from tests.holding import care
from tests.holding.care import BOARD, MINE, TALK, expect, match, press, typed
from tests.holding.installations import Installation, words
from tests.holding.searching import places_that_name_somebody
from tests.notifications.mail_stub import mail_server

WRITTEN = {
    "plain": PLOVER.name.encode(),
    "lower": PLOVER.name.lower().encode(),
    "utf16le": PLOVER.phone.encode("utf-16-le"),
    "utf16be": PLOVER.email.encode("utf-16-be"),
    "percent": quote(PLOVER.name).encode(),
    "plus": b"Canary+Ploverdale",
    "base64": base64.b64encode(b"xy" + PLOVER.name.encode() + b"z"),
    "digits": b"15035550152",
}
PUBLIC = ("/", "/harbor/", "/harbor/promise/", "/harbor/questions/", "/harbor/urgent/", "/trust/", "/healthz")
OTHERS = {
    "": PUBLIC,
    "leader": ("/harbor/numbers/", "/harbor/numbers/csv/", "/harbor/numbers/definitions/", "/account/"),
    "operator": ("/account/", "/harbor/numbers/"),
    "other": ("/harbor/mine/", "/harbor/mine/words/", "/account/"),
    "elsewhere": ("/inland/desk/board/", "/inland/desk/acts/", "/account/"),
    "elsewhere_supporter": ("/inland/mine/",),
}
PHONE = "207-555-0160"
KNOWN_TO = {"coordinator", "supporter"}  # whose pages may show the name, in the page alone


def look_around(at: Installation, handle: str) -> None:
    """Everybody else opens everything they have, and addresses that aren't theirs."""
    for who, addresses in OTHERS.items():
        for address in (*addresses, f"{BOARD}{handle}/", f"{MINE}{handle}/"):
            at.browser(who).get(address)


def named_to_others(at: Installation) -> list[str]:
    """Answers that name them and shouldn't: a body for others; a header, cookie or title for anybody."""
    found = []
    for visit in at.journal:
        headers = "\n".join(f"{name}: {value}" for name, value in visit.answer.headers)
        title = re.search(rb"<title>.*?</title>", visit.answer.body, re.DOTALL)
        outside = headers.encode() + visit.path.encode() + (title[0] if title else b"")
        mine = visit.who in KNOWN_TO or visit.path.startswith(TALK)
        if sung_in(outside) or (not mine and sung_in(visit.answer.body)):
            found.append(f"{visit.who or 'the stranger'} at {visit.path}")
    return found


# ---------------------------------------- the search itself finds what is there


@pytest.mark.parametrize("how", WRITTEN)
@pytest.mark.parametrize("part", ["data", "vault"])
def test_the_search_finds_a_person_in_a_file(ready, tmp_path, part, how):
    at = Installation(tmp_path, ready.stores, dict(ready.more))
    (tmp_path / part).mkdir()
    assert places_that_name_somebody(at) == []
    planted = tmp_path / part / "something"
    planted.write_bytes(b"\0\1" * 500 + WRITTEN[how] + b"\2\3" * 500)
    assert places_that_name_somebody(at) == [str(planted)]


def test_the_search_finds_a_person_in_the_name_of_a_file(ready, tmp_path):
    at = Installation(tmp_path, ready.stores, dict(ready.more))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / f"{PLOVER.email}.txt").touch()
    assert places_that_name_somebody(at) == [str(tmp_path / "data" / f"{PLOVER.email}.txt")]


@pytest.mark.parametrize("store", ["default", "vault"])
def test_the_search_finds_a_person_in_a_row(another, store):
    at: Installation = another()
    # Unlogged: the write-ahead log is the cluster's, and the other tests look at it as well.
    at.stores.change(
        store, f"CREATE {'UNLOGGED ' if at.stores.default else ''}TABLE planted (something text)"
    )
    assert places_that_name_somebody(at) == []
    at.stores.change(store, f"INSERT INTO planted VALUES ('{PLOVER.name}')")  # noqa: S608
    assert places_that_name_somebody(at) != []


# ---------------------------------------- the whole path


@dataclass
class Way:
    """One person's way on a real server, looked at from all sides after every step."""

    at: Installation
    token: str = ""
    handle: str = ""

    def nothing_is_kept(self) -> None:
        look_around(self.at, self.handle)
        # Night is over for what waits for the morning.
        early = "UPDATE notifications_outgoing SET not_before = '2026-01-01 00:00:00'"
        self.at.stores.change("default", early)
        assert self.at.run("sweep").returncode == 0
        assert places_that_name_somebody(self.at) == []

    def ask(self) -> None:
        asker, before = self.at.browser(), self.at.stores.handles()
        expect(asker.post(TALK, typed(name=f"{PLOVER.name}. It was a long night", contact="x")), 422)
        assert places_that_name_somebody(self.at) == []
        self.token = care.token_of(asker.post(TALK, typed(channel="email", contact=PLOVER.email)))
        (self.handle,) = self.at.stores.handles() - before
        assert asker.cookies == {}
        self.nothing_is_kept()

    def match(self) -> None:
        desk = self.at.browser("coordinator")
        assert PLOVER.name in words(desk.get(BOARD).body)
        assert PLOVER.email in desk.post(f"{BOARD}{self.handle}/name/").text
        expect(match(self.at, self.handle), 302)
        self.nothing_is_kept()

    def accept(self) -> None:
        peer = self.at.browser("supporter")
        assert PLOVER.name not in peer.get(f"{MINE}{self.handle}/").text
        self.press("accept")
        assert PLOVER.name in words(peer.get(f"{MINE}{self.handle}/").body)

    def press(self, what: str, **more: str) -> None:
        expect(press(self.at, "supporter", self.handle, what, **more), 302)
        self.nothing_is_kept()

    def answer(self) -> None:
        reader = self.at.browser()
        expect(reader.get(f"/t/{self.token}/"), 302)
        expect(reader.get("/t/"), 200)
        expect(reader.post("/t/answer/", {"answer": "yes"}), 302)
        self.nothing_is_kept()

    def erase(self) -> None:
        desk = self.at.browser("coordinator")
        expect(desk.post(f"{BOARD}{self.handle}/link/"), 200)
        expect(desk.post(f"{BOARD}{self.handle}/erase/"), 302)
        self.nothing_is_kept()
        assert self.at.run("rotate").returncode == 0
        assert self.at.run("doctor").returncode in {0, 1}
        self.nothing_is_kept()


def test_nothing_names_anybody_on_the_whole_way(another):
    at: Installation = another()
    with mail_server() as post, at.served(TOUCHBASE_SWEEP="no", TOUCHBASE_SMTP=post.address):
        at.more["TOUCHBASE_SMTP"] = post.address
        way = Way(at)
        way.ask()
        way.match()
        way.accept()
        way.press("touch", how="system")
        way.answer()
        way.press("talked", mode="phone", next="open")
        way.press("close")
        way.press("undo")
        way.erase()
        assert (at.stores.handles(), at.stores.keyed()) == (set(), set())
        assert named_to_others(at) == []
        assert staff_reads_of_nobody(post.taken)


def staff_reads_of_nobody(taken: list[bytes]) -> bool:
    """One note went to the person, with a subject that names nobody; no other message names them at all."""
    theirs = [mail for mail in taken if PLOVER.email.encode() in mail]
    subjects = [line for mail in theirs for line in re.findall(rb"(?im)^subject:.*$", mail)]
    others = [mail for mail in taken if mail not in theirs]
    assert (len(theirs), len(subjects), bool(others)) == (1, 1, True)
    return not any(sung_in(text) for text in (*subjects, *others))


def test_a_clock_that_erases_leaves_nothing_either(another):
    at: Installation = another()
    handle = at.seed("closed_before", hours=3, supporter=at.people["supporter"]["membership"])
    assert (at.stores.state(handle), places_that_name_somebody(at)) == ("closing", [])
    assert at.run("sweep").returncode == 0
    assert (at.stores.state(handle), at.stores.keyed(), places_that_name_somebody(at)) == ("gone", set(), [])


# ---------------------------------------- when something breaks


@pytest.mark.parametrize(
    ("store", "table"),
    [
        ("vault", "vault_key"),
        ("vault", "vault_epoch"),
        ("default", "referrals_referral"),
        ("default", "referrals_capsule"),
        ("default", "referrals_link"),
        ("default", "programs_program"),
        ("default", "notifications_outgoing"),
        ("default", "accounts_staffsession"),
        ("default", "audit_act"),
    ],
)
def test_a_failure_anywhere_puts_nobody_into_a_log_or_a_page(harbor, store, table):
    token, handle = care.talking(harbor)
    reader = harbor.browser()
    reader.get(f"/t/{token}/")
    begun, logged = len(harbor.journal), harbor.log.stat().st_size
    harbor.stores.change(store, f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        for address in PUBLIC:
            harbor.browser().get(address)
        asked = harbor.browser().post(TALK, typed())
        harbor.browser().post(f"{TALK}cancel/", {"token": token})
        for address in ("/t/", f"/t/{token}/"):
            reader.get(address)
        for what in ("answer", "erase", "not-me", "list", "check-in"):
            reader.post(f"/t/{what}/", {"answer": "not-now"})
        for who, address in (("coordinator", BOARD), ("supporter", MINE)):
            harbor.browser(who).get(f"{address}{handle}/")
            for what in ("name", "match", "close", "erase", "talked"):
                harbor.browser(who).post(f"{address}{handle}/{what}/", {"supporter": "x", "mode": "phone"})
    finally:
        harbor.stores.change(store, f"ALTER TABLE {table}_away RENAME TO {table}")
    visits = harbor.journal[begun:]
    assert [visit.path for visit in visits if visit.answer.status >= 500]
    if store == "vault":
        silent = [
            visit.path for visit in visits if visit.answer.status == 503 and PHONE not in visit.answer.text
        ]
        assert set(silent) <= {"/healthz"}
    assert named_to_others(harbor) == []
    said = harbor.log.read_bytes()[logged:]
    assert sung_in(said) is None
    assert token.encode() not in said
    assert b"Traceback" not in said
    if asked.status != 200:
        assert PHONE in asked.text
