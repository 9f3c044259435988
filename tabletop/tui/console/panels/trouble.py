"""The band that says that nothing can be recorded."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.tui.widgets.toned import plain


class TroubleBand(Static):
    """Hidden while all is well."""

    DEFAULT_CSS = """
    TroubleBand {
        display: none;
        height: auto;
        background: $error;
        color: $background;
        text-style: bold;
        padding: 0 1;
        &.-shown { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._trouble: str | None = None

    def show(self, trouble: str | None) -> None:
        """Say what is wrong, what is safe, and what to do."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self.set_class(trouble is not None, "-shown")
        if trouble is not None:
            self.update(
                plain(
                    f"NOTHING CAN BE RECORDED: {trouble.rstrip('.')}.\n"
                    "Everything recorded so far is safe. Play stands still. Press F5 to try again."
                )
            )
