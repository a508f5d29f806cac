"""Putting documents into the library: a title, a kind and a link. Files stay where they are."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from touchbase.audit import log
from touchbase.collaborative.gatherings import Shelved
from touchbase.collaborative.library import gone
from touchbase.collaborative.models import Document
from touchbase.collaborative.queries import Together, today_of


@transaction.atomic
def add(*, together: Together, shelved: Shelved, by: str, at: datetime) -> str:
    """Put a document into the library as its first version; return its key."""
    row = Document.objects.create(collaborative_id=together.id, title=shelved.title, kind=shelved.kind)
    today = today_of(together, at)
    row.versions.create(number=1, address=shelved.address, checked_day=today)
    log.record(program=together.home, actor=by, verb="change library", day=today)
    return row.id


@transaction.atomic
def renew(*, document: str, together: Together, address: str, by: str, at: datetime) -> None:
    """Put a new version in the place of the newest; the older ones stay below it. Raises `NotFound`."""
    row, today = _locked(document, together), today_of(together, at)
    last = row.versions.aggregate(n=Max("number"))["n"]
    row.versions.create(number=last + 1, address=address, checked_day=today)
    log.record(program=together.home, actor=by, verb="change library", day=today)


@transaction.atomic
def check(*, document: str, together: Together, at: datetime) -> None:
    """Note that the newest version was opened today and is still right. Raises `NotFound`."""
    row = _locked(document, together)
    newest = row.versions.order_by("-number")[:1].values("pk")
    row.versions.filter(pk__in=newest).update(checked_day=today_of(together, at))


@transaction.atomic
def remove(*, document: str, together: Together, by: str, at: datetime) -> None:
    """Take a document out with all its versions. Raises `NotFound`."""
    _locked(document, together).delete()
    log.record(program=together.home, actor=by, verb="change library", day=today_of(together, at))


def _locked(document: str, together: Together) -> Document:
    row = Document.objects.select_for_update().filter(pk=document, collaborative=together.id).first()
    if row is None:
        raise gone()
    return row
