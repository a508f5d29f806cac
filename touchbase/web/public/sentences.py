"""What a program's pages say, each sentence made from its policy."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from touchbase.programs import statements
from touchbase.programs.policy import Policy, Resource
from touchbase.programs.queries import CurrentProgram
from touchbase.web.shared.days import dated
from touchbase.web.shared.helping import tier_words


@dataclass(frozen=True, slots=True)
class Question:
    """A fair question and its answer, a paragraph each."""

    asked: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in, as the form's card names it."""

    label: str
    address: str
    current: bool


def takes_requests(here: CurrentProgram, source: str = "self") -> bool:
    """Whether a form is open: the program is, and takes people who come in this way."""
    return here.state == "open" and here.policy.offers(source)


def ways_in(here: CurrentProgram, current: str) -> tuple[WayIn, ...]:
    """For whom one may ask: the ways in that the policy opens. A single way is none."""
    words = {
        "self": ("public:talk", _("For me")),
        "colleague": ("public:refer", _("A colleague")),
        "team": ("public:event", _("A team")),
    }
    found = [
        WayIn(label, reverse(name, args=[here.slug]), source == current)
        for source, (name, label) in words.items()
        if takes_requests(here, source)
    ]
    return tuple(found) if len(found) > 1 or any(not way.current for way in found) else ()


def first_questions(policy: Policy) -> tuple[Question, ...]:
    """The four that decide whether somebody asks."""
    court = [statements.court_statement(policy, window_hours=None), statements.approval_line(policy)]
    return (
        Question(_("Is this on my record?"), (statements.record_sentence(policy),)),
        Question(_("Could a lawyer ask to see it?"), _said(*court)),
        Question(
            _("Is it therapy?"),
            _said(
                _("No. It is a talk with a peer. If you would like a counselor, we can help you reach one.")
            ),
        ),
        Question(
            _("What if it was me who made a mistake?"),
            _said(_("Then you are exactly who this is for. Your peer is here for you, not for the review.")),
        ),
    )


def all_questions(policy: Policy) -> tuple[Question, ...]:
    """The four, and what else people ask."""
    words, more = policy.words, policy.supporters
    training = _("They train for {hours} hours before they begin.").format(hours=f"{more.training_hours:g}")
    return (
        *first_questions(policy),
        Question(
            _("What if a lawyer or an investigation is involved?"),
            _said(
                _("You can still talk with us. Keep it to how you are, not what happened."),
                policy.legal.advice or "",
            ),
        ),
        Question(_("When can't a peer keep it to themself?"), _said(*exceptions(policy))),
        Question(_("Who is it for?"), _said(words.for_whom, policy.eligibility.otherwise)),
        Question(_("Who are the peers?"), _said(more.described or "", training)),
        Question(
            _("Can I stop?"),
            _said(
                _("Yes. You can say not now at any time, and nobody asks why."),
                _("You can also have everything that names you erased, at once, with one press."),
            ),
        ),
        Question(_("How is the program set up?"), _said(*words.about)),
    )


def exceptions(policy: Policy) -> tuple[str, ...]:
    """What a peer can't keep to themself, and what the law may want to know."""
    return _said(statements.exceptions_sentence(policy), statements.reporting_sentence(policy))


@dataclass(frozen=True, slots=True)
class Help:
    """One line of the list of help. `site` and `reviewed` are in words, empty where nothing is said."""

    resource: Resource
    site: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One kind of help and what there is of it."""

    heading: str
    lines: tuple[Help, ...]


def tiers(policy: Policy) -> tuple[Tier, ...]:
    """A program's help besides a peer; a kind it has nothing of isn't named."""
    found = [
        Tier(heading, tuple(_help(one, policy) for one in policy.resources if one.kind is kind))
        for kind, heading in tier_words().items()
    ]
    return tuple(tier for tier in found if tier.lines)


def _help(one: Resource, policy: Policy) -> Help:
    day = one.reviewed_on
    reviewed = dated(day) if day else ""
    return Help(one, policy.label_of("site", one.site) if one.site else "", reviewed)


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)
