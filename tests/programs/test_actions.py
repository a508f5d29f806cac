"""Versions of a policy: each text once, older ones as long as somebody goes by them."""

from datetime import date

import pytest

from tests.programs.samples import HARBOR, added, harbor
from touchbase.programs import actions, queries
from touchbase.programs.actions import Applied, AppliedMeanwhile
from touchbase.programs.files import PolicyRefused
from touchbase.programs.models import Policy, Program, ProgramState

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DAY = date(2026, 11, 23)


def apply(text=HARBOR, **named):
    return actions.apply(text=text, file="harbor.toml", by="coordinator", day=DAY, **named)


def with_floor(floor):
    return harbor(added("reporting", f"floor = {floor}"))


def kept():
    return list(Policy.objects.order_by("version").values_list("version", flat=True))


def test_the_first_file_makes_the_program():
    assert apply() == Applied(slug="harbor", version=1, changed=True, open_before=())
    program = Program.objects.get()
    assert (program.slug, program.state, program.version) == ("harbor", ProgramState.OPEN, 1)
    policy = Policy.objects.get()
    assert (policy.body, policy.applied_day, policy.applied_by) == (HARBOR, DAY, "coordinator")


def test_the_same_text_again_changes_nothing():
    apply()
    assert apply() == Applied(slug="harbor", version=1, changed=False, open_before=())
    assert kept() == [1]


def test_another_text_is_the_next_version():
    apply()
    assert apply(with_floor(12)) == Applied(slug="harbor", version=2, changed=True, open_before=())
    assert queries.program_at("harbor").policy.reporting.floor == 12


def test_an_earlier_text_applied_again_is_a_version_of_its_own():
    apply()
    apply(with_floor(12))
    assert apply().version == 3
    assert queries.program_at("harbor").policy.reporting.floor == 11


def test_a_change_of_a_comment_alone_is_a_change():
    apply()
    assert apply(f"# Reviewed.\n{HARBOR}").changed


def test_what_open_referrals_go_by_stays_and_is_told():
    for floor in (11, 12, 13):
        apply(with_floor(floor))
    assert apply(with_floor(14), named_versions={1, 3}).open_before == (1, 3)
    assert kept() == [1, 3, 4]


def test_the_version_before_stays_though_nobody_names_it():
    """A form may have been opened under it a moment ago."""
    for floor in (11, 12, 13):
        apply(with_floor(floor), named_versions=set())
    assert kept() == [2, 3]


def test_unnamed_versions_go_also_when_nothing_changed():
    for floor in (11, 12, 13):
        apply(with_floor(floor))
    assert apply(with_floor(13), named_versions={2}) == Applied("harbor", 3, changed=False, open_before=(2,))
    assert kept() == [2, 3]


def test_without_a_word_about_referrals_every_version_stays():
    for floor in (11, 12, 13):
        apply(with_floor(floor))
    assert kept() == [1, 2, 3]


def test_a_refused_text_leaves_what_was():
    apply()
    with pytest.raises(PolicyRefused):
        apply(harbor(added("reporting", "floor = 1")))
    assert queries.export("harbor") == HARBOR


def test_of_two_who_apply_at_once_the_second_is_told():
    apply()
    as_read_by_the_second = Program.objects.get()
    apply(with_floor(12))
    with pytest.raises(AppliedMeanwhile, match="Somebody else applied a policy just now"):
        actions.replace(program=as_read_by_the_second, text=with_floor(13), by="backup", day=DAY)
    assert queries.export("harbor") == with_floor(12)


def test_what_comes_out_is_what_went_in_byte_for_byte():
    text = "\r\n".join(HARBOR.splitlines()) + "\n\n\n# á"
    apply(text)
    assert queries.export("harbor") == text


def test_programs_do_not_mix():
    apply()
    port = harbor(('slug = "harbor"', 'slug = "port"'))
    actions.apply(text=port, file="port.toml", by="coordinator", day=DAY)
    apply(with_floor(12), named_versions=set())
    apply(with_floor(13), named_versions=set())
    assert queries.export("port") == port
