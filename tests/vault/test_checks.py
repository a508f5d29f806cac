"""What would keep keys or texts where they don't belong is said before the start."""

import logging
from contextlib import closing

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connections

from touchbase.vault.checks import FOLLOWERS, check_servers, check_vault


def said() -> list[str | None]:
    return [message.id for message in check_vault()]


def test_an_installation_as_it_should_be():
    assert said() == []


def test_they_are_run_with_all_checks(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    assert "vault.E003" in {message.id for message in run_checks()}


@pytest.mark.parametrize(
    ("inside", "mode", "seen"),
    [
        ("provider/epoch-1.key", 0o640, True),
        ("provider/epoch-1.key", 0o604, True),
        ("provider/epoch-1.key", 0o600, False),
        ("provider/notes.txt", 0o644, False),
    ],
)
def test_a_key_others_can_read(inside, mode, seen, settings, tmp_path):
    settings.VAULT_DIR = tmp_path
    file = tmp_path / inside
    file.parent.mkdir(mode=0o700)
    file.touch()
    file.chmod(mode)
    assert [(message.id, message.hint) for message in check_vault()] == [
        ("vault.E001", f"Run: chmod go-rwx {file}")
    ] * seen


def test_a_folder_of_keys_others_can_read(settings, tmp_path):
    settings.VAULT_DIR = tmp_path
    (tmp_path / "provider").mkdir()
    (tmp_path / "provider").chmod(0o750)
    assert said() == ["vault.E001"]


def test_a_vault_that_is_not_made_yet_is_no_mistake(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "none"
    assert said() == []


def test_statements_in_the_log():
    logger = logging.getLogger("django.db.backends")
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        assert said() == ["vault.E002"]
    finally:
        logger.setLevel(before)


@pytest.mark.parametrize(
    ("backend", "keeps"),
    [
        ("locmem.LocMemCache", False),
        ("dummy.DummyCache", False),
        ("filebased.FileBasedCache", True),
        ("db.DatabaseCache", True),
        ("redis.RedisCache", True),
        ("memcached.PyMemcacheCache", True),
    ],
)
def test_a_cache_that_keeps(backend, keeps, settings):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    assert said() == ["vault.E003"] * keeps


# ------------------------------------------------------------------------------- what only a server says

ON_POSTGRESQL = [alias for alias in connections if connections[alias].vendor == "postgresql"]


@pytest.mark.django_db(databases=["default", "vault"])
def test_two_stores_apart_that_log_nothing_are_as_they_should_be():
    assert check_servers(databases=["default", "vault"]) == []
    assert check_servers() == []


@pytest.mark.django_db(databases=["default", "vault"])
def test_two_names_of_one_cluster_are_noticed(monkeypatch):
    """Whatever the addresses say. SQLite has no clusters."""
    there = connections["vault"]
    monkeypatch.setattr(type(connections), "__getitem__", lambda self, alias: there)
    found = [message.id for message in check_servers(databases=["default", "vault"])]
    assert found == ["vault.E004"] * (len(ON_POSTGRESQL) > 1)


@pytest.mark.django_db(databases=["default", "vault"])
@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("log_statement", "all", True),
        ("log_statement", "mod", True),
        ("log_statement", "ddl", False),
        ("log_min_duration_statement", "0", True),
    ],
)
def test_a_server_that_logs_what_it_stores_is_noticed(name, value, kept):
    for alias in ON_POSTGRESQL:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SET LOCAL {name} = '{value}'")
    found = [message.id for message in check_servers(databases=["default", "vault"])]
    assert found == ["vault.E005"] * len(ON_POSTGRESQL) * kept


def shown(alias: str, changed: dict[str, str]):
    """What a server says of itself, with some settings that only a restart could change."""

    def show(execute, sql, params, many, context):
        if sql in changed:
            sql = f"SELECT '{changed[sql]}'"
        return execute(sql, params, many, context)

    return connections[alias].execute_wrapper(show)


@pytest.mark.django_db(databases=["default", "vault"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("archive_mode", "on"),
        ("archive_mode", "always"),
        ("wal_level", "logical"),
        ("wal_keep_size", "1GB"),
        ("synchronous_standby_names", "second"),
        ("track_commit_timestamp", "on"),
    ],
)
def test_a_vault_whose_log_is_kept_is_refused_with_its_setting_and_a_database_is_not(name, value):
    with shown("default", {f"SHOW {name}": value}):
        assert check_servers(databases=["default", "vault"]) == []
    with shown("vault", {f"SHOW {name}": value}):
        found = check_servers(databases=["default", "vault"])
    assert [message.id for message in found] == ["vault.E006"] * bool(ON_POSTGRESQL)
    assert all(
        f"{name} is {value}." in message.msg and f"Set {name} = " in str(message.hint) for message in found
    )


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_replica_or_a_slot_for_one_is_noticed_at_the_vault_alone():
    """Said for the cluster: a real slot would be seen by every other test that runs at the moment."""
    with shown("default", {FOLLOWERS: "1"}):
        assert check_servers(databases=["default", "vault"]) == []
    with shown("vault", {FOLLOWERS: "1"}):
        found = check_servers(databases=["default", "vault"])
    assert [message.id for message in found] == ["vault.E007"] * bool(ON_POSTGRESQL)


@pytest.mark.django_db(databases=["default", "vault"])
def test_another_database_of_the_same_cluster_by_another_host_name_is_the_same_cluster(monkeypatch):
    same = connections["vault"].copy("default")
    if ON_POSTGRESQL:
        same.settings_dict = same.settings_dict | {"HOST": "127.1", "NAME": "postgres"}
    both = {"default": same, "vault": connections["vault"]}
    # Taken back at once: what looks at the stores after every test would open this one again.
    with monkeypatch.context() as patched, closing(same):
        patched.setattr(type(connections), "__getitem__", lambda self, alias: both[alias])
        found = [message.id for message in check_servers(databases=["default", "vault"])]
    assert found == ["vault.E004"] * bool(ON_POSTGRESQL)


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_server_that_does_not_answer_is_looked_at_elsewhere():
    def fail(*given):
        raise OperationalError

    with connections["default"].execute_wrapper(fail), connections["vault"].execute_wrapper(fail):
        assert check_servers(databases=["default", "vault"]) == []
