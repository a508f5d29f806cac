"""A program's color as tokens of the stylesheet, for both themes."""

from touchbase.programs.brand import Shades, themes

OURS = "#0A4E59"  # the stylesheet's own; a program that has it needs no tokens


def stylesheet(color: str) -> str:
    """The stylesheet of one color. Every shade is readable on every ground; `programs.brand` sees to that."""
    if color.upper() == OURS:
        return "/* The usual colors. */\n"
    both = themes(color)
    light, dark = _light(both.light), _dark(both.dark)
    return (
        "@layer tokens {\n"
        f"  :root {{ {light} }}\n"
        f'  @media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
        f'  :root[data-theme="dark"] {{ {dark} }}\n'
        "}\n"
    )


def _light(shades: Shades) -> str:
    """By day the color also is the main button and the hero's ground, both darker than it."""
    return " ".join(
        (
            f"--brand: {shades.brand}; --brand-strong: {shades.strong}; --brand-tint: {shades.tint};",
            f"--act: {shades.brand}; --act-hover: {shades.strong}; --mark: {shades.brand};",
            f"--night: {shades.strong}; --night-2: {shades.brand};",
        )
    )


def _dark(shades: Shades) -> str:
    """By night the button is the lamp, and the color is only a hint."""
    return " ".join(
        (
            f"--brand: {shades.brand}; --brand-strong: {shades.strong}; --brand-tint: {shades.tint};",
            f"--night: {shades.tint}; --mark: {shades.brand};",
        )
    )
