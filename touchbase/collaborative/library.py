"""Reading a collaborative's library: each document with its newest version and the older ones below it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from touchbase.collaborative.gatherings import Shelf
from touchbase.collaborative.models import Document, Version
from touchbase.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a document. `checked`: the day faculty last saw that it is right."""

    number: int
    address: str
    checked: date


@dataclass(frozen=True, slots=True)
class Held:
    """A document as pages show it: its versions, the newest first. There is one at least."""

    id: str
    title: str
    kind: Shelf
    editions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition:
        """The version that holds."""
        return self.editions[0]


def documents(together_id: str) -> list[Held]:
    """The documents of a collaborative, those checked last first; two queries."""
    rows = Document.objects.filter(collaborative=together_id).order_by("title", "id")
    found = [_held(row) for row in _with_versions(rows)]
    return sorted(found, key=lambda one: one.newest.checked, reverse=True)


def document(document_id: str, together_id: str) -> Held:
    """One document. Raises `NotFound`."""
    row = _with_versions(Document.objects.filter(pk=document_id, collaborative=together_id)).first()
    if row is None:
        raise gone()
    return _held(row)


def gone() -> NotFound:
    """What is said of a document that isn't there any more."""
    return NotFound(_("This document isn't there any more."))


def _with_versions(rows: QuerySet[Document]) -> QuerySet[Document]:
    newest_first = Version.objects.order_by("-number")
    return rows.prefetch_related(Prefetch("versions", queryset=newest_first))


def _held(row: Document) -> Held:
    editions = tuple(Edition(one.number, one.address, one.checked_day) for one in row.versions.all())
    return Held(row.id, row.title, Shelf(row.kind), editions)
