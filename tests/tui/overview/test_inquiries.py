"""Teams' messages to exercise control: each waits until exercise control has written to that team."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.tui.console.advice import advise, asides, asking
from tabletop.tui.console.pages.now import now_line
from tabletop.tui.console.pages.teams import teams_line, teams_page
from tabletop.tui.kit.fitting import cells
from tabletop.tui.overview.inquiries import Inquiries, Inquiry
from tests.tui.console.staging import Play

KEYS = {"release": "R", "message": "M", "pause": "P", "next": "Esc", "hold": "H", "jump": "J"}


def ask(play: Play, team: str, text: str = "Is the typhoon real?") -> Play:
    """A team writes to exercise control."""
    return play.do(c.Message(to=("control",), text=text), team)


def answer(play: Play, *teams: str) -> Play:
    """Exercise control writes to teams."""
    return play.do(c.Message(to=teams, text="It is."))


def line(play: Play, width: int = 118, *, reading: bool = False) -> str:
    """The line that says what to do next, as the console shows it."""
    model, now = play.model(), play.session.exact_now
    model.msel.refresh(model.state, int(now))
    advice = advise(model, now)
    parts = now_line(advice, asides(model, advice, reading=reading), lambda command: KEYS[command], width)
    return "".join(words for words, _ in parts)


def sent(by: str, *to: str, text: str = "?") -> e.MessageSent:
    """A message."""
    return e.MessageSent(by=by, to=to, text=text)


def test_f10_a_message_to_control_waits_until_control_writes_to_that_team() -> None:
    inquiries = Inquiries(("tokyo", "seoul"))
    inquiries.see(sent("seoul", "control", text="Is it real?"), 5)
    inquiries.see(sent("tokyo", "seoul", text="Hello"), 6)
    inquiries.see(sent("tokyo", "seoul", "control", text="And this?"), 7)
    assert inquiries.waiting == (Inquiry("seoul", "Is it real?", 5), Inquiry("tokyo", "And this?", 7))
    assert inquiries.teams == ("seoul", "tokyo")
    inquiries.see(sent("control", "tokyo"), 8)
    assert [item.team for item in inquiries.waiting] == ["seoul"]
    inquiries.see(sent("control", "tokyo", "seoul"), 9)
    assert not inquiries.waiting
    inquiries.see(sent("seoul", "control"), 10)
    assert len(inquiries.of("seoul")) == 1, "asked again"


def test_f10_the_line_quotes_what_waits_longest_and_names_the_key() -> None:
    play = ask(Play().start().release("notice"), "seoul")
    assert line(play) == "» Seoul asks control: “Is the typhoon real?”, press M to answer"
    ask(ask(play, "tokyo", "May we ring Seoul?"), "seoul", "Hello?")
    assert line(play) == "» Seoul asks control (+2 more): “Is the typhoon real?”, press M to answer"
    answer(play, "seoul")
    assert line(play) == "» Tokyo asks control: “May we ring Seoul?”, press M to answer"
    answer(play, "tokyo")
    assert "asks" not in line(play)


def test_f10_a_long_question_leaves_room_for_the_key() -> None:
    play = ask(Play().start().release("notice"), "seoul", "台風は本物ですか。" * 40)
    shown = line(play, 78)
    assert shown.endswith("…”, press M to answer")
    assert cells([(shown, "plain")]) <= 78
    assert line(play, 58) == "» Seoul asks control: “台風は本物です…”, press M to answer"
    assert line(play, 48) == "» Seoul asks control: press M to answer"


def test_f10_beside_an_inject_that_is_due_the_question_stands_too() -> None:
    play = ask(Play().start(), "seoul")
    assert line(play) == "» K1 is due now: press R to release it   · Seoul asks control (1): M answers"
    assert line(play, 68) == "» K1 is due now: press R to release it   · SEO asks (1): M answers"
    ask(play, "tokyo")
    assert line(play).endswith("   · Seoul and Tokyo ask control (2): M answers")


def test_f10_where_there_is_no_room_the_question_stands_first() -> None:
    """Words about the inject may be cut; neither a team that waits nor a key may."""
    play = ask(Play().start(), "seoul")
    assert line(play, 50) == "» SEO asks (1): M answers   · K1 is… R release it"


def test_f10_play_that_stands_comes_before_a_question_and_both_are_said() -> None:
    play = ask(Play().start().do(c.Pausex()), "seoul")
    assert line(play).startswith("» Play is paused.")
    assert line(play).endswith("   · Seoul asks control (1): M answers")


def test_f10_a_console_that_only_reads_is_told_and_offered_no_key() -> None:
    play = ask(Play().start(), "seoul")
    assert line(play, reading=True).endswith("   · Seoul asks control (1)")


def test_f10_a_closed_record_asks_nothing_of_anybody() -> None:
    play = ask(Play().start(), "seoul").do(c.Endex()).do(c.Close())
    assert asking(play.model()) == ()


def test_f10_the_teams_panel_and_the_team_line_count_what_waits() -> None:
    play = ask(ask(Play().start(), "seoul"), "seoul", "Hello?")
    model = play.model()
    panel = ["".join(words for words, _ in parts) for parts in teams_page(model, 0, 60, 20)]
    assert sum("asks control (2)" in row for row in panel) == 1
    small = "".join(words for words, _ in teams_line(model, 0))
    assert small == "WAS clear  | TOK clear  | SEO asks (2)"


def test_a_team_that_has_a_consultation_to_answer_is_not_clear() -> None:
    play = Play().start().do(c.Consult(with_=("seoul",), text="What do you see?"), "tokyo")
    small = "".join(words for words, _ in teams_line(play.model(), 0))
    assert small == "WAS clear  | TOK clear  | SEO 1 to answer"


@pytest.mark.parametrize("width", [58, 78, 118])
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    ("steps", "key"),
    [
        ((), "S"),
        ((c.Startex(), c.Pausex()), "P"),
        ((c.Startex(), c.Endex()), "W"),
        ((c.Startex(), c.Endex(), c.HotWash()), "C"),
        ((c.Startex(), c.Endex(), c.HotWash(), c.Close()), "Q"),
    ],
)
def test_the_key_that_goes_on_is_never_cut_off(
    steps: tuple[c.Command, ...], key: str, asked: bool, width: int
) -> None:
    play = Play()
    for number, step in enumerate(steps):
        play.do(step)
        if asked and number == 0:
            ask(play, "seoul")
    model, now = play.model(), play.session.exact_now
    advice = advise(model, now)
    names = {"startex": "S", "pause": "P", "hot-wash": "W", "close": "C", "quit": "Q", "message": "M"}
    names["show-rules"] = "Ctrl+R"
    parts = now_line(advice, asides(model, advice), lambda command: names[command], width)
    assert cells(parts) <= width
    assert (key, "new") in parts
