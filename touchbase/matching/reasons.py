"""Why somebody fits, what to think about first, and why somebody is left out: every sentence, in one place.

The sentences are marked here and translated where they are shown: this package knows no Django. No reason
uses a trait that nobody asked about, and none is a number (product.md section 5, ux.md section 7).
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

Say = Callable[[str], str]


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


def as_written(text: str) -> str:
    """The `Say` that doesn't translate."""
    return text


class Bar(StrEnum):
    """Why a supporter is never offered. When several hold, the first in this order is the one that is told.

    What the coordinator can do something about comes last, so that a number beside it is what widening adds.
    """

    counted: str
    sentence: str

    def __new__(cls, value: str, counted: str, sentence: str) -> "Bar":
        """A bar with its sentence, and its short form for a line that counts."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.counted, made.sentence = counted, sentence
        return made

    NOT_ACTIVE = "not-active", _("{n} not taking part"), _("Isn't taking part at the moment.")
    NOT_TRAINED = "not-trained", _("{n} not trained yet"), _("Hasn't finished the training yet.")
    REFRESHER_OVERDUE = "refresher-overdue", _("{n} due for a refresher"), _("Is due for a refresher first.")
    RESTING = "resting", _("{n} resting"), _("Is resting.")
    AWAY = "away", _("{n} away"), _("Is away.")
    THEMSELF = "themself", _("{n} the same person"), _("Is the person who needs a peer.")
    LEADS = "leads", _("{n} leading their department"), _("Leads this person's department.")
    NOT_WITH = "not-with", _("{n} they'd rather not have"), _("Is someone this person would rather not have.")
    SAME_DEPARTMENT = "same-department", _("{n} same department"), _("Works in the same department.")
    ASKED_BEFORE = "asked-before", _("{n} asked before"), _("Was asked about this one before.")
    NOT_CHOSEN = (
        "not-chosen",
        _("{n} not the peer they chose"),
        _("Isn't the peer this person chose. They want to hear first if that peer is busy."),
    )
    SITE = "site", _("{n} not at a site they asked for"), _("Isn't at a site this person asked for.")
    PROFESSION = "profession", _("{n} in another role"), _("Has another role than this person asked for.")
    AT_LIMIT = "at-limit", _("{n} at their limit"), _("Is at their own limit.")

    def said(self, n: int, say: Say = as_written) -> str:
        """How many are left out for this: "8 same department"."""
        return say(self.counted).format(n=n)


class Reason(StrEnum):
    """Why somebody fits, in the order in which it is read."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Reason":
        """A reason with its sentence."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.sentence = sentence
        return made

    CHOSEN = "chosen", _("The peer they chose")
    LANGUAGE = "language", _("Speaks a language they asked for")
    TOPIC = "topic", _("Offered to talk about what they asked for")
    OWN_DEPARTMENT = "own-department", _("Same department, as they asked")
    OTHER_DEPARTMENT = "other-department", _("Different department")
    OWN_SITE = "own-site", _("Same site")
    OTHER_SITE = "other-site", _("Different site")
    SAME_PROFESSION = "same-profession", _("Same role")
    SIMILAR_STAGE = "similar-stage", _("At a similar stage")
    FIRST_TO_CALL = "first-to-call", _("First to call today")
    SECOND_TO_CALL = "second-to-call", _("Second to call today")
    FREE_THEN = "free-then", _("Free when they are")
    CHANNEL = "channel", _("Fine with how they want to be reached")
    HAS_ROOM = "has-room", _("Has room for one more")
    UP_TO_DATE = "up-to-date", _("Training is up to date")


class Caution(StrEnum):
    """What to think about before asking somebody who fits: shown with a triangle."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Caution":
        """A caution with its sentence."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.sentence = sentence
        return made

    NAME_ALIKE = "name-alike", _("Shares a name with someone they'd rather not have")
    NOT_CHOSEN = "not-chosen", _("They chose another peer")
    DEPARTMENT_UNKNOWN = "department-unknown", _("Department not known")
    PEER_DEPARTMENT_UNKNOWN = "peer-department-unknown", _("This peer's department is not known")
    SAME_DEPARTMENT = "same-department", _("Same department")
    NOT_OWN_DEPARTMENT = "not-own-department", _("They asked for their own department, and this is another")
    SITE_UNKNOWN = "site-unknown", _("Site not known, and they asked for one")
    PROFESSION_UNKNOWN = "profession-unknown", _("Role not known, and they asked for the same")
    LANGUAGE = "language", _("Doesn't list the language they asked for")
    TOPIC = "topic", _("Hasn't offered what they asked to talk about")
    STAGE = "stage", _("They asked for a similar stage, and this is another")
    TIMES = "times", _("Not free when they are")
    CHANNEL = "channel", _("Doesn't use the way they want to be reached")


class Widen(StrEnum):
    """What can be done when nobody fits, in the order in which to try it (ruling D7)."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Widen":
        """A step with its sentence."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.sentence = sentence
        return made

    LIMIT = "limit", _("Ask a peer to take one more than their limit")
    SITE = "site", _("Ask a peer at a site they didn't ask for")
    PROFESSION = "profession", _("Ask a peer in another role")
    BACKUP = "backup", _("Ask the backup coordinator to call")


_FREE = _("Free {times}")


def free(labels: Sequence[str], say: Say = as_written) -> str:
    """When somebody is free, by the labels of the program's times: "Free evenings"."""
    return say(_FREE).format(times=", ".join(label[:1].lower() + label[1:] for label in labels))
