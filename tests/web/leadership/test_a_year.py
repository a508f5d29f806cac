"""A year of a program on its pages: everything a leader can open, read together by somebody with solvers."""

from datetime import date

import pytest
from django.urls import URLPattern, reverse

from tests.factories.people import make_person
from tests.factories.programs import make_program
from tests.utilization.attacker import system_of
from tests.utilization.published import READERS, published_texts
from tests.utilization.solving import told
from tests.utilization.years import FOLDER, POLICIES, counts, rules_of
from touchbase.accounts.roles import Role
from touchbase.utilization import actions
from touchbase.utilization.counters import MEASURES
from touchbase.web.leadership import urls

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SLUG = "legacy"
HALVES, KINDS = ("2026-H1/", "2026-H2/"), ("", "csv/", "pdf/")
YEAR = (("2026-H1", 41, date(2026, 7, 1)), ("2026-H2", 77, date(2027, 1, 1)))


@pytest.fixture
def leader(visitor_of):
    """A leader of a program whose year is over: counted in two batches a half-year, and released in time."""
    here = make_program((FOLDER / f"{SLUG}.toml").read_text())
    for half, number, after in YEAR:
        for batch, part in (("first", number // 3), ("second", number - number // 3)):
            actions.add(
                program_id=here.id,
                batch=f"{half} {batch}",
                half_year=half,
                counts=counts(SLUG, f"{half} {batch}", part),
            )
        staff = {option.key: option.headcount for option in POLICIES[SLUG].eligibility.professions}
        actions.release_due(program_id=here.id, today=after, floor=11, headcounts=staff)
    return visitor_of(make_person(here, Role.LEADER, "Kim Stone").account)


def test_no_hidden_number_of_a_year_is_known_from_all_its_pages_and_files_together(leader):
    found = published_texts(leader, SLUG)
    assert set(found) == {f"/{SLUG}/numbers/{rest}" for rest in ("", *(h + k for h in HALVES for k in KINDS))}
    known = system_of(found.values(), floor=11, rules=rules_of(SLUG))
    assert len(known.hidden) > 10
    assert told(known) == {}


@pytest.mark.parametrize("half", HALVES)
def test_page_file_and_sheet_of_a_half_year_say_and_hide_the_same(leader, half):
    found = published_texts(leader, SLUG)
    page, file, sheet = (
        [(line.question, line.group, line.people, line.share) for line in reading.lines]
        for reading in (found[f"/{SLUG}/numbers/{half}{kind}"] for kind in KINDS)
    )
    assert page == file == sheet


# What a page that filters would be asked by.
ASKED = (
    *MEASURES, "half_year", "first", "last", "from", "to", "day", "month", "department", "site", "floor",
    "category", "measure", "filter", "group", "sort", "format", "page", "q",
)  # fmt: skip


def addresses():
    """Every address of the leader's pages, from their own list."""
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        half = {"half_year": "2026-H1"} if "half_year" in str(pattern.pattern) else {}
        yield reverse(f"leadership:{pattern.name}", args=[SLUG, *half.values()])


def test_nothing_that_is_asked_for_changes_what_is_shown(leader):
    for address in addresses():
        for value in ("2026-H1", "nurse", "1"):
            plain, asked = leader.get(address), leader.get(address, dict.fromkeys(ASKED, value))
            read = READERS.get(plain.headers["Content-Type"].partition(";")[0])
            assert asked.status_code == plain.status_code == 200
            assert read, address
            assert list(read(asked.content)) == list(read(plain.content)), address
