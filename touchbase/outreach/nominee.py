"""The one letter to somebody who was named as a supporter. It names nobody else (T9, ruling D20)."""

from django.conf import settings

from touchbase.notifications.messages import render
from touchbase.notifications.outbox import Due, Letter
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id
from touchbase.programs.statements import hours_said
from touchbase.supporters import nominating
from touchbase.supporters.nominations import Nominee


def letter_to(due: Due, one: Nominee) -> Letter:
    """The letter, worked out at the moment it is sent, its link too: no key has to outlive a restart."""
    policy = program_by_id(due.program).policy
    written = render(due.template, policy.program.languages[0], _fields(policy, one))
    return Letter(
        one.contact,
        written.subject,
        written.body,
        reply_to=policy.coordinator.email,
        from_name=policy.program.short_name,
    )


def _fields(policy: Policy, one: Nominee) -> dict[str, str]:
    return {
        "nominee_name": one.name,
        "org_name": policy.program.short_name,
        "training_length": hours_said(policy.supporters.training_hours),
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "link": f"{settings.SITE_ADDRESS}/n/{nominating.new_link(nomination=one.id)}/",
    }
