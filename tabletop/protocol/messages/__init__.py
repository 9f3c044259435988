"""Frames between stations and the host: version 1 of the protocol in docs/protocol.md.

Every frame is one JSON object with a `type`. A frame that does not match these models exactly is refused, so
that neither side acts on a partly understood frame.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tabletop.protocol.messages.base import *
from tabletop.protocol.messages.consoles import *
from tabletop.protocol.messages.host import *
from tabletop.protocol.messages.replies import *
from tabletop.protocol.messages.station import *

FromHost = Annotated[
    Welcome
    | Behind
    | Sights
    | Part
    | Receipt
    | Refused
    | Deferred
    | Progress
    | Recovered
    | Handed
    | Reception
    | Arranged
    | Piece
    | Reach
    | Clock
    | Chair
    | TeamRoster
    | Notice
    | Pong
    | Goodbye,
    Field(discriminator="type"),
]
