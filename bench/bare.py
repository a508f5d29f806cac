"""The peer everything is measured against: a bare Django view that commits once in each store.

Touchbase's settings and stores, none of its middleware, forms, sealing or templates.
"""

import os
import secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")

from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

_TABLE = "CREATE TABLE IF NOT EXISTS bare (id char(26) PRIMARY KEY, body bytea)"
_INSERT = "INSERT INTO bare (id, body) VALUES (%s, %s)"


def make_tables() -> None:
    """One table in each store, as small as a referral's key and as large as its capsules."""
    for alias in ("default", "vault"):
        with connections[alias].cursor() as cursor:
            cursor.execute(_TABLE)


def two_commits(request: HttpRequest) -> HttpResponse:
    """Commit a key in the vault, then four kilobytes in the database: what a self form makes durable."""
    len(request.body)  # a form is read before anything is done with it
    for alias, size in (("vault", 64), ("default", 4096)):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(_INSERT, [secrets.token_hex(13), secrets.token_bytes(size)])
    return HttpResponse("ok")


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer at once: says that the server is up."""
    return HttpResponse("ok")


urlpatterns = [path("two-commits/", two_commits), path("", nothing)]
application = get_wsgi_application()
