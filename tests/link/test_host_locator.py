"""N11: where a station looks for a host that is not where it was."""

from __future__ import annotations

from tabletop.link.address import HostAddress
from tabletop.link.host_locator import ELSEWHERE_AFTER, HostLocator

HERE = HostAddress("10.0.0.5", 7788, secure=True)
THERE = HostAddress("10.0.0.6", 7788, secure=True)
THIRD = HostAddress("10.0.0.7", 7790, secure=True)
OTHERS = (str(HERE), str(THERE), str(THIRD))


def places(where: HostLocator, count: int, lost_for: float = 60.0) -> list[HostAddress]:
    return [where.next(lost_for) for _ in range(count)]


def test_n11_a_host_that_was_not_found_yet_is_looked_for_at_every_address() -> None:
    where = HostLocator(HERE, OTHERS)
    assert places(where, 2) == [HERE, THERE]
    assert not where.tried_all
    assert places(where, 2) == [THIRD, HERE]
    assert where.tried_all


def test_n11_a_host_that_was_lost_is_looked_for_where_it_was_and_then_elsewhere_too() -> None:
    where = HostLocator(HERE, OTHERS)
    where.found(HERE)
    assert places(where, 5, ELSEWHERE_AFTER - 0.1) == [HERE] * 5
    assert places(where, 6) == [HERE, THERE, HERE, THIRD, HERE, THERE]


def test_n11_where_it_was_found_it_is_looked_for_first() -> None:
    where = HostLocator(HERE, OTHERS)
    where.found(THIRD)
    assert where.current == THIRD
    assert not where.tried_all
    assert places(where, 1, 0.0) == [THIRD]
    assert places(where, 4) == [THIRD, HERE, THIRD, THERE]


def test_n11_what_is_no_address_of_an_encrypted_host_is_left_out() -> None:
    where = HostLocator(HERE, ["", "nowhere:x", "127.0.0.1:7788", "localhost", "a/b", "[::1]:7788"])
    assert places(where, 3) == [HERE] * 3
    assert where.tried_all


def test_n11_a_host_that_shows_no_certificate_is_not_looked_for_elsewhere() -> None:
    plain = HostAddress("10.0.0.5", 7788, secure=False)
    where = HostLocator(plain, OTHERS)
    where.learn(OTHERS)
    assert places(where, 3) == [plain] * 3
