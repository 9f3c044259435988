"""`tabletop score`: print the coordination scorecard of a log, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tabletop.cli.other_rules import other_data, other_lines, score_by
from tabletop.cli.records import read_records
from tabletop.errors import InputError
from tabletop.exercise.apply import fold
from tabletop.exercise.consent import consent_data, consent_sentence
from tabletop.exercise.events import ExerciseCreated
from tabletop.exercise.losses import loss_sentence
from tabletop.exercise.marking import MARKING, practice_sentence
from tabletop.pages.text import TextPage
from tabletop.plaintext import display_width, one_line
from tabletop.report.json import harmless, plain
from tabletop.report.sections.anchors import write_anchors
from tabletop.rules.anchors import AnchorTable, anchor_table
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.ratings import Rating, agreement, ratings, ratings_data
from tabletop.rules.scorefile import picture_words, to_data
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore, score_log
from tabletop.rules.tally import FEWEST_RATED
from tabletop.rules.version import rescored_sentence
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed, number
from tabletop.scenario.quantities import Level, Points

_BAR = 20
"""Cells of a bar."""
_ANCHORS_WIDE = 100
_WIDEST = 44
"""Maximum cells of a name; longer ones are cut."""


@click.command("score")
@click.argument("log", metavar="LOG")
@click.option(
    "--rules",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also score it by the rules of this framework or scenario file, and show the difference.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the scorecard as JSON.")
def command(log: str, rules: Path | None, as_json: bool) -> int:
    """Show the scorecard of LOG: how the situations went, and every mark with its reason.

    LOG is a log file or the name of an exercise.
    """
    path, records, _, code = read_records(log)
    try:
        if not records:
            raise ValueError("the log is empty")
        card = score_log(records)
        created = records[0].event
        if not isinstance(created, ExerciseCreated):
            raise ValueError("it creates no exercise")
        table = anchor_table(created.anchors, card)
        state = fold(records)
    except (ValueError, LookupError) as error:
        raise InputError(
            f"{path} holds no exercise that can be scored: {error}. `tabletop verify {path}` says more."
        ) from error
    practice = practice_sentence(created.players)
    rescored = rescored_sentence(created.rules_version, created.program)
    incomplete = loss_sentence(records)
    data, compared = to_data(card), [practice, ""] if practice else []
    consent = consent_data(state)
    data |= {"consent": consent} if consent is not None else {}
    compared += [f"rules and objectives: {consent_sentence(state)}", ""] if consent is not None else []
    data |= {"practice": practice} if practice else {}
    data |= {"incomplete": incomplete} if incomplete else {}
    data |= {"rescored": rescored} if rescored else {}
    data |= {"anchors": plain(table)} if table is not None else {}
    compared += _anchor_lines(table)
    rated = ratings(card, records, created.scenario.ratings)
    given = ratings_data(rated)
    data |= {"ratings": given} if given is not None else {}
    compared += list(_rating_lines(card, rated))
    if rules is not None:
        other = score_by(rules, records)
        data["other"] = other_data(rules, card, other)
        compared += [*other_lines(rules, card, other), ""]
    if as_json:
        click.echo(harmless(json.dumps(data, ensure_ascii=False, indent=1)))
        return code
    notes = tuple(filter(None, (incomplete, rescored)))
    for line in _lines(card, compared, capital=created.scenario.has_capital, notes=notes):
        click.echo(line)
    return code


def _rating_lines(card: Scorecard, rated: Sequence[Rating]) -> Iterator[str]:
    """Yield what people gave for each objective, side by side, and how often they agree."""
    if not any(one.given for one in rated):
        return
    codes = {goal.objective: goal.code for goal in card.objectives}
    yield "rated by people:"
    for one in rated:
        people = ", ".join(f"{person.letter} ({one_line(person.by)})" for person in one.given)
        if people:
            yield f"  {codes[one.objective]} {one.team or 'all'}: {people}"
    whole = agreement(rated)
    if whole.pairs:
        yield f"  {whole}"
    yield ""


def _anchor_lines(table: AnchorTable | None) -> list[str]:
    page = TextPage(_ANCHORS_WIDE)
    write_anchors(page, table)
    return [*page.text().splitlines(), ""] if table is not None else []


def _lines(card: Scorecard, compared: Sequence[str], *, capital: bool, notes: Sequence[str]) -> Iterator[str]:
    yield MARKING
    yield ""
    for note in notes:
        yield note
        yield ""
    yield from _table(card, capital=capital)
    yield ""
    yield from _picture(card)
    if card.to_judge:
        yield from _to_judge(card)
        yield ""
    yield from compared
    yield from _ledger(card.ledger, {goal.objective: goal.code for goal in card.objectives})
    yield ""
    yield MARKING


def _table(card: Scorecard, *, capital: bool) -> Iterator[str]:
    """Yield each objective with the mean and the gap between teams, and each team's bar and count below."""
    names = max(display_width(team) for team in card.capital)
    codes = max((display_width(goal.code) for goal in card.objectives), default=0)
    for goal in card.objectives:
        head = f"{_padded(goal.code, codes)}  {_cut(one_line(goal.title))}"
        yield f"{head}: {_across(goal)}"
        for team, standing in goal.teams.items():
            if standing.score is not None:
                result = f"{_bar(standing)}  {standing.tally}{_ruled(standing)}"
                yield f"{' ' * codes}  {_padded(team, names)}  {result}"
    if capital:
        levels = ", ".join(f"{team} {Level(level)}" for team, level in card.capital.items())
        yield ""
        yield f"domestic capital: {levels}"


def _across(goal: ObjectiveScore) -> str:
    """Return what stands for all teams, and the gap between them."""
    if goal.score is None:
        return "no situation arose"
    if not goal.rated:
        return _not_rated(goal)
    return f"{goal.across} {goal.score:.0f}, gap {goal.gap:.0f}"


def _not_rated(goal: ObjectiveScore) -> str:
    """Say why no result stands for all teams."""
    if not goal.rated_teams:
        return f"not rated, under {number(FEWEST_RATED)} situations"
    return f"not rated for all, {listed(goal.rated_teams)} alone had {number(FEWEST_RATED)} situations"


def _picture(card: Scorecard) -> Iterator[str]:
    """Yield the shared picture: the figures, then each probe with what was true and who was right."""
    if not card.picture.probes:
        return
    words = picture_words(card.picture)
    yield f"Shared {words}" if words else "Shared picture: no answer could be judged"
    for probe in card.picture.probes:
        truth = " or ".join(map(one_line, probe.truth)) or "nothing came true: not counted"
        right = ", ".join(answer.team for answer in probe.answers if answer.right) or "nobody"
        yield f"  {one_line(probe.asks)}  {truth}; {f'right: {right}' if probe.answered else 'not answered'}"
    yield ""


def _to_judge(card: Scorecard) -> Iterator[str]:
    yield "to be judged, and without marks until then:"
    for decision, team in card.to_judge:
        yield f"  {decision}  {team}, in its own words"


def _bar(standing: TeamScore) -> str:
    """Draw the bar with its figure behind it."""
    if standing.score is None or not standing.tally.rated:
        return f"{'not rated':<{_BAR + 5}}"
    filled = round(standing.score / 100 * _BAR)
    return f"{'#' * filled:.<{_BAR}}  {standing.score:3.0f}"


def _ruled(standing: TeamScore) -> str:
    """Say what the rules alone give where a person adjusted it."""
    if not standing.adjusted or standing.rule_score is None:
        return ""
    if not standing.rated:
        return " (adjusted by a person)"
    return f" (adjusted by a person; the rules alone give {standing.rule_score:.0f})"


def _ledger(ledger: Sequence[LedgerEntry], codes: dict[str, str]) -> Iterator[str]:
    """Yield all entries, by time."""
    if not ledger:
        yield "No mark was given."
        return
    teams = max(display_width(entry.team) for entry in ledger)
    for entry in sorted(ledger, key=lambda entry: (entry.at, max(entry.evidence), entry.team)):
        events = ", ".join(map(str, entry.evidence))
        points, code = _right(str(Points(entry.points)), 4), _padded(codes[entry.objective], 4)
        when = _padded(format_time(entry.at), 9)
        yield f"{points}  {code} {_padded(entry.team, teams)}  {when}{one_line(entry.reason)} [{events}]"


def _cut(text: str) -> str:
    while display_width(text) > _WIDEST:
        text = text[:-2] + "…"
    return text


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text
