"""Addresses: which belong together, how many connections each may have, and how floods are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.host.access import Access
from tabletop.host.connection_limits import CONNECTIONS, CUT_COSTS, ConnectionLimits
from tabletop.host.floods import NAMED, TOLD_AGAIN
from tabletop.protocol import messages
from tabletop.system.addresses import origin
from tests.host.hosted import House
from tests.host.test_enrolment import arrange, picture


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.9", "10.0.0.9"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("::ffff:10.0.0.9", "10.0.0.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_an_address_is_counted_with_all_that_one_computer_can_take(address: str, counted: str) -> None:
    assert origin(address) == counted


def test_n4_an_address_has_so_many_connections_at_a_time_and_no_other_is_touched() -> None:
    limits = ConnectionLimits()
    assert [limits.opened("10.0.0.9", 0.0) for _ in range(CONNECTIONS + 2)] == [True] * 64 + [False] * 2
    assert limits.opened("10.0.0.8", 0.0)
    limits.closed("10.0.0.9", 0.0)
    assert limits.opened("10.0.0.9", 0.0)
    assert not limits.opened("10.0.0.9", 0.0)


def test_n4_opening_again_and_again_is_bounded_too() -> None:
    limits, opened = ConnectionLimits(), 0
    for tick in range(1_000):  # ten seconds
        if limits.opened("10.0.0.9", tick / 100):
            opened += 1
            limits.closed("10.0.0.9", tick / 100)
    assert CONNECTIONS * 10 <= opened <= CONNECTIONS * 12


def test_n2_an_address_that_is_cut_off_for_flooding_may_open_few_more() -> None:
    limits, opened = ConnectionLimits(), 0
    for tick in range(1_000):
        if limits.opened("10.0.0.9", tick / 100):
            opened += 1
            limits.flooded("10.0.0.9", tick / 100)
            limits.closed("10.0.0.9", tick / 100)
    assert opened <= (CONNECTIONS * 12) / CUT_COSTS + 2
    assert limits.opened("10.0.0.9", 13.0), "and it is over when it stops"


def test_limits_forget_addresses_that_nothing_is_held_against() -> None:
    limits = ConnectionLimits()
    for number in range(20_000):
        address = f"10.{number // 62_500}.{number // 250 % 250}.{number % 250}"
        assert limits.opened(address, number / 100)
        limits.closed(address, number / 100)
    assert len(limits._known) < 2_000


def test_n2_the_console_names_an_address_that_floods_once_and_again_when_it_goes_on(house: House) -> None:
    floods, hub = house.hosting.floods, house.hosting.hub
    for _ in range(40):
        floods.saw({"10.0.0.66": 3})
    hub.tick()
    named = [line for line in hub.warnings if "10.0.0.66 floods this host" in line]
    assert len(named) == 1
    assert "(B)" in named[0]
    house.time.seconds += TOLD_AGAIN
    floods.saw({"10.0.0.66": 1})
    hub.tick()
    assert sum("10.0.0.66" in line for line in hub.warnings) == 2


def test_n2_the_console_with_the_chair_blocks_an_address_and_lets_it_in_again(house: House) -> None:
    floods = house.hosting.floods
    blocked: list[frozenset[str]] = []
    floods.on_block = blocked.append
    console = house.join(c.FACILITATOR, "Sato", understands=("floods",))
    floods.saw({"2001:db8:1:2::/64": 3})
    house.hosting.tick()
    assert picture(console).addresses == (messages.AddressLine(address="2001:db8:1:2::/64", cut=3),)
    assert arrange(console, "block", "2001:db8:1:2::/64") == ""
    assert picture(console).addresses[0].blocked
    assert arrange(console, "block", "paris") == "'paris' is not an address; type one like 10.0.0.9"
    assert arrange(console, "unblock", "2001:db8:1:2::/64") == ""
    assert "is not blocked" in arrange(console, "unblock", "10.0.0.1")
    assert blocked == [frozenset({"2001:db8:1:2::/64"}), frozenset()]
    second = house.join(c.FACILITATOR, "Kato")
    assert "another console runs this exercise" in arrange(second, "block", "10.0.0.66")
    assert floods.blocked == frozenset()


def test_a_storm_of_addresses_lists_the_latest_and_every_blocked_one(house: House) -> None:
    floods = house.hosting.floods
    floods.block(" 10.9.9.9 ")
    for number in range(3 * NAMED):
        floods.saw({f"10.0.0.{number}": 1})
    listed = floods.listed()
    assert [one.address for one in listed][-2:] == [f"10.0.0.{3 * NAMED - 1}", "10.9.9.9"]
    assert len(listed) == NAMED + 1
    with pytest.raises(InputError, match="is not an address"):
        floods.block("../etc")


@pytest.mark.parametrize(
    ("typed", "host", "name"),
    [
        ("Tunnel.Example", "tunnel.example:7788", "tunnel.example"),
        ("127.0.0.1:9788", "127.0.0.1:9788", "127.0.0.1"),
        ("fd00::5", "[fd00::5]:7788", "fd00::5"),
        ("[fd00::5]:99", "[fd00::5]:99", "fd00::5"),
    ],
)
def test_n17_a_host_answers_to_further_names(typed: str, host: str, name: str) -> None:
    access = Access(also_known_as=(typed,))
    assert access.hosts("10.0.0.5", 7788) == {"10.0.0.5:7788", host}
    assert access.names() == (name,)


def test_n2_a_console_of_an_older_program_is_not_sent_what_it_would_refuse(house: House) -> None:
    older, newer = house.join(c.FACILITATOR, "Sato"), messages.Reception.model_fields["addresses"].default
    house.hosting.floods.saw({"10.0.0.66": 3})
    house.hosting.tick()
    assert picture(older).addresses == newer == ()
    assert not any('"addresses"' in text for text in older.texts)
