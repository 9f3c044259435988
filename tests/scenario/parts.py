"""Count the parts of an exercise: those that its files write down, and those that a loaded scenario has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tabletop.scenario.scenario import Scenario

SHARED = ("teams", "objectives", "labels", "sources")
"""What a framework and a scenario both define by id."""


def written_parts(files: Mapping[str, Any]) -> Counter[str]:
    """Count the parts that a scenario must have by what its files say. The files are known to be in order."""
    file = files["scenario.yaml"]
    framework: Mapping[str, Any] = {}
    library: dict[str, Any] = {}
    for name, data in files.items():
        if name.startswith("frameworks/"):
            framework = data
        elif name.startswith("injects/"):
            library |= data
    library |= file.get("injects") or {}
    entries, phases = _items(file["timeline"]), _items(file["phases"])
    decisions = (file.get("decisions") or {}).values()
    options = [option for one in decisions for option in one["options"].values()]
    used = [library[entry["inject"]] for entry in entries if entry["inject"] in library]
    additions = [one for part in (*entries, *used) for one in part.get("additions") or ()]
    outcomes = [*options, *(one["none"] for one in decisions if one.get("none") is not None)]
    if_parts = [part for outcome in outcomes for part in _items(outcome.get("if"))]
    inline = [part["card"] for part in (*used, *additions) if isinstance(part.get("card"), Mapping)]
    cards = {card["id"]: card for card in inline} | (file.get("cards") or {})
    standing = [rule for card in cards.values() for rule in _items(card.get("passes")) if rule != "all"]
    conditioned = (*entries, *additions, *decisions, *standing, *if_parts)
    left_out = {rule["id"] for rule in file.get("rules") or () if rule.get("left-out")}
    rules = {rule["id"] for part in (file, framework) for rule in part.get("rules") or ()}
    parts = Counter(
        phases=len(phases),
        prompts=sum(len(_items(phase.get("prompts"))) for phase in phases),
        anchors=len(_items((file.get("clock") or {}).get("anchors"))),
        entries=len(entries),
        asked=sum(len(_items(entry.get("decision"))) for entry in entries),
        decisions=len(decisions),
        options=len(options),
        shares=sum(len(_items(option.get(key))) for option in options for key in ("shares", "shares-raw")),
        keeps=sum(len(option.get("keeps") or ()) for option in options),
        consulting=sum(bool(option.get("consults") or option.get("asks")) for option in options),
        none=sum(one.get("none") is not None for one in decisions),
        rules=len(rules - left_out),
        cards=len({_card_id(part["card"]) for part in (*used, *additions) if part.get("card")}),
        passes=sum(len(_items(card.get("passes"))) for card in cards.values()),
        additions=len(additions),
        if_parts=len(if_parts),
        priced=sum(option.get("cost") is not None for option in options),
        requiring=sum(option.get("requires") is not None for option in options),
        conditions=sum(one.get(key) is not None for one in conditioned for key in ("when", "once"))
        + sum(isinstance(one.get("after"), Mapping) and "when" in one["after"] for one in entries)
        + sum(_chosen(one) is not None and one.get("when") is None for one in entries),
        probes=len(_items(file.get("probes"))),
        attachments=sum(len(_items(part.get("attachments"))) for part in (file, *entries, *used)),
        advice=sum((part.get("advice") or part.get("says")) is not None for part in (*used, *options)),
        letters=sum((option.get("letter") or option.get("code")) is not None for option in options),
        titled=sum(option.get("title") is not None for option in options),
        announced=sum(isinstance(option.get("public"), str) for option in options),
        fits=sum(len(_items(one.get("fits"))) for one in decisions),
    )
    for key in SHARED:
        parts[key] = len({*(file.get(key) or ()), *(framework.get(key) or ())})
    return parts


def _card_id(card: Any) -> str:  # noqa: ANN401 - a card, or its id
    return str(card["id"] if isinstance(card, Mapping) else card)


def _chosen(entry: Mapping[str, Any]) -> object:
    """Return the options that an entry waits for."""
    after = entry.get("after")
    return after.get("options") if isinstance(after, Mapping) else None


def loaded_parts(scenario: Scenario) -> Counter[str]:
    """Count the parts that a scenario has."""
    entries, decisions = scenario.timeline, scenario.decisions.values()
    options = [option for one in decisions for option in one.options.values()]
    additions = [one for entry in entries for one in entry.inject.additions]
    conditions = [condition for entry in entries for condition in (entry.when, entry.once, entry.since)]
    if_parts = [part for one in decisions for outcome in one.outcomes for part in outcome.if_]
    conditions += [one.when for one in additions] + [one.when for one in decisions]
    conditions += [one.when for one in if_parts]
    conditions += [rule.when for card in scenario.cards.values() for rule in card.passes]
    advice = [entry.inject.advice for entry in entries] + [option.advice for option in options]
    parts = Counter(
        phases=len(scenario.phases),
        prompts=sum(len(phase.prompts) for phase in scenario.phases),
        anchors=len(scenario.clock.anchors) if scenario.clock is not None else 0,
        entries=len(entries),
        asked=sum(len(entry.decisions) for entry in entries),
        decisions=len(decisions),
        options=len(options),
        shares=sum(len(option.shares) + len(option.shares_raw) for option in options),
        keeps=sum(len(option.keeps) for option in options),
        consulting=sum(bool(option.consults) for option in options),
        none=sum(one.none is not None for one in decisions),
        rules=len(scenario.rules),
        cards=len(scenario.cards),
        passes=sum(len(card.passes) for card in scenario.cards.values()),
        additions=len(additions),
        if_parts=len(if_parts),
        priced=sum(option.cost is not None for option in options),
        requiring=sum(option.requires is not None for option in options),
        conditions=sum(condition is not None for condition in conditions),
        probes=len(scenario.probes),
        advice=sum(one is not None for one in advice),
        attachments=len(scenario.attachments) + sum(len(entry.inject.attachments) for entry in entries),
        letters=sum(option.code is not None for option in options),
        titled=sum(option.title is not None for option in options),
        announced=sum(bool(option.announced) for option in options),
        fits=sum(len(one.fits) for one in decisions),
    )
    for key in SHARED:
        parts[key] = len(getattr(scenario, key))
    return parts


def _items(value: Any) -> list[Any]:  # noqa: ANN401 - one thing or a list of them
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
