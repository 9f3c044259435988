"""What an observer and an evaluator can do, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.state import Stage
from tabletop.host.drafts import SeatDrafts
from tabletop.tui.kit.command_registry import CommandGroup, CommandRegistry, ScreenCommand
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.unsent import KEY, NOTHING
from tabletop.tui.overview.judging import no_actions
from tabletop.tui.overview.overview_model import OverviewModel

JUDGING: Final = frozenset({"observe", "grade", "adjust", "tick", "yours", "unsent"})
"""Commands of an evaluator; an observer is offered none of them."""

SEES: Final = (
    "You see everything that exercise control sees, as it happens. The list follows the newest event until "
    "you go up in it; End follows again. "
)
NOTHING_CHANGES: Final = "Nothing you press here changes the exercise."
JUDGES: Final = (
    "A note is about the inject or decision of the event under the cursor unless you choose another. What "
    "you give is kept here until the host has recorded it."
)


class Watch(Protocol):
    """What commands work at: a watcher's screen."""

    model: OverviewModel
    drafts: SeatDrafts
    judges: bool
    """Whether it is an evaluator's."""

    def observation(self) -> Form:
        """Make a form about the inject or decision of the event under the cursor."""

    def rating(self) -> Form:
        """Make a form for the rating of an objective."""

    def adjustment(self) -> Form:
        """Make a form for the change of a score."""

    def tick(self) -> Form:
        """Make a form for an expected action."""

    def ask(self, form: Form) -> None:
        """Open a form."""

    def show_panel(self, panel: str) -> None:
        """Show a panel where there is no room for all."""

    def explain(self) -> None:
        """Say why each point was given."""

    def show_unsent(self) -> None:
        """Show what was typed and not sent."""

    def show_keys(self) -> None:
        """List the keys."""

    def leave(self) -> None:
        """Leave the seat."""


def _why_not_judge(watch: Watch) -> str:
    """Return why nothing can be judged: `may` is the same for all of them."""
    if not watch.judges:
        return "An observer looks on. Notes and ratings come from an evaluator's seat."
    if watch.model.version and may(watch.model.stage, c.Observe):
        return ""
    closed = watch.model.version and watch.model.stage is Stage.CLOSED
    return "The record is closed." if closed else "The exercise has not begun."


def _nothing_unsent(watch: Watch) -> str:
    return "" if watch.drafts.readable() else NOTHING


def _judging(
    key: str,
    name: str,
    label: str,
    help: str,
    make: Callable[[Watch], Form],
    *,
    unless: Callable[[Watch], str] = lambda _: "",
) -> ScreenCommand[Watch]:
    return ScreenCommand(
        name,
        key,
        label,
        help,
        lambda watch: watch.ask(make(watch)),
        why_not=lambda watch: _why_not_judge(watch) or unless(watch),
        hidden=lambda watch: not (watch.judges and watch.model.version),
        form=lambda watch, _: make(watch),
    )


def _panel(key: str, panel: str, shows: str) -> ScreenCommand[Watch]:
    return ScreenCommand(
        panel,
        key,
        panel.capitalize(),
        shows,
        lambda watch: watch.show_panel(panel),
        hidden=lambda watch: panel == "yours" and not watch.judges,
    )


COMMANDS: Final[CommandRegistry[Watch]] = CommandRegistry(
    "watch",
    [
        CommandGroup(
            "",
            (
                _judging(
                    "o",
                    "observe",
                    "Observe",
                    "note what you saw, about what the cursor is on",
                    lambda watch: watch.observation(),
                ),
                _judging(
                    "y", "grade", "Rate", "rate how an objective was performed", lambda watch: watch.rating()
                ),
                _judging(
                    "t",
                    "adjust",
                    "Adjust",
                    "change a team's score, with a reason",
                    lambda watch: watch.adjustment(),
                ),
                _judging(
                    "l",
                    "tick",
                    "Expected",
                    "tick an expected action as done or not seen",
                    lambda watch: watch.tick(),
                    unless=lambda watch: no_actions(watch.model),
                ),
                ScreenCommand(
                    "explain",
                    "i",
                    "Explain",
                    "why each point was given, who told whom",
                    lambda watch: watch.explain(),
                ),
                _panel("1", "event", "the event under the cursor, in full"),
                _panel("2", "scores", "the score per objective"),
                _panel("3", "yours", "what became of what you gave"),
                ScreenCommand(
                    "unsent",
                    KEY,
                    "Unsent",
                    "what was typed here and not sent",
                    lambda watch: watch.show_unsent(),
                    why_not=_nothing_unsent,
                    hidden=lambda watch: bool(_nothing_unsent(watch)),
                ),
                ScreenCommand(
                    "help",
                    "question_mark",
                    "Help",
                    "this page",
                    lambda watch: watch.show_keys(),
                    shown_as="?",
                ),
                ScreenCommand("quit", "q", "Leave", "leave this seat", lambda watch: watch.leave()),
            ),
        )
    ],
)
