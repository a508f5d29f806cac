"""The letter to somebody who is invited to a role: who invites, to what, and what it opens."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.roles import Role
from touchbase.notifications.inviting import link_of
from touchbase.notifications.messages import Template, render
from touchbase.notifications.outbox import Due, Letter
from touchbase.programs.languages import reading
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id


def letter_to(due: Due, today: date) -> Letter:
    """The letter, worked out at the moment it is sent, its link too. Raises `NotFound`."""
    one, policy = queries.invitation_of(due.handle, today), program_by_id(due.program).policy
    by = queries.inviter(one) or policy.coordinator.title
    token = accounts.new_link(invitation=one.key, today=today)
    return invitee_letter(policy, role=one.role, by=by, until=one.until, address=one.email, token=token)


def invitee_letter(policy: Policy, *, role: Role, by: str, until: date, address: str, token: str) -> Letter:
    """The letter by what it holds. A reply goes to the coordinator's desk."""
    language = policy.program.languages[0]
    with reading(language):
        fields = {
            "inviter_name": by,
            "program_name": policy.program.name,
            "role": role_words()[role],
            "opens": opens(role),
            "until": date_format(until, _("M j")),
            "coordinator_phone": policy.coordinator.phone,
            "link": link_of(token),
        }
    written = render(Template.JOIN, language, fields)
    return Letter(
        address,
        written.subject,
        written.body,
        reply_to=policy.coordinator.email,
        from_name=policy.program.short_name,
    )


def role_words() -> dict[Role, str]:
    """What each role is called in a sentence."""
    return {
        Role.COORDINATOR: _("coordinator"),
        Role.BACKUP: _("backup coordinator"),
        Role.SUPPORTER: _("peer supporter"),
        Role.LEADER: _("leader"),
        Role.FACULTY: _("faculty"),
        Role.OPERATOR: _("operator"),
    }


def opens(role: Role) -> str:
    """What a role lets somebody do, in a sentence or two."""
    return {
        Role.COORDINATOR: _("You would see who waits for a peer, ask peers, and look after the program."),
        Role.BACKUP: _("You would stand in when the coordinator is away, with the same board."),
        Role.SUPPORTER: _("We would ask you now and then to reach out to a colleague. You can always pass."),
        Role.LEADER: _("You would see counts of each half year, and never a person."),
        Role.FACULTY: _("You would help several programs to start and to learn, and never see a person."),
        Role.OPERATOR: _("You would see whether the service is well, and never a person."),
    }[role]
