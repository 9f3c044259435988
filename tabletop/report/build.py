"""From the records of a log to the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabletop.exercise.events import Record
from tabletop.report.history import History, read_history
from tabletop.report.model import AfterActionReport
from tabletop.report.model.coordination import Coordination
from tabletop.report.model.outline import PhasePrompts, Summary
from tabletop.report.parts.analysis import Analysis
from tabletop.report.parts.attachments import attachments
from tabletop.report.parts.capital import capital
from tabletop.report.parts.decisions import decisions
from tabletop.report.parts.exchange import cards, cards_judged, consultations, messages, sharing, statements
from tabletop.report.parts.judgements import adjustments, agreement, observations, ratings
from tabletop.report.parts.msel import msel
from tabletop.report.parts.objectives import goals_by_id, objectives
from tabletop.report.parts.outlooks import improvements, outlooks
from tabletop.report.parts.overview import anchors_in, day_of, overview
from tabletop.report.parts.picture import information, picture
from tabletop.report.parts.plan import improvement_plan
from tabletop.report.parts.rules import crossings
from tabletop.report.parts.self_ratings import self_ratings
from tabletop.report.parts.summary import summary
from tabletop.report.parts.ties import coordination
from tabletop.rules.anchors import anchor_table
from tabletop.rules.whatif import WhatIf
from tabletop.scenario.scenario import Scenario


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
    report = _without_summary(history, chain_head, anonymous=anonymous)
    return replace(report, summary=summary(report, history.card))


def build_coordination(records: Iterable[Record]) -> Coordination:
    """Draw from a log who told whom, who consulted whom and who decided when."""
    history = read_history(records)
    return coordination(history, cards(history), consultations(history))


def _without_summary(history: History, chain_head: str | None, *, anonymous: bool) -> AfterActionReport:
    """Return the report but for its summary, which is written from all the rest."""
    scenario, seen, held = history.scenario, observations(history), cards(history)
    tried = WhatIf(history.records, history.card)
    analysis = Analysis(history, tried)
    results = objectives(history, seen, analysis)
    tied = coordination(history, held, consultations(history))
    plan = improvement_plan(history, seen, tried, analysis)
    return AfterActionReport(
        anonymous=anonymous,
        day=day_of(history),
        overview=overview(history, chain_head),
        summary=Summary(),
        objectives=tuple(result for result in results if result.score is not None),
        not_exercised=tuple(result for result in results if result.score is None),
        anchors=anchor_table(anchors_in(history), history.card),
        ratings=ratings(history),
        agreement=agreement(history),
        self_ratings=self_ratings(history),
        bands=dict(scenario.ratings),
        outlooks=tuple(outlooks(history, tried)),
        improvements=improvements(tried, scenario),
        improvement_plan=plan.rows,
        prices=plan.prices,
        locks=plan.locks,
        progress=history.samples,
        decisions=decisions(history),
        crossings=crossings(history),
        ties=tied.ties,
        joint=tied.joint,
        cards=held,
        timed=cards_judged(scenario, held),
        sharing=sharing(history, held),
        consultations=tied.consultations,
        statements=statements(history),
        messages=messages(history),
        capital=capital(history),
        picture=picture(history),
        information=information(history),
        observations=seen,
        adjustments=adjustments(history),
        msel=msel(history),
        attachments=attachments(history),
        ground_rules=tuple(scenario.ground_rules),
        prompts=tuple(_prompts(scenario)),
        ledger=history.card.ledger,
        judges_coordination=tied.judged,
        names=tied.names,
        goals=goals_by_id(history),
        files={name: file.data for name, file in scenario.files.items()},
    )


def _prompts(scenario: Scenario) -> Iterator[PhasePrompts]:
    """Yield the questions for the room of each phase that has some."""
    for phase in scenario.phases:
        if phase.prompts:
            yield PhasePrompts(phase.title, tuple(phase.prompts))
