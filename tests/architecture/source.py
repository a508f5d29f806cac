"""Reading our own source, for the tests of this folder."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository that match, and new ones git doesn't ignore. Paths from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return sorted(Path(name) for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Python files under the folders; migrations are written by a machine and left out."""
    found = tracked(*(f"{folder}/*.py" for folder in folders))
    return [file for file in found if "migrations" not in file.parts]


def parsed(file: Path, root: Path = ROOT) -> ast.Module:
    """The syntax tree of a file named from the root."""
    return ast.parse((root / file).read_text(), filename=str(file))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, also those inside others."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, or nothing for anything else."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""
