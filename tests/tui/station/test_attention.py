"""What the station tells its team to do next."""

from __future__ import annotations

import pytest

from tabletop.exercise import events as e
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.attention import band, decision_to_open, next_steps
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.times import due_part
from tests.tui.station.sights import Watching, asked, consult, inject, recorded


def words(parts: tuple[Part, ...]) -> str:
    """The words of a line."""
    return "".join(text for text, _ in parts)


def running() -> Watching:
    """A station after STARTEX."""
    watching = Watching()
    watching.see(e.ExerciseStarted(phase="launch"))
    return watching


class TestNextSteps:
    """The line below the banner."""

    def test_before_startex_there_is_nothing_to_do(self) -> None:
        """But to wait."""
        assert words(next_steps(Watching().model, StationMemory(), 0)) == "Waiting for STARTEX."

    def test_when_nothing_waits_it_says_so(self) -> None:
        """And what one may still do."""
        assert words(next_steps(running().model, StationMemory(), 0)).startswith("Nothing waits for you.")

    def test_the_decision_comes_first_with_its_countdown_and_its_key(self) -> None:
        """Then who waits for an answer, then what is new."""
        watching = running()
        watching.see(inject())
        watching.see(consult("seoul", ("tokyo",)))
        model = watching.see(asked(due=180))
        line = words(next_steps(model, StationMemory(), 50))
        assert line == "D2 due in 2:10 [D] decide   Seoul asks [A] answer   2 new [N] read"

    def test_several_of_a_kind(self) -> None:
        """The most urgent decision; everybody who waits."""
        watching = running()
        watching.see(asked("a", "D2", due=300))
        watching.see(asked("b", "D7", due=200))
        watching.see(consult("seoul", ("tokyo",)))
        model = watching.see(consult("washington", ("tokyo",), "c2"))
        line = words(next_steps(model, StationMemory(), 0))
        assert line.startswith("D7 due in 3:20 (+1 more) [D] decide   Seoul and Washington ask [A] answer")

    def test_a_late_decision_is_red(self) -> None:
        """And says by how much."""
        model = running().see(asked(due=180))
        assert ("late by 0:45", "bad") in next_steps(model, StationMemory(), 225)

    def test_after_endex_nothing_is_left(self) -> None:
        """Even if something is unread."""
        watching = running()
        watching.see(inject())
        model = watching.see(e.ExerciseEnded())
        assert words(next_steps(model, StationMemory(), 0)) == "Nothing left to do at this station."

    def test_in_an_emergency_it_is_silent(self) -> None:
        """The band speaks."""
        watching = running()
        watching.see(asked())
        assert next_steps(watching.see(e.EmergencyDeclared()), StationMemory(), 0) == ()


class TestBand:
    """The band across the screen."""

    def test_there_is_none_while_play_runs(self) -> None:
        """Calm."""
        assert band(running().model, HostContact()) is None

    @pytest.mark.parametrize(
        ("event", "title", "alarm"),
        [
            (e.PlayPaused(), "PAUSEX", "caution"),
            (e.GateReached(phase="launch"), "PHASE ENDED", "caution"),
            (e.ExerciseEnded(), "ENDEX", "calm"),
            (e.HotWashBegan(), "HOT WASH", "calm"),
            (e.ExerciseClosed(), "CLOSED", "calm"),
            (e.EmergencyDeclared(text="Fire"), "REAL-WORLD EMERGENCY", "alarm"),
        ],
    )
    def test_it_says_what_is_going_on(self, event: e.Event, title: str, alarm: str) -> None:
        """One band for each."""
        shown = band(running().see(event), HostContact())
        assert shown is not None
        assert (shown.title, shown.alarm) == (title, alarm)

    def test_an_emergency_says_what_was_said_and_what_to_do(self) -> None:
        """The facilitator's words first."""
        shown = band(running().see(e.EmergencyDeclared(text="Fire on floor 2.")), HostContact("disk full"))
        assert shown is not None
        assert shown.text.startswith("Fire on floor 2. Stop playing now and follow the facilitator.")

    def test_trouble_with_the_log_is_shown_above_a_pause(self) -> None:
        """Since nothing typed now would be kept."""
        shown = band(running().see(e.PlayPaused()), HostContact("the disk is full"))
        assert shown is not None
        assert (shown.title, shown.alarm) == ("NOTHING CAN BE RECORDED", "alarm")
        assert "the disk is full" in shown.text

    def test_a_lost_link_mends_by_itself(self) -> None:
        """What is typed is sent later: nobody has to send it again."""
        why = "no word from the host since 07:03 UTC; what you enter is kept here"
        shown = band(running().see(e.PlayPaused()), HostContact(why, live=False))
        assert shown is not None
        assert shown.title == "NO LINK TO THE HOST"
        assert "No word from the host since 07:03 UTC" in shown.text
        assert "again" not in shown.text

    def test_who_was_sent_away_is_told_what_to_do(self) -> None:
        """This band will never be gone."""
        why = "the facilitator has taken this seat back; ask for a new code"
        shown = band(running().see(e.PlayPaused()), HostContact(why, live=False, finished=True))
        assert shown is not None
        assert shown.text == f"T{why[1:]}. Ctrl+Q leaves."


class TestDecisionToOpen:
    """Which decision the key opens."""

    def test_none(self) -> None:
        """There is nothing to decide."""
        assert decision_to_open(running().model, None, 0) is None

    def test_that_of_the_page_before_the_most_urgent(self) -> None:
        """People expect the key to mean what they read."""
        watching = running()
        watching.see(asked("a", due=100))
        model = watching.see(asked("b", due=900))
        assert decision_to_open(model, "b", 0) == "b"
        assert decision_to_open(model, None, 0) == "a"

    def test_an_open_one_before_one_to_amend(self) -> None:
        """Even if the page shows the one to amend."""
        watching = running()
        watching.see(asked())
        watching.see(recorded())
        model = watching.see(asked("b", due=900))
        assert decision_to_open(model, "alert", 0) == "b"

    def test_one_to_amend_while_its_window_is_open(self) -> None:
        """And not after."""
        watching = running()
        watching.see(asked(due=180))
        model = watching.see(recorded())
        assert decision_to_open(model, None, 180) == "alert"
        assert decision_to_open(model, None, 181) is None


@pytest.mark.parametrize(
    ("due", "now", "part"),
    [
        (180, 50.0, ("due in 2:10", "strong")),
        (180, 120.0, ("due in 1:00", "strong")),
        (180, 121.0, ("due in 0:59", "warn")),
        (180, 180.9, ("due in 0:00", "warn")),
        (180, 181.0, ("late by 0:01", "bad")),
        (7200, 0.0, ("due in 2:00:00", "strong")),
    ],
)
def test_countdowns(due: int, now: float, part: Part) -> None:
    """Urgent in the last minute; late from the second at which the host says late."""
    assert due_part(due, now) == part
