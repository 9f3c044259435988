"""`tabletop run` before its screen opens: what it begins, what it goes on with, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli.console_host import next_step
from tabletop.cli.host_options import resume_command
from tabletop.cli.listener import Listening
from tabletop.cli.main import main
from tabletop.exercise.commands import Note, Startex
from tabletop.exercise.state import Stage
from tabletop.host.access import Access
from tabletop.host.server import listen
from tabletop.host.session import Session
from tabletop.paths import logs_folder
from tabletop.protocol.endpoint import PORT
from tabletop.protocol.submission import Receipt
from tabletop.store.folder import log_path

pytestmark = pytest.mark.newcomer

FLAGSHIP = "sakishima-dawn"
CUT = 45
"""Minutes of its short version."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """Sessions that would have been shown; each is closed when the screen would be left."""
    sessions: list[Session] = []

    def show(session: Session, *_: object, **__: object) -> None:
        sessions.append(session)
        if session.state.stage is Stage.READY:
            assert isinstance(session.submit("facilitator", Startex()), Receipt)
        session.submit("facilitator", Note(text="here"))
        session.close()

    monkeypatch.setattr("tabletop.cli.console_host.show_and_serve", show)
    monkeypatch.setattr("tabletop.cli.terminal.is_terminal", lambda: True)
    return sessions


def answer(monkeypatch: pytest.MonkeyPatch, *, yes: bool) -> None:
    monkeypatch.setattr("click.confirm", lambda *_, **__: yes)


def pick(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("tabletop.cli.resume.can_ask", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: number)


def test_a_first_run_begins_a_log_named_after_the_scenario(shown: list[Session]) -> None:
    assert main(["run", FLAGSHIP]) == 0
    assert shown[0].state.name == FLAGSHIP
    assert log_path(FLAGSHIP).exists()


def test_an_unfinished_exercise_is_gone_on_with_if_the_user_wants(
    shown: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["run", FLAGSHIP])
    answer(monkeypatch, yes=True)
    assert main(["run", FLAGSHIP]) == 0
    assert shown[1].state.name == FLAGSHIP
    assert len(shown[1].records) > len(shown[0].records)
    answer(monkeypatch, yes=False)
    assert main(["run", FLAGSHIP]) == 0
    assert shown[2].state.name == f"{FLAGSHIP}-2"


def test_resume_needs_neither_a_scenario_nor_an_answer_where_one_exercise_waits(shown: list[Session]) -> None:
    main(["run", FLAGSHIP, "--name", "Spring"])
    assert main(["run", "--resume"]) == 0
    assert shown[1].state.name == "Spring"
    main(["run", FLAGSHIP, "--new", "--name", "Autumn"])
    assert main(["run", "--resume", "--name", "Spring"]) == 0
    assert shown[3].state.name == "Spring"


def test_an_exercise_that_waits_is_named_with_the_command_that_goes_on(
    shown: list[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", FLAGSHIP, "--name", "Spring"])
    capsys.readouterr()
    assert main([]) == 0
    assert "One exercise is unfinished:\n\n  Spring" in (said := capsys.readouterr().out)
    assert said.endswith("\n    tabletop run --resume\n")
    assert main(["run"]) == 2
    assert "    tabletop run --resume" in capsys.readouterr().err
    main(["run", FLAGSHIP, "--new", "--name", "Autumn"])
    capsys.readouterr()
    assert main(["run"]) == 2
    assert f"    tabletop run --log {log_path('spring')}" in capsys.readouterr().err
    assert len(shown) == 2


def test_n_resume_of_several_exercises_a_person_picks_one(
    shown: list[Session], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", FLAGSHIP, "--name", "Spring"])
    main(["run", FLAGSHIP, "--new", "--name", "Autumn"])
    pick(monkeypatch, 2)
    capsys.readouterr()
    assert main(["run", "--resume"]) == 0
    assert shown[2].state.name == "Spring"
    said = capsys.readouterr().err
    assert "2 exercises are unfinished:" in said
    assert "1  Autumn · Sakishima Dawn · not finished, at T+0" in said
    assert f"\n     {log_path('spring')}\n" in said
    assert main(["run", FLAGSHIP]) == 0, "without --resume the same list, with a new exercise as 0"
    assert shown[3].state.name == "Autumn", "the one opened last comes first"
    pick(monkeypatch, 0)
    assert main(["run", "--resume"]) == 2
    assert main(["run", FLAGSHIP]) == 0
    assert shown[4].state.name == FLAGSHIP
    assert len(shown) == 5


def test_n_resume_a_scenario_or_a_log_that_is_named_is_the_only_one_meant(
    shown: list[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "other.db"
    assert main(["run", FLAGSHIP, "--log", str(log)]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine"]) == 0
    capsys.readouterr()
    assert main(["run", "mine", "--resume"]) == 2
    assert "there is no unfinished exercise" in capsys.readouterr().err
    for verb in ("run", "host"):
        assert main([verb, "mine", "--log", str(log)]) == 2
        assert f"holds an exercise of '{FLAGSHIP}', not of 'mine'" in capsys.readouterr().err
    assert len(shown) == 1


def test_a_log_that_exists_is_gone_on_with(shown: list[Session], tmp_path: Path) -> None:
    log = tmp_path / "game.db"
    assert main(["run", FLAGSHIP, "--log", str(log)]) == 0
    assert main(["run", "--log", str(log)]) == 0
    assert shown[1].state.name == "game"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run"], "say which scenario to run"),
        (["run", "--resume"], "there is no unfinished exercise"),
        (["run", FLAGSHIP, "--resume", "--new"], "use one of them"),
        (["run", "sakishima-dwn"], "sakishima-dawn"),
        (["run", "--resume", "--log", "nowhere.db"], "there is no log nowhere.db"),
    ],
)
@pytest.mark.usefixtures("shown")
def test_what_cannot_be_run_is_said_in_plain_words(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.out == ""
    assert not list(logs_folder().glob("*.db"))


def test_a_second_process_is_refused(shown: list[Session], capsys: pytest.CaptureFixture[str]) -> None:
    from tabletop.host.opening import begin
    from tests.builders import tiny_scenario

    held = begin(tiny_scenario(), log_path(FLAGSHIP), name=FLAGSHIP, seed=1)
    try:
        assert main(["run", FLAGSHIP]) == 2
        assert "another tabletop is running this exercise" in capsys.readouterr().err
        assert main(["run", "--log", str(log_path(FLAGSHIP))]) == 2
        assert main(["run", FLAGSHIP, "--new"]) == 0
        assert shown[0].state.name == f"{FLAGSHIP}-2"
    finally:
        held.close()


def test_n9_resume_beside_a_program_that_has_the_exercise_open_says_so(
    shown: list[Session], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tabletop.host.opening import begin
    from tests.builders import tiny_scenario

    held = begin(tiny_scenario(), log_path("held"), name="held", seed=1)
    try:
        for verb, otherwise in (("run", "begin another one with --new"), ("host", "without --resume")):
            assert main([verb, "--resume"]) == 2
            said = capsys.readouterr().err
            assert f"another tabletop is running this exercise ({log_path('held')})" in said
            assert otherwise in said
        main(["run", FLAGSHIP, "--name", "Spring"])
        capsys.readouterr()
        assert main(["run", "--resume"]) == 2, "nobody knows which of the two is meant"
        said = capsys.readouterr().err
        assert f"tabletop run --log {log_path('spring')}" in said
        assert "held · open in another tabletop" in said
        pick(monkeypatch, 1)
        assert main(["run", "--resume"]) == 0
        assert [session.state.name for session in shown] == ["Spring"] * 2
    finally:
        held.close()


def test_n_resume_an_exercise_that_is_lost_is_named_before_an_older_one_goes_on(
    shown: list[Session], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", FLAGSHIP, "--name", "Spring"])
    stick = tmp_path / "stick.db"
    main(["run", FLAGSHIP, "--log", str(stick)])
    stick.unlink()
    capsys.readouterr()
    assert main(["run", "--resume"]) == 2
    said = capsys.readouterr().err
    assert "stick · Sakishima Dawn · no longer there" in said
    assert f"there is no log {stick}" in said
    pick(monkeypatch, 1)
    assert main(["run", "--resume"]) == 0
    assert main(["run", "--resume"]) == 0, "what was picked since is meant from then on"
    assert [session.state.name for session in shown] == ["Spring", "stick", "Spring", "Spring"]
    log_path("spring").unlink()
    capsys.readouterr()
    assert main(["run", "--resume"]) == 2
    said = capsys.readouterr().err
    assert "there is no unfinished exercise" in said
    assert "If it was moved: tabletop run --log LOG" in said


def test_n_resume_without_a_place_to_remember_it_in_an_exercise_begins_all_the_same(
    shown: list[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    from tabletop.paths import state_folder

    state_folder().mkdir(parents=True)
    (state_folder() / "exercises").write_text("in the way")
    assert main(["run", FLAGSHIP]) == 0
    assert "--resume will not find this exercise" in capsys.readouterr().err
    assert len(shown) == 1


def test_without_a_terminal_it_says_what_runs_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", FLAGSHIP]) == 2
    assert "tabletop play" in capsys.readouterr().err


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, int, bool]]:
    """Where exercises would have been served, on which port, and whether without encryption."""
    found: list[tuple[str | None, int, bool]] = []

    def show(
        session: Session, log: Path, port: int, place: Listening | None, _: Access, *, plain: bool = False
    ) -> None:
        assert log.exists()
        found.append((place.address if place is not None else None, port, plain))
        session.close()

    monkeypatch.setattr("tabletop.host.server.listen", lambda *_: listen("127.0.0.1", 0))
    monkeypatch.setattr("tabletop.cli.console_host.show_and_serve", show)
    monkeypatch.setattr("tabletop.cli.terminal.is_terminal", lambda: True)
    return found


@pytest.mark.parametrize(
    ("words", "addresses", "expected"),
    [
        ([], ("10.0.0.5",), (None, 7788, False)),
        (["--lan"], ("10.0.0.5",), ("10.0.0.5", 7788, False)),
        (["--lan", "10.0.0.6", "--port", "80"], ("10.0.0.5",), ("10.0.0.6", 80, False)),
        (["--lan", "[fd00::5]", "--plain"], (), ("fd00::5", 7788, True)),
        (["--lan", "127.0.0.1"], (), ("127.0.0.1", 7788, False)),
    ],
)
def test_it_is_served_at_the_address_given_or_found_and_without_lan_here_alone(
    words: list[str],
    addresses: tuple[str, ...],
    expected: tuple[str | None, int, bool],
    served: list[tuple[str | None, int, bool]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tabletop.system.addresses.own_addresses", lambda: addresses)
    assert main(["run", FLAGSHIP, *words]) == 0
    assert served == [expected]


def test_of_several_addresses_the_others_are_named(
    served: list[tuple[str | None, int, bool]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tabletop.system.addresses.own_addresses", lambda: ("10.0.0.5", "172.16.0.9"))
    assert main(["run", FLAGSHIP, "--lan"]) == 0
    assert served[0][0] == "10.0.0.5"
    said = capsys.readouterr().err
    assert "Taking 10.0.0.5" in said
    assert "172.16.0.9" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--lan"], "no address on a network"),
        (["--lan", "10.0.0.5:80"], "give the port with --port"),
        (["--lan", "127.0.0.1", "--plain"], "--plain needs --lan"),
        (["--plain"], "--plain needs --lan"),
    ],
)
def test_what_cannot_be_served_is_said_in_plain_words(
    words: list[str],
    says: str,
    served: list[tuple[str | None, int, bool]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tabletop.system.addresses.own_addresses", lambda: ())
    assert main(["run", FLAGSHIP, *words]) == 2
    assert says in capsys.readouterr().err
    assert not served
    assert not list(logs_folder().glob("*.db"))


@pytest.mark.usefixtures("served")
def test_a_scenario_that_stands_where_an_address_is_wanted_is_noticed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", "--lan", FLAGSHIP, "--log", "nowhere.db", "--resume"]) == 2
    assert f"tabletop run {FLAGSHIP} --lan" in capsys.readouterr().err


def test_what_to_type_next_opens_the_same_log_where_stations_look_for_it(
    tmp_path: Path,
) -> None:
    """`--resume` would ask where several exercises wait, and stations come back to one address and port."""
    from tabletop.host.opening import begin
    from tests.builders import tiny_scenario

    kept, elsewhere = log_path("spring"), tmp_path / "my logs" / "spring.db"
    assert resume_command("run", kept, None, PORT, plain=False) == "tabletop run --resume"
    assert resume_command("host", elsewhere, "10.0.0.5", 7811, plain=True) == (
        f"tabletop host --log '{elsewhere}' --lan 10.0.0.5 --port 7811 --plain"
    )
    begin(tiny_scenario(), log_path("autumn"), name="autumn", seed=1).close()
    assert resume_command("run", kept, None, PORT, plain=False) == f"tabletop run --log {kept}"
    assert resume_command("run", log_path("autumn"), None, PORT, plain=False) == "tabletop run --resume"


def test_what_to_type_next_is_the_report_once_play_is_over(tmp_path: Path) -> None:
    log = tmp_path / "my logs" / "spring.db"
    assert next_step(log, Stage.PAUSED, "tabletop run --resume").endswith("To go on: tabletop run --resume")
    for stage in (Stage.ENDED, Stage.HOT_WASH, Stage.CLOSED):
        assert next_step(log, stage, "").endswith(f"To write it up: tabletop report '{log}'")


def test_a_cut_is_begun_and_gone_on_with(shown: list[Session], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["run", FLAGSHIP, "--cut", str(CUT)]) == 0
    assert shown[0].state.script.scenario.length == CUT * 60
    answer(monkeypatch, yes=True)
    assert main(["run", FLAGSHIP, "--cut", str(CUT)]) == 0
    assert shown[1].state.name == shown[0].state.name
    assert shown[1].state.script.scenario.length == CUT * 60


def test_a_cut_that_is_not_there_is_refused_by_name(
    shown: list[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", FLAGSHIP, "--cut", "44"]) == 2
    assert not shown
    said = capsys.readouterr().err
    assert "44" in said
    assert str(CUT) in said
