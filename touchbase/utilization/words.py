"""What a release says to people: a question, a label and a finding for everything that is counted.

Plain statements. Nothing here ranks, compares with another time, or says whether a number is good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """A category: its label in a table, and the sentence that tells its number."""

    label: Text
    finding: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure: the question above its table, what it means, and what is said of its categories.

    `listed` is the sentence for categories that come from the program's own lists.
    """

    question: Text
    meaning: Text
    says: Mapping[str, Said]
    listed: Text = ""


_AS_LISTED = _("%(label)s: %(n)s of %(of)s people.")
_NOT_SAID = _("%(n)s of %(of)s people: not said.")


def _feedback(question: Text) -> Asked:
    return Asked(
        question,
        _(
            "Answers on the program's open page, by whoever came by it. Whoever answers twice is counted "
            "twice: nobody can be told apart."
        ),
        {
            "yes": Said(_("Yes"), _("%(n)s of %(of)s answers: yes.")),
            "some": Said(_("Some"), _("%(n)s of %(of)s answers: some.")),
            "not-really": Said(_("Not really"), _("%(n)s of %(of)s answers: not really.")),
            "skipped": Said(_("Skipped"), _("%(n)s of %(of)s answers: skipped.")),
        },
    )


ASKED: Mapping[str, Asked] = {
    "source": Asked(
        _("How people came in"),
        _(
            "Whether a person asked for a peer, a colleague asked for them, or the program reaches everybody "
            "after an event."
        ),
        {
            "self": Said(_("Asked for a peer"), _("%(n)s of %(of)s people asked for a peer.")),
            "colleague": Said(_("A colleague asked"), _("A colleague asked for %(n)s of %(of)s people.")),
            "team": Said(_("After a team event"), _("%(n)s of %(of)s people came in after a team event.")),
            "peer": Said(_("A peer began"), _("A peer began the talk with %(n)s of %(of)s people.")),
            "other": Said(_("Another way"), _("%(n)s of %(of)s people came in another way.")),
        },
    ),
    "profession": Asked(
        _("Professions"),
        _(
            "What people picked on the form. A profession is shown by itself when at least 20 people of it "
            "could ask, and many more than reached out in all. The others are one row."
        ),
        {"not-said": Said(_("Other, or not said"), _("Other, or not said: %(n)s of %(of)s people."))},
        _AS_LISTED,
    ),
    "match": Asked(
        _("Until a peer said yes"),
        _("From the moment a request arrived until the first peer took it, by the clock on the wall."),
        {
            "within-24": Said(
                _("Within 24 hours"), _("A peer said yes within 24 hours for %(n)s of %(of)s people.")
            ),
            "within-48": Said(
                _("24 to 48 hours"), _("A peer said yes after 24 to 48 hours for %(n)s of %(of)s people.")
            ),
            "later": Said(
                _("Later, or not at all"),
                _("A peer said yes later, or not at all, for %(n)s of %(of)s people."),
            ),
        },
    ),
    "note": Asked(
        _("From the yes to the first note"),
        _("From the moment the first peer said yes until the first note or call went out."),
        {
            "within-24": Said(
                _("Within 24 hours"), _("The first note went out within 24 hours for %(n)s of %(of)s people.")
            ),
            "within-48": Said(
                _("24 to 48 hours"), _("The first note took 24 to 48 hours for %(n)s of %(of)s people.")
            ),
            "later": Said(
                _("Later, or not at all"),
                _("The first note went out later, or not at all, for %(n)s of %(of)s people."),
            ),
        },
    ),
    "touches": Asked(
        _("Notes"),
        _("A second note goes out once, a few days after the first. Then there are no more."),
        {
            "two": Said(_("Two notes"), _("%(n)s of %(of)s people were sent a second note.")),
            "fewer": Said(_("One note, or none"), _("%(n)s of %(of)s people were sent one note, or none.")),
        },
    ),
    "answer": Asked(
        _("What people chose"),
        _("The last answer a person gave. It could be changed until the end."),
        {
            "talked": Said(_("Talked with a peer"), _("%(n)s of %(of)s people talked with a peer.")),
            "yes": Said(
                _("Said yes, no talk counted"), _("%(n)s of %(of)s people said yes, with no talk counted.")
            ),
            "not-now": Said(_("Not now"), _("%(n)s of %(of)s people said not now.")),
            "resources": Said(_("Resources only"), _("%(n)s of %(of)s people asked for resources only.")),
            "none": Said(_("No answer"), _("%(n)s of %(of)s people gave no answer.")),
        },
    ),
    "reach": Asked(
        _("Teams: who was offered a peer"),
        _(
            "Of those whom somebody entered for a whole team, how many a peer reached out to. It is shown "
            "only when nothing else has to be hidden."
        ),
        {
            "offered": Said(
                _("Offered a peer"), _("A peer reached out to %(n)s of %(of)s people who came with others.")
            ),
            "not-offered": Said(
                _("Not offered"), _("Nobody reached out to %(n)s of %(of)s people who came with others.")
            ),
        },
    ),
    "conversations": Asked(
        _("How often they talked"),
        _("Conversations a person had, as the peer counted them. What was said is written nowhere."),
        {
            "one": Said(_("Once"), _("%(n)s of %(of)s people talked once.")),
            "two": Said(_("Twice"), _("%(n)s of %(of)s people talked twice.")),
            "more": Said(_("Three times or more"), _("%(n)s of %(of)s people talked three times or more.")),
        },
    ),
    "mode": Asked(
        _("How they talked"),
        _("How the first conversation was held."),
        {
            "phone": Said(_("By phone"), _("%(n)s of %(of)s people talked by phone.")),
            "video": Said(_("By video"), _("%(n)s of %(of)s people talked by video.")),
            "in-person": Said(_("In person"), _("%(n)s of %(of)s people talked in person.")),
            "not-said": Said(_("Not said"), _NOT_SAID),
        },
    ),
    "minutes": Asked(
        _("Minutes of the first talk"),
        _("A band the peer pressed afterwards. It may be left out."),
        {"not-said": Said(_("Another length, or not said"), _NOT_SAID)},
        _("For %(n)s of %(of)s people the first talk took, in minutes: %(label)s."),
    ),
    "onward": Asked(
        _("Help besides a peer"),
        _("The kind of help that arrived besides a peer, as the person or their peer said."),
        {
            "self-help": Said(_("Self-help"), _("%(n)s of %(of)s people had self-help.")),
            "inside": Said(_("Help inside"), _("%(n)s of %(of)s people had help inside the organization.")),
            "outside": Said(
                _("Help outside"), _("%(n)s of %(of)s people had help outside the organization.")
            ),
            "urgent": Said(_("Urgent help"), _("%(n)s of %(of)s people had urgent help.")),
            "none": Said(_("None"), _("%(n)s of %(of)s people said that no other help had arrived.")),
        },
    ),
    "safety": Asked(
        _("Safety steps"),
        _("Whether the page was opened that says what to do when somebody may be in danger."),
        {
            "opened": Said(_("Opened"), _("The safety steps were opened for %(n)s of %(of)s people.")),
            "not-opened": Said(
                _("Not opened"), _("The safety steps stayed closed for %(n)s of %(of)s people.")
            ),
        },
    ),
    "feedback-reach": _feedback(_("Feedback: was it easy to reach someone?")),
    "feedback-help": _feedback(_("Feedback: did it help?")),
    "elsewhere": Asked(
        _("Sent elsewhere"),
        _("People another program is for, who were told where to turn. They are in no other number."),
        {"elsewhere": Said(_("Sent elsewhere"), _("%(n)s people were sent to another program."))},
    ),
}


def period(first: str, last: str) -> str:
    """The months half-years cover: "July to December 2026"."""
    return gettext("%(start)s to %(end)s") % _edges(first, last)


def reached_out(people: int, first: str, last: str) -> str:
    """The first sentence of the page."""
    return gettext("%(people)s people reached out between %(start)s and %(end)s.") % {
        "people": people,
        **_edges(first, last),
    }


def fewer_than(floor: int) -> str:
    """What stands for a number from 1 up that is under the floor."""
    return gettext("fewer than %(floor)s") % {"floor": floor}


def _edges(first: str, last: str) -> dict[str, str]:
    start = date(int(first[:4]), 1 if first.endswith("1") else 7, 1)
    end = date(int(last[:4]), 6 if last.endswith("1") else 12, 1)
    shown = "F" if start.year == end.year else "F Y"
    return {"start": date_format(start, shown), "end": date_format(end, "F Y")}
