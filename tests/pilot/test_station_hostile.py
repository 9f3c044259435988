"""Text that means harm, or is only very long or wide, in every place where a person can type."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.tui.station.forms.speak import MessageForm
from tabletop.tui.station.screen import StationScreen
from tests.tui.station.playing import Play, StationApp, press, shown, write

pytestmark = pytest.mark.slow

MIXED = (
    "[/nope] [b]bold[/b] [link=http://x]y[/link] [@click=app.exit]press here[/] {0} $primary %s \\ "
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]52;c;eA==\x07 \x9b2J abc\u202edef\u2066ghi a\tb "
    "東京は警報を発令する。서울은 동의한다."
)
HOSTILE = {
    "mixed": MIXED,
    "words": "long " * 2_000,
    "one word": "x" * 10_000,
    "wide": "東京は警報を発令する。" * 900,
    "lines": "\n" * 200 + "end",
}


@pytest.mark.parametrize(
    ("text", "size"),
    [*((text, (80, 24)) for text in HOSTILE.values()), (MIXED, (200, 60))],
    ids=[*HOSTILE, "mixed on a large screen"],
)
async def test_received_text_is_only_ever_shown(text: str, size: tuple[int, int]) -> None:
    """In lists, pages, boards and dialogs; nothing of it reaches the terminal as a command."""
    play = Play().start()
    play.do(
        "facilitator",
        c.AdHoc(title=text[:300], sender=text[:300], channel=text[:300], to=("tokyo",), text=text),
    )
    play.do("seoul", c.Message(to=("tokyo",), text=text))
    play.do("seoul", c.Consult(with_=("tokyo",), text=text))
    play.do("seoul", c.State(text=text, label="missile"))
    play.do("tokyo", c.Consult(with_=("seoul",), text=text))
    play.do("seoul", c.Answer(from_="tokyo", text=text))
    play.do("seoul", c.Consult(with_=("tokyo",), text=text))
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        for key in (
            "n",
            "n",
            "n",
            "n",
            "n",
            "n",
            "k",
            "t",
            "enter",
            "l",
            "a",
            "escape",
            "escape",
            "s",
            "escape",
        ):
            await press(pilot, key)
            assert not any(sign in shown(app) for sign in "\x1b\x9b\x07\u202e\u2066")
        assert app.is_running
        assert isinstance(app.screen, StationScreen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize(
    ("keys", "send", "kind"),
    [
        (("d", "1"), ("ctrl+s",), "decision-recorded"),
        (("c", "1", "tab", "tab"), ("ctrl+s",), "consult-requested"),
        (("a",), ("ctrl+s",), "consult-answered"),
        (("p", "2", "tab", "tab"), ("ctrl+s", "enter"), "statement-made"),
        (("m", "1", "tab"), ("ctrl+s",), "message-sent"),
    ],
    ids=["decide", "consult", "answer", "state", "message"],
)
async def test_typed_text_is_recorded_as_typed(
    text: str, keys: tuple[str, ...], send: tuple[str, ...], kind: str
) -> None:
    """Line by line and letter by letter; what is dangerous is made harmless only where it is shown."""
    play = Play().start().until(6)
    play.do("seoul", c.Consult(with_=("tokyo",), text="Well?"))
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        await write(pilot, text)
        for key in send:
            await pilot.press(key)
            await pilot.pause()
        await press(pilot)
        event = play.events(kind)[-1]
        words = getattr(event, "rationale" if kind == "decision-recorded" else "text")
        assert words.strip() == text.strip()
        assert "Recorded" in shown(app)
        assert "\x1b" not in shown(app)


async def test_text_that_is_too_long_is_kept_and_refused_in_plain_words() -> None:
    """Before anything is sent."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m", "1", "tab")
        await write(pilot, "a" * 20_001)
        await press(pilot, "ctrl+s")
        assert "Your message: that is 20,001 characters long; 20,000 can be recorded." in shown(app)
        assert not play.events("message-sent")


async def test_a_command_that_cannot_be_made_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the limits of commands may be one day."""
    monkeypatch.setattr(MessageForm, "command", lambda _: c.Message(to=(), text="x"))
    app = StationApp(Play().start())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m", "ctrl+s")
        assert "To: this cannot be recorded as it stands." in shown(app)


async def test_hangul_typed_in_parts_is_recorded_in_composed_form() -> None:
    """Input methods send either; the log holds one."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m", "1", "tab")
        await write(pilot, "\u1109\u1165\u110b\u116e\u11af")
        await press(pilot, "ctrl+s")
        (sent,) = play.events("message-sent")
        assert sent.text == "서울"  # type: ignore[attr-defined]
