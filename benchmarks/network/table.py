"""Format the rows of the printed table."""

from __future__ import annotations

HEAD = "| measure | p50 | p99 | goal | |\n|---|---|---|---|---|"


def times(what: str, measured: list[float], goal: str = "", note: str = "") -> None:
    """Format a row of times in milliseconds."""
    ordered = sorted(measured)
    half, most = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"| {what} | {half:.1f} ms | {most:.1f} ms | {goal} | {note} |", flush=True)


def figure(what: str, said: str, goal: str = "", note: str = "") -> None:
    """Format a row with a single figure."""
    print(f"| {what} | {said} | | {goal} | {note} |", flush=True)
