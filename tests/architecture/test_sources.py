"""What every file of ours keeps to, whoever writes it (architecture.md sections 1 and 3)."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, dotted, functions, parsed, python_files, tracked

OURS = python_files("touchbase")
EVERYTHING = [*OURS, *python_files("tests", "bench", "docs")]
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
LONGEST_FUNCTION = 40
LONGEST_FILE = 300

# Ways to import a module, or reach a table, by a text that no contract sees.
BY_NAME = {
    "__import__", "apps.get_app_config", "apps.get_model", "eval", "exec", "get_model", "import_module",
    "import_string", "importlib.import_module", "importlib.util.find_spec", "locate", "pkgutil.resolve_name",
    "pydoc.locate", "resolve_name", "run_module", "runpy.run_module", "runpy.run_path",
}  # fmt: skip

HIDDEN_DOORS = {"importlib", "pkgutil", "pydoc", "runpy"}

# Who may look into the environment: the registry, and whoever starts Django.
READS_ENVIRONMENT = {"touchbase/config/env.py", "touchbase/config/wsgi.py", "touchbase/ops/command.py"}


def by_name(tree: ast.AST) -> Iterator[str]:
    """Every use of a door that the import contracts can't see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in BY_NAME:
            yield f"line {node.lineno}: {dotted(node.func)}"
        if isinstance(node, ast.ImportFrom | ast.Import):
            doors = {alias.name for alias in node.names} & HIDDEN_DOORS
            yield from (f"line {node.lineno}: {door}" for door in doors)


def test_nothing_is_imported_by_a_text():
    # The demo empties every table when it begins anew; it is never installed in production.
    files = [file for file in OURS if str(file) != "touchbase/demo/resetting.py"]
    assert {str(file): found for file in files if (found := list(by_name(parsed(file))))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import importlib\nimportlib.import_module('touchbase.referrals.models')",
        "def late():\n    from importlib import import_module\n    import_module('cryptography')",
        "__import__('touchbase.vault.epochs')",
        "from django.apps import apps\napps.get_model('referrals', 'Referral')",
        "from django.utils.module_loading import import_string\nimport_string('touchbase.outreach.x')",
        "exec('import touchbase.vault')",
    ],
)
def test_a_planted_import_by_text_is_caught(code):
    assert list(by_name(ast.parse(code))) != []


def test_functions_are_short():
    long = {
        f"{file}:{function.lineno} {function.name}": length
        for file in EVERYTHING
        for function in functions(parsed(file))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_files_are_short():
    lengths = {str(file): len((ROOT / file).read_text().splitlines()) for file in EVERYTHING}
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_name_says_something():
    named = {
        str(file) for file in EVERYTHING if EMPTY_NAMES & {part.removesuffix(".py") for part in file.parts}
    }
    assert named == set()


def test_packages_are_empty_files():
    assert [
        str(file) for file in OURS if file.name == "__init__.py" and (ROOT / file).read_text().strip()
    ] == []


def test_there_is_no_admin_site_and_no_signal():
    text = {str(file): (ROOT / file).read_text() for file in OURS}
    banned = ("contrib.admin", "django.db.models.signals", "django.dispatch")
    assert {file for file, code in text.items() if any(word in code for word in banned)} == set()


def test_rows_save_themselves_as_django_does():
    overridden = {
        f"{file}: {function.name}"
        for file in OURS
        if file.name == "models.py"
        for function in functions(parsed(file))
        if function.name in {"save", "delete", "full_clean", "refresh_from_db"}
    }
    assert overridden == set()


def test_only_the_registry_looks_into_the_environment():
    looks = {
        str(file)
        for file in OURS
        for node in ast.walk(parsed(file))
        if dotted(node) in {"os.environ", "os.getenv", "environ", "getenv"}
    }
    assert looks - READS_ENVIRONMENT == set()


def test_only_one_place_asks_what_time_it_is():
    asks = {
        str(file)
        for file in OURS
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call)
        and dotted(node.func)
        in {"datetime.now", "datetime.utcnow", "date.today", "timezone.now", "time.time"}
    }
    assert asks == {"touchbase/kernel/clock.py"}


def test_every_test_asserts_something():
    silent = {
        f"{file}: {name}"
        for file in python_files("tests")
        if file.name.startswith("test_")
        for name in silent_tests(parsed(file))
    }
    assert silent == set()


def silent_tests(tree: ast.AST) -> Iterator[str]:
    """Tests that check nothing, neither themselves nor through a function beside them."""
    named = {function.name: function for function in functions(tree)}
    loud = {name for name, function in named.items() if checks_itself(function)}
    for name, function in named.items():
        if name.startswith("test_") and name not in loud and not calls(function) & loud:
            yield name


def checks_itself(function: ast.AST) -> bool:
    """Whether a function asserts, or calls what is a check by its name: `raises`, `then_it_is_empty`."""
    begins = ("then_", "check_", "expect", "to_", "run_state_machine")
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        name in {"raises", "fail"} or "assert" in name or name.startswith(begins) for name in calls(function)
    )


def calls(function: ast.AST) -> set[str]:
    """The last names of all that is called."""
    called = (dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))
    return {name.rsplit(".", 1)[-1] for name in called}


def test_no_test_is_skipped_or_waits():
    banned = ("pytest.skip(", "mark.skip", "mark.xfail", "importorskip", "time.sleep(")
    files = [file for file in python_files("tests") if file.name != "test_sources.py"]
    assert {
        f"{file}: {word}" for file in files for word in banned if word in (ROOT / file).read_text()
    } == set()


def test_every_script_can_be_run():
    scripts = tracked("run", "test", ".ci/run", ".ci/set-up")
    assert [str(script) for script in scripts if not (ROOT / script).stat().st_mode & 0o100] == []
    assert len(scripts) == 4
