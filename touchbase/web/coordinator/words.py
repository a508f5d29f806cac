"""What happened, as the desk reads it."""

from django.utils.translation import gettext as _

from touchbase.referrals.lifecycle import Step


def step_words() -> dict[Step, str]:
    """Each step, as the trail of a referral says it."""
    return {
        Step.ENTER: _("Entered by hand"),
        Step.MATCH: _("A peer was asked"),
        Step.PASS: _("One peer passed"),
        Step.ASK_EXPIRED: _("One peer didn't answer in time"),
        Step.ASK_ANOTHER: _("They said: ask another peer"),
        Step.ACCEPT: _("A peer said yes"),
        Step.STEP_ASIDE: _("One peer stepped aside"),
        Step.HAND_BACK: _("Handed back"),
        Step.REASSIGN: _("Taken back"),
        Step.TOUCH: _("A note went out"),
        Step.SECOND_TOUCH: _("A second note went out"),
        Step.NOT_DELIVERED: _("A note couldn't be sent"),
        Step.ANSWER_YES: _("They said yes"),
        Step.REST: _("It rests"),
        Step.AGAIN: _("They said yes after all"),
        Step.CHANGE_ANSWER: _("They changed their answer"),
        Step.TALKED: _("They talked"),
        Step.CHECK_IN: _("A check-in was agreed"),
        Step.ONWARD: _("They said whether other help arrived"),
        Step.SAFETY: _("The peer opened the safety steps"),
        Step.NEW_LINK: _("A new link was made"),
        Step.CONTACT_FAILED: _("The contact didn't work"),
        Step.REPLACE_CONTACT: _("The contact was replaced"),
        Step.ASK_REFERRER: _("Who told us was looked up"),
        Step.KEEP_APART: _("Two people, the desk said"),
        Step.JOIN: _("Joined with their other request"),
        Step.REDIRECT: _("Sent elsewhere"),
        Step.RELEASE_HELD: _("Checked by the desk"),
        Step.CLOSE: _("Closed"),
        Step.UNDO: _("Opened again"),
    }


def act_words() -> dict[str, str]:
    """What was done at the desk, as its page of sums says it."""
    return {
        "enter": _("Entered somebody who called or wrote"),
        "match": _("Asked a peer"),
        "reveal": _("Looked at a name after a match"),
        "look": _("Opened the page of somebody they reach"),
        "reassign": _("Took a referral back"),
        "release": _("Checked a request from an open form"),
        "ask another": _("Passed on that another peer may be asked"),
        "replace contact": _("Replaced a contact that didn't work"),
        "ask referrer": _("Looked up who told us of somebody"),
        "join": _("Joined two requests of one person"),
        "keep apart": _("Said that two requests are two people"),
        "redirect": _("Sent somebody to another place"),
        "restored": _("Looked at somebody who came out of a copy"),
        "new link": _("Made a new private link"),
        "safety steps": _("Opened the safety steps"),
        "close": _("Closed a referral"),
        "ask to close": _("Asked whether to close"),
        "erase": _("Erased somebody who asked for it"),
        "invite": _("Invited somebody to a role"),
        "withdraw invitation": _("Took an invitation back"),
        "give role": _("Gave somebody a role"),
        "change role": _("Changed somebody's role"),
        "end role": _("Ended somebody's role"),
        "check number": _("Called an urgent number"),
        "approve statement": _("Noted that the court statement was approved"),
        "roster": _("Changed the roster"),
        "invite nominee": _("Invited somebody who was named"),
        "set aside": _("Set aside somebody who was named"),
        "plan training": _("Planned a training"),
        "invite to training": _("Invited to a training"),
        "tick training": _("Ticked who was at a training"),
        "plan meeting": _("Planned a meeting"),
        "note presentation": _("Noted where the program was presented"),
        "send news": _("Sent news to the email list"),
        **_together_words(),
    }


def _together_words() -> dict[str, str]:
    return {
        "invite member": _("Invited a program to the collaborative"),
        "end member": _("Took back an invitation to the collaborative, or ended a part in it"),
        "join collaborative": _("Joined a collaborative"),
        "set collaborative aside": _("Answered a collaborative's invitation with not now"),
        "leave collaborative": _("Left a collaborative"),
        "note readiness": _("Noted how far the program has come"),
        "open form": _("Opened the form"),
        "offer model": _("Offered a version of the model program"),
        "settle model": _("Compared the policy with the model program"),
    }
