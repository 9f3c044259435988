"""The teams panel: what each has not opened and has to decide, and what it can afford at home."""

from __future__ import annotations

from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.kit.times import span
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.standing import Asked

_ONE_LINE = 72
"""Cells from which all but the decisions of a team fit on one line."""


def teams_page(model: OverviewModel, now: float, width: int, height: int) -> list[Line]:
    """Three lines or so a team, with a line between them if there is room."""
    blocks = [_team(model, team, now, width) for team in model.standings.teams]
    if sum(map(len, blocks)) + len(blocks) - 1 > height:
        return [line for block in blocks for line in block]
    return [line for block in blocks for line in (*block, ())][:-1]


def _team(model: OverviewModel, team: str, now: float, width: int) -> list[Line]:
    standing, account = model.standings.teams[team], model.state.accounts[team]
    name: list[Part] = [(model.team(team), "strong")]
    if model.scenario.has_capital:
        name += [("  capital ", "dim"), (str(account.capital), "bad" if account.capital <= 1 else "plain")]
    done: list[Part] = [(f"  decided {standing.decided}", "dim")]
    done += [(f", {standing.late} late", "warn")] if standing.late else []
    done += [(f", not taken {standing.lapsed}", "bad")] if standing.lapsed else []
    asked = sorted(standing.open.values(), key=lambda item: item.due)
    if width >= _ONE_LINE:
        return [(*name, *done, *_reading(model, team)), *(_asked(item, now, width) for item in asked)]
    return [tuple(name), _reading(model, team), *(_asked(item, now, width) for item in asked), tuple(done)]


def _reading(model: OverviewModel, team: str) -> Line:
    progress = model.standings.teams[team]
    unread = progress.unread
    parts: list[Part] = [("  opened all injects" if progress.received else "  no inject yet", "dim")]
    if unread:
        codes = list(unread.values())
        more = f" +{len(codes) - 4}" if len(codes) > 4 else ""
        parts = [("  not opened ", "dim"), (f"{', '.join(codes[:4])}{more}", "warn")]
    waiting = model.contacts.unanswered(team)
    if waiting:
        parts.append((f"  {waiting} to answer", "new"))
    asked = len(model.inquiries.of(team))
    if asked:
        parts.append((f"  asks control ({asked})", "warn"))
    return tuple(parts)


def due_part(asked: Asked, now: float) -> Part:
    """Return the countdown of a window, or how long it has been over."""
    left = asked.due - int(now)
    if left < 0:
        return (f"LATE {span(left)}", "bad")
    return (span(left), "warn" if left < 60 else "strong")


def _asked(asked: Asked, now: float, width: int) -> Line:
    left, tone = due_part(asked, now)
    if asked.opens is not None:
        left, tone = f"talks, opens in {span(max(0, asked.opens - int(now)))}", "dim"
    name = shortened(f"{asked.code} {asked.title}".strip(), max(8, width - len(left) - 4))
    return (("  ", "plain"), (name, "new"), (" ", "plain"), (left, tone))


def teams_line(model: OverviewModel, now: float) -> Line:
    """All teams on one line, for a small screen."""
    parts: list[Part] = []
    for team, standing in model.standings.teams.items():
        parts += [("  | " if parts else "", "dim"), (model.short[team], "strong")]
        unread, soonest, asked = len(standing.unread), standing.soonest(), len(model.inquiries.of(team))
        if asked:
            parts.append((f" asks ({asked})", "warn"))
        if unread:
            parts.append((f" {unread} unread", "warn"))
        if soonest is not None:
            left, tone = due_part(soonest, now)
            parts += [(f" {soonest.name} ", "new"), (left, tone)]
            if len(standing.open) > 1:
                parts.append((f" +{len(standing.open) - 1}", "dim"))
        waiting = model.contacts.unanswered(team)
        if waiting:
            parts.append((f" {waiting} to answer", "new"))
        if not unread and soonest is None and not asked and not waiting:
            parts.append((" clear", "dim"))
    return tuple(parts)
