"""How many pieces a text message is cut into.

Source: 3GPP TS 23.038. A text of only GSM-7 signs holds 160 in one piece and 153 in each of several; a single
other sign, a curly quote for one, makes it 70 and 67.
"""

from math import ceil

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("\f^{}\\[~]|€")


def segments(text: str) -> int:
    """The number of pieces `text` travels in; more than two is too long for a first note."""
    signs = set(text)
    if signs <= _BASIC | _TWICE:
        return _pieces(sum(2 if sign in _TWICE else 1 for sign in text), 160, 153)
    return _pieces(len(text.encode("utf-16-be")) // 2, 70, 67)


def _pieces(length: int, alone: int, each: int) -> int:
    return 1 if length <= alone else ceil(length / each)
