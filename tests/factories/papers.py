"""Reading a PDF file back without a library: what stands on its pages, its bytes unpacked, its roles.

It reads what typst writes: objects one after another, streams packed by deflate, texts as glyphs of fonts
that say which letters they are (ISO 32000-1, 9.10.3). Anything else fails loudly.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Objects: TypeAlias = Mapping[int, tuple[bytes, bytes]]
"""Each object by its number: what it says, and its stream unpacked."""
Place: TypeAlias = tuple[int, str]
"""A page's number, and a mark on it."""

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)stream\r?\n(.*)\r?\nendstream$", re.DOTALL)
_PIECE = re.compile(rb"/(?:Span|Artifact)<<.*?>>BDC|\bBT\b|/(f\d+) [\d.]+ Tf|\(")
# In a part: a mark on another page, a part below, a mark on the part's own page.
_CHILD = re.compile(r"<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|(\d+) 0 R|(\d+)")
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def unpacked(file: bytes) -> bytes:
    """Everything in the file, its streams unpacked: for looking for bytes that mustn't be there."""
    return b"\n".join(head + b"\n" + body for head, body in _objects(file).values())


def texts(file: bytes) -> list[str]:
    """What it says, a text for each heading, paragraph and cell, as a screen reader is told it."""
    objects = _objects(file)
    marked = _marked(objects)
    (root,) = (head for head, _body in objects.values() if b"/Type/StructElem/S/Document/" in head)
    return [text for text in _told(objects, marked, root) if text]


def feet(file: bytes) -> list[str]:
    """What stands at the foot of each page, beside what is told."""
    return [text for (_page, mark), text in _marked(_objects(file)).items() if text and not mark]


def tables(file: bytes) -> list[list[str]]:
    """The rows of all tables, a row a list, as a screen reader is told them."""
    objects = _objects(file)
    marked = _marked(objects)
    rows = [head for head, _body in objects.values() if b"/Type/StructElem/S/TR/" in head]
    return [[_below(objects, marked, cell) for cell in _parts(objects, row)] for row in rows]


def _told(objects: Objects, marked: Mapping[Place, str], part: bytes) -> Iterator[str]:
    if re.search(rb"/S/(?:Document|Div|NonStruct|Table|THead|TBody|TR)/", part) is None:
        yield _below(objects, marked, part)
        return
    for child in _parts(objects, part):
        yield from _told(objects, marked, child)


def _below(objects: Objects, marked: Mapping[Place, str], part: bytes) -> str:
    """What a part says, and all that is in it."""
    page = _reference(b"/Pg", part) if b"/Pg " in part else 0
    said = [
        _below(objects, marked, objects[int(deeper)][0])
        if deeper
        else marked[int(other or page), there or mark]
        for other, there, deeper, mark in _CHILD.findall(_children(part))
    ]
    return " ".join(" ".join(said).split())


def _parts(objects: Objects, part: bytes) -> list[bytes]:
    """The parts right below one."""
    found = _CHILD.findall(_children(part))
    if any(not deeper for _page, _mark, deeper, _other in found):
        raise ValueError("text beside parts")
    return [objects[int(deeper)][0] for _page, _mark, deeper, _other in found]


def _children(part: bytes) -> str:
    found = re.search(rb"/K\[([^\]]*)\]", part)
    return found[1].decode() if found else ""


def kinds(file: bytes) -> list[str]:
    """The roles of the parts, as a screen reader is told them: "H1", "TH", ... in the file's order."""
    return [kind.decode() for kind in re.findall(rb"/Type/StructElem/S/(\w+)", file)]


def _objects(file: bytes) -> Objects:
    """Each object by its number: what it says, and its stream unpacked."""
    if not file.startswith(b"%PDF-") or b"/ObjStm" in file or b"/Encrypt" in file:
        raise ValueError("this reads plain PDF files of typst only")
    found: dict[int, tuple[bytes, bytes]] = {}
    for number, text in _OBJECT.findall(file):
        stream = _STREAM.match(text)
        head, body = stream.groups() if stream else (text, b"")
        found[int(number)] = head, zlib.decompress(body) if b"/FlateDecode" in head else body
    return found


def _marked(objects: Objects) -> Mapping[Place, str]:
    """What stands where: a text by page and mark. What has none is a foot, or a line."""
    found: dict[Place, str] = {}
    for number, (head, _body) in objects.items():
        if re.search(rb"/Type/Page\b(?!s)", head):
            for mark, text in _on_page(objects, head):
                place = number, mark
                found[place] = " ".join((found.get(place, "") + text).split())
    return found


def _on_page(objects: Objects, page: bytes) -> Iterator[tuple[str, str]]:
    fonts = {
        name: _letters(objects[_reference(b"/ToUnicode", objects[int(number)][0])][1])
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", objects[_reference(b"/Resources", page)][0])
    }
    content, at = objects[_reference(b"/Contents", page)][1], 0
    letters: Mapping[bytes, str] = {}
    mark = text = ""
    while piece := _PIECE.search(content, at):
        at = piece.end()
        if piece[1]:
            letters = fonts[piece[1]]
        elif piece[0] == b"(":
            glyphs, at = _string(content, at)
            text += "".join(letters[glyphs[one : one + 2]] for one in range(0, len(glyphs), 2))
        elif piece[0] == b"BT":
            text += " "  # a line of its own, or a part of one in another font
        else:
            yield mark, text
            found = re.search(rb"/MCID (\d+)", piece[0])
            mark, text = found[1].decode() if found else "", ""
    yield mark, text


def _string(content: bytes, at: int) -> tuple[bytes, int]:
    """The string that begins at a place, and where it ends. Brackets in it are escaped or come in pairs."""
    begins, depth = at, 1
    while depth:
        step = content[at : at + 1]
        depth += (step == b"(") - (step == b")")
        at += 2 if step == b"\\" else 1
    return _ESCAPED.sub(_unescaped, content[begins : at - 1]), at


def _reference(name: bytes, head: bytes) -> int:
    found = re.search(re.escape(name) + rb" (\d+) 0 R", head)
    if found is None:
        raise ValueError(f"no {name.decode()} here")
    return int(found[1])


def _letters(table: bytes) -> Mapping[bytes, str]:
    """A font's own table of letters, by glyph."""
    parts = re.findall(rb"begin(bfchar|bfrange)(.*?)end", table, re.DOTALL)
    if any(kind != b"bfchar" for kind, _lines in parts):
        raise ValueError("this reads tables without ranges only")
    pairs = [pair for _kind, lines in parts for pair in re.findall(rb"<(\w{4})> <(\w+)>", lines)]
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in pairs
    }


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if code.isdigit() else _NAMED.get(code, code)
