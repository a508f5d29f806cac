"""The policy part of docs/configuration.md, written from the models so that it can't be wrong.

`python -m touchbase.programs.reference docs/configuration.md` writes it anew; a test compares.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from touchbase.programs import kinds

BEGIN, END = "<!-- policy: begin -->", "<!-- policy: end -->"
_HEAD = "| key | what to write | default | what it means |\n|---|---|---|---|\n"
_NEEDED = "needed"


def rendered() -> str:
    """Every key of a policy file: its table, what it takes, its default and its meaning."""
    top = {name: kinds.resolved(node) for name, node in kinds.at(())["properties"].items()}
    keys = [_row(name, node, needed=True) for name, node in top.items() if node["type"] == "string"]
    parts = [f"### At the top\n\n{_HEAD}{''.join(keys)}"]
    for names, node in _by_shape():
        heading = ", ".join(f"`{name}`" for name in names)
        parts.append(f"### {heading}\n\n{node['description']}\n\n{_HEAD}{_rows(node)}")
    return "\n".join(parts)


def placed(page: str) -> str:
    """A page with what stands between its marks written anew. `ValueError` when a mark is missing."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"The page needs the marks {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n{rendered()}\n{END}{after}"


def _by_shape() -> list[tuple[list[str], kinds.Node]]:
    """The tables, those of one shape together: every list of things to pick has the same keys."""
    shapes: dict[str, list[str]] = defaultdict(list)
    nodes: dict[str, kinds.Node] = {}
    for name, node in kinds.tables():
        is_list = node["type"] == "array"
        inner = kinds.resolved(node["items"]) if is_list else node
        nodes.setdefault(inner["title"] + str(is_list), inner)
        shapes[inner["title"] + str(is_list)].append(f"[[{name}]]" if is_list else f"[{name}]")
    return [(names, nodes[shape]) for shape, names in shapes.items()]


def _rows(table: kinds.Node) -> str:
    needed = table.get("required", [])
    return "".join(_row(name, node, needed=name in needed) for name, node in table["properties"].items())


def _row(name: str, node: kinds.Node, *, needed: bool) -> str:
    node = kinds.resolved(node)
    default = _NEEDED if needed else _default(node.get("default"))
    return f"| `{name}` | {kinds.kind_of(node)} | {default} | {node['description']} |\n"


def _default(value: Any) -> str:
    return "none" if value in (None, []) else f"`{json.dumps(value)}`"


def _write(path: Path) -> None:
    path.write_text(placed(path.read_text()))


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
