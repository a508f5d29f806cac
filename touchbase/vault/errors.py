"""What the vault answers instead of opening something: a code and a sentence, never a value."""

from django.utils.translation import gettext as _

from touchbase.kernel import errors


class Gone(errors.NotFound):
    """There is no key: it was erased, or the vault lost it. Nothing will open this again.

    Whoever comes while it is being erased finds nothing there, as whoever comes a moment later.
    """

    code = "gone"

    def __init__(self) -> None:
        super().__init__(_("This was erased. There is nothing left to read."))


class Refused(errors.DomainError):
    """The grant doesn't cover it, or the sealed value isn't what was sealed there. Which one isn't said."""

    code = "vault-refused"

    def __init__(self) -> None:
        super().__init__(_("This can’t be opened from here. Please go back and try again."))


class Unavailable(errors.Unavailable):
    """The key store or the key provider can't be reached. Nothing was kept; trying later is safe."""

    code = "vault-unavailable"

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("We can’t reach the key store just now. Please try again in a minute."))


class Ended(errors.DomainError):
    """What travels with a page lives a quarter of an hour, and this isn't that any more."""

    code = "form-ended"

    def __init__(self) -> None:
        super().__init__(
            _("This page waited longer than 15 minutes, so what was on it is gone. Nothing was stored.")
        )


class TooManyReveals(errors.DomainError):
    """Somebody opened many names within an hour: ask whether they mean it, don't stop them (ruling B11)."""

    code = "too-many-reveals"

    def __init__(self) -> None:
        super().__init__(
            _("You have opened many names this hour. Please confirm that you need this one, too.")
        )


class AlreadyThere(errors.DomainError):
    """The handle has a key: the same press came twice."""

    code = "already-there"

    def __init__(self) -> None:
        super().__init__(_("We already have this. There is no need to send it again."))
