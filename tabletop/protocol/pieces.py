"""Cut an attached file into pieces that fit into frames, and put it together again."""

from __future__ import annotations

import base64
from binascii import Error
from collections.abc import Sequence
from typing import Final

from tabletop.protocol.messages import Fetch, Piece
from tabletop.scenario.attachments import StoredFile

PIECE: Final = 48_000
"""Characters of base 64 in one piece; whole groups of four."""


def piece_of(file: StoredFile | None, wanted: Fetch) -> Piece:
    """Return the piece that was asked for; an empty one of none if there is no such file or piece."""
    data = file.data if file is not None else ""
    count = -(-len(data) // PIECE)
    if wanted.index >= count:
        return Piece(key=wanted.key, count=0)
    start = wanted.index * PIECE
    return Piece(key=wanted.key, count=count, text=data[start : start + PIECE])


def joined(pieces: Sequence[Piece]) -> bytes | None:
    """Return the file whose pieces these are; None if a piece is damaged."""
    try:
        return base64.b64decode("".join(piece.text for piece in pieces), validate=True)
    except Error:
        return None
