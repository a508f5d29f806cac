"""How allauth's sign-in is Touchbase's: which steps it has, what it says, and that it keeps no times."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from touchbase.accounts import mail, sessions
from touchbase.accounts.models import Account
from touchbase.kernel import clock


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A code by mail is the whole sign-in; a passkey is another way in, not a second lock."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Enter the eight numbers of the newest message."),
        "too_many_login_attempts": _("That was asked for often. Wait a few minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """The code alone."""
        return ["allauth.account.stages.LoginByCodeStage"]

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
