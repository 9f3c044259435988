"""The `tabletop` command: dispatch to the verb, and turn every error into one message and an exit code.

Start-up must be fast: `tabletop --version` does not import click, and `tabletop --help` does not import the
modules of verbs, so imports are inside the functions that need them.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tabletop import __version__
from tabletop.cli.expected_errors import expected
from tabletop.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click
    from click.shell_completion import CompletionItem

# Verb -> (its command, its line in `tabletop --help`), in the order of the help. The help lines are here so
# that listing the verbs does not import them.
VERBS: Final[dict[str, tuple[str, str]]] = {
    "list": ("tabletop.cli.list:command", "List the scenarios that can be run."),
    "host": ("tabletop.cli.host:command", "Host an exercise that teams join from their own terminals."),
    "join": ("tabletop.cli.join:command", "Join an exercise on another computer as a team."),
    "console": ("tabletop.cli.console:command", "Run an exercise on another computer as its facilitator."),
    "watch": ("tabletop.cli.watch:command", "Watch an exercise on another computer, or evaluate it."),
    "wall": ("tabletop.cli.wall:command", "Show on a projector what everybody may see."),
    "demo": ("tabletop.cli.demo:command", "Watch an exercise play itself."),
    "run": ("tabletop.cli.run:command", "Run an exercise as its facilitator."),
    "play": ("tabletop.cli.play:command", "Play an exercise at this terminal."),
    "rehearse": ("tabletop.cli.rehearse:command", "Play a scenario many times over, by itself."),
    "new": ("tabletop.cli.new:command", "Start a scenario of your own."),
    "check": ("tabletop.cli.check:command", "Check a scenario before anyone plays it."),
    "schema": ("tabletop.cli.schema:command", "Print the JSON Schema of the scenario format."),
    "log": ("tabletop.cli.log:command", "Show what a log recorded."),
    "verify": ("tabletop.cli.verify:command", "Verify that a log is intact."),
    "salvage": ("tabletop.cli.salvage:command", "Save the intact events of a damaged log."),
    "score": ("tabletop.cli.score:command", "Show the scorecard of a log."),
    "explain": ("tabletop.cli.explain:command", "Explain every point, and what would have changed it."),
    "report": ("tabletop.cli.report:command", "Write the after-action report of a log."),
}

NEXT_STEPS: Final = """\
tabletop runs political-military tabletop exercises in a terminal.

What you can do next:

  tabletop list                  see the scenarios that come with it
  tabletop run sakishima-dawn    run one as its facilitator
  tabletop host sakishima-dawn   host one that others join
  tabletop demo                  watch one play itself
  tabletop new my-exercise       write your own
  tabletop --help                see every verb"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return the exit code."""
    _print_what_the_terminal_cannot_encode()
    try:
        code = _answer(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:  # None when the caller closed it: `tabletop list >&-`
            sys.stdout.flush()
    except BrokenPipeError:
        return _reader_went_away()
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        message, code = expected(error) or _fault(error)
        _say(message)
    return code


def _answer(words: list[str]) -> int:
    """Run the verb that `words` name; a verb may return its exit code."""
    if words in (["--version"], ["-V"]):
        print(f"tabletop {__version__}")
        return 0
    result = command_line().main(words, prog_name="tabletop", standalone_mode=False)
    return result if isinstance(result, int) else 0


def command_line() -> click.Group:
    """Build the `tabletop` group; in a function, since importing click is slow."""
    import click

    class Verbs(click.Group):
        """A group that imports a verb's module when the verb is used, not when it is listed."""

        def list_commands(self, ctx: click.Context) -> list[str]:
            return list(VERBS)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            return _load(cmd_name) if cmd_name in VERBS else None

        def resolve_command(
            self, ctx: click.Context, args: list[str]
        ) -> tuple[str | None, click.Command | None, list[str]]:
            word = args[0]
            if word not in VERBS and not word.startswith("-") and not ctx.resilient_parsing:
                ctx.fail(_no_such_verb(word))
            return super().resolve_command(ctx, args)

        def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            with formatter.section("Verbs"):
                formatter.write_dl([(verb, text) for verb, (_, text) in VERBS.items()])

        def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
            # click.Group's own version would import every matching verb at each press of Tab.
            return _complete(incomplete) + click.Command.shell_complete(self, ctx, incomplete)

    @click.group(
        cls=Verbs,
        invoke_without_command=True,
        subcommand_metavar="VERB [ARGS]...",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.version_option(
        __version__, "-V", "--version", prog_name="tabletop", message="%(prog)s %(version)s"
    )
    @click.pass_context
    def tabletop(ctx: click.Context) -> None:
        """Run political-military tabletop exercises in a terminal."""
        if ctx.invoked_subcommand is None:
            click.echo("\n".join([NEXT_STEPS, *_unfinished()]))

    return tabletop


def _unfinished() -> list[str]:
    """Return lines that name the exercises that wait to be resumed; none where that cannot be read."""
    from tabletop.cli.resume import waiting_lines
    from tabletop.errors import TabletopError

    with suppress(TabletopError, OSError):
        waiting = waiting_lines()
        return ["", *waiting] if waiting else []
    return []


def _load(verb: str) -> click.Command:
    """Import the module of a verb and return its command."""
    from importlib import import_module

    module, _, attribute = VERBS[verb][0].partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command


def _complete(incomplete: str) -> list[CompletionItem]:
    """Return the verbs that start with `incomplete`, for shell completion."""
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(verb, help=text) for verb, (_, text) in VERBS.items() if verb.startswith(incomplete)
    ]


def _no_such_verb(word: str) -> str:
    """Return the message for an unknown verb, with the nearest one if any is near."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), VERBS, n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else f" The verbs are: {', '.join(VERBS)}."
    return f"There is no verb '{word[:40]}'.{hint}"


def _fault(error: Exception) -> tuple[str, int]:
    """Return message and exit code of an unexpected error, and write its details to a file."""
    from tabletop.cli.faults import FaultError, keep_fault, traceback_wanted

    if traceback_wanted():
        from traceback import format_exception

        return "".join(format_exception(error)).rstrip(), ExitCode.FAULT
    return error.page if isinstance(error, FaultError) else keep_fault(error), ExitCode.FAULT


def _say(message: str) -> None:
    """Print a message on stderr with control characters made visible."""
    from tabletop.plaintext import visible

    with suppress(OSError):  # stderr is closed; the exit code remains
        print(visible(message), file=sys.stderr)


def _print_what_the_terminal_cannot_encode() -> None:
    """Escape such characters on stdout instead of failing, as for a Japanese title with `LC_ALL=C`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _reader_went_away() -> int:
    """End quietly when the reader of the output has gone, as in `tabletop list | head -1`."""
    # Python flushes stdout once more at exit, which would raise again; let it flush to /dev/null.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.PROBLEMS
