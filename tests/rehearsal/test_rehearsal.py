"""A rehearsal: the same figures however it is run, through the real engine, and what it shows."""

from __future__ import annotations

import json
from collections import Counter
from copy import copy
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.cli.main import main
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.events import Record
from tabletop.exercise.state import Stage
from tabletop.host.first_record import first_record
from tabletop.pages.text import TextPage
from tabletop.rehearsal.draws import Draws
from tabletop.rehearsal.figures import correlation, spread_of
from tabletop.rehearsal.game import Game, Start
from tabletop.rehearsal.players import PLAYERS, Naive
from tabletop.rehearsal.plots import bar, picture
from tabletop.rehearsal.pool import rehearse
from tabletop.rehearsal.rehearsal import BEST, Rehearsal
from tabletop.rehearsal.seat import PlayerSeat
from tabletop.rehearsal.showing import show
from tabletop.rehearsal.tally import OVERALL, Tally
from tabletop.rehearsal.tasks import Plan, play
from tabletop.rules.scoring import score_log
from tests.builders import created, records_of, tiny_scenario
from tests.exercise.test_talk_first import OPENS, talking_scenario
from tests.scenario.authoring import write
from tests.scenario.test_cuts import STARTER, written

PLAN = Plan(plays=45, seed=3, climbs=2, steps=10)


def first() -> Record:
    return records_of([created(tiny_scenario())], at=0, key="", digest="")[0]


@pytest.fixture(scope="module")
def found() -> Rehearsal:
    return rehearse(first(), PLAN, processes=1)


def plain(tally: Tally) -> dict[str, object]:
    return {one.name: getattr(tally, one.name) for one in fields(tally)}


def test_several_processes_find_the_same_as_one(found: Rehearsal) -> None:
    other = rehearse(first(), PLAN, processes=2)
    assert {name: plain(tally) for name, tally in other.tallies.items()} == {
        name: plain(tally) for name, tally in found.tallies.items()
    }
    assert (found.best and found.best.acts) == (other.best and other.best.acts)


def test_draws_are_the_same_on_every_machine() -> None:
    draws = Draws(seed=7, play=4711)
    assert [draws.below(100, "option", "tokyo", str(number)) for number in range(6)] == DRAWN
    assert sorted(draws.order("abcd", "x")) == list("abcd")


DRAWN = [99, 10, 9, 33, 33, 84]


@given(st.integers(0, 2**31), st.integers(0, 10**6), st.text(), st.integers(1, 50))
def test_a_draw_stays_in_its_range(seed: int, number: int, place: str, count: int) -> None:
    draws = Draws(seed, number)
    assert 0 <= draws.below(count, place) < count
    assert 0 <= draws.share(place) < 1


@pytest.mark.parametrize("player", PLAYERS)
def test_every_player_plays_to_the_end_with_the_score_of_its_log(player: str) -> None:
    start = Start(first())
    records = [start.first]
    game = play(start, player, seed=1, number=2, keep=records.append)
    assert game.state.stage is Stage.ENDED
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert score_log(records).overall == game.scorer.scores().overall
    assert fold(records).decisions == game.state.decisions


def test_a_play_can_be_played_again() -> None:
    start, plays = Start(first()), []
    for _ in range(2):
        records: list[Record] = []
        play(start, "random", seed=1, number=17, keep=records.append)
        plays.append(records)
    assert plays[0] == plays[1]


def test_naive_cooperation_shares_every_card_and_asks_and_answers() -> None:
    start = Start(first())
    records: list[Record] = []
    play(start, "naive", 1, 0, records.append)
    events = [record.event for record in records]
    received = {event.card for event in events if isinstance(event, e.CardReceived)}
    assert received == {event.card for event in events if isinstance(event, e.CardShared)}
    asked = [event for event in events if isinstance(event, e.ConsultRequested)]
    answered = [event for event in events if isinstance(event, e.ConsultAnswered)]
    assert {event.by for event in asked} == {"washington", "tokyo", "seoul"}
    assert len(answered) == 2 * len(asked)


def test_a_player_decides_within_the_window_of_what_is_talked_about_first() -> None:
    """Its options open while time runs from one moment to the next."""
    start = Start(first_record(talking_scenario(), name="x", seed=0, wall=""))
    records: list[Record] = []
    play(start, "fastest", 1, 0, records.append)
    asked = next(one for one in records if isinstance(one.event, e.DecisionPresented) and one.event.since)
    taken = next(one for one in records if one.event.type == "decision-recorded" and one.seat == "tokyo")
    assert asked.at == taken.at == OPENS


def test_silence_does_nothing() -> None:
    start = Start(first())
    records: list[Record] = []
    play(start, "silent", 1, 0, records.append)
    assert {record.seat for record in records} == {"facilitator", "clock"}


def test_an_option_that_is_refused_gives_way_to_the_next() -> None:
    class Stubborn(Naive):
        def options(self, asked: e.DecisionPresented) -> list[str]:
            return ["no-such-option", *super().options(asked)]

    start = Start(first())
    scenario = start.state.script.scenario
    seats = [PlayerSeat(Stubborn(scenario, team, Draws(1, 1))) for team in scenario.teams]
    game = Game(start, seats, seed=1)
    game.run()
    assert game.state.decisions
    assert all(asked.option for asked in game.state.decisions.values())


def test_the_best_found_is_no_worse_than_any_player(found: Rehearsal) -> None:
    best = found.result(BEST, OVERALL)
    assert best is not None
    for name in PLAYERS:
        reached = found.result(name, OVERALL)
        assert reached is not None
        assert best >= reached


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_a_spread_is_in_order(values: list[int]) -> None:
    spread = spread_of(Counter(values))
    assert spread is not None
    assert spread.worst <= spread.low <= spread.median <= spread.high <= spread.best
    assert spread.worst == min(values) / 10
    assert spread.best == max(values) / 10
    assert bar(spread).count("┃") == 1
    assert "<svg" in picture("p", "t", [])


def test_correlations_follow_the_products() -> None:
    def products(pairs: list[tuple[int, int]]) -> Counter[tuple[str, str, str]]:
        counted: Counter[tuple[str, str, str]] = Counter()
        for x, y in pairs:
            for name, value in (("n", 1), ("x", x), ("y", y), ("xx", x * x), ("yy", y * y), ("xy", x * y)):
                counted["a", "b", name] += value
        return counted

    assert correlation(products([(1, 2), (2, 4), (3, 6)]), "a", "b") == pytest.approx(1)
    assert correlation(products([(1, 6), (2, 4), (3, 2)]), "a", "b") == pytest.approx(-1)
    assert correlation(products([(1, 5), (2, 5)]), "a", "b") is None


def test_the_page_shows_every_part(found: Rehearsal) -> None:
    page = TextPage(100, marking="EXERCISE")
    show(page, found)
    text = page.text()
    for heading in ("Players", "Results of random plays", "Decisions that matter most", "Pacing as played"):
        assert heading in text
    for player in PLAYERS.values():
        assert player.title in text
    assert "All objectives" not in text, "no figure stands for everything"


def test_nothing_is_shown_in_figures_where_too_few_situations_arise(found: Rehearsal) -> None:
    page = TextPage(100)
    show(page, found)
    lines = page.text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("naive cooperation"))
    assert lines[at].split()[2:] == ["–"] * len(found.scenario.objectives)
    assert "Too few situations arise to rate any objective for all teams." in lines
    assert not any("┃" in line for line in lines)


def test_no_option_is_called_best_on_objectives_that_are_not_rated(found: Rehearsal) -> None:
    page = TextPage(100)
    show(page, found)
    text = page.text()
    assert "best or equal" not in text
    assert "Of options that cannot be said: O1, O4 and O5 are not rated in most plays." in text


def test_a_bar_is_shown_where_most_plays_are_rated(found: Rehearsal) -> None:
    twin = copy(found)
    twin.tallies = {name: replace(tally) for name, tally in found.tallies.items()}
    twin.random.rated = Counter(dict.fromkeys(twin.random.results, twin.random.plays))
    page = TextPage(100)
    show(page, twin)
    text = page.text()
    assert "┃" in text
    assert "mean of its bar by option" in text


def test_an_interrupted_rehearsal_shows_what_is_done() -> None:
    def stop(done: int, of: int) -> None:
        if done > min(40, of):
            raise KeyboardInterrupt

    partly = rehearse(first(), Plan(plays=200, seed=1), processes=1, progress=stop)
    assert partly.interrupted
    assert 0 < partly.random.plays < 200
    page = TextPage(100)
    show(page, partly)
    assert "interrupted" in page.text()


@pytest.mark.newcomer
class TestCommand:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        write(tmp_path / "strait")

    def test_figures_as_json_and_html(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        words = [
            "rehearse",
            "strait",
            "--plays",
            "20",
            "--processes",
            "1",
            "--format",
            "json",
            "-o",
            "r.html",
        ]
        assert main(words) == 0
        said = capsys.readouterr()
        data = json.loads(said.out)
        assert data["plays"] == 20
        assert set(data["players"]) == {*PLAYERS, BEST}
        assert "r.html" in said.err
        assert "<svg" in (tmp_path / "r.html").read_text(encoding="utf-8")

    def test_a_play_is_saved_as_an_ordinary_log(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["rehearse", "strait", "--save", "7", "-o", "seven.db"]) == 0
        for verb in ("verify", "score", "explain"):
            assert main([verb, "seven.db"]) == 0
        assert main(["report", "seven.db"]) == 0
        assert "strait-play-7" in capsys.readouterr().out

    def test_a_cut_is_played_instead_of_the_whole(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(tmp_path / "short", STARTER)
        words = ["rehearse", "short", "--cut", "20", "--plays", "5", "--processes", "1", "--format", "json"]
        assert main(words) == 0
        printed = capsys.readouterr().out
        assert "debris-on-beach" not in printed
        never = json.loads(printed)["never-chosen"]
        assert not [choice for choice in never if choice[0] == "tell-partner"], "it is taken before play"
        assert main(["rehearse", "short", "--cut", "20", "--save", "3", "-o", "three.db"]) == 0
        assert main(["verify", "three.db"]) == 0

    def test_anchors_of_a_cut_are_not_kept(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        written(tmp_path / "short", STARTER)
        assert main(["rehearse", "short", "--cut", "20", "--anchors"]) == 2
        assert "leave out --cut" in capsys.readouterr().err
        assert main(["rehearse", "short", "--cut", "21"]) == 2
        assert "It has: 20 (Strait: Starter)" in capsys.readouterr().err

    def test_saving_needs_a_place_that_is_free(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["rehearse", "strait", "--save", "7"]) == 2
        assert "-o play-7.db" in capsys.readouterr().err
        assert main(["rehearse", "strait", "--save", "7", "-o", "seven.db"]) == 0
        assert main(["rehearse", "strait", "--save", "8", "-o", "seven.db"]) == 2

    def test_a_file_of_another_kind_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["rehearse", "strait", "-o", "strait/scenario.yaml"]) == 2
        assert ".html" in capsys.readouterr().err
