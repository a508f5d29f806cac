"""Reading a PNG file (W3C PNG, 8 bits a channel, no interlacing) without a library: gray values by row."""

import struct
import zlib

ALPHA = 6  # color type of red, green, blue and alpha


def gray_rows(png: bytes) -> list[list[int]]:
    """The brightest of each pixel's three colors, by row: 0 is pure black."""
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) != (8, ALPHA):
        raise ValueError("this reads 8 bits of red, green, blue and alpha only")
    raw = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    step, rows, before = 4, [], bytearray(width * 4)
    for y in range(height):
        start = y * (width * step + 1)
        line = bytearray(raw[start + 1 : start + 1 + width * step])
        _unfilter(raw[start], line, before, step)
        rows.append([max(line[x : x + 3]) for x in range(0, width * step, step)])
        before = line
    return rows


def _chunks(png: bytes):
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfilter(how: int, line: bytearray, before: bytearray, step: int) -> None:
    for i in range(len(line)):
        left = line[i - step] if i >= step else 0
        up = before[i]
        corner = before[i - step] if i >= step else 0
        line[i] = (line[i] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[how]) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
