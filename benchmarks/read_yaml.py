"""Compares reading a scenario with PyYAML's fastest loader: ``python benchmarks/read_yaml.py``.

Both read the same synthetic inject library in the same process; the figures are medians.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.scenario.reading import read_document


def write_library(path: Path, injects: int) -> None:
    """Write an inject library of fifteen lines an inject, with some text that is not Latin."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(injects):
            file.write(
                f"inject-{number}:\n"
                f"  title: Heat signature number {number}, heading south\n"
                "  from: Missile warning centre\n"
                "  channel: warning-net\n"
                "  to: [washington, tokyo, seoul]\n"
                f"  at: T+{number % 120}\n"
                f"  priority: {number % 5}\n"
                "  text: |\n"
                "    Heat signature at the western site, heading south. Confidence moderate.\n"
                "    西側の発射場で熱源を探知。南へ向かっている模様。確度は中程度。\n"
                '  expected: "Push to both partners within two minutes: no later"\n'
                "  public: false\n"
                "  card:\n"
                f"    id: detection-{number}\n"
                "    window: 2 min\n"
            )


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of several runs, each begun with nothing left to collect."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
        del result
    return statistics.median(times)


def pyyaml(path: Path) -> object:
    """Load with libyaml, PyYAML's fast loader: no positions, few checks."""
    with path.open("rb") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe


def pyyaml_without_collector(path: Path) -> object:
    """Load the same way with the garbage collector held back."""
    gc.disable()
    try:
        return pyyaml(path)
    finally:
        gc.enable()


def main() -> None:
    """Write the file, time the three ways of reading it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--injects", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "injects.yaml"
        write_library(path, options.injects)
        size = path.stat().st_size
        rows = {
            "PyYAML CSafeLoader": median_seconds(lambda: pyyaml(path), options.runs),
            "the same, collector off": median_seconds(lambda: pyyaml_without_collector(path), options.runs),
            "tabletop read_document": median_seconds(lambda: read_document(path), options.runs),
        }
    base = rows["PyYAML CSafeLoader"]
    print(
        f"{options.injects:,} injects, {options.injects * 15:,} lines, {size / 2**20:.1f} MiB;"
        f" medians of {options.runs} runs"
    )
    for label, seconds in rows.items():
        print(f"{label:26} {seconds:7.2f} s {seconds / base:6.2f} x")


if __name__ == "__main__":
    main()
