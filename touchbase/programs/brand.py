"""A program's one color: whether it can be read, the nearest shade that can, and its two themes.

Contrast is WCAG 2.2's (success criterion 1.4.3); the grounds are those of ux.md section 5.
"""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

WHITE = "#FFFFFF"
LEAST = 4.5  # a policy's color on white
_TEXT = 7.0  # text of the pages on every ground (1.4.6)
_LIGHT_GROUND, _DARK_GROUND = "#E2EAE9", "#193138"  # the hardest of each theme
_STEPS = 256


@dataclass(frozen=True, slots=True)
class Shades:
    """A color for text and links, a stronger one under the pointer, and a tint to write on."""

    brand: str
    strong: str
    tint: str


@dataclass(frozen=True, slots=True)
class Themes:
    """One color as it stands in light and in dark."""

    light: Shades
    dark: Shades


def contrast(one: str, other: str) -> float:
    """How far two colors stand apart, from 1 to 21. Colors are written like "#0A4E59"."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def passes(color: str) -> bool:
    """Whether a policy may have this color: white text on it can be read, and it on white."""
    return contrast(color, WHITE) >= LEAST


def nearest_passing(color: str) -> str:
    """The same hue, only as much darker as a policy's color has to be."""
    return _until(color, WHITE, LEAST)


def themes(color: str) -> Themes:
    """The color as both themes use it: text on any of their grounds reaches 7 to 1."""
    light = _until(color, _LIGHT_GROUND, _TEXT)
    dark = _until(color, _DARK_GROUND, _TEXT)
    light_tint, dark_tint = _at_lightness(color, 0.9), _at_lightness(color, 0.13)
    return Themes(
        light=Shades(_until(light, light_tint, _TEXT), _until(light, light_tint, _TEXT * 1.3), light_tint),
        dark=Shades(_until(dark, dark_tint, _TEXT), _until(dark, dark_tint, _TEXT * 1.3), dark_tint),
    )


def _until(color: str, ground: str, least: float) -> str:
    """Move away from the ground's lightness, step by step, until the contrast is there."""
    if contrast(color, ground) >= least:
        return color
    start = _hls(color)[1]
    end = 0.0 if _luminance(ground) > 0.18 else 1.0  # 0.18: where black and white contrast alike
    shades = (_at_lightness(color, start + (end - start) * step / _STEPS) for step in range(1, _STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= least)


def _at_lightness(color: str, lightness: float) -> str:
    hue, _, saturation = _hls(color)
    return "#" + "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, lightness, saturation))


def _hls(color: str) -> tuple[float, float, float]:
    red, green, blue = _parts(color)
    return rgb_to_hls(red, green, blue)


def _parts(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(color: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
