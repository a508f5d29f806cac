"""To whom each message goes, and when, in one sentence each. A test holds this against the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.notifications.messages import Template


@dataclass(frozen=True, slots=True)
class About:
    """What a message is called at the desk, and to whom and when it goes."""

    name: str
    when: str


def about() -> Mapping[Template, About]:
    """Every message."""
    return {
        **_first_notes(),
        **_later_notes(),
        **_to_peers(),
        **_to_desk(),
        **_to_who_may_join(),
        **_to_the_list(),
    }


def _first_notes() -> dict[Template, About]:
    call = _("Read by the peer before they call; nothing is sent.")
    return {
        Template.INVITATION: About(
            _("First note, by mail"), _("To the person, from their peer, once the peer has said yes.")
        ),
        Template.INVITATION_TEXT: About(
            _("First note, by text"), _("To the person, always from the peer's own phone.")
        ),
        Template.INVITATION_CALL: About(_("First call, what to say"), call),
        Template.SECOND_TOUCH: About(
            _("Second note, by mail"), _("To the person, once, when the first note was not answered.")
        ),
        Template.SECOND_TOUCH_TEXT: About(
            _("Second note, by text"), _("The same, from the peer's own phone. There is no third.")
        ),
        Template.SECOND_TOUCH_CALL: About(_("Second call, what to say"), call),
        Template.CHOICE: About(
            _("The peer they chose can't"),
            _("To a person who wanted to be told before another peer is asked; not by text or call."),
        ),
    }


def _later_notes() -> dict[Template, About]:
    return {
        Template.NOT_NOW: About(
            _("After \u201cnot now\u201d"), _("Words on the person's own page, when they press it. Not sent.")
        ),
        Template.RESOURCES: About(
            _("The list, by mail"), _("To the person, only when they asked for it or said yes to it.")
        ),
        Template.RESOURCES_TEXT: About(_("The list, by text"), _("The same, from the peer's own phone.")),
        Template.RESOURCES_CALL: About(
            _("The list, read out"), _("For people without mail: read out, or sent by post.")
        ),
        Template.CHECK_IN: About(
            _("Check-in, by mail"), _("To the person, on the day they agreed to, and only then.")
        ),
        Template.CHECK_IN_TEXT: About(_("Check-in, by text"), _("The same, from the peer's own phone.")),
        Template.CHECK_IN_CALL: About(_("Check-in, what to say"), _("Read by the peer before they call.")),
    }


def _to_peers() -> dict[Template, About]:
    return {
        Template.ASK: About(_("Could you take this one?"), _("To a peer who is asked. It names nobody.")),
        Template.WAITING: About(
            _("Something waits"), _("To a peer, when something on their own page waits for them.")
        ),
        Template.ENDED: About(
            _("It is closed"), _("To a peer who knew whom it was about, so that they delete their messages.")
        ),
        Template.TRAINING: About(_("A training"), _("To a peer who is invited to a session.")),
        Template.MEETING: About(_("A meeting"), _("To those who meet, when it is planned.")),
        Template.CARE: About(
            _("Somebody would like to talk"), _("To lead peers, when a peer asks for a talk.")
        ),
    }


def _to_desk() -> dict[Template, About]:
    return {
        Template.REMINDER: About(
            _("Something waits on the board"),
            _("To the coordinator at half of the time, and to the backup too at four fifths."),
        ),
        Template.LATE: About(_("Past its time"), _("To the desk, when the promised time is over.")),
        Template.GAP: About(
            _("Nobody is first to call"), _("To the desk, days ahead, where the program keeps a roster.")
        ),
        Template.WRONG_CONTACT: About(
            _("A contact was wrong"), _("To the desk, when somebody else got the note and said so.")
        ),
        Template.NAMED: About(_("Somebody was named"), _("To the desk, when a peer supporter was proposed.")),
        Template.CARE_DESK: About(
            _("Somebody would like to talk, to the desk"),
            _("The same as to lead peers, where there is none."),
        ),
        Template.TOGETHER: About(
            _("Something of a collaborative waits"),
            _("To the desk, when a collaborative invites the program, or its faculty need an answer."),
        ),
        Template.CONSULT: About(
            _("A member would like a call"),
            _("To the faculty of a collaborative that this program is the center of."),
        ),
        Template.SAFETY: About(
            _("Safety steps were opened"), _("To the desk at once, also at night. It reads like a late one.")
        ),
    }


def _to_who_may_join() -> dict[Template, About]:
    return {
        Template.NOMINATION: About(
            _("Would you be a peer?"), _("To somebody whom colleagues named, when you press Invite.")
        ),
        Template.OFFER: About(
            _("You offered to be a peer"), _("To somebody who named themself, when you press Invite.")
        ),
        Template.JOIN: About(_("Join us"), _("To an address that you invite to a role on the page People.")),
    }


def _to_the_list() -> dict[Template, About]:
    return {
        Template.NEWS_CONFIRM: About(
            _("Was it you?"), _("To an address that was put on the email list, where the program has one.")
        ),
        Template.NEWS: About(
            _("News"), _("To the email list, when you send it on the page Outreach. One press leaves it.")
        ),
    }
