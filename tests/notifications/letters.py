"""What the messages of a program are made of, for somebody with a long name."""

from functools import cache
from pathlib import Path

from touchbase.notifications.catalogue import SHAPES, Reader, Template
from touchbase.programs.files import read
from touchbase.programs.policy import Policy

PROGRAMS = tuple(sorted(path.stem for path in Path("programs").glob("*.toml")))
SITE = "https://peers.hospital.example.org"
LINK = f"{SITE}/t/{'x9_Y' * 10}abc/"  # as long as a private link gets


@cache
def policy_at(slug: str) -> Policy:
    """The rules of an example program."""
    return read(Path("programs") / f"{slug}.toml")


def fields_for(template: Template, slug: str) -> dict[str, str]:
    """All that a caller hands over for this template's reader."""
    policy = policy_at(slug)
    if SHAPES[template].reader is Reader.STAFF:
        return {
            "staff_name": "Robin Vale",
            "program_name": policy.program.name,
            "link": f"{SITE}/{slug}/mine/",
        }
    if SHAPES[template].reader in {Reader.NOMINEE, Reader.INVITED}:
        return _joining(template, slug)
    if SHAPES[template].reader is Reader.SUBSCRIBER:
        return _news_fields(policy)
    urgent = policy.safety.urgent[0]
    return {
        "first_name": "Dr. Morgan Ellery-Whitcombe",
        "supporter_name": "Dr. Robin Vale-Hartmann",
        "supporter_first": "Robin",
        "supporter_role": "an emergency physician",
        "own_words": "",
        "program_name": policy.program.name,
        "org_name": policy.program.short_name,
        "time_offer": "on Thursday at 4 pm",
        "link": LINK,
        "program_link": f"{SITE}/{slug}/",
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "urgent_line": f"In danger now? {urgent.label}.",
        "resource_list": _list(policy, inside=True),
        "help_list": _list(policy, inside=False),
    }


def _news_fields(policy: Policy) -> dict[str, str]:
    """What a mail to the email list is made of."""
    return {
        "program_name": policy.program.name,
        "org_name": policy.program.organization,
        "news": "We are at grand rounds on May 20 and show how to reach us. Coffee is there from noon.",
        "program_link": f"{SITE}/{policy.slug}/",
        "coordinator_title": policy.coordinator.title,
        "coordinator_phone": policy.coordinator.phone,
        "urgent_line": f"In danger now? {policy.safety.urgent[0].label}.",
        "link": f"{SITE}/n/news/{'5a' * 13}/",
    }


def _list(policy: Policy, *, inside: bool) -> str:
    chosen = [each for each in policy.resources if (each.kind == "self-help") is inside]
    return "\n".join(f"- {each.title}. {each.where}" for each in chosen[:3])


def _joining(template: Template, slug: str) -> dict[str, str]:
    """The same for who may join."""
    policy = policy_at(slug)
    if SHAPES[template].reader is Reader.NOMINEE:
        return {
            "nominee_name": "Dr. Morgan Ellery-Whitcombe",
            "org_name": policy.program.short_name,
            "training_length": f"{policy.supporters.training_hours:g} hours",
            "coordinator_title": policy.coordinator.title,
            "coordinator_phone": policy.coordinator.phone,
            "link": f"{SITE}/n/{'5a' * 32}/",
        }
    return {
        "inviter_name": "Dr. Robin Vale-Hartmann",
        "program_name": policy.program.name,
        "role": "backup coordinator",
        "opens": "You would stand in when the coordinator is away, with the same board.",
        "until": "May 18",
        "coordinator_phone": policy.coordinator.phone,
        "link": f"{SITE}/account/invitation/{'5a' * 22}/",
    }
