"""What to do next: in every state of the exercise the line names a command that works there."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.tui.console.advice import NextStep, advise, asides
from tabletop.tui.console.pages.now import now_line
from tests.exercise.test_probes import scenario
from tests.tui.console.staging import Play


def advice(play: Play) -> NextStep:
    """What the console advises now."""
    model = play.model()
    model.msel.refresh(model.state, play.session.now)
    return advise(model, play.session.exact_now)


def test_from_startex_to_the_closed_record() -> None:
    """The whole way, one line at a time."""
    play = Play()
    assert advice(play).command == "startex"
    play.start()
    assert advice(play) == NextStep("K1 is due now:", "release", "release it", "warn")
    play.release("notice")
    assert (advice(play).command, advice(play).text) == ("jump", "Next is K2, due in 5:00.")
    play.until(6.5)
    assert advice(play).text == "K2 was due 1:30 ago (1 more due):"
    play.release("detection", "sighting")
    waiting = "Waiting for Washington (D1, 2:00 left) and Tokyo (D2, 3:00 left). The gate is at T+10."
    assert advice(play) == NextStep(waiting, tone="plain")
    play.do(c.Pausex())
    assert advice(play).command == "pause"
    play.do(c.Resume()).until(8.6)
    assert (advice(play).command, advice(play).tone) == ("lapse", "bad")
    assert "Washington with D1" in advice(play).text
    play.until(10)
    assert advice(play).command == "lapse"
    play.do(c.Lapse(decision="push-track", team="washington"))
    assert advice(play).command == "lapse"
    play.do(c.Lapse(decision="alert", team="tokyo"))
    assert advice(play).command == "gate"
    play.do(c.Gate())
    assert (advice(play).command, advice(play).purpose) == ("gate", "begin the next phase")
    play.do(c.BeginPhase()).do(c.Emergency())
    assert (advice(play).command, advice(play).tone) == ("emergency", "bad")
    play.do(c.StandDown()).do(c.Resume()).until(21)
    assert advice(play).command == "endex"
    play.do(c.Endex())
    assert advice(play).command == "hot-wash"
    play.do(c.HotWash())
    assert advice(play).command == "close"
    play.do(c.Close())
    assert "tabletop report Rehearsal" in advice(play).text


def test_while_a_decision_is_open_nothing_is_advised_that_would_take_its_time_away() -> None:
    """No jump, no gate, no ENDEX: each would close a window in which a team talks."""
    play = Play().start().release("notice").until(8).release("detection")
    assert advice(play).command == "release"
    play.release("sighting")
    assert advice(play).text.startswith("Waiting for Washington (D1, 2:00 left) and Tokyo (D2, 3:00 left).")
    assert not advice(play).command
    play.do(c.Decide(decision="push-track", option="both"), "washington").until(10)
    assert advice(play) == NextStep("Waiting for Tokyo (D2, 1:00 left). Then the phase ends.", tone="plain")
    play.do(c.Decide(decision="alert", option="quiet"), "tokyo")
    assert advice(play).command == "gate"


def test_a_gate_with_probes_asks_for_them_before_the_next_phase() -> None:
    play = Play(scenario()).start().until(10).do(c.Gate())
    found = advice(play)
    assert (found.text, found.command) == ("Gate. 2 probes wait. Before the room talks,", "probes")
    assert (found.purpose, found.other) == ("ask every team", ("gate", "begin the next phase"))
    assert not asides(play.model(), found)
    play.do(c.OpenProbes())
    assert advice(play).purpose == "close them"
    play.do(c.CloseProbes())
    assert advice(play).command == "gate"
    play.do(c.BeginPhase()).do(c.Endex())
    found = advice(play)
    assert (found.text, found.command) == (
        "ENDEX: play is over. A probe waits. Before the room talks,",
        "probes",
    )
    assert found.other == ("hot-wash", "begin the hot wash")


def test_it_is_said_how_many_teams_have_rated_themselves_while_they_can() -> None:
    play = Play().start().until(10).do(c.Gate())
    assert advice(play).text == "Gate: ask the room the questions below. Then"
    play.do(c.AskSelfRatings()).do(c.RateSelf(ratings={"share": "S"}), "tokyo")
    assert advice(play).text == "Gate: 1 of 3 teams rated themselves. Then"
    assert not asides(play.model(), advice(play))
    for team in ("washington", "seoul"):
        play.do(c.RateSelf(ratings={"share": "P"}), team)
    assert advice(play).text == "Gate: ask the room the questions below. Then"
    [aside] = asides(play.model(), advice(play))
    assert (aside.wordings[0], aside.command) == ("3 of 3 teams rated themselves", "self-ratings")
    play.do(c.BeginPhase()).do(c.Endex())
    assert advice(play).text == "ENDEX: play is over."
    play.do(c.AskSelfRatings())
    assert advice(play).text == "ENDEX: 0 of 3 teams rated themselves. Then"
    play.do(c.HotWash())
    assert "rated themselves" not in advice(play).text


def test_an_inject_whose_branch_is_not_taken_is_not_asked_for() -> None:
    """The engine passes it over by itself."""
    play = Play().start().release("notice").until(5).release("detection").until(6).release("sighting")
    play.do(c.Decide(decision="push-track", option="both"), "washington")
    play.do(c.Decide(decision="alert", option="quiet"), "tokyo")
    assert advice(play).command != "release"


def test_with_automatic_release_nothing_need_be_pressed() -> None:
    """It says what goes out and when."""
    play = Play().start().do(c.Auto(on=True)).until(1)
    assert advice(play).text == "K2 goes out by itself in 4:00."


def test_a_chosen_inject_that_is_not_due_leads_back_to_the_one_that_is() -> None:
    """R would release what is under the cursor, so R is not advised."""
    play = Play().start()
    model = play.model()
    model.msel.refresh(model.state, 0)
    assert advise(model, 0, model.msel.row("sighting")).command == "next"
    assert advise(model, 0, model.msel.row("notice")).command == "release"


def test_f5_of_an_inject_that_was_just_held_it_says_how_to_take_it_back_and_how_to_go_on() -> None:
    play = Play().start().do(c.Hold(inject="notice"))
    model = play.model()
    model.msel.refresh(model.state, 0)
    kept = model.msel.row("notice")
    found = advise(model, 0, kept=kept)
    assert (found.text, found.command, found.purpose) == ("K1 is held.", "hold", "take it back")
    assert found.other == ("next", "go on with K2")
    play.until(6)
    model = play.model()
    model.msel.refresh(model.state, play.session.now)
    found = advise(model, play.session.exact_now, kept=model.msel.row("notice"))
    assert (found.other, found.tone) == (("next", "go on with K2, which is due"), "warn")


def test_f5_while_play_stands_a_held_inject_can_be_taken_back_too() -> None:
    play = Play().start().do(c.Pausex()).do(c.Skip(inject="notice"))
    model = play.model()
    kept = model.msel.row("notice")
    found = advise(model, 0, kept=kept)
    assert found.command == "pause"
    (aside,) = asides(model, found, kept=kept)
    assert (aside.wordings, aside.command, aside.does) == (("K1 is skipped",), "skip", "takes it back")


def test_where_room_is_short_whole_sentences_stay() -> None:
    play = Play(scenario()).start().do(c.Gate())
    keys = {"probes": "Ctrl+L", "gate": "G"}
    words = "".join(text for text, _ in now_line(advice(play), (), lambda command: keys[command], 78))
    assert words == "» Gate. 2 probes wait. Ctrl+L ask every team, or G begin the next phase"
    narrow = "".join(text for text, _ in now_line(advice(play), (), lambda command: keys[command], 58))
    assert narrow.startswith("» Gate. Ctrl+L ask")
