"""The keys of a watcher's screen, each declared once: footer, help and command palette are made from here."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from tabletop.tui.kit.unsent import KEY

JUDGING: Final = frozenset({"observe", "grade", "adjust"})
"""Actions of an evaluator; an observer is offered none of them."""

SEES: Final = """\
You see everything that exercise control sees, as it happens. The list follows the newest event until you go \
up in it; End follows again. Nothing you press here changes the exercise."""

JUDGES: Final = """\
You see everything that exercise control sees, as it happens. The list follows the newest event until you go \
up in it; End follows again. A note is about the inject or decision of the event under the cursor unless you \
choose another. What you give is kept here until the host has recorded it."""


def _letter(key: str, action: str, label: str, tooltip: str) -> Binding:
    return Binding(key, action, label, tooltip=tooltip, key_display=key.upper(), id=f"watch.{label.lower()}")


KEYS: Final[list[BindingType]] = [
    _letter("o", "observe", "Observe", "note what you saw, about what the cursor is on"),
    _letter("y", "grade", "Rate", "rate how an objective was performed"),
    _letter("t", "adjust", "Adjust", "change a team's score, with a reason"),
    _letter("i", "explain", "Explain", "why each point was given, who told whom"),
    Binding("1", "panel('event')", "Event", tooltip="the event under the cursor, in full", id="watch.event"),
    Binding("2", "panel('scores')", "Scores", tooltip="the score per objective", id="watch.scores"),
    Binding("3", "panel('yours')", "Yours", tooltip="what became of what you gave", id="watch.yours"),
    Binding(KEY, "unsent", "Unsent", tooltip="what was typed here and not sent", id="watch.unsent"),
    Binding("question_mark", "help", "Help", key_display="?", tooltip="this page", id="watch.help"),
    Binding(
        "q",
        "app.quit",
        "Leave",
        key_display="Q",
        tooltip="leave this seat",
        id="watch.quit",
    ),
]
