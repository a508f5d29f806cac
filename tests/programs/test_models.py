import pytest
from django.db import IntegrityError, transaction

from touchbase.programs.models import Program
from touchbase.programs.slugs import RESERVED_SLUGS

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.mark.parametrize("slug", [*RESERVED_SLUGS, "Harbor"])
def test_the_database_refuses_a_slug_that_is_a_page_or_not_small(slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.create(slug=slug)


def test_a_program_has_one_policy_of_a_version():
    program = Program.objects.create(slug="harbor")
    row = {"version": 1, "body": "", "applied_day": "2026-11-23", "applied_by": "coordinator"}
    program.policies.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        program.policies.create(**row)


def test_a_program_is_read_as_its_slug():
    assert str(Program(slug="harbor")) == "harbor"
