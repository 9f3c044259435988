"""Rules that look for something nobody carries, so that they can never give a point."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tabletop.check.reasons import card_tags, why_never
from tabletop.check.rulespans import rule_spans
from tabletop.scenario import rules as r
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Scenario


def never_firing(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each rule that can never fire, and of each tag that looks like a slip of the pen."""
    scenario = loaded.scenario
    for rule in scenario.rules:
        place = rule_place(loaded, rule.id)
        if not rule_spans(rule, scenario):
            why = why_never(rule, scenario)
            yield problem_at(
                place / "id",
                "rule-never-fires",
                f"rule {quoted(rule.id)} never fires: {why.message}",
                hint=why.hint,
                severity="warning",
            )
            continue
        for key, tag, known in _tags(rule, scenario):
            near = nearest(tag, known) if tag not in known else None
            if near is not None:
                yield problem_at(
                    place / key,
                    "unknown-tag",
                    f"nothing that rule {quoted(rule.id)} looks at is tagged {quoted(tag)}",
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


def _tags(rule: r.AnyRule, scenario: Scenario) -> Iterator[tuple[str, str, Collection[str]]]:
    """Yield each tag a rule names, the key it stands under, and the tags there are to name."""
    match rule:
        case r.CaveatKept():
            named = [("tags", tag) for tag in rule.tags]
        case r.PromptSharing():
            named = [("tags", tag) for tag in rule.tags] + [("except-tags", tag) for tag in rule.except_tags]
            named += [("relay", tag) for tag in rule.relay.tags] if rule.relay is not None else []
        case _:
            return
    known = card_tags(scenario)
    yield from ((key, tag, known) for key, tag in named)
