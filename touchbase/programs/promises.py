"""What a referral goes by that came in under an earlier policy: its promises, and the numbers of today (D16).

Clocks and who may know stay as they were promised. What protects more applies at once, and so does whom to
call and where to turn: an old number helps nobody.
"""

from touchbase.programs.policy import Confidence, CoordinatorSees, Matching, OwnDepartment, Policy

# From the least protective to the most.
_SEES = (CoordinatorSees.LIFE, CoordinatorSees.UNTIL_ACCEPT)
_OWN = (OwnDepartment.FINE, OwnDepartment.ASK, OwnDepartment.NEVER)


def promised(then: Policy, today: Policy) -> Policy:
    """The rules of an open referral: `then` those of its arrival, `today` those that hold now."""
    return then.model_copy(
        update={
            "confidence": _who_knows(then.confidence, today.confidence),
            "matching": _whom_is_asked(then.matching, today.matching),
            "safety": then.safety.model_copy(update={"urgent": today.safety.urgent}),
            "coordinator": today.coordinator,
            "backup": today.backup,
            "legal": today.legal,
            "resources": today.resources,
            "translations": (*today.translations, *then.translations),
        }
    )


def _who_knows(then: Confidence, today: Confidence) -> Confidence:
    sees = max(then.coordinator_sees, today.coordinator_sees, key=_SEES.index)
    return then.model_copy(update={"coordinator_sees": sees})


def _whom_is_asked(then: Matching, today: Matching) -> Matching:
    own = max(then.own_department, today.own_department, key=_OWN.index)
    return then.model_copy(update={"own_department": own})
