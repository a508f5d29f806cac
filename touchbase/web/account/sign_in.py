"""Signing in: a code by mail, then the app of whoever has one; or a passkey.

allauth does it; these say how it looks and what it tells.
"""

import json
from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from touchbase.accounts import mail, passkeys, sessions
from touchbase.web.account.forms import AddressForm, CodeForm
from touchbase.web.shared.access import entrance, staff_stepped_up
from touchbase.web.shared.entrance import Said, sentence, sign_in_address


class Ask(RequestLoginCodeView):  # type: ignore[misc]
    """Where to send a code. The next page is the same whether anybody has the address."""

    form_class = AddressForm
    template_name = "account/sign_in.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Send the code if somebody has the address."""
        mail.knock()
        answer: HttpResponse = super().form_valid(form)
        sessions.forget_address(self.request)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the reason for signing in, when there is one."""
        said = sentence(self.request.GET.get("said", ""))
        return {**super().get_context_data(**kwargs), "said": said}


class Code(ConfirmLoginCodeView):  # type: ignore[misc]
    """The code: three tries in 15 minutes, in the browser that asked for it."""

    form_class = CodeForm
    template_name = "account/code.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Try again, or start again after the third time."""
        answer: HttpResponse = super().form_invalid(form)
        if isinstance(answer, HttpResponseRedirect):
            return redirect(sign_in_address(back=self.get_next_url() or "", said=Said.TRIES))
        return answer


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The numbers of the authenticator app, after the code by mail."""

    template_name = "account/second_step.html"


class WithPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """A passkey instead of a code."""

    def form_invalid(self, _form: Form) -> HttpResponse:
        """Back to the start: why a passkey didn't do is not told."""
        return redirect(sign_in_address(said=Said.PASSKEY))


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """One more passkey."""

    template_name = "account/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the device is asked, as text for the button's data."""
        page = super().get_context_data(**kwargs)
        asked = page["js_data"]["creation_options"]
        return {**page, "options": json.dumps(asked, cls=DjangoJSONEncoder)}

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it, without a time."""
        said = form.cleaned_data
        passkeys.add(account=self.request.user.pk, name=said["name"], credential=said["credential"])
        return redirect("account:you")


ask = entrance(Ask.as_view())
code = entrance(Code.as_view())
second_step = entrance(SecondStep.as_view())
passkey = entrance(WithPasskey.as_view())
add_passkey = staff_stepped_up(AddPasskey.as_view())
