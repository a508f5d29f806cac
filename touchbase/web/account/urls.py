"""The pages of a person's own account."""

from django.urls import path

from touchbase.web.account import views

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("you/", views.you, name="you"),
    path("away/", views.away, name="away"),
    path("language/", views.language, name="language"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("lock/", views.lock, name="lock"),
    path("passkeys/<int:passkey>/remove/", views.remove_passkey, name="remove_passkey"),
    path("authenticator/", views.authenticator_app, name="authenticator"),
    path("authenticator/remove/", views.remove_authenticator, name="remove_authenticator"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
