"""The door: one-use codes are exchanged for seats and tokens; tokens are known again until revoked.

Only hashes of tokens are kept. Codes are short enough that a hash of one could be tried out by whoever got
hold of it, so they are kept in memory alone: after a restart, stations come back with their tokens and the
console shows new codes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.refusal import Refusal
from tabletop.host.attempts import ALL, FROM_ONE, IN_ALL, Attempts
from tabletop.plaintext import visible
from tabletop.protocol.roster import Roster, Seated, SeatInfo
from tabletop.system.clock import TimeSource
from tabletop.system.codewords import letters, to_words
from tabletop.system.disk_queue import disk

NO_TEAM: Final = (EVALUATOR, OBSERVER, WALL)
"""What a seat with a code may be besides a team's."""

CODE_WORDS: Final = 4
SECRET_WORDS: Final = 8
"""Eleven bits each. The facilitator's secret is long enough to be looked at however many tries are made."""

TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(f"[0-9a-f]{{{2 * TOKEN_BYTES}}}", re.ASCII)
MAX_NAME: Final = 80

_BAD_CODE: Final = (
    "that code is not good: it is mistyped, or somebody has used it. Compare it with the facilitator's "
    "screen, or ask for a new one"
)
_NOT_KNOWN_BY: Final = "this station does not say how it wants to be known; install the same tabletop on both"
_WAIT: Final = "too many wrong codes were tried; wait a minute, then type the code once more"
_NOT_KEPT: Final = "the host cannot give out seats at the moment; tell the facilitator, and keep the code"


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code that nobody has used yet."""

    acts_as: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a code was exchanged for."""

    seat: SeatInfo
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AdmissionRefused(Refusal):
    """Why somebody was not let in, and what the facilitator has to hear of it, if anything."""

    for_facilitator: str = ""

    @property
    def reason(self) -> str:
        """For the person at the door."""
        return self.message

    @property
    def alarm(self) -> bool:
        """Whether the facilitator has to hear of it."""
        return bool(self.for_facilitator)


class Admission:
    """Who may come in, and as whom. All calls come from one thread; what changes seats takes disk_queue."""

    def __init__(
        self,
        teams: Iterable[str],
        *,
        time: TimeSource,
        randomness: Callable[[int], bytes],
        roster: Roster | None = None,
        keep: Callable[[Roster], None] | None = None,
    ) -> None:
        """`keep` is called with every new roster before anybody hears of it; it may raise `InputError`."""
        self._teams = frozenset(teams)
        self._time = time
        self._randomness = randomness
        self._keep = keep
        self._roster = roster or Roster()
        self._codes: list[OpenCode] = []
        self._secret = b""
        self._attempts = Attempts()

    # Codes ----------------------------------------------------------------------------------------

    def new_code(self, acts_as: str) -> str:
        """A code that is good for one seat of that kind. Raises `InputError`."""
        if acts_as not in self._teams and acts_as not in NO_TEAM:
            known = ", ".join((*sorted(self._teams), *NO_TEAM))
            raise InputError(f"there are no seats for '{visible(acts_as[:40])}'; there are: {known}")
        text = self._fresh_words(CODE_WORDS)
        self._codes.append(OpenCode(acts_as, text))
        return text

    def codes(self) -> tuple[OpenCode, ...]:
        """The codes that are still good, the oldest first."""
        return tuple(self._codes)

    def withdraw_codes(self, acts_as: str) -> None:
        """Make the open codes for such seats worthless, because one may have been seen by others."""
        self._codes = [code for code in self._codes if code.acts_as != acts_as]

    def facilitator_secret(self) -> str:
        """A new secret that opens facilitators' seats, as often as it is shown; the one before is void."""
        text = self._fresh_words(SECRET_WORDS)
        self._secret = _hashed(letters(text))
        return text

    # At the door ----------------------------------------------------------------------------------

    async def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | AdmissionRefused:
        """A seat for a code that is good, and never again for the same code.

        A station that lost the answer comes back by the `token` that it chose; else one is made for it.
        """
        if token is not None and not _TOKEN.fullmatch(token):
            return AdmissionRefused(_NOT_KNOWN_BY, "bad-token")
        now, shown = self._time.monotonic(), _hashed(letters(code))
        if hmac.compare_digest(shown, self._secret):
            return await self._seat(FACILITATOR, name, role, token)
        if not self._attempts.looked_at(address, now):
            return AdmissionRefused(_WAIT, "too-many-codes")
        match = self._open_code(shown)
        if match is None:
            return AdmissionRefused(_BAD_CODE, "bad-code", _alarm(self._attempts.wrong(address, now)))
        answer = await self._seat(match.acts_as, name, role, token)
        if isinstance(answer, Admitted):
            self._codes.remove(match)
        return answer

    def namesake(self, code: str, address: str, name: str, is_away: Callable[[str], bool]) -> SeatInfo | None:
        """The seat of the same name and kind whose terminal is away, for whoever comes with a good code.

        It says nothing to who guesses: a code that is not good, or one too many, finds nobody.
        """
        wanted = _tidy(name).casefold()
        same = [
            seat for seat in self.seats() if wanted and seat.name.casefold() == wanted and is_away(seat.id)
        ]
        if not same or not self._attempts.looked_at(address, self._time.monotonic()):
            return None
        match = self._open_code(_hashed(letters(code)))
        return next((seat for seat in same if match is not None and seat.acts_as == match.acts_as), None)

    async def give_back(self, code: str, seat_id: str, token: str | None) -> Admitted | AdmissionRefused:
        """That seat again, for a code that is good and never again; what proved it before does no more."""
        match, seat = self._open_code(_hashed(letters(code))), self._roster.seat(seat_id)
        if match is None or seat is None or seat.acts_as != match.acts_as:
            return AdmissionRefused(_BAD_CODE, "bad-code")
        if token is not None and not _TOKEN.fullmatch(token):
            return AdmissionRefused(_NOT_KNOWN_BY, "bad-token")
        token = token or self._randomness(TOKEN_BYTES).hex()
        answer = await self._enter(seat, token, self._roster.proven_by(seat_id, _hashed(token)))
        if isinstance(answer, Admitted):
            self._codes.remove(match)
        return answer

    def _open_code(self, shown: bytes) -> OpenCode | None:
        """The code of that hash, if it is good."""
        match = None
        for one in self._codes:  # all of them, so that the time taken says nothing
            if hmac.compare_digest(shown, _hashed(letters(one.text))):
                match = one
        return match

    def authenticate(self, token: str) -> SeatInfo | None:
        """The seat that the token was given with, unless it was revoked."""
        shown, found = _hashed(token), None
        for one in self._roster.seated:  # all of them, so that the time taken says nothing
            if hmac.compare_digest(shown, one.proof):
                found = one.info
        return found

    async def revoke(self, seat_id: str) -> SeatInfo | None:
        """Take a seat away; returns it, or None if there is none of that id.

        Raises `InputError` if that could not be kept: the seat is gone now and would be back after a restart.
        """
        seat = self._roster.seat(seat_id)
        if seat is not None:
            self._roster = self._roster.without(seat_id)
            await self._save(self._roster)
        return seat

    @property
    def roster(self) -> Roster:
        """All seats and pens; another one after every change."""
        return self._roster

    def seats(self) -> tuple[SeatInfo, ...]:
        """All seats, in the order in which they were taken."""
        return tuple(one.info for one in self._roster.seated)

    # Pens -----------------------------------------------------------------------------------------

    def pen(self, team: str) -> str | None:
        """The seat that may record for the team; None if no seat may."""
        return self._roster.pens.get(team)

    async def hand_pen(self, team: str, to_seat: str, *, by: str) -> Refusal | None:
        """The holder `by` gives the pen to another seat of the team.

        Raises `InputError` if it cannot be kept.
        """
        return await self._change_pens(self._roster.handed(team, to_seat, by))

    async def take_pen(self, team: str, to_seat: str | None = None) -> Refusal | None:
        """The facilitator takes the pen from whoever has it, and may give it to another seat of the team.

        Raises `InputError` if it cannot be kept.
        """
        if team not in self._teams:
            return Refusal("only teams have a pen", "pen")
        return await self._change_pens(self._roster.given(team, to_seat))

    async def _change_pens(self, changed: Roster | Refusal) -> Refusal | None:
        if isinstance(changed, Refusal):
            return changed
        await self._save(changed)
        self._roster = changed
        return None

    # Within ---------------------------------------------------------------------------------------

    async def _seat(
        self, acts_as: str, name: str, role: str, token: str | None
    ) -> Admitted | AdmissionRefused:
        """A new seat with a new token: whatever the station held before counts for nothing."""
        token = token or self._randomness(TOKEN_BYTES).hex()
        info = SeatInfo(self._randomness(8).hex(), acts_as, _tidy(name), _tidy(role))
        roster = self._roster.joined(Seated(info, _hashed(token)), plays=acts_as in self._teams)
        return await self._enter(info, token, roster)

    async def _enter(self, info: SeatInfo, token: str, roster: Roster) -> Admitted | AdmissionRefused:
        """Keep the roster in which that seat is proved by that token."""
        try:
            await self._save(roster)
        except InputError as error:
            return AdmissionRefused(_NOT_KEPT, "not-kept", f"nobody can be given a seat: {error.message}")
        self._roster = roster
        return Admitted(info, token)

    async def _save(self, roster: Roster) -> None:
        if self._keep is not None:
            await disk(partial(self._keep, roster))

    def _fresh_words(self, count: int) -> str:
        # Eleven bytes are exactly eight words, so that every word is equally likely.
        return "-".join(to_words(self._randomness(11))[:count])


def _hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _tidy(text: str) -> str:
    """A name on one line, without halves of surrogate pairs, which a file cannot hold."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:MAX_NAME]


def _alarm(spent: str | None) -> str:
    if spent is None:
        return ""
    if spent == ALL:
        return (
            f"{IN_ALL:,} wrong codes were tried within a minute. Until that ends, codes are taken only from "
            "addresses that never tried a wrong one. Somebody on this network is guessing; seats that are "
            "taken stay as they are"
        )
    return (
        f"{FROM_ONE} wrong codes came from {visible(spent[:60])} within a minute, and more from there are "
        "refused for now. If nobody in that room is mistyping a code, somebody is guessing"
    )
