"""Keys as files: made once, sealed by the root key, and gone for good when they are destroyed."""

import fcntl
import os
import signal
import stat

import pytest

from tests.vault.processes import child
from touchbase.vault.errors import Unavailable
from touchbase.vault.providers.file import CACHE_TAG, FOLDER, FileProvider, may_be, prepare, write_durably
from touchbase.vault.providers.protocol import KeyGone, KeyProvider, KeyState
from touchbase.vault.secret import random_key


@pytest.fixture
def vault(tmp_path):
    prepare(vault=tmp_path / "vault", root_file=tmp_path / "root/root.key")
    return tmp_path


@pytest.fixture
def provider(vault) -> KeyProvider:
    return FileProvider(vault / "vault" / FOLDER, vault / "root/root.key")


def files(vault) -> list[str]:
    return sorted(path.name for path in (vault / "vault" / FOLDER).iterdir())


def test_a_first_installation_gets_folders_a_tag_and_a_root_key(vault):
    assert (vault / "vault/CACHEDIR.TAG").read_text() == CACHE_TAG
    assert CACHE_TAG.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    modes = {
        str(path.relative_to(vault)): stat.S_IMODE(path.stat().st_mode)
        for path in sorted(vault.rglob("*"))
        if path.name != "CACHEDIR.TAG"
    }
    assert modes == {"root": 0o700, "root/root.key": 0o600, "vault": 0o700, "vault/provider": 0o700}


def test_a_key_file_is_known_by_its_look_whatever_its_name(vault, provider):
    provider.create(1)
    raw = (vault / "vault" / FOLDER / "epoch-1.key").read_bytes()
    assert may_be(raw)
    assert not any(map(may_be, (b"", raw[:-1], raw + b"0", b"\x02" + raw[1:], b"\x01", raw[1:] + b"0")))


def test_a_root_key_that_is_a_folder_is_unavailable(vault, provider):
    root = vault / "root/root.key"
    root.unlink()
    root.mkdir()
    with pytest.raises(Unavailable):
        provider.create(1)


def test_what_is_there_stays(vault):
    before = (vault / "root/root.key").read_bytes()
    prepare(vault=vault / "vault", root_file=vault / "root/root.key")
    assert (vault / "root/root.key").read_bytes() == before


def test_a_root_key_that_is_lost_is_not_replaced_while_keys_depend_on_it(vault, provider):
    provider.create(1)
    (vault / "root/root.key").unlink()
    with pytest.raises(Unavailable, match="root key is missing"):
        prepare(vault=vault / "vault", root_file=vault / "root/root.key")
    assert not (vault / "root/root.key").exists()


def test_two_installations_at_once_agree_on_one_root_key(vault, monkeypatch):
    """The second comes to its turn when the first has written."""
    root = vault / "root/root.key"
    root.unlink()
    from touchbase.vault.providers import file

    alone = file._alone_in

    def late(folder):
        write_durably(root, b"00" * 32)
        return alone(folder)

    monkeypatch.setattr(file, "_alone_in", late)
    prepare(vault=vault / "vault", root_file=root)
    assert root.read_bytes() == b"00" * 32


def test_a_key_wraps_and_unwraps(vault, provider):
    ref, key = provider.create(3), random_key()
    wrapped = provider.wrap(ref, key)
    assert (ref, files(vault)) == ("epoch-3", ["epoch-3.key"])
    assert (len(wrapped), provider.unwrap(ref, wrapped), provider.state(ref)) == (40, key, KeyState.PRESENT)
    assert stat.S_IMODE((vault / "vault/provider/epoch-3.key").stat().st_mode) == 0o600


def test_making_it_again_changes_nothing(vault, provider):
    wrapped = provider.wrap(provider.create(3), key := random_key())
    provider.create(3)
    assert provider.unwrap("epoch-3", wrapped) == key


def test_what_a_killed_process_left_half_written_is_written_over(vault, provider):
    (vault / "vault/provider/.epoch-3.key.new").write_bytes(b"half")
    provider.create(3)
    assert (files(vault), provider.state("epoch-3")) == (["epoch-3.key"], KeyState.PRESENT)


def test_each_key_opens_what_it_wrapped_and_no_other(provider):
    key = random_key()
    one, two = provider.create(1), provider.create(2)
    with pytest.raises(Unavailable):
        provider.unwrap(two, provider.wrap(one, key))


def test_one_file_put_in_the_place_of_another_opens_nothing(vault, provider):
    wrapped = provider.wrap(provider.create(1), random_key())
    provider.create(2)
    folder = vault / "vault/provider"
    (folder / "epoch-1.key").write_bytes((folder / "epoch-2.key").read_bytes())
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)


def test_destroyed_it_is_gone_and_twice_is_once(vault, provider):
    wrapped = provider.wrap(provider.create(1), random_key())
    for _ in range(2):
        provider.destroy("epoch-1")
        assert (files(vault), provider.state("epoch-1")) == ([], KeyState.GONE)
        with pytest.raises(KeyGone):
            provider.unwrap("epoch-1", wrapped)


def test_it_is_written_over_before_it_is_deleted(vault, provider):
    provider.create(1)
    file = vault / "vault/provider/epoch-1.key"
    before = file.read_bytes()
    os.link(file, vault / "another name of the same bytes")
    provider.destroy("epoch-1")
    after = (vault / "another name of the same bytes").read_bytes()
    assert len(after) == len(before)
    assert after != before
    assert before[13:] not in after


def test_a_killed_destroy_is_finished_by_the_next(vault, provider):
    """Written over, not yet deleted: it opens nothing, and isn't said to be gone until it is."""
    wrapped = provider.wrap(provider.create(1), random_key())
    file = vault / "vault/provider/epoch-1.key"
    file.write_bytes(os.urandom(len(file.read_bytes())))
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)
    assert provider.state("epoch-1") is KeyState.UNREADABLE
    provider.destroy("epoch-1")
    assert provider.state("epoch-1") is KeyState.GONE


def test_a_folder_that_is_not_there_is_no_proof_that_keys_are_gone(vault, provider):
    wrapped = provider.wrap(provider.create(1), random_key())
    (vault / "vault/provider").rename(vault / "not mounted")
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)
    assert provider.state("epoch-1") is KeyState.UNREADABLE


@pytest.mark.parametrize("root", ["", "00" * 31, "not hexadecimal", "00" * 33])
def test_a_root_key_that_is_none_opens_nothing(vault, provider, root):
    wrapped = provider.wrap(provider.create(1), random_key())
    (vault / "root/root.key").write_text(root)
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)
    assert provider.state("epoch-1") is KeyState.UNREADABLE


def test_another_root_key_opens_nothing(vault, provider):
    wrapped = provider.wrap(provider.create(1), random_key())
    (vault / "root/root.key").write_text("00" * 32)
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x02" + bytes(60), bytes(61)])
def test_a_damaged_file_opens_nothing(vault, provider, content):
    wrapped = provider.wrap(provider.create(1), random_key())
    (vault / "vault/provider/epoch-1.key").write_bytes(content)
    with pytest.raises(Unavailable):
        provider.unwrap("epoch-1", wrapped)


@pytest.mark.parametrize("ref", ["../../root/root", "epoch-1/../../x", "", "epoch-", "epoch-1\n", "root"])
def test_a_row_cannot_choose_another_file(vault, provider, ref):
    for verb in (lambda: provider.unwrap(ref, b""), lambda: provider.destroy(ref)):
        with pytest.raises(KeyGone):
            verb()
    assert (vault / "root/root.key").exists()
    assert provider.state(ref) is KeyState.GONE


def test_no_key_is_in_a_file_as_it_is(vault, provider):
    """Neither the provider's key nor the epoch's: both are sealed by what is elsewhere."""
    key = random_key()
    wrapped = provider.wrap(provider.create(1), key)
    raw = (vault / "vault/provider/epoch-1.key").read_bytes()
    inner = provider._wrapping_key("epoch-1")
    for secret in (key, inner):
        for form in (bytes(secret), secret.hex().encode()):
            assert form not in raw + wrapped


def test_one_process_at_a_time_changes_the_folder(vault, provider):
    """Two that make one key at once would lose what the first has wrapped."""
    folder = os.open(vault / "vault/provider", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    for change in (lambda: provider.create(1), lambda: provider.destroy("epoch-1")):
        assert waits(change)
    os.close(folder)
    assert provider.create(1) == "epoch-1"


def waits(change) -> bool:
    """Whether it doesn't come to an end by itself: another process tries, and its alarm ends it."""

    def try_it() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        change()

    how = os.waitpid(child(try_it), 0)[1]
    return os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGALRM
