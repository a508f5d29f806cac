"""Sessions kept by the hash of their cookie, and what signing in writes into one.

Django's own table would keep the cookie itself, so that a copy of the database signs in as anybody.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from touchbase.accounts.models import Account, StaffSession
from touchbase.kernel import clock

LONGEST = timedelta(hours=8)  # ruling C5
STEP_UP = timedelta(minutes=15)  # how long a sign-in counts as a fresh one (ruling B2)

SEEN = "seen"  # the last minute in which the browser asked for anything, since 1970
STEPPED_UP = "stepped_up"  # the minute of the sign-in, since 1970

_WAITING = "account_login"  # where allauth keeps a sign-in that waits for its code
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SessionStore(SessionBase):
    """Django's session, in `StaffSession`. A row ends at a fixed moment, however much it is used."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing when it ended or never was."""
        row = StaffSession.objects.filter(pk=_hash(self.session_key or ""), until__gt=clock.now()).first()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row.data))

    def exists(self, session_key: str) -> bool:
        """Whether a row is kept for this cookie."""
        return StaffSession.objects.filter(pk=_hash(session_key)).exists()

    def create(self) -> None:
        """A new row under a new cookie, with what the session holds now."""
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Keep the session. Raises `UpdateError` when it was ended in the meantime: it stays ended."""
        if self.session_key is None:
            self.create()
            return
        values = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        content = {"data": self.encode(values), "account_id": values.get(SESSION_KEY)}
        if must_create:
            self._insert(content)
        elif not StaffSession.objects.filter(pk=_hash(self.session_key)).update(**content):
            raise UpdateError

    def _insert(self, content: dict[str, Any]) -> None:
        until = clock.slot_down(clock.now() + LONGEST)
        try:
            with transaction.atomic():
                StaffSession.objects.create(pk=_hash(self.session_key or ""), until=until, **content)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this cookie, or this session."""
        StaffSession.objects.filter(pk=_hash(session_key or self.session_key or "")).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what ended. The sweep calls it; so does every sign-in."""
        StaffSession.objects.filter(until__lte=clock.now()).delete()


def sign_in(request: HttpRequest, account: Account) -> None:
    """Make this browser `account`'s, who has just shown who they are. The session gets a new cookie."""
    login(request, account, backend=_BACKEND)
    stamp(request, at=clock.now())
    SessionStore.clear_expired()


def stamp(request: HttpRequest, *, at: datetime) -> None:
    """Note that the person signed in at `at`, to the minute: for the idle lock and for step-up."""
    request.session[SEEN] = request.session[STEPPED_UP] = minute(at)


def forget_address(request: HttpRequest) -> None:
    """Take the typed address out of a sign-in that waits for its code: it may be anybody's.

    Whom the code is for stays, by the key of the account; so the code can't be sent a second time.
    """
    waiting = request.session[_WAITING]
    waiting["email"] = None
    waiting["state"]["stages"]["login_by_code"]["data"].pop("email", None)
    request.session[_WAITING] = waiting


def minute(moment: datetime) -> int:
    """Whole minutes since 1970: as fine as a session's own marks get."""
    return int(moment.timestamp()) // 60


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the sign-in is recent enough for what needs a fresh one."""
    since = request.session.get(STEPPED_UP)
    return since is not None and 0 <= minute(at) - since < STEP_UP.total_seconds() // 60


def _hash(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()
