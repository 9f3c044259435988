"""Replay a seed: `python -m tests.simulation SEED [--count N] [--verbose]`."""

from __future__ import annotations

import argparse
import sys

from tests.simulation.simulation import simulate


def main() -> int:
    """Play seeds one after the other; return 1 at the first failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("seed", type=int, help="the first seed to play")
    parser.add_argument("--count", type=int, default=1, help="how many seeds to play, this one first")
    parser.add_argument("--verbose", action="store_true", help="tell everything that happens")
    chosen = parser.parse_args()
    for seed in range(chosen.seed, chosen.seed + chosen.count):
        try:
            witness = simulate(seed, print if chosen.verbose else lambda _: None)
        except AssertionError as error:
            print(f"seed {seed}: {error}", file=sys.stderr)
            return 1
        told = ", ".join(f"{name} {number}" for name, number in sorted(witness.counts.items()))
        print(f"seed {seed}: {len(witness.records)} events; {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
