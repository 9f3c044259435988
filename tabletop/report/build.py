"""From the records of a log to the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabletop.exercise.events import Record
from tabletop.report.history import History, read_history
from tabletop.report.model import AfterActionReport, Observation, PhasePrompts
from tabletop.report.model.coordination import Coordination
from tabletop.report.parts.capital import capital
from tabletop.report.parts.decisions import decisions
from tabletop.report.parts.exchange import cards, consultations, messages, sharing, statements
from tabletop.report.parts.judgements import adjustments, observations, ratings
from tabletop.report.parts.material import Material
from tabletop.report.parts.msel import msel
from tabletop.report.parts.objectives import goals_by_id, improvement_plan, objectives
from tabletop.report.parts.outlooks import outlooks
from tabletop.report.parts.overview import day_of, overview
from tabletop.report.parts.rules import crossings
from tabletop.report.parts.summary import summary
from tabletop.report.parts.ties import coordination


def build_report(
    records: Iterable[Record], *, anonymous: bool = False, chain_head: str | None = None
) -> AfterActionReport:
    """Draw the report from a log. The same records give the same report on any machine.

    `chain_head` is the hash of the last event, where the log has one.

    An anonymous report keeps to the Chatham House Rule: what was said may be used, who said it may not. It
    names no seat, so that observations and adjustments have no author, and no time of day or date, which
    together with an attendance list would tell who sat there. Teams keep their names: a capital is not a
    person, and a report on coordination between capitals that hides them says nothing. What people typed
    stays word for word; a name that somebody wrote into a rationale is not recognised as one.

    Raises ValueError for a log that creates no exercise.
    """
    history = read_history(records, anonymous=anonymous)
    seen = observations(history)
    return _bound(history, _gathered(history, seen, chain_head), seen, anonymous=anonymous)


def build_coordination(records: Iterable[Record]) -> Coordination:
    """Draw from a log who told whom, who consulted whom and who decided when."""
    history = read_history(records)
    return coordination(history, cards(history), consultations(history))


def _gathered(history: History, seen: Sequence[Observation], chain_head: str | None) -> Material:
    """What the summary is written from, each part worked out once."""
    return Material(
        overview=overview(history, chain_head),
        card=history.card,
        results=objectives(history, seen),
        decisions=decisions(history),
        crossings=crossings(history),
        cards=cards(history),
        consultations=consultations(history),
        statements=statements(history),
        capital=capital(history),
        adjustments=adjustments(history),
        names={name: team.name for name, team in history.scenario.teams.items()},
        goals=goals_by_id(history),
    )


def _bound(
    history: History, material: Material, seen: tuple[Observation, ...], *, anonymous: bool
) -> AfterActionReport:
    """The summary in front of all the parts."""
    scenario, results = history.scenario, material.results
    tied = coordination(history, material.cards, material.consultations)
    return AfterActionReport(
        anonymous=anonymous,
        day=day_of(history),
        overview=material.overview,
        summary=summary(material),
        objectives=tuple(result for result in results if result.score is not None),
        not_exercised=tuple(result for result in results if result.score is None),
        ratings=ratings(history),
        bands=dict(scenario.ratings),
        outlooks=tuple(outlooks(history)),
        improvement_plan=improvement_plan(results, seen),
        progress=history.samples,
        decisions=material.decisions,
        crossings=material.crossings,
        ties=tied.ties,
        joint=tied.joint,
        cards=material.cards,
        sharing=sharing(history, material.cards),
        consultations=material.consultations,
        statements=material.statements,
        messages=messages(history),
        capital=material.capital,
        observations=seen,
        adjustments=material.adjustments,
        msel=msel(history),
        ground_rules=tuple(scenario.ground_rules),
        prompts=tuple(
            PhasePrompts(phase.title, tuple(phase.prompts)) for phase in scenario.phases if phase.prompts
        ),
        ledger=history.card.ledger,
        names=material.names,
        goals=material.goals,
    )
