"""The folders of an installation: data, vault and root key apart; invented people and real ones, too."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

DEMO_MARK = "this-is-a-demo"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the three parts of an installation lie."""

    data: Path
    vault: Path
    root_key: Path
    copies: Path | None = None  # of the vault, where there are any

    def together(self) -> tuple[str, ...]:
        """Which lies in which, each named by its variable. Empty when all is apart."""
        parts = {
            "TOUCHBASE_DATA": self.data.resolve(),
            "TOUCHBASE_VAULT": self.vault.resolve(),
            "TOUCHBASE_ROOT_KEY": self.root_key.resolve(),
        }
        if self.copies is not None:
            parts["TOUCHBASE_VAULT_COPIES"] = self.copies.resolve()
        return tuple(
            f"{inner} is inside {outer}"
            for outer, folder in parts.items()
            for inner, part in parts.items()
            if inner != outer and part.is_relative_to(folder)
        )

    def open_to_others(self) -> tuple[Path, ...]:
        """What another user of this machine could read and mustn't. Into its folder the vault looks."""
        secret = (self.vault, self.root_key)
        return tuple(path for path in secret if path.exists() and path.stat().st_mode & 0o077)

    def are_of_other_mode(self, *, demo: bool) -> bool:
        """Whether the data was made in the other mode: invented people and real ones would meet (C15)."""
        return (self.data / "touchbase.sqlite3").exists() and (self.data / DEMO_MARK).exists() != demo

    def make(self, *, demo: bool) -> None:
        """Make the data folder, for this user's eyes alone; a demo's is marked. The vault makes its own."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if demo:
            (self.data / DEMO_MARK).touch()


def here() -> Folders:
    """The folders of this installation."""
    return Folders(settings.DATA_DIR, settings.VAULT_DIR, settings.ROOT_KEY_FILE, settings.VAULT_COPIES)
