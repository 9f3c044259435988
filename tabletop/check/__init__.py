"""What can be said about a scenario before anyone plays it, beyond its being free of mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from tabletop.check.allowing import Checked, with_allowances
from tabletop.check.cards import same_clean_forms, standing_rules, without_clean_form
from tabletop.check.contradictions import contradictions
from tabletop.check.decisions import (
    unasked_teams,
    without_choice,
    without_dilemma,
    without_none,
    without_reason,
)
from tabletop.check.firing import never_firing
from tabletop.check.lengths import long_texts, short_talks, short_windows
from tabletop.check.local_clock import backward_clock
from tabletop.check.locks import locks
from tabletop.check.no_effect import older_keys, unsaid_locks, without_effect
from tabletop.check.objectives import unmoved_objectives
from tabletop.check.probes import untold_probes, untrue_answers
from tabletop.check.shared_files import in_own_file, only_offered
from tabletop.check.situations import hardly_rated
from tabletop.check.timeline import at_endex, never_due, outrun_by_latest, unreachable_entries
from tabletop.check.unused import unread_decisions, unused_cards
from tabletop.check.windows import cut_windows
from tabletop.scenario.linking import Loaded
from tabletop.scenario.problems import Problem, quoted, sort_key

_CHECKS: Final[tuple[Callable[[Loaded], Iterator[Problem]], ...]] = (
    unused_cards,
    same_clean_forms,
    without_clean_form,
    standing_rules,
    without_choice,
    without_none,
    without_reason,
    unasked_teams,
    unread_decisions,
    without_dilemma,
    long_texts,
    short_windows,
    short_talks,
    unmoved_objectives,
    hardly_rated,
    never_firing,
    unreachable_entries,
    outrun_by_latest,
    at_endex,
    never_due,
    cut_windows,
    backward_clock,
    contradictions,
    untrue_answers,
    untold_probes,
    locks,
    unsaid_locks,
    without_effect,
    older_keys,
)


def check(loaded: Loaded) -> list[Problem]:
    """Return every warning about the scenario, those of loading it among them, in the order of its files.

    What the author allows is left out.
    """
    return list(check_with_allowances(loaded).problems)


def check_with_allowances(loaded: Loaded) -> Checked:
    """Return the warnings that are left, in the order of the files, and those that the author allows."""
    found = [*loaded.warnings, *(problem for one in _CHECKS for problem in one(loaded))]
    own = [in_own_file(problem, loaded) for problem in found if not only_offered(problem, loaded)]
    checked = with_allowances(own, loaded)
    return Checked(sorted(checked.problems, key=sort_key), checked.allowed)


def check_with_cuts(loaded: Loaded) -> Checked:
    """Return the same with what only the cuts of the scenario give rise to, each named with its cut."""
    whole = check_with_allowances(loaded)
    found = list(whole.problems)
    known = {_same(problem) for problem in found}
    for word in loaded.cuts:
        own = (problem for problem in check(loaded.cut(word)) if _same(problem) not in known)
        found += [replace(problem, message=f"cut {quoted(word)}: {problem.message}") for problem in own]
    return Checked(sorted(found, key=sort_key), whole.allowed)


def _same(problem: Problem) -> tuple[str, str, int, int]:
    return problem.code, problem.file, problem.line, problem.column
