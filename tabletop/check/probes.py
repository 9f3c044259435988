"""Probes that measure nothing: an answer that nothing makes right, or a team that nothing tells."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.check.facts import Conditions
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.problems import Problem, quoted


def untrue_answers(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each answer to a probe that can never be right."""
    if loaded.scenario.cut is not None:
        # What a cut drops or presets settles some answers; they stay as wrong ones.
        return
    conditions = Conditions(loaded.scenario)
    for probe in loaded.scenario.probes:
        place = loaded.places["probe", probe.id] / "options"
        for index, answer in enumerate(probe.options):
            if answer.when is None:
                yield problem_at(
                    place / index,
                    "never-right",
                    f"the answer {quoted(answer.text)} to probe {quoted(probe.id)} is never right: "
                    "it has no 'when'",
                    hint="say with 'when' what makes it right, or keep it as a wrong answer",
                    severity="warning",
                )
                continue
            conflicts = [conditions.conflict(way) for way in conditions.ways(answer.when)]
            if all(conflicts):
                yield problem_at(
                    place / index / "when",
                    "never-right",
                    f"the answer {quoted(answer.text)} to probe {quoted(probe.id)} is never right: "
                    f"its condition contradicts itself about {conflicts[-1]}",
                    hint="remove one of the two, or join them with 'any'",
                    severity="warning",
                )


def untold_probes(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each probe that does not say how a team can know the answer."""
    for probe in loaded.scenario.probes:
        if not probe.told_by:
            yield problem_at(
                loaded.places["probe", probe.id] / "asks",
                "untold",
                f"nothing says how a team can know the answer to probe {quoted(probe.id)}: "
                "'I do not know' then always counts as wrong",
                hint="name the cards and entries that tell it: told-by: [alert-status]",
                severity="warning",
            )
