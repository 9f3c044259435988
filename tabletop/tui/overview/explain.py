"""Why each point was given: the ledger in sentences, what would have changed it, who told whom, the rules."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from tabletop.exercise.events import Record
from tabletop.pages.content import tag
from tabletop.pages.layout import Line
from tabletop.pages.terminal import TerminalPage
from tabletop.report import explaining
from tabletop.report.build import build_coordination
from tabletop.report.model.coordination import Coordination
from tabletop.report.model.explanation import Explanation
from tabletop.report.sections.explanation import write_best, write_outlooks, write_points
from tabletop.report.sections.ties import write_consultations, write_joint_decisions, write_matrix
from tabletop.rules.describe import rules_page
from tabletop.scenario.scenario import Scenario
from tabletop.tui.kit.box import Box
from tabletop.tui.kit.keyboard import tell_once
from tabletop.tui.kit.made_page import MadePage
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.window import Window, keys_line

PARTS: Final = (
    ("ledger", "Points"),
    ("changes", "What would have changed it"),
    ("coordination", "Between teams"),
    ("rules", "Rules"),
    ("best", "What would have helped most"),
)
"""The parts of the window, by number."""

_NARROWED: Final = frozenset({"ledger", "changes", "best"})
"""Those that can be narrowed to a team and an objective."""

_WAIT: Final = {
    "ledger": "working out why each point was given …",
    "changes": "working out what would have changed it …",
    "coordination": "working out who told whom …",
    "best": "working out what would have helped most …",
}


class ExplainWindow(Window[None]):
    """Explains the log as it stood when the window was opened.

    What takes time is worked out on another thread, over records that no longer change, and the screen
    shows each part as soon as it is there.
    """

    DEFAULT_CSS = """
    ExplainWindow {
        & > .window { max-width: 140; height: 100%; }
        & MadePage, & ScrollPage { height: 1fr; }
        & Box { height: 1; }
        & .-away { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"part('{part}')", title, id=f"explain.{part}")
            for number, (part, title) in enumerate(PARTS, 1)
        ),
        Binding("t", "team(1)", "Next team", id="explain.team"),
        Binding("o", "objective(1)", "Next objective", id="explain.objective"),
        Binding("backspace", "one_back", "One back", id="explain.one-back"),
        Binding("i,enter", "leave", "Back", show=False, id="explain.close"),
    ]

    def __init__(self, scenario: Scenario, records: Sequence[Record], *, part: str = "ledger") -> None:
        super().__init__("Explain")
        self._scenario = scenario
        self._records = tuple(records)
        self._part = part
        self._team: str | None = None
        self._objective: str | None = None
        self._stepped = "team"
        self._ledger: Explanation | None = None
        self._changes: Explanation | None = None
        self._ties: Coordination | None = None
        self._failed = False

    def inside(self) -> Iterable[Widget]:
        """Yield the parts, what they are narrowed to, and the part that is shown."""
        yield Box(id="explain-parts")
        yield Box(id="explain-only")
        yield MadePage(id="explain-page")
        yield ScrollPage(rules_page(self._scenario), id="explain-rules")

    def keys(self) -> Content:
        """Parts, filters, moving."""
        return keys_line(
            ("1-5", "part"),
            ("T", "team"),
            ("O", "objective"),
            ("Backspace", "one back"),
            ("Up Down PgUp PgDn", "move"),
            ("Esc", "back"),
        )

    def on_mount(self) -> None:
        """Show what there is, and begin to work out the rest."""
        self._show()
        self._work_out()

    @work(exclusive=True, exit_on_error=False, group="explain")
    async def _work_out(self) -> None:
        records = self._records
        self._ledger = await asyncio.to_thread(explaining.explain, records, what_if=False)
        self._show()
        self._ties = await asyncio.to_thread(build_coordination, records)
        self._show()
        self._changes = await asyncio.to_thread(explaining.explain, records)
        self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what could not be worked out: it must not stop the exercise."""
        if event.state is WorkerState.ERROR:
            self._failed = True
            self._show()

    # Actions ------------------------------------------------------------------------------------

    def action_part(self, part: str) -> None:
        """Show another part."""
        self._part = part
        self._show()

    def action_team(self, step: int) -> None:
        """Narrow to the next team; after the last one to none."""
        if not self._narrows():
            return
        self._stepped = "team"
        self._team = _next(self._team, self._scenario.teams, step)
        self._show()

    def action_objective(self, step: int) -> None:
        """Narrow to the next objective; after the last one to none."""
        if not self._narrows():
            return
        self._stepped = "objective"
        self._objective = _next(self._objective, self._scenario.objectives, step)
        self._show()

    def _narrows(self) -> bool:
        """Return whether the part that is shown can be narrowed; say so where it cannot."""
        if self._part in _NARROWED:
            return True
        tell_once(self, "Only parts 1, 2 and 5 are narrowed to a team or an objective.")
        return False

    def action_one_back(self) -> None:
        """Narrow to the one before, of what was narrowed last."""
        if self._stepped == "team":
            self.action_team(-1)
        else:
            self.action_objective(-1)

    # Drawing ------------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.is_attached:
            return
        made, rules = self.query_one("#explain-page", MadePage), self.query_one("#explain-rules", ScrollPage)
        self.query_one("#explain-parts", Box).show([tuple(self._tabs())])
        self.query_one("#explain-only", Box).show([tuple(self._only())])
        here = rules if self._part == "rules" else made
        made.set_class(here is not made, "-away")
        rules.set_class(here is not rules, "-away")
        here.focus()
        if here is made:
            made.make(self._lines, (self._part, self._team, self._objective))

    def _tabs(self) -> Iterable[Part]:
        for number, (part, title) in enumerate(PARTS, 1):
            yield (f"{number} ", "new" if part == self._part else "dim")
            yield (f"{title}   ", "strong" if part == self._part else "dim")

    def _only(self) -> Iterable[Part]:
        if self._part not in _NARROWED:
            return
        team = "all" if self._team is None else self._scenario.teams[self._team].name
        goal = self._scenario.objectives[self._objective] if self._objective is not None else None
        yield ("Team ", "dim")
        yield (team, "strong")
        yield ("   Objective ", "dim")
        yield ("all" if goal is None else f"{goal.code} {goal.title}", "strong")

    def _lines(self, width: int) -> Sequence[Line]:
        page = TerminalPage(width)
        if self._part == "ledger" and self._ledger is not None:
            write_points(page, self._ledger.only(self._team, self._objective))
        elif self._part == "changes" and self._changes is not None:
            write_outlooks(page, self._changes.only(self._team, self._objective))
        elif self._part == "best" and self._changes is not None:
            write_best(page, self._changes.only(self._team, self._objective))
        elif self._part == "coordination" and self._ties is not None:
            write_matrix(page, self._ties)
            write_joint_decisions(page, self._ties)
            write_consultations(page, self._ties)
        elif self._failed:
            page.paragraph(tag("It could not be worked out. The exercise is not touched by that.", "bad"))
        else:
            page.paragraph(_WAIT[self._part], "none")
        return page.lines


def _next(word: str | None, words: Iterable[str], step: int) -> str | None:
    """Return the word after this one, with nothing between the last and the first."""
    known = list(chain((None,), words))
    return known[(known.index(word) + step) % len(known)]
