"""The contacts panel: a row for each team, a column for each partner."""

from __future__ import annotations

from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.overview.overview_model import OverviewModel

_CELL = 11
_LEGEND = ("From the left to the top: c cards given,", "q consultations (! not answered), m messages")


def contacts_page(model: OverviewModel) -> list[Line]:
    """Cards given and consultations asked, from the team on the left to the team above."""
    teams = list(model.scenario.teams)
    wide = max((len(model.short[team]) for team in teams), default=3) + 2
    head: list[Part] = [(" " * wide, "plain")]
    head += [(f"{model.short[team]:<{_CELL}}", "strong") for team in teams]
    head.append(("public", "strong"))
    lines: list[Line] = [tuple(head)]
    for giver in teams:
        parts: list[Part] = [(f"{model.short[giver]:<{wide}}", "strong")]
        for receiver in teams:
            parts += _cell(model, giver, receiver)
        said = model.contacts.statements.get(giver, 0)
        parts.append((str(said) if said else "-", "plain" if said else "dim"))
        lines.append(tuple(parts))
    lines += [((words, "dim"),) for words in _LEGEND]
    return lines


def _cell(model: OverviewModel, giver: str, receiver: str) -> list[Part]:
    if giver == receiver:
        return [(f"{'':<{_CELL}}", "plain")]
    contact = model.contacts.between(giver, receiver)
    parts: list[Part] = []
    if contact.cards:
        parts.append((f"{len(contact.cards)}c ", "good"))
    if contact.asked:
        parts.append((f"{contact.asked}q", "new"))
        parts.append((f"{'!' * min(contact.waiting, 3)} ", "warn"))
    if contact.messages:
        parts.append((f"{contact.messages}m", "plain"))
    if not parts:
        parts.append(("-", "dim"))
    used = sum(len(words) for words, _ in parts)
    return [*parts, (" " * max(1, _CELL - used), "plain")]
