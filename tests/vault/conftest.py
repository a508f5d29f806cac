"""What several files of the vault's tests begin with."""

import pytest

from touchbase.vault import epochs, rotation


@pytest.fixture
def own_vault(settings, tmp_path):
    """Provider and root key of the test's own: files aren't rolled back like rows are."""
    settings.VAULT_DIR, settings.ROOT_KEY_FILE = tmp_path / "vault", tmp_path / "root/root.key"
    rotation.prepare()
    epochs._held.clear()
