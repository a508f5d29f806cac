"""Where each key of a policy file stands on the settings page, and what it is called there.

A test holds this list against the models: a key that is added to the file has to be named here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the settings page: the keys of the file in its order, each with what people call it."""

    name: str
    title: str
    keys: Mapping[str, str]


def groups() -> tuple[Group, ...]:
    """All parts, in the order of the page."""
    return (
        Group("program", _("The program"), _program() | _desks()),
        Group("who", _("Who it is for"), _who()),
        Group("ways", _("Ways in, and how people are reached"), _ways()),
        Group("matching", _("Matching, peers and roster"), _matching() | _peers() | _roster()),
        Group("clocks", _("Clocks and holidays"), _clocks()),
        Group("privacy", _("Who knows what, and how long anything is kept"), _privacy()),
        Group("wording", _("The program's own words"), _wording()),
        Group("law", _("Safety and the law"), _law()),
        Group("brand", _("Color"), _brand()),
        Group("mail", _("Mail"), _mail()),
    )


def _program() -> dict[str, str]:
    return {
        "slug": _("Its part of the address"),
        "program.name": _("Name"),
        "program.organization": _("Run by"),
        "program.short_name": _("In a text message"),
        "program.sponsor": _("Sponsored by"),
        "program.state_name": _("State whose law holds"),
        "program.country": _("Country"),
        "program.region": _("Region with holidays of its own"),
        "program.time_zone": _("Time zone"),
        "program.languages": _("Languages"),
    }


def _desks() -> dict[str, str]:
    return {
        "coordinator.title": _("Coordinator, called"),
        "coordinator.phone": _("Coordinator's phone"),
        "coordinator.email": _("Coordinator's mail"),
        "coordinator.hours": _("Coordinator's hours"),
        "backup.title": _("Backup, called"),
        "backup.phone": _("Backup's phone"),
        "backup.email": _("Backup's mail"),
        "backup.hours": _("Backup's hours"),
    }


def _who() -> dict[str, str]:
    return {
        "eligibility.professions": _("Professions"),
        "eligibility.required": _("A form asks for the profession first"),
        "eligibility.stages": _("Stages"),
        "eligibility.departments": _("Departments"),
        "eligibility.sites": _("Sites"),
        "eligibility.otherwise": _("Where anybody else turns"),
    }


def _ways() -> dict[str, str]:
    return {
        "sources.self_": _("People ask for themselves"),
        "sources.colleague": _("People ask for a colleague"),
        "sources.team": _("Everyone who was there is asked for"),
        "sources.directory": _("People choose a peer from a list"),
        "contact.channels": _("Ways to be reached, the usual one first"),
        "contact.times": _("Times to pick"),
        "contact.modes": _("Ways to talk"),
        "contact.minutes": _("How long a talk was, to tick"),
    }


def _matching() -> dict[str, str]:
    return {
        "matching.match_by": _("Who chooses the peer"),
        "matching.clock_share": _("When the clock asks, of the time there is"),
        "matching.own_department": _("A peer of the same department"),
        "matching.prefer": _("What makes a match better"),
    }


def _peers() -> dict[str, str]:
    return {
        "supporters.described": _("Who the peers are"),
        "supporters.training_hours": _("Training before the first talk"),
        "supporters.refresher_months": _("Training is refreshed after"),
        "supporters.meeting": _("Peers meet"),
        "supporters.topics": _("What peers may offer to talk about"),
    }


def _roster() -> dict[str, str]:
    return {
        "roster.kept": _("Roster of who is first to call"),
        "roster.second": _("A second to call beside the first"),
        "roster.ahead_weeks": _("Roster is made ahead for"),
        "roster.warn_days": _("You're told of a gap ahead by"),
        "roster.most_a_year": _("Turns one peer takes in a year at most"),
        "roster.apart_days": _("Free days between two turns"),
    }


def _clocks() -> dict[str, str]:
    return {
        "clock.match_within_hours": _("A peer says yes within"),
        "clock.weekend_match_within_hours": _("The same on weekends and holidays"),
        "clock.weekend": _("Weekend"),
        "clock.hours": _("Waking hours"),
        "clock.ask_expires_after_hours": _("A peer has, to say yes or pass"),
        "clock.touch_within_hours": _("A peer writes after a yes within"),
        "clock.second_touch_after_days": _("The second and last note goes out after"),
        "clock.second_touch_until_days": _("And no later than after"),
        "clock.answer_wait_days": _("After the last note we wait for"),
        "clock.check_in_within_days": _("A check-in can be agreed ahead for"),
        "clock.holidays": _("The program's own days off"),
        "clock.not_holidays": _("Public holidays on which it works"),
    }


def _privacy() -> dict[str, str]:
    return {
        "confidence.who_knows": _("Who may know of a talk"),
        "confidence.coordinator_sees": _("How long the coordinator sees where it is"),
        "clock.rest_days": _("After \u201cnot now\u201d it is kept for"),
        "clock.idle_days": _("It closes when nothing happens for"),
        "clock.longest_days": _("It closes in any event after"),
        "legal.erase_paused": _("Why nothing is erased now"),
        "reporting.floor": _("No number is shown of fewer people than"),
    }


def _wording() -> dict[str, str]:
    return {
        "words.headline": _("First line of the page"),
        "words.introduction": _("Under it"),
        "words.for_whom": _("For whom"),
        "words.afterwards": _("Afterwards"),
        "words.about": _("How it is set up"),
        "resources": _("Help besides a peer"),
        "translations": _("In other languages"),
    }


def _law() -> dict[str, str]:
    return {
        "safety.urgent": _("Numbers for somebody in danger"),
        "safety.exceptions": _("A peer will get help if"),
        "safety.reporting": _("The law may want to know of"),
        "legal.court": _("How the law treats these talks"),
        "legal.citation": _("The law that protects them"),
        "legal.approved_by": _("Approved by"),
        "legal.approved_on": _("Approved on"),
        "legal.contact": _("Legal questions go to"),
        "legal.phone": _("Their phone"),
        "legal.advice": _("Said when a lawsuit is likely"),
        "legal.remark": _("One more fact under the statement"),
        "confidence.licensing_confirmed": _("Confirmed as not reportable on licensing forms"),
    }


def _brand() -> dict[str, str]:
    return {
        "program.brand_color": _("The program's color"),
        "program.neutral_site": _("Where \u201cLeave quickly\u201d goes"),
    }


def _mail() -> dict[str, str]:
    return {
        "confidence.send_by": _("Who sends the note"),
        "news.mailed": _("News go to an email list"),
    }
