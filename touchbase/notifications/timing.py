"""When a message may leave: by day unless it is urgent, and not all of a group at once. Pure.

Moments are half hours, as all stored times are: a row tells no more than that.
"""

from datetime import datetime
from random import SystemRandom

from touchbase.kernel.clock import SLOT, slot_down, slot_up
from touchbase.notifications.catalogue import SHAPES, Template
from touchbase.programs.hours import next_waking
from touchbase.programs.policy import Policy

CHANCE = SystemRandom().random


def first_moment(template: Template, at: datetime, policy: Policy) -> datetime:
    """The earliest moment for a message: now, or as the program wakes (rulings B5, D17)."""
    awake = next_waking(at, policy)
    return slot_down(at) if SHAPES[template].urgent or awake == at else slot_up(awake)


def spread(first: datetime, until: datetime, policy: Policy, chance: float) -> datetime:
    """A waking half hour between two moments, by `chance` from 0 up to 1; `first` if there is none (C18)."""
    slots = []
    slot = slot_up(first)
    while slot <= until:
        if next_waking(slot, policy) == slot:
            slots.append(slot)
        slot += SLOT
    return slots[int(chance * len(slots))] if slots else first
