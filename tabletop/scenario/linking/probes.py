"""Link probes: check where they are asked, what makes each answer right, and how a team can know it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.linking.findings import Place, did_you_mean
from tabletop.scenario.linking.partial_file import PartialFile
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.symbols import SymbolTable
from tabletop.scenario.probes import END, Probe, ProbeAnswer
from tabletop.scenario.problems import quoted
from tabletop.scenario.timeline import Phase

_NO_TRUTH: Final = (
    "give each answer a 'when' that makes it right: {text: Okinawa, when: {chose: {alert: okinawa}}}"
)


def link_probes(
    draft: PartialFile[ScenarioFile], symbols: SymbolTable, participants: Participants
) -> tuple[Probe, ...]:
    """Check the probes and return them with teams for ``all`` in their conditions."""
    gates = _gates(draft.file.phases) if draft.whole("phases") else None
    seen: set[str] = set()
    linked = []
    for index, probe in enumerate(draft.file.probes):
        place = Place(draft.document, ("probes", draft.row("probes", index)))
        if probe.id in seen:
            symbols.findings.error(
                "duplicate-probe",
                f"probe {quoted(probe.id)} is defined twice",
                place / "id",
                hint="give one of the two another id",
            )
        seen.add(probe.id)
        _check_gate(probe, gates, place / "at", symbols)
        _check_truth(probe, place, symbols)
        _check_told(probe, place / "told-by", symbols)
        linked.append(_Answers(symbols, participants).probe(probe, place / "options"))
    return tuple(linked)


def _gates(phases: Sequence[Phase]) -> tuple[str, ...]:
    """Return the phases that a gate ends, and the end of play."""
    return (*(phase.id for phase in phases[:-1]), END)


def _check_gate(probe: Probe, gates: Collection[str] | None, place: Place, symbols: SymbolTable) -> None:
    if gates is not None and probe.at not in gates:
        symbols.findings.error(
            "unknown-gate",
            f"no gate ends phase {quoted(probe.at)}",
            place,
            hint=f"ask it at one of: {', '.join(gates)}",
        )


def _check_truth(probe: Probe, place: Place, symbols: SymbolTable) -> None:
    if all(answer.when is None for answer in probe.options):
        symbols.findings.error(
            "no-truth",
            f"no answer to probe {quoted(probe.id)} can be right: none has a 'when'",
            place / "options",
            hint=_NO_TRUTH,
        )


def _check_told(probe: Probe, place: Place, symbols: SymbolTable) -> None:
    cards, entries = symbols.known.get("card"), symbols.known.get("entry")
    if cards is None or entries is None:
        return
    for index, word in enumerate(probe.told_by):
        if word not in cards and word not in entries:
            symbols.findings.error(
                "unknown-teller",
                f"there is no card or entry {quoted(word)}",
                place / index,
                hint=did_you_mean("card or entry", word, [*cards, *entries]),
            )


class _Answers:
    """Links the answers to a probe."""

    def __init__(self, symbols: SymbolTable, participants: Participants) -> None:
        self._symbols = symbols
        self._participants = participants

    def probe(self, probe: Probe, place: Place) -> Probe:
        """Return the probe with its answers linked."""
        options = tuple(self._answer(one, place / index) for index, one in enumerate(probe.options))
        return probe.model_copy(update={"options": options})

    def _answer(self, answer: ProbeAnswer, place: Place) -> ProbeAnswer:
        self._symbols.check_condition(answer.when, place / "when")
        if answer.when is None:
            return answer
        return answer.model_copy(update={"when": answer.when.with_teams(self._participants)})
