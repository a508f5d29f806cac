"""A small program to change one line at a time, and the five that ship."""

from pathlib import Path

from touchbase.programs.files import PolicyRefused, parse
from touchbase.programs.policy import Policy

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "programs").glob("*.toml"))
HARBOR = (Path(__file__).parent / "harbor.toml").read_text()


def harbor(*changes: tuple[str, str]) -> str:
    """The small program's file, with each change made: (a line that is there, what stands in its place)."""
    text = HARBOR
    for before, after in changes:
        assert text.count(f"{before}\n") >= 1, before
        text = text.replace(f"{before}\n", f"{after}\n", 1)
    return text


def added(table: str, *lines: str) -> tuple[str, str]:
    """The change that puts lines into a table."""
    return f"[{table}]", "\n".join([f"[{table}]", *lines])


def policy(*changes: tuple[str, str]) -> Policy:
    """The small program with changes, as its rules."""
    return parse(harbor(*changes), file="harbor.toml")


def problems(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """What is refused of the small program with changes: (key, remedy)."""
    try:
        policy(*changes)
    except PolicyRefused as refused:
        return [(problem.key, problem.remedy) for problem in refused.problems]
    return []
