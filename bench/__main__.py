"""`python -m bench [start|judge|saves|kills|search] [--runs N]`."""

from __future__ import annotations

import argparse

from bench import judge, kills, saves, search, start

BENCHES = {
    "start": start.run,
    "judge": judge.run,
    "saves": saves.run,
    "kills": kills.run,
    "search": search.run,
}


def main() -> None:
    """Run the named benches, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="default: all")
    parser.add_argument("--runs", type=int, default=15, help="how often each thing is timed")
    options = parser.parse_args()
    for name in options.names or BENCHES:
        print(f"== {name}")
        BENCHES[name](options.runs)


main()
