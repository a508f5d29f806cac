"""The addresses of allauth that Touchbase opens, under the names allauth looks for. No others exist."""

from django.urls import path

from touchbase.web.account import sign_in

urlpatterns = [
    path("sign-in/", sign_in.ask, name="account_login"),
    path("sign-in/", sign_in.ask, name="account_request_login_code"),
    path("code/", sign_in.code, name="account_confirm_login_code"),
    path("second-step/", sign_in.second_step, name="mfa_authenticate"),
    path("passkeys/sign-in/", sign_in.passkey, name="mfa_login_webauthn"),
    path("passkeys/add/", sign_in.add_passkey, name="mfa_add_webauthn"),
]
