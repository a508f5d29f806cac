"""A second step at the sign-in: six numbers from an authenticator app, after the code by mail.

Its seed is sealed under the installation's key, and no time of its use is kept (ruling C5). A passkey needs
no second step: it is one already.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from touchbase.accounts.models import Account
from touchbase.accounts.passkeys import NO_TIME
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.vault import passing


@dataclass(frozen=True, slots=True)
class Begun:
    """A seed that isn't kept yet. The page shows it as a picture and as letters, and carries it sealed."""

    letters: str
    drawing: SafeString  # SVG of the QR code
    sealed: str


class SecondStep(AuthenticateForm):  # type: ignore[misc]
    """The library's form, without its note of when the app was used."""

    def clean_code(self) -> str:
        """The six numbers."""
        code = super().clean_code()
        self.authenticator.record_usage = lambda: None
        return str(code)


def has_authenticator(account: str) -> bool:
    """Whether the code by mail alone doesn't sign this person in."""
    return _of(account).exists()


def begin(account: Account, *, at: datetime) -> Begun:
    """A new seed for an app, for a quarter of an hour. It is kept once the app shows its numbers."""
    return _shown(account, generate_totp_secret(), at)


def again(account: Account, *, sealed: str, at: datetime) -> Begun:
    """The same seed once more, after numbers that didn't match. Raises `Ended` when its time is over."""
    return _shown(account, _opened(account, sealed, at), at)


def keep(*, account: Account, sealed: str, code: str, at: datetime) -> None:
    """Ask for the app from now on. Raises `DomainError` when the numbers aren't the app's, `Ended`."""
    seed = _opened(account, sealed, at)
    if not validate_totp_code(seed, code):
        raise DomainError(_("Those numbers don't match. Enter the six that the app shows now."))
    _of(account.pk).delete()
    Authenticator.objects.create(
        user_id=account.pk,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(seed)},
        created_at=NO_TIME,
    )


def remove(*, account: str) -> None:
    """Go back to the code by mail alone. Raises `NotFound` when there is no app."""
    if not _of(account).delete()[0]:
        raise NotFound(_("There is no authenticator app any more."))


def _of(account: str) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(
        user_id=account, type=Authenticator.Type.TOTP
    )
    return rows


def _shown(account: Account, seed: str, at: datetime) -> Begun:
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(account, seed)).partition("?>")[2].strip()
    letters = " ".join(seed[place : place + 4] for place in range(0, len(seed), 4))
    # The library draws squares from the address: nothing anybody typed stands in it as text.
    return Begun(letters, SafeString(drawing), passing.seal(program=account.pk, data=seed.encode(), at=at))


def _opened(account: Account, sealed: str, at: datetime) -> str:
    return passing.open_(program=account.pk, text=sealed, at=at).decode()
