"""Data, vault and root key lie apart, nobody else reads the keys, and a demo never meets real people."""

import pytest

from touchbase.ops.folders import DEMO_MARK, Folders


@pytest.fixture
def apart(tmp_path):
    return Folders(tmp_path / "some/data", tmp_path / "vault", tmp_path / "root/root.key")


def test_folders_beside_each_other_are_apart(apart):
    assert apart.together() == ()


@pytest.mark.parametrize(
    ("data", "vault", "root_key", "pairs"),
    [
        ("all", "all/vault", "root.key", ("TOUCHBASE_VAULT is inside TOUCHBASE_DATA",)),
        ("vault/data", "vault", "root.key", ("TOUCHBASE_DATA is inside TOUCHBASE_VAULT",)),
        ("data", "vault", "vault/root.key", ("TOUCHBASE_ROOT_KEY is inside TOUCHBASE_VAULT",)),
        ("data", "vault", "data/root.key", ("TOUCHBASE_ROOT_KEY is inside TOUCHBASE_DATA",)),
        ("data", "data/../data/vault", "root.key", ("TOUCHBASE_VAULT is inside TOUCHBASE_DATA",)),
    ],
)
def test_one_folder_in_another_is_named(tmp_path, data, vault, root_key, pairs):
    assert Folders(tmp_path / data, tmp_path / vault, tmp_path / root_key).together() == pairs


def test_the_same_folder_for_two_is_named_from_both_sides(tmp_path):
    same = Folders(tmp_path / "one", tmp_path / "one", tmp_path / "root.key")
    assert len(same.together()) == 2


def test_a_made_folder_is_for_this_user_alone(apart):
    apart.make(demo=False)
    assert apart.data.stat().st_mode & 0o777 == 0o700
    assert list(apart.data.iterdir()) == []
    apart.make(demo=False)


def test_keys_that_others_can_read_are_named(apart):
    apart.vault.mkdir(mode=0o750)
    apart.root_key.parent.mkdir()
    apart.root_key.write_text("key")
    apart.root_key.chmod(0o604)
    assert apart.open_to_others() == (apart.vault, apart.root_key)
    apart.vault.chmod(0o700)
    apart.root_key.chmod(0o600)
    assert apart.open_to_others() == ()


@pytest.mark.parametrize("demo", [False, True])
def test_what_was_filled_in_one_mode_is_not_used_in_the_other(apart, demo):
    apart.make(demo=demo)
    assert not apart.are_of_other_mode(demo=not demo)  # nothing was stored yet
    (apart.data / "touchbase.sqlite3").touch()
    assert apart.are_of_other_mode(demo=not demo)
    assert not apart.are_of_other_mode(demo=demo)
    assert (apart.data / DEMO_MARK).exists() == demo
