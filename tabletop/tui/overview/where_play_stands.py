"""What stops play, and the time: how the line of news in a window's border begins. Pure."""

from __future__ import annotations

from tabletop.exercise.state import Stage
from tabletop.tui.kit.fitting import Item
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.times import game_clock
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.wording import STAGE_NAMES


def where_play_stands(model: OverviewModel, now: float, contact: HostContact) -> list[Item]:
    """Return what stops play, and the time."""
    items, time = list[Item](), Item.of((game_clock(now), "strong"))
    name = STAGE_NAMES[model.stage]
    if model.stage is Stage.EMERGENCY:
        items.append(Item.of((f" {name} ", "alarm"), (" EMERGENCY ", "alarm")))
    if contact.finished:
        items.append(Item.of((" CUT OFF FROM THE HOST ", "alarm"), (" CUT OFF ", "alarm")))
    elif contact.astray:
        items.append(Item.of((" ANOTHER EXERCISE IS HERE ", "alarm"), (" OTHER EXERCISE ", "alarm")))
    elif not contact.live:
        items.append(Item.of((" NO LINK TO THE HOST ", "alarm"), (" NO LINK ", "alarm")))
    elif contact.trouble is not None:
        items.append(Item.of((" NOTHING CAN BE RECORDED ", "alarm"), (" CANNOT RECORD ", "alarm")))
    if model.stage in {Stage.PAUSED, Stage.GATE}:
        return [*items, Item.of((f" {name} ", "caution")), time]
    if model.stage in {Stage.RUNNING, Stage.EMERGENCY}:
        return [*items, time]
    return [*items, time, Item.of((name, "strong"))]
