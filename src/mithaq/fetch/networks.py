"""Which IP addresses stand in the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_CLOSED = tuple(
    map(
        ip_network,
        (
            # Beyond the registries of special addresses that the standard library knows, in all its versions:
            "0.0.0.0/8",
            "100.64.0.0/10",  # shared by the customers of a provider; one cloud's metadata
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "168.63.129.16/32",  # looks public, and is a cloud's own service for its machines
            "::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",  # Teredo among others, which hides an address of version 4
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fec0::/10",
        ),
    )
)
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver writes it, is one of the public internet.

    Addresses of version 6 that stand for one of version 4 (mapped, NAT64, 6to4) are what that is.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (inner := _inner(found)):
        found = inner
    if any(found in network for network in _CLOSED if network.version == found.version):
        return False
    return found.is_global and not (
        found.is_private
        or found.is_loopback
        or found.is_link_local
        or found.is_multicast
        or found.is_reserved
        or found.is_unspecified
    )


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The address of version 4 that one of version 6 stands for."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour
