"""Golden files: exports and scores are contracts, byte for byte.

``TABLETOP_UPDATE_GOLDEN=1 pytest …`` writes them anew; the difference is then read like any other.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
# Read here because tests run without any TABLETOP_ variable.
_UPDATE = bool(os.environ.get("TABLETOP_UPDATE_GOLDEN"))


def golden(name: str, text: str) -> str:
    """What the golden file of that name holds; written anew with this text if that was asked for."""
    path = FOLDER / name
    if _UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert path.exists(), f"no golden file {name}: make it with TABLETOP_UPDATE_GOLDEN=1"
    return path.read_bytes().decode("utf-8")
