"""Passkeys, kept without any time: neither when one was made nor when it was last used (ruling C5)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.utils.translation import gettext as _

from touchbase.kernel.errors import DomainError, NotFound

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the library's column can't be empty
MOST = 10


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it."""

    id: int
    name: str


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc]
    """The library's form, without its note of when the passkey was used."""

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        authenticator = super().clean_credential()
        authenticator.record_usage = lambda: None
        return authenticator


def passkeys_of(account: str) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    rows = Authenticator.objects.filter(user_id=account, type=Authenticator.Type.WEBAUTHN)
    return [Passkey(row.pk, row.data["name"]) for row in rows.order_by("pk")]


def add(*, account: str, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey whose ceremony the library has checked. `name` is the owner's own word for it."""
    if len(passkeys_of(account)) >= MOST:
        raise DomainError(_("You have ten passkeys. Remove one you don't use, then add this one."))
    Authenticator.objects.create(
        user_id=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name[:40], "credential": credential},
        created_at=NO_TIME,
    )


def remove(*, account: str, passkey: int) -> None:
    """Forget one passkey. Raises `NotFound` when it isn't theirs."""
    mine = Authenticator.objects.filter(pk=passkey, user_id=account, type=Authenticator.Type.WEBAUTHN)
    if not mine.delete()[0]:
        raise NotFound(_("This passkey isn't there any more."))
