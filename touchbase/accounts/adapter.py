"""How allauth's sign-in is Touchbase's: which steps it has, what it says, and that it keeps no times."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from touchbase.accounts import authenticator, mail, passkeys, sessions
from touchbase.accounts.models import Account
from touchbase.kernel import clock
from touchbase.vault import lasting


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A code by mail, and then the authenticator app of whoever has one; a passkey is a way in of its own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Enter the eight numbers of the newest message."),
        "too_many_login_attempts": _("That was asked for often. Wait a few minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """The code by mail, then the app."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def send_mail(self, _template: str, email: str, context: dict[str, Any]) -> None:
        """Send the code. allauth sends nothing else here: no notices, and nothing to unknown addresses."""
        mail.send_code(email, context["code"])

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin the session, with the marks that the idle lock and step-up go by."""
        super().login(request, user)
        sessions.stamp(request, at=clock.now())
        sessions.SessionStore.clear_expired()

    def respond_user_inactive(self, _request: HttpRequest, _user: Account) -> HttpResponse:
        """Somebody who left is told no more than a stranger with a passkey nobody knows."""
        return redirect(f"{reverse('account_login')}?said=passkey")

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """No notices are kept in the session: pages say what holds (ruling C6)."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose rate is counted, in memory alone. Behind a socket nobody's address is known."""
        return request.META.get("REMOTE_ADDR") or "unknown"


class WaysInAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and authenticator apps: what they say on the person's own device, and how a seed is kept."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Those numbers don't match. Enter the six that the app shows now."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This site, by the host it was opened at."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Touchbase"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """The person: to the site a random key, to themself their name and address."""
        return {"id": user.pk.encode(), "display_name": user.name, "name": user.email}

    def generate_authenticator_name(self, user: Account, _type: object) -> str:
        """What a passkey is called whose owner gave it no name."""
        return gettext("Passkey %(n)s") % {"n": len(passkeys.passkeys_of(user.pk)) + 1}

    def is_mfa_enabled(self, user: Account, types: object = None) -> bool:  # noqa: ARG002
        """Whether the code by mail isn't enough. A passkey is a way in of its own, not a second step."""
        return authenticator.has_authenticator(user.pk)

    def get_totp_issuer(self) -> str:
        """What the app calls this place."""
        return "Touchbase"

    def encrypt(self, text: str) -> str:
        """A seed as its row keeps it: no copy of the database signs in with it."""
        return lasting.seal(use=lasting.Use.AUTHENTICATOR, text=text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again. Raises `Unavailable` without the installation's key."""
        return lasting.open_(use=lasting.Use.AUTHENTICATOR, sealed=encrypted_text)
