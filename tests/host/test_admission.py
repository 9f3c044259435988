"""B15, B16, B18, G13: codes are good once, guessers are stopped, and nothing secret is written or shown."""

from __future__ import annotations

import json
import math
import stat
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tabletop.errors import InputError
from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.refusal import Refusal
from tabletop.host.admission import NO_TEAM, Admission, AdmissionRefused, Admitted
from tabletop.host.admission_file import read_roster, roster_saver, seats_path, write_roster
from tabletop.host.attempts import FIRST_TRIES, FROM_ONE, IN_ALL, Attempts
from tabletop.protocol.roster import Roster
from tabletop.system.clock import VirtualTime, random_bytes
from tests.system.waiting import now

TEAMS = ("washington", "tokyo", "seoul")
HERE, THERE = "10.0.0.7", "10.0.0.8"


class AdmissionHarness:
    """An admission with a clock that can be wound on and a random source that can be played again."""

    def __init__(self, *, seed: int = 0, keep: Callable[[Roster], None] | None = None) -> None:
        self.time = VirtualTime()
        self.secrets: list[str] = []
        self.randomness = Random(seed).randbytes  # noqa: S311 - so that a failure can be played again
        self.admission = Admission(TEAMS, time=self.time.source(), randomness=self.randomness, keep=keep)

    def code(self, acts_as: str) -> str:
        self.secrets.append(self.admission.new_code(acts_as))
        return self.secrets[-1]

    def take_seat(self, acts_as: str, name: str = "Mori", role: str = "Minister") -> Admitted:
        answer = now(self.admission.admit(self.code(acts_as), HERE, name, role))
        assert isinstance(answer, Admitted)
        self.secrets.append(answer.token)
        return answer

    def guess(self, address: str = HERE) -> AdmissionRefused:
        answer = now(self.admission.admit("no such code", address, "", ""))
        assert isinstance(answer, AdmissionRefused)
        return answer


# Codes and tokens -------------------------------------------------------------------------------


def test_a_code_becomes_a_seat_and_a_token_of_256_bits() -> None:
    site = AdmissionHarness()
    known = site.take_seat("tokyo")
    assert (known.seat.acts_as, known.seat.name, known.seat.role) == ("tokyo", "Mori", "Minister")
    assert len(bytes.fromhex(known.token)) == 32
    assert site.admission.authenticate(known.token) == known.seat
    assert site.admission.seats() == (known.seat,)
    assert site.admission.codes() == ()


def test_b15_a_code_is_good_once() -> None:
    site = AdmissionHarness()
    code = site.code("seoul")
    assert isinstance(now(site.admission.admit(code, HERE, "", "")), Admitted)
    again = now(site.admission.admit(code, HERE, "", ""))
    assert isinstance(again, AdmissionRefused)
    assert "used it" in again.reason
    assert not again.alarm


def test_a_code_has_44_bits_and_reads_aloud() -> None:
    site = AdmissionHarness()
    words = {word for _ in range(2_000) for word in site.code("tokyo").split("-")}
    assert len(site.code("tokyo").split("-")) == 4
    assert len(words) > 1_950  # of 2,048: 8,000 draws miss one in fifty


@pytest.mark.parametrize("change", [str.upper, lambda code: code.replace("-", "  "), "  {} ".format])
def test_a_code_may_be_typed_in_any_way(change: Callable[[str], str]) -> None:
    site = AdmissionHarness()
    assert isinstance(now(site.admission.admit(change(site.code("tokyo")), HERE, "", "")), Admitted)


@pytest.mark.parametrize("typed", ["", "-", "\x00", "\ud800", "x" * 100_000, "ｗａｌｒｕｓ", "🔑" * 50])
def test_whatever_is_typed_is_answered(typed: str) -> None:
    site = AdmissionHarness()
    site.code("tokyo")
    assert isinstance(now(site.admission.admit(typed, HERE, typed, typed)), AdmissionRefused)
    assert site.admission.authenticate(typed) is None


def test_the_console_sees_open_codes_and_can_withdraw_them() -> None:
    site = AdmissionHarness()
    lost, kept = site.code("tokyo"), site.code("seoul")
    assert [(code.acts_as, code.text) for code in site.admission.codes()] == [
        ("tokyo", lost),
        ("seoul", kept),
    ]
    site.admission.withdraw_codes("tokyo")
    assert isinstance(now(site.admission.admit(lost, HERE, "", "")), AdmissionRefused)
    assert isinstance(now(site.admission.admit(kept, HERE, "", "")), Admitted)


@pytest.mark.parametrize("acts_as", [FACILITATOR, "clock", "Tokyo", "", "x" * 500])
def test_there_are_codes_for_teams_and_onlookers_alone(acts_as: str) -> None:
    with pytest.raises(InputError, match="there are: seoul, tokyo, washington, evaluator, observer, wall"):
        AdmissionHarness().admission.new_code(acts_as)


def test_b16_every_join_makes_a_new_token_and_another_id() -> None:
    site = AdmissionHarness()
    known = [site.take_seat(acts_as) for acts_as in (*TEAMS, *TEAMS, *NO_TEAM)]
    assert len({one.token for one in known}) == len({one.seat.id for one in known}) == len(known)
    for one in known:
        assert site.admission.authenticate(one.token) == one.seat
        assert site.admission.authenticate(one.seat.id) is None
        assert site.admission.authenticate(one.token.upper()) is None


def test_b16_a_revoked_token_is_unknown() -> None:
    site = AdmissionHarness()
    gone, stays = site.take_seat("tokyo"), site.take_seat("tokyo")
    assert now(site.admission.revoke(gone.seat.id)) == gone.seat
    assert now(site.admission.revoke(gone.seat.id)) is None
    assert site.admission.authenticate(gone.token) is None
    assert site.admission.authenticate(stays.token) == stays.seat


def test_the_facilitators_secret_opens_their_seats_and_no_other() -> None:
    site = AdmissionHarness()
    old = site.admission.facilitator_secret()
    secret = site.admission.facilitator_secret()
    assert len(secret.split("-")) == 8
    first, second = (now(site.admission.admit(secret, HERE, "Kim", "")) for _ in range(2))
    assert isinstance(first, Admitted)
    assert isinstance(second, Admitted)
    assert first.seat.acts_as == second.seat.acts_as == FACILITATOR
    assert first.seat.id != second.seat.id
    assert isinstance(now(site.admission.admit(old, HERE, "", "")), AdmissionRefused)
    assert site.admission.authenticate(secret) is None


def test_names_are_kept_on_one_line_and_within_bounds() -> None:
    seat = AdmissionHarness().take_seat("tokyo", "  Prime\nMinister \ud800 " + "x" * 100, "").seat
    assert seat.name.startswith("Prime Minister ? x")
    assert len(seat.name) == 80


# Guessing ---------------------------------------------------------------------------------------


def test_b15_the_tenth_wrong_try_from_an_address_tells_the_facilitator() -> None:
    site = AdmissionHarness()
    answers = [site.guess() for _ in range(FROM_ONE)]
    assert [answer.alarm for answer in answers] == [False] * 9 + [True]
    assert HERE in answers[-1].for_facilitator
    refused = now(site.admission.admit(site.code("tokyo"), HERE, "", ""))
    assert isinstance(refused, AdmissionRefused)
    assert "wait a minute" in refused.reason
    assert not refused.alarm
    assert isinstance(now(site.admission.admit(site.code("tokyo"), THERE, "", "")), Admitted)


def test_b15_a_refused_code_is_still_good_a_minute_later() -> None:
    site = AdmissionHarness()
    code = site.code("tokyo")
    for _ in range(FROM_ONE):
        site.guess()
    site.time.seconds = 59.9
    assert isinstance(now(site.admission.admit(code, HERE, "", "")), AdmissionRefused)
    site.time.seconds = 60.0
    assert isinstance(now(site.admission.admit(code, HERE, "", "")), Admitted)


def spend(site: AdmissionHarness) -> list[bool]:
    """Use up the wrong tries of all addresses; returns which of them told the facilitator."""
    return [site.guess(f"10.1.{number // 5 // 250}.{number // 5 % 250}").alarm for number in range(IN_ALL)]


def test_n3_wrong_tries_of_many_addresses_stop_theirs_but_no_token_and_no_facilitator() -> None:
    site = AdmissionHarness()
    seated, secret, code = (
        site.take_seat("seoul"),
        site.admission.facilitator_secret(),
        site.code("tokyo"),
    )
    site.guess(HERE)
    assert spend(site) == [False] * (IN_ALL - 2) + [True] + [False]
    assert isinstance(now(site.admission.admit(code, HERE, "", "")), AdmissionRefused)
    assert site.admission.authenticate(seated.token) == seated.seat
    assert isinstance(now(site.admission.admit(secret, THERE, "", "")), Admitted)


def test_n3_who_never_erred_gets_a_first_try_while_the_total_is_spent() -> None:
    site = AdmissionHarness()
    spend(site)
    for number in range(FIRST_TRIES - 1):
        assert site.guess(f"10.2.0.{number}").code == "bad-code"
    assert isinstance(now(site.admission.admit(site.code("tokyo"), THERE, "", "")), Admitted)
    code = site.code("tokyo")
    assert isinstance(now(site.admission.admit(code, "10.3.0.1", "", "")), AdmissionRefused), (
        "a hundred a minute"
    )
    site.time.seconds = 60.0
    assert isinstance(now(site.admission.admit(code, "10.3.0.1", "", "")), Admitted)


def test_n3_any_address_of_one_ipv6_network_counts_as_one() -> None:
    site = AdmissionHarness()
    for number in range(FROM_ONE):
        assert site.guess(f"2001:db8:1:2::{number + 1:x}").code == "bad-code"
    assert site.guess("2001:db8:1:2:ffff::1").code == "too-many-codes"
    assert site.guess("2001:db8:1:3::1").code == "bad-code"


def test_the_facilitator_is_told_once_a_minute_of_the_same_address() -> None:
    site = AdmissionHarness()
    alarms = 0
    for second in range(600):
        site.time.seconds = float(second)
        alarms += site.guess().alarm
    assert alarms == 10


def test_g13_a_session_of_guessing_finds_a_code_less_than_once_in_a_million() -> None:
    """Eight hours, all limits used up, eight codes open all the while."""
    attempts, looked = Attempts(), 0
    for second in range(0, 600, 3):
        for number in range(400):  # and new addresses, each time
            for address in (f"a{number}", f"b{second}-{number}"):
                if attempts.looked_at(address, float(second)):
                    attempts.wrong(address, float(second))
                    looked += 1
    tries = looked / 10 * 8 * 60
    most = IN_ALL + FIRST_TRIES
    assert IN_ALL * 8 * 60 <= tries <= most * 8 * 60 * 1.1
    assert tries * 8 / 2**44 < 1e-6
    assert math.log2(2048) * 4 == 44


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 15)), max_size=400))
def test_b15_no_minute_holds_more_wrong_tries_than_allowed(steps: list[tuple[int, int]]) -> None:
    site, now = AdmissionHarness(), 0.0
    looked: list[tuple[float, str]] = []
    for wait, who in steps:
        now += wait / 4
        site.time.seconds = now
        answer = site.guess(address := f"10.0.0.{who}")
        recent = [one for at, one in looked if now - at < 60]
        full = len(recent) >= IN_ALL or recent.count(address) >= FROM_ONE
        assert (answer.code == "too-many-codes") == full
        if not full:
            looked.append((now, address))


# Everything in any order ------------------------------------------------------------------------


class Doorway(RuleBasedStateMachine):
    """Codes are made, used, used again and withdrawn; seats are revoked; the pen goes round."""

    def __init__(self) -> None:
        super().__init__()
        self.site = AdmissionHarness(keep=self.keep)
        self.kept = Roster()
        self.admission = self.site.admission
        self.open: dict[str, str] = {}
        self.used: list[str] = []
        self.live: dict[str, Admitted] = {}
        self.dead: list[Admitted] = []

    def keep(self, roster: Roster) -> None:
        self.kept = roster

    @rule(team=st.sampled_from((*TEAMS, *NO_TEAM)))
    def show_a_code(self, team: str) -> None:
        self.open[self.site.code(team)] = team

    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        if self.open:
            code = data.draw(st.sampled_from(sorted(self.open)))
            team = self.open.pop(code)
            free = team in TEAMS and not any(one.seat.acts_as == team for one in self.live.values())
            answer = now(self.admission.admit(code, HERE, "Name", ""))
            assert isinstance(answer, Admitted)
            assert answer.seat.acts_as == team
            if free and team not in self.kept_back():
                assert self.admission.pen(team) == answer.seat.id
            self.used.append(code)
            self.live[answer.seat.id] = answer

    @rule(data=st.data())
    def use_a_code_again(self, data: st.DataObject) -> None:
        if self.used:
            self.site.time.seconds += 60
            code = data.draw(st.sampled_from(self.used))
            assert isinstance(now(self.admission.admit(code, HERE, "Name", "")), AdmissionRefused)

    @rule(team=st.sampled_from(TEAMS))
    def withdraw(self, team: str) -> None:
        self.admission.withdraw_codes(team)
        self.used += [code for code, one in self.open.items() if one == team]
        self.open = {code: one for code, one in self.open.items() if one != team}

    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        if self.live:
            gone = self.live.pop(data.draw(st.sampled_from(sorted(self.live))))
            now(self.admission.revoke(gone.seat.id))
            self.dead.append(gone)

    @rule(team=st.sampled_from(TEAMS), data=st.data())
    def move_the_pen(self, team: str, data: st.DataObject) -> None:
        if self.live:
            to_seat = data.draw(st.sampled_from(sorted(self.live)))
            by = data.draw(st.sampled_from(sorted(self.live)))
            before = self.admission.pen(team)
            answer = now(self.admission.hand_pen(team, to_seat, by=by))
            allowed = before == by and self.live[to_seat].seat.acts_as == team
            assert (answer is None) == allowed
            assert self.admission.pen(team) == (to_seat if allowed else before)

    @rule(team=st.sampled_from(TEAMS))
    def take_the_pen(self, team: str) -> None:
        assert now(self.admission.take_pen(team)) is None
        assert self.admission.pen(team) is None

    @rule()
    def start_again(self) -> None:
        self.admission = Admission(
            TEAMS,
            time=self.site.time.source(),
            randomness=self.site.randomness,
            roster=self.kept,
            keep=self.keep,
        )
        self.site.admission = self.admission
        self.used += self.open
        self.open = {}

    def kept_back(self) -> set[str]:
        return {team for team, holder in self.kept.pens.items() if holder is None}

    @invariant()
    def only_live_tokens_are_known(self) -> None:
        for one in self.live.values():
            assert self.admission.authenticate(one.token) == one.seat
        for one in self.dead:
            assert self.admission.authenticate(one.token) is None
        assert {seat.id for seat in self.admission.seats()} == set(self.live)

    @invariant()
    def a_pen_is_held_in_its_own_team(self) -> None:
        for team in TEAMS:
            holder = self.admission.pen(team)
            assert holder is None or self.live[holder].seat.acts_as == team


TestDoorway = Doorway.TestCase


# The pen ----------------------------------------------------------------------------------------


def test_the_first_of_a_team_gets_the_pen_and_may_hand_it_on() -> None:
    site = AdmissionHarness()
    first, second, other = (
        site.take_seat("tokyo").seat,
        site.take_seat("tokyo").seat,
        site.take_seat("seoul").seat,
    )
    admission = site.admission
    assert admission.pen("tokyo") == first.id
    assert isinstance(now(admission.hand_pen("tokyo", second.id, by=second.id)), Refusal)
    assert isinstance(now(admission.hand_pen("tokyo", other.id, by=first.id)), Refusal)
    assert isinstance(now(admission.hand_pen("tokyo", "nobody", by=first.id)), Refusal)
    assert now(admission.hand_pen("tokyo", second.id, by=first.id)) is None
    assert admission.pen("tokyo") == second.id
    assert admission.pen("seoul") == other.id


def test_revoking_the_holder_frees_the_pen_for_who_comes_next() -> None:
    site = AdmissionHarness()
    first, second = site.take_seat("tokyo").seat, site.take_seat("tokyo").seat
    now(site.admission.revoke(first.id))
    assert site.admission.pen("tokyo") is None
    assert isinstance(now(site.admission.hand_pen("tokyo", second.id, by=second.id)), Refusal)
    third = site.take_seat("tokyo").seat
    assert site.admission.pen("tokyo") == third.id


def test_a_pen_that_was_taken_back_stays_with_the_facilitator_until_given() -> None:
    site = AdmissionHarness()
    first = site.take_seat("tokyo").seat
    assert now(site.admission.take_pen("tokyo")) is None
    assert site.admission.pen("tokyo") is None
    site.take_seat("tokyo")
    assert site.admission.pen("tokyo") is None
    assert now(site.admission.take_pen("tokyo", first.id)) is None
    assert site.admission.pen("tokyo") == first.id
    assert isinstance(now(site.admission.take_pen("tokyo", "nobody")), Refusal)
    assert isinstance(now(site.admission.take_pen("wall")), Refusal)


@pytest.mark.parametrize("acts_as", NO_TEAM)
def test_onlookers_have_no_pen(acts_as: str) -> None:
    site = AdmissionHarness()
    site.take_seat(acts_as)
    assert site.admission.pen(acts_as) is None


# On disk ----------------------------------------------------------------------------------------


def filled(path: Path) -> AdmissionHarness:
    site = AdmissionHarness(keep=roster_saver(path))
    for acts_as in (*TEAMS, "tokyo", "wall"):
        site.take_seat(acts_as, name=f"名前 {acts_as}")
    now(site.admission.take_pen("seoul"))
    return site


def test_seats_and_pens_come_back_after_a_restart(tmp_path: Path) -> None:
    path = seats_path(tmp_path / "new" / "play.tabletop")
    site = filled(path)
    again = Admission(TEAMS, time=site.time.source(), randomness=random_bytes, roster=read_roster(path))
    assert again.seats() == site.admission.seats()
    assert [again.pen(team) for team in TEAMS] == [site.admission.pen(team) for team in TEAMS]
    assert again.pen("seoul") is None
    tokens = [secret for secret in site.secrets if "-" not in secret]
    assert [again.authenticate(token) for token in tokens] == list(again.seats())
    assert again.codes() == ()


def test_a_missing_file_is_an_empty_table(tmp_path: Path) -> None:
    assert read_roster(tmp_path / "none.json") == Roster()


def test_b18_only_the_user_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "seats.json"
    filled(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["seats.json"]
    path.chmod(0o644)
    read_roster(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_b18_no_code_or_token_is_written_or_shown(tmp_path: Path) -> None:
    path = tmp_path / "seats.json"
    site = filled(path)
    site.secrets += [site.code("tokyo"), site.admission.facilitator_secret()]
    admitted = site.take_seat("seoul")
    refused = now(site.admission.admit(site.secrets[0], HERE, "", ""))
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()).decode()
    site.code("tokyo")
    shown = repr(
        (
            site.admission,
            admitted,
            refused,
            site.admission.codes(),
            site.admission.seats(),
            read_roster(path),
        )
    ) + repr(vars(site.admission))
    assert len(site.secrets) > 10
    for secret in site.secrets:
        assert secret not in written
        assert secret not in shown
    assert read_roster(path).seated[0].proof.hex() in written


def test_a_seat_that_cannot_be_kept_is_not_given_and_the_code_stays_good() -> None:
    full = True

    def keep(_: Roster) -> None:
        if full:
            raise InputError("/secret/place cannot be written: no space left on device")

    site = AdmissionHarness(keep=keep)
    code = site.code("tokyo")
    answer = now(site.admission.admit(code, HERE, "", ""))
    assert isinstance(answer, AdmissionRefused)
    assert "/secret" not in answer.reason
    assert "no space left" in answer.for_facilitator
    assert site.admission.seats() == ()
    assert site.admission.pen("tokyo") is None
    full = False
    assert isinstance(now(site.admission.admit(code, HERE, "", "")), Admitted)


def test_a_revoked_seat_is_gone_even_if_that_cannot_be_kept() -> None:
    full = False

    def keep(_: Roster) -> None:
        if full:
            raise InputError("no space left on device")

    site = AdmissionHarness(keep=keep)
    known = site.take_seat("tokyo")
    full = True
    with pytest.raises(InputError):
        now(site.admission.take_pen("tokyo"))
    assert site.admission.pen("tokyo") == known.seat.id
    with pytest.raises(InputError):
        now(site.admission.revoke(known.seat.id))
    assert site.admission.authenticate(known.token) is None


SEAT = {"id": "0" * 16, "acts_as": "tokyo", "name": "", "role": "", "token_sha256": "a" * 64}
GOOD = {"format": 1, "seats": [SEAT], "pens": {"tokyo": "0" * 16}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        b'{"format": 1, "format": 1, "seats": [], "pens": {}}',
        json.dumps({**GOOD, "format": 2}).encode(),
        json.dumps({**GOOD, "more": 1}).encode(),
        json.dumps({**GOOD, "seats": [SEAT, SEAT]}).encode(),
        json.dumps({**GOOD, "seats": [SEAT, {**SEAT, "id": "1" * 16}]}).encode(),
        json.dumps({**GOOD, "pens": {"seoul": "0" * 16}}).encode(),
        json.dumps({**GOOD, "pens": {"tokyo": "1" * 16}}).encode(),
        json.dumps({**GOOD, "seats": [{**SEAT, "token_sha256": "canary"}]}).encode(),
        json.dumps({**GOOD, "seats": [{**SEAT, "name": 7}]}).encode(),
    ],
)
def test_a_damaged_file_is_told_in_plain_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "seats.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is damaged .* Move it away and start again") as caught:
        read_roster(path)
    assert "canary" not in caught.value.message
    assert path.read_bytes() == content


def test_what_is_no_file_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read|is not a file"):
        read_roster(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be written"):
        write_roster(tmp_path / "file" / "seats.json", Roster())


def test_a_file_that_is_good_is_read(tmp_path: Path) -> None:
    path = tmp_path / "seats.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert dict(read_roster(path).pens) == {"tokyo": "0" * 16}
