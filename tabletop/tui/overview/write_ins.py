"""The form in which exercise control judges a decision in a team's own words."""

from __future__ import annotations

from typing import Any, Final

from tabletop.exercise import commands as c
from tabletop.plaintext import in_quotes
from tabletop.scenario.base import MAX_REASON_WORDS
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.fields import Field, LineField, OneField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.rows import Line, shortened
from tabletop.tui.overview.overview_model import OverviewModel

_MARKS: Final = {"+": "good", "-": "bad", "−": "bad", "–": "bad", "0": "neither"}
_QUOTED: Final = 600


def judging_form(
    model: OverviewModel, decision: str, team: str, pending: PendingCommands, draft: FormDraft
) -> Form:
    """Judge it as an option, or mark objectives, each with its reason. Both can be done again later."""
    known = model.decision(decision)
    options = [(name, shortened(option.words, 90)) for name, option in known.options.items()]
    fields: list[Field] = [
        OneField("as", "As option", [("", "none: mark objectives below"), *options], value=""),
        *(LineField(f"mark {name}", goal.code, hint=goal.title) for name, goal in _objectives(model)),
    ]
    if model.scenario.score.capital:
        hint = "what it costs at home: -1"
        fields.append(LineField("capital", "Capital", value="0", hint=hint, replaced=True))

    def build(given: dict[str, Any]) -> c.Judge:
        marks: dict[str, dict[str, str]] = {"good": {}, "bad": {}, "neither": {}}
        for name, goal in _objectives(model):
            text = str(given.get(f"mark {name}", "")).strip()
            if text:
                kind = _MARKS.get(text[0])
                if kind is None:
                    raise ValueError(f"{goal.code}: begin with +, 0 or −, and then say why: + They are told")
                marks[kind][name] = text[1:].strip()
        return c.Judge.model_validate(
            {"decision": decision, "team": team, "as": given["as"] or "", **marks, "capital": _capital(given)}
        )

    title = f"Judge {model.team(team)} on {known.code or known.title}"
    return Form(title, pending, draft, fields=fields, build=build, intro=_intro(model, decision, team))


def _objectives(model: OverviewModel) -> list[tuple[str, Any]]:
    return list(model.scenario.objectives.items())


def _capital(given: dict[str, Any]) -> int:
    text = str(given.get("capital", "0")).strip().replace("−", "-") or "0"
    try:
        return int(text)
    except ValueError:
        raise ValueError("Capital is a whole number: -1 costs one point at home, 0 nothing") from None


def _intro(model: OverviewModel, decision: str, team: str) -> list[Line]:
    asked, known = model.state.decisions[decision, team], model.decision(decision)
    late = ", late" if asked.late else ""
    lines: list[Line] = [
        ((shortened(known.question.strip(), _QUOTED), "plain"),),
        (
            (f"{format_time(asked.decided_at or 0)}{late} ", "dim"),
            (in_quotes(shortened(asked.words, _QUOTED)), "strong"),
        ),
    ]
    if asked.judged_seq:
        before = known.options[asked.option].text if asked.option is not None else "by objectives"
        lines.append(((f"Judged before: {shortened(before, 90)}. This takes its place.", "warn"),))
    how = f"Choose an option, or mark objectives: + or 0 or −, then why, in at most {MAX_REASON_WORDS} words."
    return [*lines, ((how, "dim"),)]
