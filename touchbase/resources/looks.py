"""What is known of a program's places to turn: when somebody reviewed each, and whether its page opened."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from touchbase.programs.policy import Policy, Resource
from touchbase.resources.models import Link

REVIEWED_WITHIN = timedelta(days=365)


class Page(StrEnum):
    """How the page behind a link was when we last looked."""

    NONE = "none"  # there is no link
    NEVER = "never"  # not checked yet
    OPENED = "opened"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Looked:
    """One place to turn. `checked_on` is when we looked at its page."""

    resource: Resource
    page: Page
    checked_on: date | None
    needs_review: bool


def looked(program_id: str, policy: Policy, *, today: date) -> list[Looked]:
    """Every place to turn in the policy's order; one query."""
    rows = Link.objects.filter(program_id=program_id)
    known = {row.address: row for row in rows}
    return [_looked(one, known.get(one.link or ""), today) for one in policy.resources]


def _looked(one: Resource, row: Link | None, today: date) -> Looked:
    if row is None:
        page, checked_on = (Page.NEVER if one.link else Page.NONE), None
    else:
        page, checked_on = (Page.OPENED if row.opened else Page.SHUT), row.checked_on
    fresh = one.reviewed_on is not None and today - one.reviewed_on <= REVIEWED_WITHIN
    return Looked(one, page, checked_on, needs_review=page is Page.SHUT or not fresh)
