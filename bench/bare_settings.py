"""Touchbase's settings with nothing between the server and the view."""

from touchbase.config.settings import *  # noqa: F403

# allauth refuses to start without its own; it does nothing on these addresses.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "bench.bare"
WSGI_APPLICATION = "bench.bare.application"
