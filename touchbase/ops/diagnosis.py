"""What is well with an installation and what isn't. Never a person, never a count by program (ruling C19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.core import checks
from django.db import connections

from touchbase.ops import copies, hardening, heartbeat, mailing, preparing, window
from touchbase.ops.window import Doubt
from touchbase.programs.hours import holidays_of
from touchbase.programs.queries import all_programs
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart
from touchbase.vault import rotation

_DOUBTS = {
    Doubt.AWAY: "The key store doesn't answer.",
    Doubt.OVERDUE: "A key that should be gone is still there: run touchbase rotate.",
    Doubt.UNREADABLE: "A key can't be read.",
    Doubt.CLOCK: "The machine's clock jumped, so nothing is destroyed.",
    Doubt.PUT_BACK: "A store was put back and nobody has confirmed it.",
    Doubt.OLD_COPY: "A copy of the vault is older than a day.",
    Doubt.NOT_ATTESTED: "Nobody has said within a year that no backup of this machine holds the keys: "
    "see touchbase attest --help.",
}


class State(StrEnum):
    """How one thing is."""

    WELL = "well"
    LOOK = "look"  # works, and somebody should know
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: State
    says: str


def look(at: datetime) -> list[Finding]:
    """Everything, the ground first. What stands on missing ground isn't looked at."""
    ground = [*_checks(), *_stores()]
    if any(finding.state is State.WRONG and finding.what == "stores" for finding in ground):
        return ground
    return [*ground, *_vault(at), _sweep(at), _memory(), _secret_key(), _mail(), *_holidays(at)]


def _checks() -> Iterator[Finding]:
    found = [message for message in checks.run_checks(databases=list(connections)) if message.is_serious()]
    yield from (Finding("start", State.WRONG, f"{one.msg} {one.hint or ''}".strip()) for one in found)
    if not found:
        yield Finding("start", State.WELL, "Data, vault and root key are apart and closed to others.")


def _stores() -> Iterator[Finding]:
    for alias in connections:
        engine = connections[alias].display_name
        if preparing.waiting(alias):
            yield Finding(
                "stores", State.WRONG, f"{alias} on {engine} isn't prepared. Run: touchbase prepare"
            )
        else:
            yield Finding("stores", State.WELL, f"{alias} is on {engine} and up to date.")


def _vault(at: datetime) -> Iterator[Finding]:
    status = rotation.status(at=at)
    latest = f"{status.last_rotation:%Y-%m-%d at %H:%M} UTC" if status.last_rotation else "not yet"
    said = f"Tier {status.tier}, epoch {status.live_epoch}, {status.epochs} kept, last rotation {latest}."
    if not status.readable:
        said = f"{said} A key can't be read, so nor can what is sealed under it."
    begun = State.WELL if status.live_epoch else State.LOOK
    yield Finding("vault", begun if status.readable else State.WRONG, said)
    yield from _window(status, at)
    yield _together()
    yield _copies(at)
    jumped = "The machine's clock jumped: nothing is destroyed or expires. See touchbase rotate --help."
    believed = "The machine's clock can be believed."
    yield Finding("clock", *((State.WRONG, jumped) if status.frozen else (State.WELL, believed)))


def _window(status: rotation.Status, at: datetime) -> Iterator[Finding]:
    found = window.now(at)
    reach = f" Erased, and still within reach of a copy of the keys if one was kept: {status.within_reach}."
    if found.hours is None:
        said = " ".join(_DOUBTS[doubt] for doubt in found.doubts)
        serious = set(found.doubts) != {Doubt.NOT_ATTESTED}
        yield Finding(
            "window", State.WRONG if serious else State.LOOK, f"No hours are promised. {said}{reach}"
        )
    else:
        said = f"What is erased is unreadable within {found.hours} hours.{reach}"
        yield Finding("window", State.WELL, said)
    oldest = status.oldest_key_epoch
    if oldest is not None:
        yield Finding("keys", State.WELL, f"The oldest key of a referral is in epoch {oldest}.")


def _copies(at: datetime) -> Finding:
    if settings.VAULT_COPIES is None:
        said = "No copies of the vault are made: what is open is lost with this disk. See docs/operations.md."
        return Finding("copies", State.LOOK, said)
    kept = copies.vault_copies()
    if not kept:
        return Finding("copies", State.LOOK, "There is no copy of the vault yet. Run: touchbase backup vault")
    newest, oldest = kept[0], kept[-1]
    said = f"The vault's copies: {newest.made:%Y-%m-%d %H:%M}, the oldest {oldest.made:%Y-%m-%d %H:%M} UTC."
    if at - oldest.made > copies.LONGEST:
        return Finding("copies", State.WRONG, f"{said} One is older than a day: delete {oldest.folder}.")
    late = at - newest.made > 2 * copies.EVERY
    return Finding("copies", State.LOOK if late else State.WELL, f"{said}{' That is late.' if late else ''}")


def _together() -> Finding:
    apart = restoring.apart()
    if apart is Apart.TOGETHER:
        return Finding("together", State.WELL, "Database and vault go together.")
    said = f"Database and vault don't go together ({apart.value}): nothing is sent, closed or destroyed."
    return Finding("together", State.WRONG, f"{said} Run: touchbase reconcile")


def _sweep(at: datetime) -> Finding:
    latest = heartbeat.last()
    if heartbeat.is_alive(at):
        return Finding("sweep", State.WELL, "The sweep came round within two minutes.")
    when = "never" if latest is None else f"last on {latest:%Y-%m-%d at %H:%M} UTC"
    return Finding("sweep", State.LOOK, f"The sweep is silent ({when}). Is serve or sweep --forever running?")


def _memory() -> Finding:
    well, said = hardening.swap_finding()
    return Finding("memory", State.WELL if well else State.LOOK, said)


def _secret_key() -> Finding:
    if settings.HAS_SECRET_KEY:
        return Finding("sessions", State.WELL, "TOUCHBASE_SECRET_KEY is set.")
    said = "TOUCHBASE_SECRET_KEY isn't set: everybody signs in again after a restart."
    return Finding("sessions", State.LOOK, said)


def _mail() -> Finding:
    if settings.SMTP_ADDRESS and mailing.is_away():
        said = "The mail server doesn't answer. What waits is tried again; then supporters write themselves."
        return Finding("mail", State.WRONG, said)
    if settings.SMTP_ADDRESS:
        return Finding("mail", State.WELL, "A mail server is set.")
    said = "No mail server is set: supporters write from their own phone, and nobody gets a code by mail."
    return Finding("mail", State.LOOK, said)


def _holidays(at: datetime) -> Iterator[Finding]:
    year = at.year + 1
    missing = [program.slug for program in all_programs() if not holidays_of(program.policy, year)]
    if missing:
        said = f"No holidays of {year} are known for {', '.join(missing)}. List them in the policy."
        yield Finding("holidays", State.LOOK, said)
    else:
        yield Finding("holidays", State.WELL, f"The holidays of {year} are known for every program.")
