"""Sessions kept by the hash of their cookie."""

from django.contrib.sessions.backends.signed_cookies import SessionStore as SessionStore  # replaced by the accounts work
