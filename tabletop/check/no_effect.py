"""Keys that are read and change nothing, and an older key that means less than its author may think."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.check.firing import rule_place
from tabletop.rules.kinds import kinds_of
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.older_rules import keys_without_effect
from tabletop.scenario.options import Option
from tabletop.scenario.problems import Problem, count_of, quoted
from tabletop.scenario.reading.locating import value_at

_ONE = 1.0


def without_effect(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each key that has no effect, and say what has."""
    for key, why, hint in _of_scoring(loaded):
        place = _written(loaded, key)
        if place is not None:
            yield _warning(place, "no-effect", f"{quoted(key)} has no effect: {why}", hint)
    yield from _of_rules(loaded)
    for entry in loaded.scenario.timeline:
        if entry.contingency and entry.when is not None:
            yield _warning(
                loaded.places["entry", entry.id] / "when",
                "no-effect",
                "'when' has no effect: the facilitator sends a contingency inject by hand, whatever is so",
                "remove it, or write 'once' with the condition in place of 'contingency'",
            )


def older_keys(loaded: Loaded) -> Iterator[Problem]:
    """Warn of older keys of options that do less than those that came after them."""
    counts = loaded.scenario.score.capital
    for place, name, option in _options(loaded):
        if option.capital and counts:
            yield _warning(
                place / "capital",
                "older-key",
                f"'capital' is the older form of 'cost' and never locks option {quoted(name)}",
                f"write cost: {-option.capital}",
            )
        elif not counts and option.moves_capital:
            key = "capital" if option.cost is None else "cost"
            yield _warning(
                place / key,
                "no-effect",
                f"{quoted(key)} of option {quoted(name)} has no effect: 'score' says 'capital: false'",
                "remove one of the two",
            )
    yield from _sizes(loaded)


def unsaid_locks(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each option that may be locked without a reason that the team can read."""
    for place, name, option in _options(loaded):
        required = option.requires is not None and not isinstance(option.requires, CapitalNeeded)
        if required and option.locked is None:
            yield _warning(
                place / "requires",
                "locked-unsaid",
                f"while option {quoted(name)} is locked, the team reads no reason of yours",
                "add 'locked' with one sentence that the team may read",
            )


def _of_scoring(loaded: Loaded) -> Iterator[tuple[str, str, str]]:
    """Yield the keys at the top without effect, why, and what to do."""
    scenario = loaded.scenario
    if scenario.late is not None:
        yield "late", "a late decision loses its good marks, and nothing else", "remove it"
    if not scenario.has_capital:
        why = (
            "no option has a 'cost'" if scenario.score.capital else "'score' says that no capital is counted"
        )
        yield "capital", why, "remove it, or let options cost something"


def _of_rules(loaded: Loaded) -> Iterator[Problem]:
    for kind in kinds_of(loaded.scenario):
        place = rule_place(loaded, kind.rule.id)
        older = keys_without_effect(value_at(place.document, place.loc))
        found = [*kind.without_effect(), *((key, "how many cards came no longer counts") for key in older)]
        for key, why in found:
            message = f"{quoted(key)} of rule {quoted(kind.rule.id)} has no effect: {why}"
            yield _warning(place / key, "no-effect", message, "remove it")


def _written(loaded: Loaded, key: str) -> Place | None:
    """Return where the scenario's own file has a key: what a framework offers need not be used."""
    data = loaded.root.document.data
    return loaded.root / key if isinstance(data, dict) and key in data else None


def _sizes(loaded: Loaded) -> Iterator[Problem]:
    """Warn once of points whose size means nothing, in a scenario without any reasons."""
    options = list(_options(loaded))
    if any(option.good or option.bad for _, _, option in options):
        return  # each of them is asked for its reason
    sized = [
        (place, option)
        for place, _, option in options
        if any(abs(points) not in (0, _ONE) for points in option.effects.values())
    ]
    if sized:
        others = len(sized) - 1
        also = f", here and in {count_of(others, 'other option')}" if others else ""
        yield _warning(
            sized[0][0] / "effects",
            "no-effect",
            f"the size of points has no effect{also}: only their sign counts",
            "write 'good' or 'bad' with a reason of at most 12 words in place of the number",
        )


def _options(loaded: Loaded) -> Iterator[tuple[Place, str, Option]]:
    for word, decision in loaded.scenario.decisions.items():
        for name, option in decision.options.items():
            yield loaded.places["decision", word] / "options" / name, name, option


def _warning(place: Place, code: str, message: str, hint: str) -> Problem:
    return problem_at(place, code, message, hint=hint, at_key=True, severity="warning")
