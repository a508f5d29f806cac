"""Run every bench, or those named: `python -m bench [servers …]`. Each prints its own table."""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))


def main(wanted: list[str]) -> None:
    """Run them one after the other: two at once would measure each other."""
    for name in wanted or NAMES:
        print(f"\n## {name}\n", flush=True)
        import_module(f"bench.bench_{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
