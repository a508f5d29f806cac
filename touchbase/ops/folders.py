"""The folders of an installation: data, vault and root key, apart from each other (ruling A7)."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

# Backup programs that know the convention leave a folder alone that holds this file (bford.info/cachedir).
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# The vault: never in a backup of this machine.\n"
DEMO_MARK = "this-is-a-demo"


@dataclass(frozen=True)
class Folders:
    """Where the three parts of an installation lie."""

    data: Path
    vault: Path
    root_key: Path

    def together(self) -> tuple[str, ...]:
        """The pairs that lie in one another, each named by its variables. Empty when all is apart."""
        parts = {
            "TOUCHBASE_DATA": self.data.resolve(),
            "TOUCHBASE_VAULT": self.vault.resolve(),
            "TOUCHBASE_ROOT_KEY": self.root_key.resolve(),
        }
        return tuple(
            f"{inner} is inside {outer}"
            for outer, folder in parts.items()
            for inner, part in parts.items()
            if inner != outer and part.is_relative_to(folder)
        )

    def open_to_others(self) -> tuple[Path, ...]:
        """What somebody else on this machine could read and mustn't."""
        secret = (self.vault, self.root_key)
        return tuple(path for path in secret if path.exists() and path.stat().st_mode & 0o077)

    def mixed_up(self, *, demo: bool) -> bool:
        """Whether invented people and real ones would share a folder (ruling C15)."""
        has_stores = (self.data / "touchbase.sqlite3").exists()
        return has_stores and (self.data / DEMO_MARK).exists() != demo

    def make(self, *, demo: bool) -> None:
        """Make what is missing, for this user's eyes alone."""
        for folder in (self.data, self.vault, self.root_key.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.vault / "CACHEDIR.TAG").write_text(_TAG)
        if demo:
            (self.data / DEMO_MARK).touch()


def here() -> Folders:
    """The folders of this installation."""
    return Folders(settings.DATA_DIR, settings.VAULT_DIR, settings.ROOT_KEY_FILE)
