"""What is typed on the account pages. Each error says what to do."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = _("Enter your work email, like robin.vale@example.org.")
        codes = ("required", "invalid", "max_length", "null_characters_not_allowed")
        self.fields["email"].error_messages |= dict.fromkeys(codes, sentence)


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Enter the eight numbers of the newest message.")


class InvitationForm(forms.Form):
    """What colleagues call the person."""

    name = forms.CharField(
        max_length=80,
        error_messages={
            "required": _("Enter the name your colleagues know."),
            "max_length": _("Enter the name in 80 characters or fewer."),
        },
    )


class AwayForm(forms.Form):
    """The last day of being away, or nothing when back."""

    until = forms.DateField(
        required=False, error_messages={"invalid": _("Enter a day, like 2027-01-31, or leave it empty.")}
    )
