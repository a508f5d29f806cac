"""What a key of a policy file takes, in words: the same for a refusal and for docs/configuration.md."""

import ast
import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, TypeAlias

from touchbase.programs.part import Part
from touchbase.programs.policy import Policy

Node: TypeAlias = dict[str, Any]
"""A part of the models' JSON schema, with references and optional values resolved."""


@cache
def schema() -> Node:
    """The whole file's schema, with what each key means. Made once; the models are the source."""
    made = Policy.model_json_schema()
    tables = {Policy.__name__: made, **made["$defs"]}
    for table in _tables_under(Part):
        for key, meaning in _meanings(table):
            tables[table.__name__]["properties"][key].setdefault("description", meaning)
    return made


def _tables_under(table: type[Part]) -> Iterator[type[Part]]:
    for inner in table.__subclasses__():
        yield inner
        yield from _tables_under(inner)


def _meanings(table: type[Part]) -> Iterator[tuple[str, str]]:
    """The text under each key of a table, as it stands in the source."""
    (written,) = ast.parse(dedent(inspect.getsource(table))).body
    for key, text in pairwise(written.body if isinstance(written, ast.ClassDef) else ()):
        match key, text:
            case (ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said)))):
                yield table.model_fields[name].alias or name, inspect.cleandoc(said)


def resolved(node: Node) -> Node:
    """A schema node with what it refers to. What is said at the key wins over what is said at its type."""
    outer = {key: value for key, value in node.items() if key not in {"$ref", "anyOf"}}
    if "$ref" in node:
        return resolved({**schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]], **outer})
    if "anyOf" in node:
        return resolved({**node["anyOf"][0], **outer})
    return outer


def at(place: Sequence[str | int]) -> Node:
    """The node of a place in the file, like `("eligibility", "sites", 0, "label")`."""
    node = resolved(schema())
    for part in place:
        node = resolved(node["items"] if isinstance(part, int) else node["properties"][part])
    return node


def name_of(place: Sequence[str | int]) -> str:
    """A place as people write it, entries counted from 1: `eligibility.sites[1].label`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def tables() -> Iterator[tuple[str, Node]]:
    """Every table of the file by its name, in the file's order; those inside a table come after it."""
    for name, node in at(())["properties"].items():
        yield from _tables_in(name, resolved(node))


def _tables_in(name: str, node: Node) -> Iterator[tuple[str, Node]]:
    inner = resolved(node["items"]) if node["type"] == "array" else node
    if inner["type"] != "object":
        return
    yield name, node
    for key, child in inner["properties"].items():
        yield from _tables_in(f"{name}.{key}", resolved(child))


def kind_of(node: Node) -> str:
    """What to write for a node: "a whole number from 1 to 168"."""
    if "kind" in node:
        return str(node["kind"])
    if "enum" in node:
        return "one of " + ", ".join(f'"{value}"' for value in node["enum"])
    if node["type"] == "array":
        return _list(node)
    if node["type"] == "string":
        return _text(node)
    if node["type"] in {"integer", "number"}:
        return _number(node)
    return {"boolean": "true or false", "object": "a table"}[node["type"]]


def _text(node: Node) -> str:
    if node.get("format") == "date":
        return "a date without quotes, like 2026-12-24"
    return f"text in quotes, up to {node['maxLength']} characters"


def _number(node: Node) -> str:
    noun = "a whole number" if node["type"] == "integer" else "a number"
    low = f"from {node['minimum']}" if "minimum" in node else f"above {node['exclusiveMinimum']}"
    high = f"up to {node['maximum']}" if "maximum" in node else f"and below {node['exclusiveMaximum']}"
    return f"{noun} {low} {high}"


def _list(node: Node) -> str:
    item = resolved(node["items"])
    if item["type"] == "object":
        return "a list of tables"
    return f"a list in square brackets, each {kind_of(item)}"
