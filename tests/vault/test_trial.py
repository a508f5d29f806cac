"""A copy of the key store is tried before it counts: what opens of it, and what is lost."""

import shutil

import pytest

from tests.vault.scene import AT, DAY, HARBOR, VALLEY, arrivals
from touchbase.kernel.ids import new_id
from touchbase.vault import generations, rotation, trial
from touchbase.vault.models import Epoch, Key
from touchbase.vault.trial import Tried

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def copy(own_vault, settings, tmp_path):
    """A vault with three people, all carried over to its second epoch; and the folder of a copy of it."""
    arrivals(3)
    rotation.rotate(at=AT + DAY)
    folder = tmp_path / "copy"
    shutil.copytree(settings.VAULT_DIR, folder)
    return folder


@pytest.fixture
def held():
    """What the copy says that it holds: rows of epochs and of keys, and a canary."""
    return {
        "epochs": list(Epoch.objects.order_by("n").values_list("n", "provider_ref", "wrapped_ek")),
        "rows": list(Key.objects.values_list("handle", "program", "epoch_id", "wrapped")),
        "canary": generations.seal_canary(at=AT + DAY),
    }


def flipped(sealed: bytes) -> bytes:
    """The same but for one bit."""
    return bytes(sealed[:-1]) + bytes([sealed[-1] ^ 1])


def test_a_whole_copy_would_do(copy, held):
    found = trial.try_copy(folder=copy, **held)
    assert found == Tried(epochs=2, broken=0, keys=3, lost=0, sang=True)
    assert found.ok


@pytest.mark.parametrize(
    ("missing", "opens"),
    [
        ("epoch-1.key", Tried(epochs=1, broken=1, keys=3, lost=0, sang=True)),
        ("epoch-2.key", Tried(epochs=1, broken=1, keys=0, lost=3, sang=False)),
    ],
)
def test_a_copy_without_the_file_of_an_epoch_would_not_do(copy, held, missing, opens):
    (copy / "provider" / missing).unlink()
    found = trial.try_copy(folder=copy, **held)
    assert found == opens
    assert not found.ok


@pytest.mark.parametrize("gone", ["folder", "root"])
def test_a_copy_without_files_or_root_key_opens_nothing(copy, held, settings, gone):
    shutil.rmtree(copy) if gone == "folder" else settings.ROOT_KEY_FILE.unlink()
    found = trial.try_copy(folder=copy, **held)
    assert found == Tried(epochs=0, broken=2, keys=0, lost=3, sang=False)
    assert not found.ok


def test_keys_under_another_name_program_or_epoch_are_lost(copy, held):
    (handle, program, epoch, wrapped), second, third = held["rows"]
    assert program == HARBOR
    for row in (
        (new_id(), program, epoch, wrapped),
        (handle, VALLEY, epoch, wrapped),
        (handle, program, 1, wrapped),
        (handle, program, 7, wrapped),
        (handle, program, epoch, flipped(wrapped)),
    ):
        found = trial.try_copy(folder=copy, **held | {"rows": [row, second, third]})
        assert (found.keys, found.lost, found.sang, found.ok) == (2, 1, True, False)


def test_a_canary_that_is_another_text_or_of_another_epoch_is_silent(copy, held):
    epoch, sealed = held["canary"]
    for canary in ((1, sealed), (7, sealed), (epoch, flipped(sealed)), (epoch, b"0" * len(sealed))):
        found = trial.try_copy(folder=copy, **held | {"canary": canary})
        assert (found.sang, found.ok, found.lost) == (False, False, 0)
