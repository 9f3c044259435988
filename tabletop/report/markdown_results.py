"""The report's results as Markdown: scores, objectives, judgements, the improvement plan."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.report.contents import unnamed
from tabletop.report.mdtext import Inline, Page, Piece, Strong
from tabletop.report.model import AfterActionReport, ObjectiveResult, PlanRow, ReportFinding, ScoreRow


def refs(evidence: Sequence[int]) -> str:
    """Numbers of events, in brackets."""
    return f"[{', '.join(map(str, evidence))}]" if evidence else ""


def names(report: AfterActionReport, teams: Sequence[str]) -> str:
    """What the teams are called."""
    return ", ".join(report.team_name(team) for team in teams)


def add_scores(page: Page, report: AfterActionReport) -> None:
    """The table of scores."""
    if report.objectives:
        _add_table(page, report)
    else:
        page.paragraph("No objective was exercised.")
    if report.not_exercised:
        one = len(report.not_exercised) == 1
        page.paragraph(
            [
                Strong("Not exercised:"),
                f" {'; '.join(goal.name for goal in report.not_exercised)}. Nothing that arose in play could "
                f"move {'it, so it has' if one else 'them, so they have'} no score.",
            ]
        )


def _add_table(page: Page, report: AfterActionReport) -> None:
    teams = [team.name for team in report.overview.teams]
    rows: list[list[Inline]] = [
        [
            goal.name,
            f"{goal.weight:g}",
            *(_standing(standing) for standing in goal.teams),
            "–" if goal.gap is None else str(goal.gap),
            _whole(goal),
        ]
        for goal in report.objectives
    ]
    rules = f" (rules {report.summary.rule_score})" if report.adjustments else ""
    rows.append([Strong("Overall"), "", *("" for _ in teams), "", [Strong(str(report.summary.score)), rules]])
    heads = ("Objective", "Weight", *teams, "Gap", "All teams")
    page.table(heads, rows, right=range(1, len(heads)))


def _standing(standing: ScoreRow) -> str:
    if standing.score is None:
        return "–"
    return f"{standing.score} (rules {standing.rule_score})" if standing.adjusted else str(standing.score)


def _whole(goal: ObjectiveResult) -> list[Piece]:
    return [Strong(str(goal.score)), f" (rules {goal.rule_score})" if goal.adjusted else ""]


def add_objectives(page: Page, report: AfterActionReport) -> None:
    """Strengths and areas for improvement, objective by objective."""
    shown = [
        *report.objectives,
        *(goal for goal in report.not_exercised if goal.strengths or goal.improvements),
    ]
    if not shown:
        page.paragraph("No objective was exercised.")
    for goal in shown:
        page.heading(3, f"{goal.name}: {goal.score if goal.score is not None else 'not exercised'}")
        for title, findings in (("Strengths", goal.strengths), ("Areas for improvement", goal.improvements)):
            page.paragraph(Strong(title))
            if findings:
                page.bullets([_finding(report, finding) for finding in findings])
            else:
                page.paragraph("No points were won." if title == "Strengths" else "No points were lost.")


def _finding(report: AfterActionReport, finding: ReportFinding) -> list[Piece]:
    occasions = "; ".join(
        " ".join(
            part
            for part in (
                report.team_name(seen.team) if seen.team else "",
                str(seen.at),
                refs(seen.evidence),
            )
            if part
        )
        for seen in finding.occasions
    )
    lead = "Observed" if finding.points is None else str(finding.points)
    kind = " adjustment:" if finding.source == "adjustment" else ""
    return [Strong(lead), f"{kind} {finding.text} – {occasions}"]


def add_plan(page: Page, report: AfterActionReport) -> None:
    """The improvement plan, to be filled in."""
    page.paragraph(
        "To be filled in by those who own the processes concerned. Name processes, not people; give each "
        "action an owner and a date."
    )
    rows = [
        (
            str(row.number),
            f"{_whose(report, row)}{row.issue} {refs(row.evidence)}",
            ", ".join(report.code(goal) for goal in row.objectives),
            row.action,
            row.owner,
            row.due,
        )
        for row in report.improvement_plan
    ]
    blank = ("",) * 6
    page.table(
        ("No.", "Area for improvement", "Objectives", "Corrective action", "Owner", "Due"),
        [*rows, blank, blank],
    )


def _whose(report: AfterActionReport, row: PlanRow) -> str:
    teams = unnamed(report, row)
    return f"{names(report, teams)}: " if teams else ""


def add_judgements(page: Page, report: AfterActionReport) -> None:
    """Observations, and scores that people adjusted."""
    page.heading(3, "Observations")
    by = () if report.anonymous else ("By",)
    if report.observations:
        page.table(
            ("Time", "Kind", "Tied to", "Observation", *by),
            [
                (
                    str(item.at),
                    item.kind or "–",
                    "; ".join(
                        part
                        for part in (
                            item.about,
                            report.team_name(item.team) if item.team else None,
                            report.goal(item.objective) if item.objective else None,
                        )
                        if part
                    )
                    or "–",
                    f"{item.text} {refs(item.evidence)}",
                    *(() if report.anonymous else (item.author or "",)),
                )
                for item in report.observations
            ],
        )
    else:
        page.paragraph("No observations were recorded.")
    page.heading(3, "Adjusted scores")
    if not report.adjustments:
        page.paragraph("No score was adjusted by a person.")
        return
    page.table(
        ("Time", "Team", "Objective", "Points", "Score", "By the rules", "Reason", *by),
        [
            (
                str(item.at),
                report.team_name(item.team),
                report.goal(item.objective),
                str(item.points),
                "–" if item.score is None else str(item.score),
                "–" if item.rule_score is None else str(item.rule_score),
                f"{item.reason} {refs(item.evidence)}",
                *(() if report.anonymous else (item.author or "",)),
            )
            for item in report.adjustments
        ],
        right=(3, 4, 5),
    )
