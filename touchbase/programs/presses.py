"""What a program confirms by a press instead of in its file: a number was called, the statement holds (B28).

The file stays the policy. A press only says that what stands there was looked at again, on a later day.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from touchbase.programs.policy import Court, Policy, UrgentNumber


def number_key(number: UrgentNumber) -> str:
    """Under what the day of a call is kept. Another number under the same label is another key."""
    return f"number {number.dialed}"


def statement_key(policy: Policy) -> str:
    """The same for the court statement: whatever changes what it says makes the approval void."""
    legal = policy.legal
    said = [
        legal.court, legal.citation, legal.remark, legal.approved_by,
        policy.program.state_name, policy.confidence.licensing_confirmed,
    ]  # fmt: skip
    return f"statement {sha256(json.dumps(said).encode()).hexdigest()[:16]}"


def is_stated(policy: Policy) -> bool:
    """Whether there is a court statement that somebody can approve."""
    return policy.legal.court is not Court.NOT_SURE


def known(policy: Policy) -> frozenset[str]:
    """Everything that can be confirmed under this policy."""
    return frozenset({statement_key(policy), *(number_key(one) for one in policy.urgent)})


def confirmed(policy: Policy, pressed: Mapping[str, str]) -> Policy:
    """The policy with the later day of each: that of its file, or that of the press."""
    if not pressed:
        return policy
    urgent = tuple(
        one.model_copy(update={"checked_on": _later(one.checked_on, pressed.get(number_key(one)))})
        for one in policy.urgent
    )
    approved = _later(policy.legal.approved_on, pressed.get(statement_key(policy)))
    return policy.model_copy(
        update={
            "safety": policy.safety.model_copy(update={"urgent": urgent}),
            "legal": policy.legal.model_copy(update={"approved_on": approved}),
        }
    )


def _later(day: date | None, pressed: str | None) -> date | None:
    days = [one for one in (day, date.fromisoformat(pressed) if pressed else None) if one]
    return max(days, default=None)
