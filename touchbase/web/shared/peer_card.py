"""A supporter's card as the directory shows it, and as they see it themself before it is shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs.languages import NAMES, name_of
from touchbase.programs.policy import Kind, Policy, Weekday
from touchbase.supporters.directory import Listed
from touchbase.web.shared.contact import reached_at, spelled


@dataclass(frozen=True, slots=True)
class Card:
    """What a page shows of one supporter. All of it is what they said themself."""

    listing: str
    name: str
    first_name: str
    initials: str
    about: str  # "Physician, Emergency. East Pier"
    own_words: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]  # besides the program's usual one
    when: str  # "Usually Mon, Wed. Mornings, evenings. Nights too."
    contact: str  # as it is read
    reach: str  # as an address that opens the phone or mail


def card_for(one: Listed, policy: Policy) -> Card:
    """The card of somebody on the list."""
    return Card(
        listing=one.listing,
        name=one.name,
        first_name=one.first_name,
        initials=one.initials,
        about=_about(one, policy),
        own_words=one.own_words,
        topics=tuple(policy.label_of("topic", key) for key in one.topics),
        languages=tuple(name_of(code) for code in one.languages if code != policy.program.languages[0]),
        when=_when(one, policy),
        contact=spelled(one.contact) if one.contact else "",
        reach=reached_at(one.contact) if one.contact else "",
    )


def languages(policy: Policy) -> tuple[tuple[str, str], ...]:
    """What a supporter may say they speak: the program's languages first, then the others by name."""
    ours = policy.program.languages
    others = sorted((code for code in NAMES if code not in ours), key=name_of)
    return tuple((code, name_of(code)) for code in (*ours, *others))


def weekdays() -> dict[str, str]:
    """The days of a week as they are read."""
    words = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return {day.value: label for day, label in zip(Weekday, words, strict=True)}


def _about(one: Listed, policy: Policy) -> str:
    kinds: tuple[tuple[Kind, str], ...] = (("profession", one.profession), ("department", one.department))
    does = ", ".join(policy.label_of(kind, key) for kind, key in kinds if key)
    return f"{does}. {policy.label_of('site', one.site)}" if one.site else does


def _when(one: Listed, policy: Policy) -> str:
    """Their own standing words; never whether they have time now (ruling C11)."""
    days, labels = weekdays(), [policy.label_of("time", key) for key in one.times]
    said = []
    if one.days:
        said.append(_("Usually %(days)s.") % {"days": ", ".join(days[day] for day in one.days)})
    if labels:
        said.append(f"{', '.join([labels[0], *(label.lower() for label in labels[1:])])}.")
    if one.nights:
        said.append(_("Nights too."))
    return " ".join(said)


def how_many(n: int) -> str:
    """What leads to the whole list."""
    return ngettext("See the one peer supporter", "See all %(n)s peer supporters", n) % {"n": n}
