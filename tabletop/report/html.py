"""The report as one HTML file that needs nothing else: no script, no font, no picture from anywhere.

Text that people typed is data to the templates: escaped by Jinja, made visible by `_shown` on its way out,
and isolated so that letters written from right to left do not reorder what stands around them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tabletop.exercise.marking import MARKING
from tabletop.plaintext import visible
from tabletop.report.charts.capital import capital_chart
from tabletop.report.charts.progress import progress_chart
from tabletop.report.charts.scores import score_chart
from tabletop.report.charts.sharing import sharing_chart
from tabletop.report.charts.timeline import timeline_chart
from tabletop.report.contents import (
    HOT_WASH,
    SECTIONS,
    how_scores_are_made,
    outlooks_by_goal,
    questions,
    rating,
    unnamed,
)
from tabletop.report.model import AfterActionReport
from tabletop.scenario.prose import capitalised

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(report: AfterActionReport) -> str:
    """The whole page."""
    template = _environment().get_template("report.html")
    return template.render(
        report=report,
        marking=MARKING,
        style=Markup(_style()),  # noqa: S704 - our own file
        sections=SECTIONS,
        hot_wash=HOT_WASH,
        questions=questions(report.decisions),
        outlooks=outlooks_by_goal(report),
        rating=rating,
        unnamed=unnamed,
        explained=how_scores_are_made(report),
        charts=_charts(report),
    )


def _style() -> str:
    return (_TEMPLATES / "style.css").read_text(encoding="utf-8").replace("$marking", MARKING)


def _charts(report: AfterActionReport) -> dict[str, Markup]:
    # The charts escape every word in them themselves.
    return {
        "scores": Markup(score_chart(report)),  # noqa: S704
        "progress": Markup(progress_chart(report)),  # noqa: S704
        "sharing": Markup(sharing_chart(report)),  # noqa: S704
        "capital": Markup(capital_chart(report)),  # noqa: S704
        "timeline": Markup(timeline_chart(report)),  # noqa: S704
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["typed"] = _typed
    environment.filters["capitalised"] = capitalised
    environment.filters["numbers"] = _numbers
    return environment


def _shown(value: object) -> str:
    """What every expression in a template goes through before it is escaped: nothing invisible comes out."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return visible(str(value))


def _typed(text: str | None) -> Markup:
    """Words that a person typed, kept apart from the direction of the text around them."""
    return Markup("<bdi>{}</bdi>").format(escape(visible(text))) if text else Markup()


def _numbers(evidence: tuple[int, ...]) -> str:
    """Numbers of events, in brackets."""
    return f"[{', '.join(map(str, evidence))}]" if evidence else ""
