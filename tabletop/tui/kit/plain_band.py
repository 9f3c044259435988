"""The red band of a connection that others can read."""

from __future__ import annotations

from typing import Final

from textual.widgets import Static

NOT_ENCRYPTED: Final = "NOT ENCRYPTED: everybody on this network can read along and pose as the host."


class PlainBand(Static):
    """Stands for as long as the screen does. Cannot be sent away."""

    DEFAULT_CSS = """
    PlainBand {
        height: 1;
        width: 100%;
        text-align: center;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        text-style: bold;
        background: #b00020;
        color: white;
    }
    """

    def __init__(self) -> None:
        super().__init__(NOT_ENCRYPTED, markup=False)
