"""What is remembered of a referral is one frozen value, and comes back from its capsule as it was."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from touchbase.programs.policy import Mode
from touchbase.referrals.course import (
    Answer,
    Ask,
    Contact,
    Course,
    Event,
    Identity,
    Knows,
    Sealable,
    Source,
    Talk,
    Touch,
    Trail,
    Wishes,
    opened_as,
)
from touchbase.referrals.lifecycle import State, Step

AT = datetime(2026, 5, 13, 16, 0, tzinfo=UTC)
BEGUN = Course(source=Source.SELF, arrived=AT, due=AT, waiting=AT, active=AT)
FULL = Course(
    source=Source.TEAM, arrived=AT, due=AT, waiting=AT, active=AT, reminded=AT, language="es", peer="m",
    ask=Ask(member="m", at=AT, until=AT), barred=("a", "b"), aside=1, batch="b", asks_first=True, anyone=True,
    accepted=AT, first_accepted=AT,
    offered_times=("mornings",), undelivered=True, touches=(Touch(at=AT, system=True), Touch(at=AT)),
    answer=Answer.RESOURCES, rest_from=AT, list_sent=True, talks=(Talk(mode=Mode.PHONE, minutes="up to 15"),),
    onward="inside", safety=True, check_in=date(2026, 6, 1),
    checked_back=True, previous=State.TALKING, unchecked=True, closed=AT, link_n=3,
    knows=Knows.NOT_YET, around=True, wrong_contact=True, elsewhere=True, joined=True, apart=("a",),
    done=(Event.HALF, Event.DUE), trail=(Trail(when="Wed afternoon", step=Step.MATCH),),
)  # fmt: skip


@pytest.mark.parametrize("course", [BEGUN, FULL], ids=["begun", "full"])
def test_a_course_comes_back_as_it_was_sealed(course: Course):
    assert Course.model_validate_json(course.to_bytes()) == course


def test_every_value_of_a_course_is_tried_above():
    assert {name for name in Course.model_fields if getattr(FULL, name) == getattr(BEGUN, name)} == {
        "arrived", "due", "waiting", "active",
    }  # fmt: skip


def test_a_long_way_still_fits_into_few_steps_of_a_kilobyte():
    long = FULL.changed(trail=(Trail(when="Wed afternoon", step=Step.CHANGE_ANSWER),) * 24)
    assert len(long.to_bytes()) < 4 * 1024


def test_nothing_is_changed_in_place():
    with pytest.raises(ValidationError):
        BEGUN.peer = "m"  # type: ignore[misc]
    assert (BEGUN.changed(peer="m").peer, BEGUN.peer) == ("m", "")


def test_there_is_no_place_for_a_reason():
    """A field for what happened would be one too many (product.md section 9)."""
    fields = {name for kind in (Identity, Contact, Wishes, Course) for name in kind.model_fields}
    assert fields & {"reason", "event", "notes", "story", "note", "text", "referrer", "relation"} == set()
    with pytest.raises(ValidationError):
        Identity.model_validate({"name": "N", "reason": "a hard case"})


def test_what_was_opened_is_of_the_kind_its_purpose_says():
    value: Sealable = Identity(name="N")
    assert opened_as(Identity, value) == value
    with pytest.raises(AssertionError):
        opened_as(Contact, value)
