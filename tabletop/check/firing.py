"""Rules that look for something nobody carries, so that they can never give a point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabletop.rules.card_kind import CardKind
from tabletop.rules.kinds import kinds_of
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted


def never_firing(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each rule that can never fire, and of each tag that looks like a slip of the pen."""
    for kind in kinds_of(loaded.scenario):
        place = rule_place(loaded, kind.rule.id)
        if not kind.can_fire:
            why = kind.why_never()
            yield problem_at(
                place / "id",
                "rule-never-fires",
                f"rule {quoted(kind.rule.id)} never fires: {why.message}",
                hint=_hint(loaded, place, kind.rule.id, why.hint),
                severity="warning",
            )
        elif isinstance(kind, CardKind):
            yield from _mistyped_tags(kind, place)


def _hint(loaded: Loaded, place: Place, rule: str, hint: str | None) -> str | None:
    """Return the hint; for a rule of the framework, how to leave it out."""
    if loaded.framework is None or place.document is not loaded.framework.document:
        return hint
    return f"leave it out here: 'rules: [{{id: {rule}, left-out: true}}]'"


def _mistyped_tags(kind: CardKind[Any], place: Place) -> Iterator[Problem]:
    known = kind.card_tags()
    for key, tag in kind.tags_named():
        near = nearest(tag, known) if tag not in known else None
        if near is not None:
            yield problem_at(
                place / key,
                "unknown-tag",
                f"nothing that rule {quoted(kind.rule.id)} looks at is tagged {quoted(tag)}",
                hint=f"did you mean {quoted(near)}?",
                severity="warning",
            )


def rule_place(loaded: Loaded, rule_id: str) -> Place:
    """Return where a rule stands: in the scenario's file, else in its framework's."""
    files = [loaded.root, *([loaded.framework] if loaded.framework is not None else [])]
    for file in files:
        data = file.document.data
        written = data.get("rules") if isinstance(data, dict) else None
        for index, row in enumerate(written if isinstance(written, list) else ()):
            if isinstance(row, dict) and row.get("id") == rule_id:
                return file / "rules" / index
    return loaded.root
