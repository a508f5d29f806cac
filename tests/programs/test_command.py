"""`touchbase programs`: one line, an exit code, and the same as JSON."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError

from tests.programs.samples import EXAMPLES, HARBOR, ROOT, added, harbor
from touchbase.kernel.errors import NotFound
from touchbase.ops.command import run
from touchbase.programs import brand, queries
from touchbase.programs.files import read
from touchbase.programs.models import Policy, Program
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

WRONG = harbor(added("clock", "rest_days = 0"))
REMEDY = "Write a whole number from 1 up to 30."


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "harbor.toml"
    path.write_text(HARBOR)
    return path


def programs(capsys, *arguments: object) -> tuple[str, str, int]:
    """What the command printed and said beside it, and its exit code."""
    try:
        run("programs", [str(argument) for argument in arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    else:
        code = 0
    said = capsys.readouterr()
    return said.out, said.err, code


def test_check_says_what_it_read(capsys, file):
    assert programs(capsys, "check", file) == ("Checked harbor: nothing to change.\n", "", 0)


def test_check_without_files_reads_the_folder(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    out, _, code = programs(capsys, "check", "--json")
    assert (json.loads(out), code) == ({"ok": True, "programs": [path.stem for path in EXAMPLES]}, 0)


def test_check_in_a_folder_without_files_says_so(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="There is no policy file in programs/ here"):
        programs(capsys, "check")


@pytest.mark.parametrize("do", ["check", "apply"])
def test_a_wrong_file_is_refused_with_key_and_remedy(capsys, file, do):
    file.write_text(WRONG)
    out, _, code = programs(capsys, do, file)
    assert out == f"harbor.toml: clock.rest_days: {REMEDY}\n1 to change; nothing was applied.\n"
    assert code == 1
    out, _, code = programs(capsys, do, file, "--json")
    problem = {"file": "harbor.toml", "key": "clock.rest_days", "remedy": REMEDY}
    assert (json.loads(out), code) == ({"ok": False, "problems": [problem]}, 1)
    assert not Program.objects.exists()


def test_a_color_that_is_hard_to_read_is_refused_with_the_nearest_that_is_not(capsys, file):
    file.write_text(harbor(added("program", 'brand_color = "#FFC66B"')))
    near = brand.nearest_passing("#FFC66B")
    apart = "White text on it is hard to read: 1.6 to 1, and 4.5 is needed."
    out, _, code = programs(capsys, "check", file)
    assert (out.splitlines()[0], code) == (
        f'harbor.toml: program.brand_color: {apart} The nearest shade that works is "{near}".', 1,
    )  # fmt: skip
    file.write_text(harbor(added("program", f'brand_color = "{near}"')))
    assert programs(capsys, "check", file)[2] == 0


@pytest.mark.parametrize("file", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_color_of_every_example_is_read_on_paper_and_as_paper_by_day_and_by_night(file):
    color = read(file).program.brand_color
    both = brand.themes(color)
    paper = {"light": ("#FFFFFF", "#EEF3F2", "#E2EAE9"), "dark": ("#0B191D", "#12252A", "#193138")}
    apart = [
        brand.contrast(getattr(both, theme).brand, one) for theme, grounds in paper.items() for one in grounds
    ]
    assert min([brand.contrast(color, brand.WHITE), *apart]) >= brand.LEAST


def test_of_several_files_all_are_applied_or_none(capsys, file):
    port = file.with_name("port.toml")
    port.write_text(WRONG.replace('slug = "harbor"', 'slug = "port"'))
    assert programs(capsys, "apply", file, port)[2] == 1
    assert not Program.objects.exists()
    port.write_text(HARBOR.replace('slug = "harbor"', 'slug = "port"'))
    assert programs(capsys, "apply", file, port) == ("Applied harbor version 1; port version 1.\n", "", 0)


@time_machine.travel(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), tick=False)
def test_apply_keeps_who_applied_and_the_program_s_own_day(capsys, file):
    programs(capsys, "apply", file, "--by", "coordinator")
    policy = Policy.objects.get()
    assert (policy.applied_by, policy.applied_day.isoformat()) == ("coordinator", "2026-11-23")


def test_apply_again_says_that_nothing_changed(capsys, file):
    programs(capsys, "apply", file)
    assert programs(capsys, "apply", file)[0] == "Applied harbor version 1 (as it was).\n"


def test_apply_says_how_many_are_open_under_an_older_version(capsys, file):
    programs(capsys, "apply", file)
    here = queries.program_at("harbor")
    for _ in range(2):
        Referral.objects.create(
            program_id=here.id, policy_version=1, state="received", next_at=datetime(2026, 11, 24, tzinfo=UTC)
        )
    file.write_text(harbor(added("reporting", "floor = 12")))
    assert programs(capsys, "apply", file)[0] == "Applied harbor version 2, 2 open under version 1.\n"
    applied = {"slug": "harbor", "version": 2, "changed": False, "open_before": {"1": 2}}
    out = programs(capsys, "apply", file, "--json")[0]
    assert json.loads(out) == {"ok": True, "programs": [applied]}


def test_export_gives_back_the_file_byte_for_byte(capsys, file):
    text = HARBOR.replace("\n", "\r\n") + "# without an end of line"
    file.write_bytes(text.encode())
    programs(capsys, "apply", file)
    assert programs(capsys, "export", "harbor") == (text, "Exported harbor, version 1.\n", 0)
    copy = file.with_name("copy.toml")
    out, _, code = programs(capsys, "export", "harbor", "--to", copy)
    assert (out, code) == (f"Exported harbor, version 1, to {copy}.\n", 0)
    assert copy.read_bytes() == file.read_bytes()
    out = programs(capsys, "export", "harbor", "--json")[0]
    assert json.loads(out) == {"ok": True, "slug": "harbor", "version": 1, "text": text}


def test_export_needs_one_program_that_is_there(capsys, file):
    programs(capsys, "apply", file)
    with pytest.raises(CommandError, match="Name the one program by its slug"):
        programs(capsys, "export", "harbor", "port")
    with pytest.raises(NotFound, match="There is no program at this address"):
        programs(capsys, "export", "port")
    with pytest.raises(CommandError, match="can't be written"):
        programs(capsys, "export", "harbor", "--to", file / "nowhere")
