"""Where the two alone know, nothing tells that a talk took place: not a row, a cookie or a line (F18, B7)."""

import logging

import pytest
from django.db import connections

from tests.canary import FINCH
from tests.factories.listing import listing_of, make_listed, two_alone
from touchbase.utilization.counters import MEASURES, Of
from touchbase.vault.models import Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

TALLY = "/harbor/mine/tally/"
# The session of somebody signed in keeps when it was last used, for any page alike.
SESSION, POOL = "default.accounts_staffsession", "vault.vault_pool"


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that there is in both stores, whether a model knows it or not."""
    found = {}
    for alias in ("default", "vault"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables' names
                found[f"{alias}.{table}"] = sorted(cursor.fetchall(), key=repr)
    return found


def logged(caplog) -> list[str]:
    """Every line that anything in the process logged, at any level."""
    return [f"{record.name}: {record.getMessage()}" for record in caplog.records]


def counted(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, int]:
    return {table: len(each) for table, each in rows.items()}


@pytest.fixture
def robin():
    return make_listed(two_alone(), "Robin Vale", contact_public="+12075550177")


def test_finding_a_peer_and_calling_them_changes_nothing_anywhere(robin, visitor, caplog):
    before = everything()
    caplog.set_level(logging.DEBUG)
    pages = ["/harbor/", "/harbor/peers/", "/harbor/peers/?site=east", f"/harbor/peers/{listing_of(robin)}/"]
    answers = [visitor.get(page) for page in pages]
    assert "tel:+12075550177" in answers[-1].content.decode()
    assert everything() == before
    assert [len(answer.cookies) for answer in answers] == [0] * 4
    assert logged(caplog) == []


def test_the_tally_is_counted_in_the_pool_and_leaves_nothing_else(robin, visitor_of, caplog):
    browser = visitor_of(robin.account)
    browser.get(TALLY)
    before = everything()
    caplog.set_level(logging.DEBUG)
    answer = browser.post(TALLY, {"mode": "phone", "minutes": "15 to 30", "name": FINCH.name})
    assert answer.status_code == 200
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - {SESSION} == {POOL}
    assert counted(after) | {POOL: 0} == counted(before) | {POOL: 0}
    assert set(answer.cookies) <= {"touchbase"}  # whoever is signed in has it on every page
    assert logged(caplog) == []
    assert "messages" not in browser.session.keys()  # noqa: SIM118 - a session is no dict


@pytest.mark.parametrize("alias", ["default", "vault"])
def test_one_row_that_told_of_it_would_be_seen_in_any_table(robin, alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("CREATE TABLE talks (day varchar(10))")
    before = everything()
    with connections[alias].cursor() as cursor:
        cursor.execute("INSERT INTO talks VALUES ('2026-05-11')")
    after = everything()
    with connections[alias].cursor() as cursor:
        cursor.execute("DROP TABLE talks")
    assert {table for table in after if after[table] != before[table]} == {f"{alias}.talks"}


def test_each_table_counts_the_person_once(robin, visitor_of):
    visitor_of(robin.account).post(TALLY, {"mode": "phone", "minutes": "15 to 30"})
    found = {row.measure: (row.category, row.n) for row in Pool.objects.all()}
    whole = {key for key, measure in MEASURES.items() if measure.of not in {Of.ALONE, Of.ANSWERS}}
    assert set(found) == (whole - {"onward", "safety", "reach", "profession"}) | {"people"}
    assert {n for _category, n in found.values()} == {1}
    assert found["source"] == ("peer", 1)
    assert (found["mode"], found["minutes"], found["answer"]) == (
        ("phone", 1),
        ("15 to 30", 1),
        ("talked", 1),
    )


def test_mode_and_minutes_may_be_skipped_and_nothing_odd_is_counted(robin, visitor_of):
    browser = visitor_of(robin.account)
    for wrong in ({"mode": "seance"}, {"minutes": "all night"}, {"mode": "in-person'--"}):
        assert browser.post(TALLY, wrong).status_code == 400
    assert not Pool.objects.exists()
    assert browser.post(TALLY).status_code == 200
    found = {row.measure: row.category for row in Pool.objects.all()}
    assert (found["mode"], found["minutes"]) == ("not-said", "not-said")


def test_where_talks_are_registered_there_is_no_tally(people, visitor_of):
    browser = visitor_of(people.supporter.account)
    assert [browser.get(TALLY).status_code, browser.post(TALLY).status_code] == [404, 404]
    assert not Pool.objects.exists()
