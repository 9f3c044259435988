"""B07-B09: text that means harm, or is only very long or wide, in every field and panel of the console."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from textual.widgets import Input

from tabletop.exercise import commands as c
from tabletop.plaintext import find_control
from tabletop.scenario.scenario import Scenario
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.fields import TickBox
from tabletop.tui.kit.words_field import WordsField
from tests.builders import tiny_scenario
from tests.tui.console.staging import LARGE, SMALL, Console, Play, console
from tests.tui.station.playing import shown

pytestmark = pytest.mark.slow

HOSTILE = {
    "unmatched tag": "[/nope] [b]bold[/b] [link=http://x]y[/link] [/",
    "action": "[@click=app.exit]press here[/]",
    "style": "[red on $error]x[/] $primary {0} %s \\",
    "escape sequences": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]52;c;eA==\x07 \x9b2J \x9d8;;http://x\x9c",
    "bidirectional": "abc\u202edef\u2066ghi \u200f",
    "nothing": "\x00\x7f\ufeff\u2028",
    "lone surrogate": "a\ud800b",
    "long": "long " * 2_000,
    "one long word": "x" * 9_000,
    "wide": "東京は警報を発令する。서울은 동의한다。" * 20,
    "joined": "👩\u200d👩\u200d👧\u200d👦 e\u0301 🇯🇵 ﷽",
    "lines": "\n" * 100 + "end",
    "tabs": "a\tb\tc",
    "formula": "=1+1 @SUM(A1) -2+3",
}
NO_KEYBOARD = {"nothing", "lone surrogate"}
"""What a text area takes for a line break or cannot hold."""


FORMS = (
    ("n", "note-taken", "text"),
    ("o", "observation-made", "text"),
    ("m", "message-sent", "text"),
    ("e", "inject-edited", "text"),
    ("x", "inject-released", "text"),
    ("t", "score-adjusted", "reason"),
)
"""Keys of the forms with a text, what they record, and where the text stands in it."""


def harmless(desk: Console) -> None:
    """Nothing on the screen is a control, and the program still runs."""
    for line in shown(desk.app).split("\n"):
        assert find_control(line) is None
    assert desk.app.is_running


async def walk(desk: Console, keys: str) -> None:
    """Press keys, and look at each screen on the way."""
    for key in keys.split():
        await desk.press(key)
        harmless(desk)


def littered() -> Play:
    """An exercise in which everybody says everything that is hostile."""
    play = Play(name=HOSTILE["unmatched tag"]).start().until(5).release("detection")
    play.do(c.Edit(inject="notice", title=HOSTILE["action"], text=HOSTILE["lines"]))
    play.do(c.Decide(decision="push-track", option="both", rationale=HOSTILE["action"]), "washington")
    for text in HOSTILE.values():
        play.do(c.AdHoc(title=text[:300], sender=text[:300], channel=text[:300], to=("tokyo",), text=text))
        play.do(c.AdHoc(title=text[:300], sender="x", to=("seoul",), text=text, release=False))
        play.do(c.Consult(with_=("seoul",), text=text), "tokyo")
        play.do(c.Answer(from_="tokyo", text=text), "seoul").do(c.State(text=text), "tokyo")
        play.do(c.Message(to=("control",), text=text), "seoul").do(c.Note(text=text))
        play.do(c.Observe(text=text, about="notice"))
        play.do(c.Adjust(team="tokyo", objective="share", points=0.5, reason=text))
        play.do(c.Pausex(reason=text)).do(c.Resume())
    return play.do(c.Consult(with_=("seoul",), text=HOSTILE["action"]), "tokyo")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])
async def test_text_of_others_is_only_ever_shown(size: tuple[int, int]) -> None:
    """In lists, panels, windows and the log."""
    play = littered()
    async with console(play, size) as desk:
        await walk(desk, "2 3 4 5 1 enter escape e escape a escape v escape o escape t escape r escape")
        await walk(desk, "end" + " up" * (len(desk.screen.model.rows()) - 1))
        await walk(desk, "l" + " up" * 30 + " home escape")
        assert isinstance(desk.app.screen, ConsoleScreen)


@pytest.mark.parametrize(("key", "kind", "field"), FORMS, ids=[kind for _, kind, _ in FORMS])
async def test_typed_text_is_recorded_as_typed(key: str, kind: str, field: str) -> None:
    """In composed form; what is dangerous is made harmless only where it is shown."""
    play = Play().start()
    async with console(play, SMALL) as desk:
        for text in (text for name, text in HOSTILE.items() if name not in NO_KEYBOARD):
            await desk.pilot.press(key)
            await desk.pilot.pause()
            form = desk.app.screen
            for line in form.query(Input):
                line.value = "Someone"
            for box in form.query(TickBox):
                box.value = True
            form.query_one(WordsField).text = text
            await desk.pilot.pause()
            harmless(desk)
            await desk.press("ctrl+s")
            event = play.last().event
            assert event.type == kind
            assert getattr(event, field) == normalize("NFC", text)
            harmless(desk)
            assert isinstance(desk.app.screen, ConsoleScreen)


@pytest.mark.parametrize("key", ["e", "slash", "v", "j"], ids=["title", "filter", "list", "time"])
async def test_typed_lines_are_harmless(key: str) -> None:
    """One-line fields: the title of an inject, the filter, a list narrowed by typing, a game time."""
    play = Play().start()
    async with console(play, SMALL) as desk:
        for text in HOSTILE.values():
            await desk.pilot.press(key)
            await desk.pilot.pause()
            field = desk.app.focused
            assert isinstance(field, Input)
            field.value = text
            await desk.pilot.pause()
            harmless(desk)
            if key != "e":
                await walk(desk, "enter")
            await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, ConsoleScreen)


def written_by_others(nasty: str) -> Scenario:
    """The same words wherever an author can write."""
    teams = {"red": {"name": nasty}, "blue": {"name": f"{nasty} 2"}}
    return tiny_scenario(
        title=nasty,
        summary=nasty,
        ground_rules=[nasty],
        teams=teams,
        objectives={"share": {"code": "O1", "title": nasty}},
        labels={"label": nasty},
        late=None,
        capital={"start": 6},
        backlash=None,
        phases=[
            {"id": "one", "title": nasty, "from": "T+0", "prompts": [nasty]},
            {"id": "two", "title": nasty, "from": "T+9"},
        ],
        timeline=[
            {
                "id": "first",
                "code": "A1",
                "at": "T+0",
                "inject": {
                    "title": nasty,
                    "from": nasty,
                    "channel": nasty,
                    "to": ["red", "blue"],
                    "text": nasty,
                    "expected": nasty,
                    "notes": nasty,
                    "card": {"id": "card", "title": nasty, "holder": "red", "window": "2 min"},
                    "additions": [{"to": ["blue"], "text": nasty}],
                },
                "decisions": ["what"],
            }
        ],
        decisions={
            "what": {
                "title": nasty,
                "question": nasty,
                "team": ["red", "blue"],
                "window": "2 min",
                "options": {"yes": {"text": nasty, "tradeoff": nasty, "effects": {"share": 1}}},
            }
        },
    )


async def test_markup_in_a_scenario_is_only_ever_shown() -> None:
    """A scenario is written by others, too: teams, objectives, phases, options, prompts."""
    play = Play(written_by_others("[/nope] [@click=app.exit]x[/] [b]y"))
    async with console(play, LARGE) as desk:
        await walk(
            desk, "enter escape s r enter escape v enter 1 escape o escape t escape g enter g escape ctrl+p"
        )
        assert "[/nope]" in desk.text
