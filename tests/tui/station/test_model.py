"""The books of a station, folded from sights."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.state import Stage
from tabletop.tui.station.station_model import Counts, StationModel
from tests.tui.station.sights import Watching, asked, briefing, card, consult, inject, recorded, shared


def test_the_model_needs_no_screen() -> None:
    """It can be read and tested where there is no terminal library."""
    code = (
        "import sys; import tabletop.tui.station.station_model, tabletop.tui.station.attention, "
        "tabletop.tui.station.lists, tabletop.tui.station.page, tabletop.tui.station.memory; "
        "print([name for name in ('textual', 'rich', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class TestCourse:
    """Where the exercise stands."""

    def test_it_begins_before_startex(self) -> None:
        """Nothing has happened."""
        assert Watching().model.course.stage is Stage.READY

    @pytest.mark.parametrize(
        ("event", "stage"),
        [
            (e.ExerciseStarted(phase="launch"), Stage.RUNNING),
            (e.PlayPaused(), Stage.PAUSED),
            (e.PlayResumed(), Stage.RUNNING),
            (e.GateReached(phase="launch"), Stage.GATE),
            (e.PhaseBegan(phase="aftermath", title="Aftermath"), Stage.RUNNING),
            (e.EmergencyDeclared(text="Fire"), Stage.EMERGENCY),
            (e.ExerciseEnded(), Stage.ENDED),
            (e.HotWashBegan(), Stage.HOT_WASH),
            (e.ExerciseClosed(), Stage.CLOSED),
        ],
    )
    def test_each_event_of_the_course_sets_it(self, event: e.Event, stage: Stage) -> None:
        """One event, one stage."""
        watching = Watching()
        watching.see(e.ExerciseStarted(phase="launch"))
        assert watching.see(event).course.stage is stage

    def test_the_phase_has_a_title(self) -> None:
        """From its id at STARTEX, from its title later."""
        watching = Watching()
        assert watching.see(e.ExerciseStarted(phase="first-hours")).course.phase == "First hours"
        assert watching.see(e.PhaseBegan(phase="x", title="The day after")).course.phase == "The day after"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (e.PlayResumed(), Stage.PAUSED),
            (e.PlayPaused(), Stage.PAUSED),
            (e.GateReached(phase="launch"), Stage.GATE),
            (e.ExerciseEnded(), Stage.ENDED),
        ],
    )
    def test_after_an_emergency_it_stands_where_it_stood(self, before: e.Event, after: Stage) -> None:
        """Except that running play stays paused."""
        watching = Watching()
        watching.see(e.ExerciseStarted(phase="launch"))
        watching.see(before)
        watching.see(e.EmergencyDeclared(text="Fire"))
        assert watching.see(e.EmergencyCleared()).course.stage is after


class TestInbox:
    """Injects and what was read."""

    def test_an_inject_arrives_unread(self) -> None:
        """With all its paragraphs."""
        watching = Watching()
        event = inject().model_copy(update={"additions": (e.Paragraph(to=("tokyo",), text="More."),)})
        model = watching.see(event, at=60)
        received = model.inbox.injects["sighting"]
        assert received.paragraphs == ("A vessel saw a flash.", "More.")
        assert (received.at, received.read, model.counts.unread) == (60, False, 1)

    def test_reading_it_is_recorded(self) -> None:
        """The log says so, not the screen."""
        watching = Watching()
        watching.see(inject())
        assert watching.see(e.InjectRead(entry="sighting", team="tokyo")).counts.unread == 0

    def test_reading_something_unknown_changes_nothing(self) -> None:
        """No sight can break the station."""
        assert Watching().see(e.InjectRead(entry="nothing", team="tokyo")).counts.unread == 0


class TestDecisions:
    """Open, recorded, amended, lapsed."""

    def test_the_most_urgent_comes_first(self) -> None:
        """By when it is due, not by when it came."""
        watching = Watching()
        watching.see(asked("slow", due=900))
        model = watching.see(asked("fast", due=200))
        assert [question.decision for question in model.decisions.open] == ["fast", "slow"]
        assert model.counts.open == 2

    def test_it_can_be_amended_until_the_window_closes(self) -> None:
        """Up to and including its last second."""
        watching = Watching()
        watching.see(asked(due=180))
        question = watching.see(recorded(), at=100).decisions.questions["alert"]
        assert (question.open, question.chosen, question.decided_at) == (False, "Okinawa alone", 100)
        assert question.amendable(180.9)
        assert not question.amendable(181)

    def test_an_amendment_replaces_what_was_decided(self) -> None:
        """And is marked."""
        watching = Watching()
        watching.see(asked())
        watching.see(recorded(), at=10)
        question = watching.see(recorded("quiet", amended=True), at=20).decisions.questions["alert"]
        assert (question.chosen, question.amended, question.decided_at) == ("Nowhere", True, 20)

    def test_a_lapsed_decision_is_closed(self) -> None:
        """With the reason."""
        watching = Watching()
        watching.see(asked())
        lapsed = e.DecisionLapsed(decision="alert", code="D2", team="tokyo", reason="the phase ended")
        question = watching.see(lapsed).decisions.questions["alert"]
        assert (question.open, question.lapsed, question.amendable(0)) == (False, "the phase ended", False)

    def test_without_a_code_it_goes_by_its_title(self) -> None:
        """A scenario need not give codes."""
        question = Watching().see(asked(code="")).decisions.questions["alert"]
        assert question.name == question.full_name == "Alert the public"


class TestCards:
    """Held, given, received."""

    def test_an_own_card(self) -> None:
        """With the time to share it in."""
        holding = Watching().see(card(), at=60).cards.held["flash"]
        assert (holding.own, holding.share_by, holding.given) == (True, 360, ())
        assert holding.reads(sanitised=True) == "Something was seen."

    def test_sharing_is_kept_with_the_card(self) -> None:
        """To whom and in which form."""
        watching = Watching()
        watching.see(card())
        holding = watching.see(shared("tokyo", ("seoul",), sanitised=True), at=90).cards.held["flash"]
        assert [(item.to, item.sanitised, item.at) for item in holding.given] == [("seoul", True, 90)]
        assert holding.has("seoul", sanitised=True)
        assert not holding.has("seoul", sanitised=False)
        assert not holding.has("washington", sanitised=True)

    def test_a_partners_card_names_the_giver(self) -> None:
        """And whether it was sanitised."""
        holding = Watching().see(shared("seoul", ("tokyo",), sanitised=True)).cards.held["flash"]
        assert (holding.own, holding.giver, holding.was_sanitised) == (False, "seoul", True)

    def test_a_full_card_replaces_a_sanitised_one_and_not_the_other_way_round(self) -> None:
        """As on the host."""
        watching = Watching()
        watching.see(shared("seoul", ("tokyo",), sanitised=True))
        watching.see(shared("washington", ("tokyo",)))
        assert watching.model.cards.held["flash"].giver == "washington"
        watching.see(shared("seoul", ("tokyo",), sanitised=True))
        assert watching.model.cards.held["flash"].giver == "washington"

    def test_what_is_the_teams_own_stays_its_own(self) -> None:
        """A partner giving it back changes nothing."""
        watching = Watching()
        watching.see(card())
        assert watching.see(shared("seoul", ("tokyo",))).cards.held["flash"].own


class TestTalk:
    """Consultations, statements, messages."""

    def test_a_question_to_us_waits_until_we_answer(self) -> None:
        """Whoever else answers."""
        watching = Watching()
        assert watching.see(consult("seoul", ("tokyo",))).counts.waiting == 1
        watching.see(e.ConsultAnswered(consult="c1", by="tokyo", to="seoul", text="Yes"))
        assert watching.model.counts.waiting == 0

    def test_our_own_question_gathers_answers(self) -> None:
        """In the order in which they come."""
        watching = Watching()
        watching.see(consult("tokyo", ("seoul", "washington")))
        watching.see(e.ConsultAnswered(consult="c1", by="washington", to="tokyo", text="No"), at=5)
        (asked,) = watching.model.talk.consultations.values()
        assert [(reply.by, reply.text, reply.at) for reply in asked.replies] == [("washington", "No", 5)]
        assert watching.model.counts.waiting == 0

    def test_an_answer_to_nothing_changes_nothing(self) -> None:
        """No sight can break the station."""
        model = Watching().see(e.ConsultAnswered(consult="none", by="seoul", to="tokyo", text="Yes"))
        assert model.talk.consultations == {}

    def test_statements_and_messages_keep_their_numbers(self) -> None:
        """Two with the same words stay two."""
        watching = Watching()
        for _ in range(2):
            watching.see(e.StatementMade(by="seoul", text="Stop", label="missile"))
            watching.see(e.MessageSent(by="control", to=("tokyo",), text="Well done"))
        assert list(watching.model.talk.statements) == [1, 3]
        assert list(watching.model.talk.letters) == [2, 4]


class TestArrivals:
    """The inbox as an official sees it: whatever came from others."""

    def test_only_what_others_did_arrives(self) -> None:
        """Not what the team did itself."""
        watching = Watching()
        watching.see(inject())
        watching.see(card())
        watching.see(shared("tokyo", ("seoul",)))
        watching.see(consult("tokyo", ("seoul",)))
        watching.see(e.StatementMade(by="tokyo", text="Ours"))
        watching.see(e.MessageSent(by="tokyo", to=("seoul",), text="Ours"))
        watching.see(e.ConsultAnswered(consult="c1", by="seoul", to="tokyo", text="Yes"))
        watching.see(shared("seoul", ("tokyo",), name="other"))
        assert [arrival.kind for arrival in watching.model.arrivals.items] == ["inject", "answer", "card"]

    def test_every_arrival_has_a_key_of_its_own(self) -> None:
        """Even the same card twice and two answers to one question."""
        watching = Watching()
        watching.see(consult("tokyo", ("seoul", "washington")))
        for partner in ("seoul", "washington"):
            watching.see(e.ConsultAnswered(consult="c1", by=partner, to="tokyo", text="Yes"))
            watching.see(shared(partner, ("tokyo",)))
        keys = [arrival.key for arrival in watching.model.arrivals.items]
        assert len(keys) == len(set(keys)) == 4


def test_counts_of_a_quiet_station() -> None:
    """Nothing waits."""
    assert Watching().model.counts == Counts(unread=0, open=0, waiting=0)


def test_names_and_local_time() -> None:
    """The team's own name, its partners and the clock on its wall."""
    tokyo, washington = Watching().model, Watching("washington").model
    assert (tokyo.team_name, tokyo.partners) == ("Tokyo", ("washington", "seoul"))
    assert (tokyo.local(90), washington.local(90)) == ("D 06:01", "D-1 17:01")
    assert StationModel(briefing(clock=None), "tokyo").local(90) == ""


def test_names_of_several() -> None:
    """As a person writes them."""
    names = Watching().model.names
    assert names.all(["seoul"]) == "Seoul"
    assert names.all(["seoul", "control"]) == "Seoul and exercise control"
    assert names.all(["washington", "tokyo", "seoul"]) == "Washington, Tokyo and Seoul"
    assert names.start("control") == "Exercise control"
    assert names.all([]) == ""
