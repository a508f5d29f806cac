"""What pages show: the board, one referral, a supporter's own, and the recipient's page."""

from datetime import date

import pytest

from tests.canary import FINCH, LINNET, WREN
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, PHONE, Walk, asking, by_mail
from touchbase.accounts.models import Membership
from touchbase.audit import log
from touchbase.kernel.errors import NotFound
from touchbase.kernel.ids import reference
from touchbase.outreach import actions, answers, asked, queries
from touchbase.programs.policy import Channel
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener, link_token
from touchbase.vault import store
from touchbase.vault.errors import TooManyReveals

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def board(walk: Walk, at=NOON, *, limit: int = 30) -> queries.Board:
    return queries.board(here=walk.here, by=walk.people.coordinator.member, at=at, limit=limit)


def looks(walk: Walk, actor: str, verb: str) -> int:
    return log.count(program=walk.here.id, actor=actor, verb=verb, day=NOON.date())


def token(walk: Walk, handle: str) -> str:
    return link_token(handle, program=walk.here.id, n=1, opener=Opener("", Actor.CLOCK, NOON))


# --------------------------------------------------------------------------------- the board


def test_the_board_names_who_waits_and_nobody_else(walk: Walk):
    waits = walk.received(of=asking(department="surgery"))
    asked = walk.matched(of=asking(WREN))
    found = board(walk)
    (row,) = found.waiting
    assert (row.handle, row.name, row.wishes.department) == (waits, FINCH.name, "surgery")
    assert (row.state, row.next_kind, row.ref) == (State.RECEIVED, "half", reference(waits))
    (other,) = found.others
    assert (other.handle, other.state, other.next_kind) == (asked, State.MATCHED, "ask-expires")
    assert (found.of(State.MATCHED), found.of(State.TALKING, State.RESTING)) == ((other,), ())
    assert found.more_waiting == 0


def test_who_is_due_first_stands_first(walk: Walk):
    second, first = walk.received(NOON + HOUR), walk.received(NOON, of=asking(WREN))
    assert [row.handle for row in board(walk).waiting] == [first, second]


def test_of_more_than_fit_the_late_ones_are_named(walk: Walk):
    """Whoever is late is looked at once a day only, and must not stand behind whoever has just come."""
    late = walk.received(NOON - 2 * DAY)
    walk.sweep(NOON)
    for n in range(3):
        walk.received(of=asking(WREN, contact=f"+1503555017{n}"))
    found = board(walk, limit=2)
    assert (found.waiting[0].handle, len(found.waiting), found.more_waiting) == (late, 2, 2)


def test_one_whose_key_was_lost_doesnt_take_the_board_down(walk: Walk):
    lost, waits = walk.received(), walk.received(of=asking(WREN))
    store.destroy(handle=lost, program=walk.here.id, counts=(), at=NOON)
    assert [row.handle for row in board(walk).waiting] == [waits]


def test_an_unchecked_request_is_marked(walk: Walk):
    Referral.objects.filter(handle=walk.received()).update(held=True)
    assert [row.held for row in board(walk).waiting] == [True]


def test_an_empty_board_is_empty(walk: Walk):
    assert board(walk) == queries.Board((), ())


@pytest.mark.parametrize("part", ["supporter", "leader", "operator", "elsewhere"])
def test_the_board_is_the_desks_alone(walk: Walk, part: str):
    walk.received()
    with pytest.raises(NotFound):
        queries.board(here=walk.here, by=getattr(walk.people, part).member, at=NOON)


def test_where_a_program_shows_nothing_after_a_yes_all_of_those_look_the_same(walk: Walk):
    walk.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    walk.closing()
    walk.talking(of=asking(WREN))
    rows = {(row.state, row.next_kind, row.next_at, row.held) for row in board(walk, NOON + DAY).others}
    assert rows == {(State.ACCEPTED, "", NOON + DAY, False)}


# --------------------------------------------------------------------------------- one referral


def test_while_it_waits_the_desk_sees_name_wishes_and_who_fits(walk: Walk):
    handle = walk.received(of=asking(department="surgery", not_with="Ari Stone"))
    view = queries.desk_view(handle, by=walk.people.coordinator.member, at=NOON)
    assert view.person is not None
    assert view.wishes is not None
    assert view.ranking is not None
    assert (view.person.identity.name, view.person.contact.address) == (FINCH.name, PHONE)
    assert (view.wishes.not_with, view.ref, view.hidden) == ("Ari Stone", reference(handle), False)


def test_after_a_match_it_sees_a_reference_until_it_taps_which_is_counted(walk: Walk):
    handle, dana = walk.talking(), walk.people.coordinator.member
    view = queries.desk_view(handle, by=dana, at=NOON)
    assert (view.person, view.wishes, view.ranking) == (None, None, None)
    assert queries.reveal(handle, by=dana, at=NOON).identity.name == FINCH.name
    assert looks(walk, dana.account, "reveal") == 1


def test_a_look_that_was_not_let_through_is_not_counted(walk: Walk):
    dana = walk.people.coordinator.member
    handles = [walk.received(of=asking(WREN, contact=f"+150355502{n:02}")) for n in range(21)]
    for handle in handles[:20]:
        queries.reveal(handle, by=dana, at=NOON)
    with pytest.raises(TooManyReveals):
        queries.reveal(handles[20], by=dana, at=NOON)
    assert looks(walk, dana.account, "reveal") == 20
    assert queries.reveal(handles[20], by=dana, at=NOON, confirmed=True).identity.name == WREN.name


# --------------------------------------------------------------------------------- a supporter's own


def test_a_supporter_sees_their_own_and_no_names(walk: Walk):
    mine, asked = walk.accepted(), walk.matched(of=asking(WREN))
    held = queries.asks(by=walk.people.supporter.member, at=NOON)
    assert sorted(each.handle for each in held) == sorted([mine, asked])
    assert queries.asks(by=walk.people.other_supporter.member, at=NOON) == []


def test_who_supports_nobody_has_no_such_page(walk: Walk):
    with pytest.raises(NotFound, match="You are not a supporter in this program"):
        queries.asks(by=walk.people.leader.member, at=NOON)


def test_before_a_yes_it_is_profession_channel_and_times(walk: Walk):
    handle = walk.matched(of=asking(times=("evenings",), channel=Channel.CALL))
    view = queries.ask_view(handle, by=walk.people.supporter.member, at=NOON, named=True)
    assert (view.wishes.profession, view.channel, view.times, view.person) == (
        "nurse", "call", ("evenings",), None,
    )  # fmt: skip
    assert looks(walk, asked.ALL_SUPPORTERS, "look") == 0


def test_looks_after_a_yes_are_summed_for_all_supporters_together(walk: Walk):
    handle = walk.accepted()
    for _look in range(2):
        queries.ask_view(handle, by=walk.people.supporter.member, at=NOON, named=True)
    assert looks(walk, asked.ALL_SUPPORTERS, "look") == 2


# --------------------------------------------------------------------------------- the recipient's page


def test_the_link_opens_the_page_and_is_looked_at_by_nobody_else(walk: Walk):
    handle = walk.invited()
    held = queries.private_view(token(walk, handle), at=NOON)
    assert (held.handle, held.state) == (handle, State.INVITED)
    assert queries.private_details(held, at=NOON).peer == "Robin"


def test_a_link_that_has_ended_says_that_nothing_is_wrong(walk: Walk):
    handle = walk.received()
    link = token(walk, handle)
    answers.withdraw(held=walk.held(handle), at=NOON)
    with pytest.raises(NotFound, match="This link has ended, to protect your privacy"):
        queries.private_view(link, at=NOON)


def test_one_cut_off_in_the_middle_of_erasing_has_ended_too(walk: Walk):
    handle = walk.received()
    link = token(walk, handle)
    store.destroy(handle=handle, program=walk.here.id, counts=(), at=NOON)
    with pytest.raises(NotFound, match="This link has ended"):
        queries.private_view(link, at=NOON)


def test_before_a_note_no_peer_is_named(walk: Walk):
    assert queries.private_details(walk.held(walk.accepted()), at=NOON).peer == ""


def test_a_peer_who_has_left_isnt_named_and_the_page_opens(walk: Walk):
    held = walk.held(walk.resting())
    walk.hush()
    Membership.objects.filter(pk=walk.people.supporter.member.supporter).delete()
    found = queries.private_details(held, at=NOON)
    assert (found.peer, found.by_mail) == ("", False)


def test_a_list_can_be_mailed_to_a_mailbox_by_a_server(mails: Walk, settings):
    boxed, texted = mails.held(mails.resting(of=by_mail())), mails.held(mails.resting(of=asking(LINNET)))
    assert queries.private_details(boxed, at=NOON).by_mail
    assert not queries.private_details(texted, at=NOON).by_mail
    settings.SMTP_ADDRESS = ""
    assert not queries.private_details(boxed, at=NOON).by_mail


def test_a_check_in_is_due_from_its_day_on_at_the_program(walk: Walk):
    handle = walk.talking()
    answers.agree_check_in_by_recipient(held=walk.held(handle), day=date(2026, 5, 20), at=NOON + DAY)
    held = walk.held(handle)
    due = [queries.check_in_is_due(held, NOON + hours * HOUR) for hours in (6 * 24, 6.49 * 24, 6.5 * 24)]
    assert due == [False, False, True]
    assert not queries.check_in_is_due(walk.held(walk.invited(of=asking(WREN))), NOON + 30 * DAY)


def test_a_day_for_a_check_in_is_looked_at_before_it_is_agreed(walk: Walk):
    held = walk.held(walk.talking())
    assert queries.why_not_check_in(held, date(2026, 5, 13), NOON) == "Choose a day after today."
    assert queries.why_not_check_in(held, date(2026, 5, 20), NOON) == ""
    assert queries.why_not_check_in(held, None, NOON) == ""


def test_an_answer_shows_on_the_page_at_once(walk: Walk):
    handle = walk.invited()
    link = token(walk, handle)
    for said in (Answer.NOT_NOW, Answer.RESOURCES, Answer.YES):
        walk.answer(handle, said, NOON + DAY)
        assert queries.private_view(link, at=NOON + DAY).course.answer is said


def test_reading_changes_nothing(walk: Walk):
    """Mail scanners open links; a page that is read must leave everything as it was (ruling F11)."""
    handle = walk.talking()
    link, before = token(walk, handle), walk.held(handle)
    for _look in range(2):
        held = queries.private_view(link, at=NOON + DAY)
        queries.private_details(held, at=NOON + DAY)
        queries.asks(by=walk.people.supporter.member, at=NOON + DAY)
        queries.desk_view(handle, by=walk.people.coordinator.member, at=NOON + DAY)
        board(walk, NOON + DAY)
    assert walk.held(handle) == before


def test_what_a_supporter_gave_back_isnt_theirs_to_see(walk: Walk):
    handle, robin = walk.talking(), walk.people.supporter.member
    actions.hand_back(handle=handle, by=robin, at=NOON + DAY)
    assert queries.asks(by=robin, at=NOON + DAY) == []
