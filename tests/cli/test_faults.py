"""What is said about a fault of the program, and what is kept of it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tabletop.cli.faults import ENDED, FaultError, Recovery, fault_page, keep_fault, without_secrets
from tabletop.cli.host_options import recovery
from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.host.admission import Admission
from tabletop.host.session import Session
from tabletop.protocol.submission import Receipt
from tabletop.store.folder import log_path
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import VirtualTime, random_bytes
from tests.builders import tiny_scenario
from tests.tui.console.staging import FailingLog

CODE = "able-acid-also-area"
RECOVERY = Recovery("All is safe.", "To go on, type", "tabletop run --resume", "The rest is simple.")


def page_of(error: Exception, say: Callable[[], Recovery] = lambda: RECOVERY) -> str:
    """Return the page for an error."""
    with pytest.raises(FaultError) as raised, fault_page(say):
        raise error
    return raised.value.page


def test_w5_the_page_says_what_happened_what_is_safe_and_how_to_go_on(hermetic: Path) -> None:
    page = page_of(KeyError(f"text of the exercise, \x1b[2J, and {CODE}"))
    [kept] = (hermetic / "tabletop" / "faults").iterdir()
    assert page.splitlines() == [
        "tabletop has failed with an internal error and closed its screen.",
        "It is not something that you did.",
        "",
        "All is safe.",
        "",
        "To go on, type",
        "  tabletop run --resume",
        "The rest is simple.",
        "",
        "Please report this with the file that keeps the details:",
        f"  {kept}",
    ]


def test_b18_the_file_with_the_details_is_private_and_holds_no_secret(hermetic: Path) -> None:
    token = random_bytes(32).hex()
    secret = "-".join(["amber"] * 8)
    page_of(ValueError(f"text with {CODE}, {secret} and {token}, \x1b[2J"))
    [kept] = (hermetic / "tabletop" / "faults").iterdir()
    details = kept.read_text(encoding="utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "Traceback (most recent call last)" in details
    assert "ValueError: text with [secret], [secret] and [secret], \u241b[2J" in details
    assert CODE not in keep_fault(ValueError(CODE))


def test_b18_every_code_and_secret_that_a_host_gives_is_known_as_one() -> None:
    time = VirtualTime()
    admission = Admission(("tokyo",), time=time.source(), randomness=random_bytes)
    given = [*(admission.new_code("tokyo") for _ in range(200)), admission.facilitator_secret()]
    assert {without_secrets(one) for one in given} == {"[secret]"}
    ordinary = "tabletop/tui/console/dialogs, go-it-alone, sakishima-dawn, fault-abc-12, well-known"
    assert without_secrets(ordinary) == ordinary


def test_w5_without_a_place_for_details_the_page_is_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("TABLETOP_HOME", str(occupied))
    page = page_of(RuntimeError("lost"))
    assert "To go on, type\n  tabletop run --resume" in page
    assert "The details could not be kept (" in page


@pytest.mark.parametrize(
    "error", [InputError("a plain message"), click.UsageError("wrong"), KeyboardInterrupt(), SystemExit(3)]
)
def test_w5_what_has_words_of_its_own_is_no_fault(error: BaseException, hermetic: Path) -> None:
    with pytest.raises(type(error)), fault_page(lambda: RECOVERY, what=ENDED):
        raise error
    assert list(hermetic.iterdir()) == []


def test_w5_a_developer_gets_the_error_itself(hermetic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLETOP_TRACEBACK", "1")
    with pytest.raises(KeyError), fault_page(lambda: RECOVERY):
        raise KeyError("here")
    assert list(hermetic.iterdir()) == []


def test_w5_a_page_within_a_page_is_shown_once() -> None:
    def within() -> None:
        with fault_page(lambda: RECOVERY):
            raise KeyError

    with pytest.raises(FaultError) as raised, fault_page(lambda: Recovery("", "", "another command")):
        within()
    assert "another command" not in raised.value.page


# How an exercise goes on ----------------------------------------------------------------------------


def exercise(name: str, *commands: c.Command) -> tuple[Session, Path]:
    """Return an exercise that has ended as a program does, with its log in the folder of logs."""
    path = log_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    time = VirtualTime(f"2026-0{len(list(path.parent.iterdir())) + 1}-01T00:00:00.000Z")
    session = Session.begin(
        SqliteLog.create(path), tiny_scenario(), name=name, seed=1, time=time.source(), mark_every=None
    )
    for command in commands:
        assert isinstance(session.submit("facilitator", command), Receipt)
    session.close()
    return session, path


def test_w5_the_command_opens_this_exercise_and_not_a_later_one() -> None:
    session, path = exercise("first")
    assert recovery("run", session, path, None, 7788, plain=False).command == "tabletop run --resume"
    exercise("second")
    said = recovery("run", session, path, "10.0.0.5", 7811, plain=False)
    assert said.command == f"tabletop run --log {path} --lan 10.0.0.5 --port 7811"
    assert said.safe == f"Everything that was recorded is safe in the log:\n  {path}"


def test_w5_an_exercise_whose_record_is_closed_is_written_up() -> None:
    session, path = exercise("spring", c.Startex(), c.Endex(), c.HotWash(), c.Close())
    said = recovery("host", session, path, None, 7788, plain=False)
    assert said.command == f"tabletop report {path}"
    assert said.purpose == "To write up the exercise, type"


def test_w5_a_log_that_has_failed_is_not_said_to_be_whole(tmp_path: Path) -> None:
    log = FailingLog()
    session = Session.begin(
        log, tiny_scenario(), name="full", seed=1, time=VirtualTime().source(), mark_every=None
    )
    log.why = "the disk is full"
    session.submit("facilitator", c.Startex())
    said = recovery("run", session, tmp_path / "full.db", None, 7788, plain=False)
    assert said.safe.startswith("The log could not be written at the end (the disk is full")
    assert "Everything that was recorded is safe" not in said.safe
