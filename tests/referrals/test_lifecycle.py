"""The table of a referral's life: who may take which step from where, and where it leads."""

import pytest

from touchbase.referrals.lifecycle import (
    HELD_BY_SUPPORTER,
    MET,
    MOVES,
    OPEN,
    Actor,
    State,
    Step,
    destination,
    diagram,
    may,
    table,
)


def test_every_step_has_one_move() -> None:
    assert set(MOVES) == set(Step)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {target for move in MOVES.values() for target in move.to} | {State.RECEIVED}
    left = {source for move in MOVES.values() if move.to for source in move.sources}
    assert (reached, left) == (set(State), set(State))


@pytest.mark.parametrize("state", sorted(State))
def test_a_recipient_may_withdraw_from_anywhere(state: State) -> None:
    assert may(Step.WITHDRAW, by=Actor.RECIPIENT, state=state)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_coordinator_may_close_whatever_is_open(state: State) -> None:
    assert may(Step.CLOSE, by=Actor.COORDINATOR, state=state)


@pytest.mark.parametrize("step", [Step.CLOSE, Step.MATCH, Step.TALKED, Step.ANSWER_YES])
def test_what_is_closing_takes_no_other_step(step: Step) -> None:
    assert not any(may(step, by=actor, state=State.CLOSING) for actor in Actor)


@pytest.mark.parametrize("actor", [Actor.RECIPIENT, Actor.SUPPORTER])
def test_only_the_desk_and_the_clock_choose_a_supporter(actor: Actor) -> None:
    assert not may(Step.MATCH, by=actor, state=State.RECEIVED)


def test_the_clock_never_answers_for_anybody() -> None:
    yes = {Step.ACCEPT, Step.ANSWER_YES, Step.AGAIN, Step.TALKED, Step.CHECK_IN, Step.TOUCH}
    assert [step for step in yes if Actor.CLOCK in MOVES[step].by] == []


def test_a_step_with_one_end_leads_there() -> None:
    assert destination(Step.PASS, state=State.MATCHED) is State.RECEIVED


def test_a_step_that_stays_leads_nowhere_else() -> None:
    assert destination(Step.SECOND_TOUCH, state=State.INVITED) is State.INVITED


def test_a_step_with_several_ends_needs_to_be_told_which() -> None:
    assert destination(Step.AGAIN, state=State.RESTING, to=State.TALKING) is State.TALKING
    with pytest.raises(ValueError, match="does not lead"):
        destination(Step.AGAIN, state=State.RESTING)


def test_a_step_never_leads_where_the_table_has_no_way() -> None:
    with pytest.raises(ValueError, match="does not lead"):
        destination(Step.UNDO, state=State.CLOSING, to=State.CLOSING)


def test_every_step_into_a_supporters_hands_is_one_of_few() -> None:
    ways = {step for step, move in MOVES.items() if move.to & HELD_BY_SUPPORTER}
    into = {Step.MATCH, Step.ACCEPT, Step.TOUCH, Step.ANSWER_YES, Step.AGAIN, Step.TALKED, Step.UNDO}
    assert ways == into | {Step.NOT_DELIVERED, Step.ENTER}


def test_the_diagram_begins_at_arrival_and_ends_at_erasing() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert (lines[1].strip(), lines[-1].strip()) == ("[*] --> received", "closing --> [*]: erase")


def test_the_diagram_draws_each_way_to_another_state_once_and_none_back_to_itself() -> None:
    drawn = [line.strip() for line in diagram().splitlines()[2:-1]]
    ways = {
        (source, target, step)
        for step, move in MOVES.items()
        for source in move.sources
        for target in move.to
        if source is not target
    }
    assert sorted(drawn) == sorted(f"{source} --> {target}: {step}" for source, target, step in ways)


def test_the_table_has_a_row_for_each_step_and_another_for_who_takes_it_from_elsewhere() -> None:
    head, rows = table().splitlines()[:2], [row.split(" | ") for row in table().splitlines()[2:]]
    assert head == ["| step | by | from | to |", "|---|---|---|---|"]
    assert list(dict.fromkeys(row[0].removeprefix("| ") for row in rows)) == list(Step)
    assert [row[1:] for row in rows if row[0] == "| close"] == [
        ["supporter", "accepted, invited, talking", "closing |"],
        ["coordinator, clock", "accepted, invited, matched, received, resting, talking", "closing |"],
    ]
    assert [row[1:] for row in rows if row[0] == "| second touch"] == [["supporter", "invited", "stays |"]]
    assert [row[3] for row in rows if row[0] == "| again"] == ["received, talking |"]


@pytest.mark.parametrize("step", Step)
def test_a_step_has_several_sources_or_several_ends_but_never_both(step: Step) -> None:
    """Else the diagram would draw ways that aren't there."""
    move = MOVES[step]
    assert len(move.sources) == 1 or len(move.to) <= 1


def test_who_was_only_asked_says_yes_or_no_and_nothing_else() -> None:
    may_take = [step for step in Step if may(step, by=Actor.SUPPORTER, state=State.MATCHED)]
    assert may_take == [Step.PASS, Step.ACCEPT]


def test_a_supporter_moves_nothing_that_isnt_with_them() -> None:
    assert [step for step in Step if may(step, by=Actor.SUPPORTER, state=State.RESTING)] == []


def test_the_one_thing_a_supporter_may_do_before_it_is_theirs_is_to_begin_it() -> None:
    assert [step for step in Step if may(step, by=Actor.SUPPORTER, state=State.RECEIVED)] == [Step.ENTER]


def test_every_state_but_the_first_and_the_last_is_somebodys_or_rests() -> None:
    assert set(State) - HELD_BY_SUPPORTER == {State.RECEIVED, State.RESTING, State.CLOSING}
    assert {State.MATCHED} == HELD_BY_SUPPORTER - MET
