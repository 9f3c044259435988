"""The seats window in words: where people join, with which code, and who has joined. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tabletop.tui.kit.plain_band import NOT_ENCRYPTED
from tabletop.tui.kit.rows import Line, Part, Row, Tone, shortened

if TYPE_CHECKING:
    from tabletop.protocol.messages import AddressLine, Code, Reception, SeatLine


_KIND, _WHO, _WORDS = 13, 30, 18
"""Cells of the columns."""


def endpoint_lines(reception: Reception) -> list[Line]:
    """Return what to read out to those who come."""
    if not reception.address:
        return [(("One moment: nobody can join yet.", "warn"),)]
    flag = " --plain" if reception.plain else ""
    lines: list[Line] = [
        (
            (f"{'Read out':<{_WORDS}}", "dim"),
            (f"tabletop join {reception.address}{flag}", "strong"),
        )
    ]
    if reception.words:
        lines.append(
            ((f"{'Words to compare':<{_WORDS}}", "dim"), ("  ".join(reception.words), "strong")),
        )
    if reception.plain:
        lines.append(((NOT_ENCRYPTED, "bad"),))
    if only_here(reception):
        lines.append((("Terminals of this computer can join. For others start with --lan.", "dim"),))
    return lines


def only_here(reception: Reception) -> bool:
    """Whether nobody can join from another computer: everything that goes to one is encrypted or marked."""
    return not reception.words and not reception.plain


def seat_rows(reception: Reception, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Return a line for every code, and below those of a team its seats; at the end flooding addresses.

    `names` are the teams' names by id.
    """
    kinds = dict.fromkeys(code.acts_as for code in reception.codes)
    kinds |= dict.fromkeys(seat.acts_as for seat in reception.seats)
    return (
        *(row for kind in kinds if kind != "facilitator" for row in _kind(reception, kind, names)),
        *_consoles(reception),
        *(Row(f"address/{one.address}", _address(one)) for one in reception.addresses),
    )


def _kind(reception: Reception, kind: str, names: Mapping[str, str]) -> Iterator[Row]:
    codes = [code for code in reception.codes if code.acts_as == kind]
    for number, code in enumerate(codes):
        yield Row(f"code/{kind}/{number}", _code(code, names.get(kind, kind.capitalize()) * (number == 0)))
    for seat in reception.seats:
        if seat.acts_as == kind:
            yield Row(f"seat/{seat.id}", _seat(seat))


def _consoles(reception: Reception) -> Iterator[Row]:
    flag = " --plain" if reception.plain else ""
    yield Row(
        "secret",
        (
            (f"{'Facilitator':<{_KIND}}", "strong"),
            (f"another console: tabletop console {reception.address}{flag}, secret\n", "dim")
            if reception.address
            else ("secret of another console\n", "dim"),
            (f"  {reception.secret}", "new"),
        ),
    )
    for seat in reception.seats:
        if seat.acts_as == "facilitator":
            yield Row(f"seat/{seat.id}", _seat(seat))


def _code(code: Code, name: str) -> Line:
    return ((f"{shortened(name, _KIND - 1):<{_KIND}}", "strong"), ("code  ", "dim"), (code.text, "new"))


def who(seat: SeatLine) -> str:
    """Return a person at the table: name and office, as far as they were given."""
    return ", ".join(filter(None, (seat.name, seat.role))) or "no name given"


def standing(seat: SeatLine) -> Part:
    """How a seat's station stands."""
    since = f" since {seat.since} UTC" if seat.since else ""
    words: dict[str, tuple[str, Tone]] = {
        "connected": ("● connected", "good"),
        "silent": (f"× silent{since}", "bad"),
        "closed": (f"○ closed{since}", "warn"),
        "away": ("○ not connected", "dim"),
    }
    return words[seat.standing]


def _seat(seat: SeatLine) -> Line:
    return (
        ("  ", "plain"),
        (f"{shortened(who(seat), _WHO - 1):<{_WHO}}", "plain"),
        standing(seat),
        ("  holds the pen" if seat.pen else "", "new"),
    )


def _address(one: AddressLine) -> Line:
    count = f"cut off {one.cut:,} {'time' if one.cut == 1 else 'times'}" if one.cut else "not seen since"
    return (
        (f"{'Address':<{_KIND}}", "strong"),
        (f"{shortened(one.address, _WHO - 1):<{_WHO}}", "plain"),
        (count, "dim" if one.blocked else "bad"),
        ("  blocked", "warn") if one.blocked else ("", "plain"),
    )


def rooms_part(reception: Reception) -> Line:
    """All stations in a few words, for the banner."""
    players = [seat for seat in reception.seats if seat.acts_as != "facilitator"]
    there = sum(seat.standing == "connected" for seat in players)
    missing = sum(seat.standing in {"silent", "closed"} for seat in players)
    parts: list[Part] = [(f"{there} joined", "good" if there else "dim")]
    if missing:
        parts.append((f", {missing} missing", "bad"))
    return tuple(parts)
