"""The one letter to somebody who was named as a supporter. It names nobody else (T9, ruling D20)."""

from django.conf import settings

from touchbase.notifications.messages import Template, render
from touchbase.notifications.outbox import Due, Letter
from touchbase.programs.languages import reading
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id
from touchbase.programs.statements import hours_said
from touchbase.supporters import nominating
from touchbase.supporters.nominations import Nominee


def letter_to(due: Due, one: Nominee) -> Letter:
    """The letter, worked out at the moment it is sent, its link too: no key has to outlive a restart."""
    policy, token = program_by_id(due.program).policy, nominating.new_link(nomination=one.id)
    return nominee_letter(due.template, policy, name=one.name, address=one.contact, token=token)


def nominee_letter(template: Template, policy: Policy, *, name: str, address: str, token: str) -> Letter:
    """The letter by what it holds: a name, and a link that says yes or no."""
    language = policy.program.languages[0]
    with reading(language):
        fields = _fields(policy, name, token)
    written = render(template, language, fields)
    return Letter(
        address,
        written.subject,
        written.body,
        reply_to=policy.coordinator.email,
        from_name=policy.program.short_name,
    )


def _fields(policy: Policy, name: str, token: str) -> dict[str, str]:
    return {
        "nominee_name": name,
        "org_name": policy.program.short_name,
        "training_length": hours_said(policy.supporters.training_hours),
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "link": f"{settings.SITE_ADDRESS}/n/{token}/",
    }
