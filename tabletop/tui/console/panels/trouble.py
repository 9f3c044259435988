"""The band that says that nothing can be recorded, or that the host cannot be reached."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.protocol.link import Link
from tabletop.tui.kit.styling import plain


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
        self._words: str | None = None

    def show(self, link: Link) -> None:
        """Say what is wrong, what is safe, and what to do."""
        trouble = link.trouble()
        words = trouble and _words(trouble.rstrip("."), link)
        if words == self._words:
            return
        self._words = words
        self.set_class(bool(words), "-shown")
        self.update(plain(words or ""))


def _words(trouble: str, link: Link) -> str:
    if link.finished:
        return (
            f"THIS CONSOLE IS CUT OFF: {trouble}.\n"
            "The exercise goes on without it. Ctrl+Q leaves; the same command opens it again."
        )
    if link.other_exercise:
        return (
            f"ANOTHER EXERCISE IS AT THIS ADDRESS: {trouble}.\n"
            "The clock stands here until then. What was recorded is safe at the host that this console knows."
        )
    if not link.live:
        return (
            f"NO LINK TO THE HOST: {trouble}.\n"
            "What was recorded is safe there. If its program has stopped, start it again with --resume."
        )
    return (
        f"NOTHING CAN BE RECORDED: {trouble}.\n"
        "Everything recorded so far is safe. Play stands still. Press F5 to try again."
    )
