"""Make a cut, which is a scenario of its own, from the whole scenario. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tabletop.scenario.base import ALL
from tabletop.scenario.cards import Card
from tabletop.scenario.cuts.model import Cut, Dropped
from tabletop.scenario.cuts.settling import Absent
from tabletop.scenario.decisions import Decision
from tabletop.scenario.injects import Addition, Inject
from tabletop.scenario.probes import END, Probe
from tabletop.scenario.rules import AnyRule, Bonus, OnDecisions
from tabletop.scenario.scenario import Deal, Entry, Scenario
from tabletop.scenario.teams import Team
from tabletop.scenario.timeline import Phase


def make_cut(whole: Scenario, word: str, cut: Cut, dropped: Dropped) -> Scenario:
    """Return the cut of a linked scenario. Every word of `cut` is an id of the scenario."""
    presets = {name: _by_team(whole.decisions[name], choice) for name, choice in cut.presets.items()}
    deals = tuple(_deals(whole, cut))
    entries, absent = _kept_entries(whole, cut, dropped, presets, {deal.card.id for deal in deals})
    changes: dict[str, Any] = {
        "id": f"{whole.id}-{word}",
        "title": f"{whole.title}: {cut.title or word}",
        "cut": word,
        "length": cut.length,
        "teams": {team: _told(whole, team, presets) for team in whole.teams},
        "phases": tuple(_phases(whole, cut, dropped)),
        "timeline": tuple(entries.values()),
        "decisions": _decisions(whole, cut, dropped, absent, presets),
        "rules": tuple(_rules(whole, absent, presets)),
        "probes": tuple(_probes(whole, dropped, absent)),
        "presets": presets,
        "deals": deals,
        "files": {name: whole.files[name] for name in _attached(whole, entries.values())},
    }
    for name in ("summary", "situation", "hot_wash"):
        if getattr(cut, name) is not None:
            changes[name] = getattr(cut, name)
    if cut.capital is not None:
        changes["capital"] = whole.capital.model_copy(update={"start": cut.capital})
    return Scenario.model_construct(
        **{name: changes.get(name, getattr(whole, name)) for name in Scenario.model_fields}
    )


def _attached(whole: Scenario, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the names of the files that the cut shows: those of entries that it drops stay behind."""
    shown = [*whole.attachments, *(whole.backlash.attachments if whole.backlash is not None else ())]
    shown += [one for entry in entries for one in entry.inject.attachments]
    wanted = {one.file for one in shown}
    yield from (name for name in whole.files if name in wanted)


def _by_team(decision: Decision, choice: str | Mapping[str, str]) -> dict[str, str]:
    return {team: choice if isinstance(choice, str) else choice[team] for team in decision.team}


def _kept_entries(
    whole: Scenario, cut: Cut, dropped: Dropped, presets: Mapping[str, object], dealt: set[str]
) -> tuple[dict[str, Entry], Absent]:
    """Return the entries that are left, and everything that is not.

    What an entry's condition asks of something left out is settled, which may leave out that entry in turn.
    """
    unasked = {*dropped.decisions, *presets}
    kept = {entry.id: _timed(entry, cut) for entry in whole.timeline if entry.id not in dropped.entries}
    while True:
        put = {name for entry in kept.values() for name in entry.decisions} - unasked
        cards = dealt.union(card.id for entry in kept.values() for card in entry.cards)
        absent = Absent(
            frozenset(whole.decisions.keys() - put - presets.keys()),
            frozenset(whole.entries.keys() - kept.keys()),
            frozenset(whole.cards.keys() - cards),
            next(iter(whole.teams)),
        )
        decisions = {name: absent.without(whole.decisions[name]) for name in put}
        unasked |= {name for name, decision in decisions.items() if decision is None}
        left = {word: one for word, entry in kept.items() if (one := _settled(entry, absent)) is not None}
        for word, entry in left.items():
            asked = tuple(name for name in entry.decisions if name not in unasked)
            if asked != entry.decisions:
                left[word] = entry.model_copy(update={"decisions": asked})
        if left == kept:
            return kept, absent
        kept = left


def _settled(entry: Entry, absent: Absent) -> Entry | None:
    """Return the entry without what is left out; what it waits for may be true from the start."""
    kept = absent.without(entry)
    if kept is None or entry.waits_for is None or kept.waits_for is not None:
        return kept
    return kept.model_copy(update={"at": entry.delay or 0, "delay": None, "latest": None})


def _timed(entry: Entry, cut: Cut) -> Entry:
    """Return the entry at the time that the cut gives it, or at the cut's end at the latest."""
    if entry.id in cut.times:
        waiting = dict.fromkeys(("on", "after", "delay", "latest", "once", "since"))
        return entry.model_copy(update={**waiting, "at": cut.times[entry.id], "contingency": False})
    if entry.latest is not None and entry.latest > cut.length:
        return entry.model_copy(update={"latest": cut.length})
    return entry


def _decisions(
    whole: Scenario, cut: Cut, dropped: Dropped, absent: Absent, presets: Mapping[str, object]
) -> dict[str, Decision]:
    found = {}
    for name, decision in whole.decisions.items():
        if name in absent.decisions:
            continue
        kept = absent.without(decision) or decision
        window = cut.windows.get(name, kept.window)
        found[name] = kept if window == kept.window else kept.model_copy(update={"window": window})
    return {name: one for name, one in found.items() if name in presets or name not in dropped.decisions}


def _phases(whole: Scenario, cut: Cut, dropped: Dropped) -> Iterator[Phase]:
    for phase in whole.phases:
        if phase.id not in dropped.phases:
            yield phase.model_copy(update={"from_": cut.phases.get(phase.id, phase.from_)})


def _rules(whole: Scenario, absent: Absent, presets: Mapping[str, object]) -> Iterator[AnyRule]:
    """Yield the rules without decisions that nobody is asked, and without rules that judge nothing else."""
    gone = absent.decisions.union(presets)
    for rule in whole.rules:
        if isinstance(rule, OnDecisions) and rule.decisions is not None:
            judged = tuple(name for name in rule.decisions if name not in gone)
            if judged:
                yield rule if judged == rule.decisions else rule.model_copy(update={"decisions": judged})
            continue
        if isinstance(rule, Bonus):
            asked = {one.word for one in rule.when.references() if one.kind == "decision"}
            if asked and asked <= gone:
                continue
        kept = absent.without(rule)
        if kept is not None:
            yield kept


def _probes(whole: Scenario, dropped: Dropped, absent: Absent) -> Iterator[Probe]:
    """Yield the probes of the phases that are left; no gate ends the last of these."""
    last = [phase.id for phase in whole.phases if phase.id not in dropped.phases][-1:]
    gone = absent.entries | absent.cards
    for probe in whole.probes:
        if probe.id in dropped.probes or probe.at in dropped.phases:
            continue
        changes: dict[str, Any] = {
            "at": END if probe.at in last else probe.at,
            "options": tuple(absent.without(one, stays=True) or one for one in probe.options),
            "told_by": tuple(word for word in probe.told_by if word not in gone),
        }
        yield probe.model_copy(update=changes)


def _told(whole: Scenario, team: str, presets: Mapping[str, Mapping[str, str]]) -> Team:
    """Return the team with what it has decided before play added to its briefing."""
    known = whole.teams[team]
    lines = [
        f"- {whole.decisions[name].title}: {whole.decisions[name].options[chosen[team]].text.strip()}"
        for name, chosen in presets.items()
        if team in chosen
    ]
    if not lines:
        return known
    told = "\n".join(["Decided before play:", "", *lines])
    return known.model_copy(update={"briefing": f"{known.briefing}\n\n{told}" if known.briefing else told})


def _deals(whole: Scenario, cut: Cut) -> Iterator[Deal]:
    """Yield each card dealt to each team: in full to its holder, in its clean form to the others."""
    texts = _texts(whole)
    seen: set[tuple[str, str]] = set()
    for to, cards in cut.deals.items():
        for word in cards:
            card, text = texts[word]
            for team in whole.teams if to == ALL else (to,):
                if (team, word) in seen:
                    continue
                seen.add((team, word))
                clean = team != card.holder and card.clean_form is not None
                words = card.clean_form if clean else text
                yield Deal(team=team, card=card.model_copy(update={"text": words}), sanitised=clean)


def _texts(whole: Scenario) -> dict[str, tuple[Card, str]]:
    """Return every card with what it says; a card without a text says what its inject does."""
    found: dict[str, tuple[Card, str]] = {}
    for entry in whole.timeline:
        parts: list[Inject | Addition] = [entry.inject, *entry.inject.additions]
        for part in parts:
            if isinstance(part.card, Card):
                found.setdefault(part.card.id, (part.card, part.card.text or part.text))
    return found
