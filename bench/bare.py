"""The peers everything is measured against: bare Django views that commit once in each store.

Touchbase's settings and stores, none of its middleware, forms, sealing or templates.
"""

import os
import secrets
from functools import cache
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")

from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

_TABLE = "CREATE TABLE IF NOT EXISTS bare (id char(26) PRIMARY KEY, body bytea)"
_INSERT = "INSERT INTO bare (id, body) VALUES (%s, %s)"
_CAPSULE, _PURPOSES = 1024, ("identity", "contact", "wishes", "course")


def make_tables() -> None:
    """One table in each store, as small as a referral's key and as large as its capsules."""
    for alias in ("default", "vault"):
        with connections[alias].cursor() as cursor:
            cursor.execute(_TABLE)


def make_program() -> None:
    """What the rows of `same_rows` point at, in prepared stores."""
    from touchbase.accounts.actions import add_member
    from touchbase.accounts.roles import Role
    from touchbase.kernel import clock
    from touchbase.programs.models import Program
    from touchbase.vault import rotation

    rotation.rotate(at=clock.now())  # the first epoch
    program = Program.objects.create(slug="bare")
    add_member(program_id=program.id, role=Role.COORDINATOR, email="jo@example.org", name="Jo Marsh")


def two_commits(request: HttpRequest) -> HttpResponse:
    """Commit a key in the vault, then four kilobytes in the database: as little as can be made durable."""
    len(request.body)  # a form is read before anything is done with it
    for alias, size in (("vault", 64), ("default", 4096)):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(_INSERT, [secrets.token_hex(13), secrets.token_bytes(size)])
    return HttpResponse("ok")


def same_rows(request: HttpRequest) -> HttpResponse:
    """Make the same two commits as the self form: the same rows of the same sizes, by Django's models.

    What is in them is noise: nothing is read, checked, looked up, sealed or said.
    """
    from touchbase.kernel import clock
    from touchbase.kernel.ids import new_id
    from touchbase.notifications.models import Outgoing
    from touchbase.referrals.models import Capsule, Link, Referral
    from touchbase.vault.models import Key

    len(request.body)
    handle, at = new_id(), clock.now()
    member = _member()
    with transaction.atomic(using="vault"):
        Key.objects.create(
            handle=handle,
            program=member.program_id,
            epoch_id=1,
            wrapped=secrets.token_bytes(40),
            dup_tag=secrets.token_bytes(32),
            dup_src=secrets.token_bytes(60),
        )
    with transaction.atomic():
        Referral.objects.create(
            handle=handle,
            program_id=member.program_id,
            policy_version=1,
            state="received",
            held=False,
            next_at=at,
            next_kind="half",
            row_version=0,
        )
        Capsule.objects.bulk_create(Capsule(referral_id=handle, **sealed) for sealed in _noise())
        Link.objects.create(token_hash=secrets.token_hex(32), referral_id=handle, until=at.date())
        waits = {"program_id": member.program_id, "member_id": member.id, "template": "reminder"}
        Outgoing.objects.bulk_create([Outgoing(not_before=at, **waits)], ignore_conflicts=True)
    return HttpResponse("ok")


def _noise() -> list[dict[str, Any]]:
    """Four capsules with nothing in them."""
    return [
        {
            "purpose": purpose,
            "schema": 1,
            "alg": 1,
            "nonce": secrets.token_bytes(12),
            "blob": secrets.token_bytes(_CAPSULE),
        }
        for purpose in _PURPOSES
    ]


@cache
def _member() -> Any:
    """The coordinator who is told; read once."""
    from touchbase.accounts.models import Membership

    return Membership.objects.get()


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer at once: says that the server is up."""
    return HttpResponse("ok")


urlpatterns = [path("two-commits/", two_commits), path("same-rows/", same_rows), path("", nothing)]
application = get_wsgi_application()
