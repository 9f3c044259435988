"""From where a host may be reached: under which names, and with how many connections an address."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.host.connection_limits import CONNECTIONS


@dataclass(frozen=True, slots=True)
class Access:
    """What whoever starts a host says about the way to it."""

    connections: int = CONNECTIONS
    """Connections that one address may have at a time."""
    also_known_as: tuple[str, ...] = ()
    """Further names of the host, with or without a port, by which tunnels and name servers lead to it."""

    def hosts(self, address: str, port: int) -> frozenset[str]:
        """Return what stations may call a host that listens there, each with its port."""
        names = ["127.0.0.1", "localhost"] if address in ("127.0.0.1", "localhost") else [address]
        own = {f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names}
        return frozenset(own | {with_port(name, port) for name in self.also_known_as})

    def names(self) -> tuple[str, ...]:
        """Return the further names without ports, for a certificate."""
        return tuple(with_port(name, 0).rpartition(":")[0].strip("[]") for name in self.also_known_as)


def with_port(name: str, port: int) -> str:
    """Return the name as a request names its host: in small letters, and with that port if it has none."""
    name = name.strip().lower()
    if name.count(":") > 1 and not name.startswith("["):
        name = f"[{name}]"
    has_port = name.rpartition(":")[2].isdigit() and not name.endswith("]") and ":" in name
    return name if has_port else f"{name}:{port}"
