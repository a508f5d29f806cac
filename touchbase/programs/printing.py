"""What a program prints on."""

from touchbase.programs.policy import Policy

_LETTER = frozenset({"US", "CA", "MX", "PH"})  # where people print on Letter


def paper_of(policy: Policy) -> str:
    """The size of paper of the program's country, as typst names it."""
    return "us-letter" if policy.program.country in _LETTER else "a4"
