"""Admission: exchange one-time codes for seats and tokens; recognise tokens until they are revoked.

Only hashes of tokens are stored. Codes are short enough for a stolen hash to be brute-forced, so they are
kept in memory only: after a restart, stations return with their tokens and the console shows new codes.
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
"""Roles besides the teams that a code may be for."""

CODE_WORDS: Final = 4
SECRET_WORDS: Final = 8
"""Eleven bits each. The facilitator's secret is long enough to need no rate limit."""

TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(f"[0-9a-f]{{{2 * TOKEN_BYTES}}}", re.ASCII)
MAX_NAME: Final = 80

_BAD_CODE: Final = (
    "that code does not work: it is mistyped, or somebody has used it. Compare it with the facilitator's "
    "screen, or ask for a new one"
)
_NOT_KNOWN_BY: Final = "this station sends no valid token; install the same tabletop on both computers"
_WAIT: Final = "too many wrong codes were tried; wait a minute, then type the code again"
_NOT_KEPT: Final = "the host cannot give out seats at the moment; tell the facilitator, and keep the code"


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code that was not used yet."""

    acts_as: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Admitted:
    """The result of a code: a seat and its token."""

    seat: SeatInfo
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AdmissionRefused(Refusal):
    """Why a station was not admitted, and what to tell the facilitator, if anything."""

    for_facilitator: str = ""

    @property
    def reason(self) -> str:
        """For the person who tried to join."""
        return self.message

    @property
    def alarm(self) -> bool:
        """Whether the facilitator has to be told."""
        return bool(self.for_facilitator)


class Admission:
    """Issue codes, seats and tokens. Single-threaded; coroutines that change seats run in the disk queue."""

    def __init__(
        self,
        teams: Iterable[str],
        *,
        time: TimeSource,
        randomness: Callable[[int], bytes],
        roster: Roster | None = None,
        keep: Callable[[Roster], None] | None = None,
    ) -> None:
        """`keep` is called with every new roster before it takes effect; it may raise `InputError`."""
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
        """Return a new code for one seat of that kind. Raises `InputError`."""
        if acts_as not in self._teams and acts_as not in NO_TEAM:
            known = ", ".join((*sorted(self._teams), *NO_TEAM))
            raise InputError(f"there are no seats for '{visible(acts_as[:40])}'; there are: {known}")
        text = self._fresh_words(CODE_WORDS)
        self._codes.append(OpenCode(acts_as, text))
        return text

    def codes(self) -> tuple[OpenCode, ...]:
        """Return the valid codes, oldest first."""
        return tuple(self._codes)

    def withdraw_codes(self, acts_as: str) -> None:
        """Void the open codes for such seats, because others may have seen one."""
        self._codes = [code for code in self._codes if code.acts_as != acts_as]

    def facilitator_secret(self) -> str:
        """Return a new reusable secret for facilitators' seats, and void the previous one."""
        text = self._fresh_words(SECRET_WORDS)
        self._secret = _hashed(letters(text))
        return text

    # Joining --------------------------------------------------------------------------------------

    async def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | AdmissionRefused:
        """Exchange a valid code for a seat; each code works once.

        A station that lost the answer returns with the `token` that it chose; without one, a token is
        generated.
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
        """Return the seat of the same name and kind that is away, for a station with a valid code.

        It reveals nothing to guessers: an invalid code, or one beyond the rate limit, gets None.
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
        """Exchange a valid code for an existing seat; its previous token becomes invalid."""
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
        """Return the valid code with that hash, if any."""
        match = None
        for one in self._codes:  # no early exit: constant time
            if hmac.compare_digest(shown, _hashed(letters(one.text))):
                match = one
        return match

    def authenticate(self, token: str) -> SeatInfo | None:
        """Return the seat of a token, unless it was revoked."""
        shown, found = _hashed(token), None
        for one in self._roster.seated:  # no early exit: constant time
            if hmac.compare_digest(shown, one.proof):
                found = one.info
        return found

    async def revoke(self, seat_id: str) -> SeatInfo | None:
        """Remove a seat and return it; None if there is none with that id.

        Raises `InputError` if that could not be saved: the seat is gone now and would return after a restart.
        """
        seat = self._roster.seat(seat_id)
        if seat is not None:
            self._roster = self._roster.without(seat_id)
            await self._save(self._roster)
        return seat

    @property
    def roster(self) -> Roster:
        """All seats and pens; replaced at every change."""
        return self._roster

    def seats(self) -> tuple[SeatInfo, ...]:
        """Return all seats, in the order in which they were taken."""
        return tuple(one.info for one in self._roster.seated)

    # Pens -----------------------------------------------------------------------------------------

    def pen(self, team: str) -> str | None:
        """Return the seat that may record for the team; None if no seat may."""
        return self._roster.pens.get(team)

    async def hand_pen(self, team: str, to_seat: str, *, by: str) -> Refusal | None:
        """Hand the pen from its holder `by` to another seat of the team.

        Raises `InputError` if that cannot be saved.
        """
        return await self._change_pens(self._roster.handed(team, to_seat, by))

    async def take_pen(self, team: str, to_seat: str | None = None) -> Refusal | None:
        """Take the pen back for the facilitator, or give it to another seat of the team.

        Raises `InputError` if that cannot be saved.
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

    # Internal -------------------------------------------------------------------------------------

    async def _seat(
        self, acts_as: str, name: str, role: str, token: str | None
    ) -> Admitted | AdmissionRefused:
        """Create a seat with a token of its own."""
        token = token or self._randomness(TOKEN_BYTES).hex()
        info = SeatInfo(self._randomness(8).hex(), acts_as, _tidy(name), _tidy(role))
        roster = self._roster.joined(Seated(info, _hashed(token)), plays=acts_as in self._teams)
        return await self._enter(info, token, roster)

    async def _enter(self, info: SeatInfo, token: str, roster: Roster) -> Admitted | AdmissionRefused:
        """Save a roster in which that token opens that seat."""
        try:
            await self._save(roster)
        except InputError as error:
            return AdmissionRefused(_NOT_KEPT, "not-kept", f"no seat can be given out: {error.message}")
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
    """Normalise a name to one line without lone surrogates, which a file cannot hold."""
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
