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
                hint=why.hint,
                severity="warning",
            )
        elif isinstance(kind, CardKind):
            yield from _mistyped_tags(kind, place)


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
    documents = {id(place.document): place.document for place in loaded.places.values()}
    for document in documents.values():
        data = document.data
        written = data.get("rules") if isinstance(data, dict) else None
        for index, row in enumerate(written if isinstance(written, list) else ()):
            if isinstance(row, dict) and row.get("id") == rule_id:
                return Place(document, ("rules", index))
    return Place(next(iter(documents.values())))
