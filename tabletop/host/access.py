"""Settings of who may reach a host: its names, and connections per address."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.host.connection_limits import CONNECTIONS


@dataclass(frozen=True, slots=True)
class Access:
    """Network access settings given at the start of a host."""

    connections: int = CONNECTIONS
    """Concurrent connections allowed per address."""
    also_known_as: tuple[str, ...] = ()
    """Further names of the host, with or without a port, used by tunnels and DNS."""

    def hosts(self, address: str, port: int) -> frozenset[str]:
        """Return the accepted values of the Host header for that address and port."""
        names = ["127.0.0.1", "localhost"] if address in ("127.0.0.1", "localhost") else [address]
        own = {f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names}
        return frozenset(own | {with_port(name, port) for name in self.also_known_as})

    def names(self) -> tuple[str, ...]:
        """Return the further names without ports, for the certificate."""
        return tuple(with_port(name, 0).rpartition(":")[0].strip("[]") for name in self.also_known_as)


def with_port(name: str, port: int) -> str:
    """Normalise a name to lower case, and append the port if it has none."""
    name = name.strip().lower()
    if name.count(":") > 1 and not name.startswith("["):
        name = f"[{name}]"
    has_port = name.rpartition(":")[2].isdigit() and not name.endswith("]") and ":" in name
    return name if has_port else f"{name}:{port}"
