"""The `tabletop` command itself: its first words, its exit codes, and what it says when things go wrong."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import pytest

from tabletop import __version__
from tabletop.cli.main import NEXT_STEPS, VERBS, main
from tabletop.errors import TabletopError

pytestmark = pytest.mark.newcomer

Captured = pytest.CaptureFixture[str]
PutVerb = Callable[[Callable[[], object]], None]


@pytest.fixture
def put_verb(monkeypatch: pytest.MonkeyPatch) -> PutVerb:
    """Return a function that makes `tabletop list` run the function it is given."""

    def put(answer: Callable[[], object]) -> None:
        module = ModuleType("tabletop.cli.list")
        vars(module)["command"] = click.command("list")(answer)
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return put


def raising(error: BaseException) -> Callable[[], None]:
    """Return a verb that fails with `error`."""

    def fail() -> None:
        raise error

    return fail


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(option: str, capsys: Captured) -> None:
    assert main([option]) == 0
    assert capsys.readouterr().out == f"tabletop {__version__}\n"


def test_version_needs_no_click() -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tabletop", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == f"tabletop {__version__}\n"
    assert "tabletop.cli.main" in result.stderr
    assert "click" not in result.stderr


def test_alone_it_says_what_can_be_done_next(capsys: Captured) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == NEXT_STEPS + "\n"


def test_the_next_steps_are_verbs_that_exist() -> None:
    examples = [line.split() for line in NEXT_STEPS.splitlines() if line.startswith("  tabletop ")]
    assert {words[1] for words in examples} <= {*VERBS, "--help"}


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_verb_with_its_line(option: str, capsys: Captured) -> None:
    assert main([option]) == 0
    shown = capsys.readouterr().out
    for verb, (_, text) in VERBS.items():
        assert any(line.split() == [verb, *text.split()] for line in shown.splitlines())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there_and_explains_itself(verb: str, capsys: Captured) -> None:
    module, _, attribute = VERBS[verb][0].partition(":")
    assert isinstance(getattr(import_module(module), attribute), click.Command)
    assert main([verb, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: tabletop {verb} ")


@pytest.mark.parametrize(("word", "meant"), [("lst", "list"), ("RUN", "run"), ("reprot", "report")])
def test_a_misspelt_verb_gets_the_nearest_one(word: str, meant: str, capsys: Captured) -> None:
    assert main([word]) == 2
    said = capsys.readouterr()
    assert said.err == f"There is no verb '{word}'. Did you mean '{meant}'?\nSee `tabletop --help`.\n"
    assert said.out == ""


def test_a_word_like_no_verb_gets_them_all(capsys: Captured) -> None:
    assert main(["\x1b[31mxyzzy"]) == 2
    said = capsys.readouterr().err
    assert f"The verbs are: {', '.join(VERBS)}." in said
    assert "\x1b" not in said


@pytest.mark.parametrize("words", [["--loud"], ["list", "--loud"], ["--", "--loud"]])
def test_an_unknown_option_is_a_usage_error(words: list[str], put_verb: PutVerb, capsys: Captured) -> None:
    put_verb(lambda: None)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "--loud" in said
    assert "--help`.\n" in said
    assert "Traceback" not in said


def test_a_verb_that_returns_nothing_succeeds(put_verb: PutVerb) -> None:
    put_verb(lambda: None)
    assert main(["list"]) == 0


def test_a_verb_may_return_its_exit_code(put_verb: PutVerb) -> None:
    put_verb(lambda: 3)
    assert main(["list"]) == 3


def test_a_verb_may_exit_through_click(put_verb: PutVerb) -> None:
    put_verb(lambda: click.get_current_context().exit(4))
    assert main(["list"]) == 4


def test_an_error_of_ours_is_one_plain_message(put_verb: PutVerb, capsys: Captured) -> None:
    error = TabletopError("sakishima.yaml, line 3: \x1b]0;owned\x07 is no channel.\nUse 'warning-net'.")
    put_verb(raising(error))
    assert main(["list"]) == error.exit_code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("sakishima.yaml, line 3: ")
    assert said.err.endswith(" is no channel.\nUse 'warning-net'.\n")
    assert not {"\x1b", "\x07"} & set(said.err)


def test_clicks_own_errors_keep_their_words_and_code(put_verb: PutVerb, capsys: Captured) -> None:
    put_verb(raising(click.ClickException("The log is in use.")))
    assert main(["list"]) == 1
    assert capsys.readouterr().err == "The log is in use.\n"


def test_ctrl_c_in_a_verb_stops_without_a_traceback(put_verb: PutVerb, capsys: Captured) -> None:
    put_verb(raising(KeyboardInterrupt()))
    assert main(["list"]) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def test_ctrl_c_before_a_verb_starts_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("tabletop.cli.main.command_line", raising(KeyboardInterrupt()))
    assert main(["list"]) == 130
    assert capsys.readouterr().err == ""


def test_input_that_ends_at_a_question_is_no_ctrl_c(put_verb: PutVerb, capsys: Captured) -> None:
    put_verb(raising(EOFError()))
    assert main(["list"]) == 2
    assert capsys.readouterr().err.strip() == "Stopped."


def test_a_fault_is_owned_up_to_and_its_traceback_kept(
    put_verb: PutVerb, hermetic: Path, capsys: Captured
) -> None:
    put_verb(raising(RuntimeError("two\nlines, \x1b[2J")))
    assert main(["list"]) == 70
    said = capsys.readouterr().err
    [kept] = (hermetic / "tabletop" / "faults").iterdir()
    assert said.startswith("This is a fault in tabletop, not in what you did: RuntimeError: two lines, ")
    assert said.count("\n") == 1
    assert str(kept) in said
    traceback = kept.read_text(encoding="utf-8")
    assert traceback.startswith(f"tabletop {__version__}, Python ")
    assert "Traceback (most recent call last)" in traceback
    assert "\x1b" not in said + traceback


def test_a_fault_is_reported_even_where_nothing_can_be_written(
    put_verb: PutVerb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("TABLETOP_HOME", str(occupied))
    put_verb(raising(RuntimeError("lost")))
    assert main(["list"]) == 70
    said = capsys.readouterr().err
    assert "RuntimeError: lost. The details could not be kept (" in said
    assert "TABLETOP_TRACEBACK=1" in said


def test_a_full_disk_is_no_fault_of_ours(put_verb: PutVerb, hermetic: Path, capsys: Captured) -> None:
    put_verb(raising(OSError(errno.ENOSPC, "No space left on device", "/mnt/usb/report.pdf")))
    assert main(["list"]) == 2
    said = capsys.readouterr().err
    assert said == "No space left on device: /mnt/usb/report.pdf. Make room and try again.\n"
    assert list(hermetic.iterdir()) == []


def test_a_fault_can_be_seen_where_it_happened(
    put_verb: PutVerb, hermetic: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("TABLETOP_TRACEBACK", "1")
    put_verb(raising(RuntimeError("here")))
    assert main(["list"]) == 70
    said = capsys.readouterr().err
    assert said.startswith("Traceback (most recent call last)")
    assert said.endswith("RuntimeError: here\n")
    assert list(hermetic.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes are reported otherwise there")
@pytest.mark.parametrize("word", ["--version", "--help"])
def test_a_reader_that_went_away_is_no_error_message(word: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        result = subprocess.run(
            [sys.executable, "-m", "tabletop", word], stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert result.stderr == b""
    assert result.returncode == 1


def test_the_shell_completes_verbs() -> None:
    result = run(_TABLETOP_COMPLETE="bash_complete", COMP_WORDS="tabletop rep", COMP_CWORD="1")
    assert result.stdout == "plain,report\n"
