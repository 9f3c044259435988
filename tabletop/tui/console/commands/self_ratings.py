"""Teams on themselves: ask every team to rate itself where play stands, and read what each gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.decide.self_ratings import open_now, to_rate
from tabletop.exercise.state import OwnRating, SelfRatings
from tabletop.plaintext import in_quotes, one_line
from tabletop.scenario.probes import END
from tabletop.tui.console.console import Console
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line, Part

_KEY: Final = "ctrl+y"

_HOW: Final = (
    "Each team gives itself P, S, M or U on the objectives that it chooses. It can change that until play "
    "goes on. It is not part of any score."
)


def still_to_rate(console: Console) -> Iterator[Line]:
    """Yield who has rated itself and who has not, while teams can and not all have."""
    asked = open_now(console.model.state)
    if asked is not None and len(asked.given) < len(console.model.scenario.teams):
        yield (("Teams cannot rate themselves any more then:", "warn"),)
        for team in console.model.scenario.teams:
            done: Part = ("has rated itself", "good") if team in asked.given else ("has not yet", "warn")
            yield (_who(console, team), done)


def _self_ratings(console: Console) -> None:
    state = console.model.state
    asked = open_now(state)
    if asked is None and may(state.stage, c.AskSelfRatings):
        lines: list[Line] = [((f"{one.name}", "plain"),) for one in to_rate(state)]
        lines.append(((_HOW, "dim"),))
        question = Confirm("Ask every team to rate itself on these objectives?", lines, yes="ask them")
        console.ask(
            question,
            lambda _: console.send(c.AskSelfRatings()),
            settled=lambda: open_now(console.model.state) is not None,
        )
        return
    lines = []
    for found in sorted(state.self_ratings.values(), key=lambda one: -one.seq):
        lines += [*([()] if lines else []), *_given(console, found, still=found is asked)]
    console.ask(ReadingWindow("How teams rate themselves", lines, closing=(_KEY,)))


def _given(console: Console, found: SelfRatings, *, still: bool) -> Iterator[Line]:
    """Yield what each team gave at one gate."""
    titles = {phase.id: in_quotes(phase.title) for phase in console.model.scenario.phases}
    where = "After ENDEX" if found.gate == END else f"At the gate after {titles[found.gate]}"
    yield ((where, "strong"), (", open until play goes on" if still else "", "dim"))
    for team in console.model.scenario.teams:
        own = found.given.get(team)
        if own is None:
            yield (_who(console, team), ("not yet", "warn") if still else ("did not rate itself", "dim"))
        else:
            yield (_who(console, team), (_letters(own), "plain"))
            if own.note:
                yield (("", "plain"), (in_quotes(one_line(own.note)), "dim"))


def _letters(own: OwnRating) -> str:
    return "  ".join(f"{one.code} {one.rating}" for one in own.ratings)


def _who(console: Console, team: str) -> Part:
    return (f"{console.model.team(team):<12} ", "strong")


def _why_not(console: Console) -> str:
    state = console.model.state
    if may(state.stage, c.AskSelfRatings) or state.self_ratings:
        return ""
    return "Teams are asked to rate themselves at a gate, and after ENDEX."


SELF_RATINGS: Final[ScreenCommand[Console]] = ScreenCommand(
    "self-ratings",
    _KEY,
    "Self-rating",
    "At a gate and after ENDEX: ask teams to rate themselves; then read what each gave",
    _self_ratings,
    _why_not,
    rank=31,
    shown_as="Ctrl+Y",
)
