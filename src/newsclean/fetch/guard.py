"""Where a connection may go: a host and a port go in, addresses that are fit to connect to come out, or an error.

A URL from a stranger, or a redirect, could lead into the network that we run in. Looking at the URL does not help: a
name can mean any address, and another one a moment later. So the name is resolved once, every answer is looked at, and
the connection is made to one of these very addresses.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from newsclean.daemons import in_daemon
from newsclean.errors import BadUrl, Unreachable
from newsclean.fetch.policy import FetchPolicy

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a host, as text, best first; raises OSError or UnicodeError if it has none."""

# Written out, from the special-purpose registries of IANA, since `ipaddress.is_global` is true (Python 3.11) for
# multicast and for the IPv6 forms that lead back to an IPv4 address: NAT64, 6to4, mapped and compatible ones.
_PUBLIC_V6 = ip_network("2000::/3")  # all that is handed out
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a provider's customers
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's host, of a public range
            "169.254.0.0/16",  # link-local, where clouds keep their metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address within
            "3fff::/20",  # documentation
        ),
    )
)


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host.

    In a thread for each question, of which there are as many at once as the policy allows connections, and those that
    nobody waits for any more: the system gives a dead name server up after half a minute.
    """
    found = await in_daemon(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the public internet."""
    if address.version == 6 and address not in _PUBLIC_V6:
        return False
    return not any(address in network for network in _NOT_PUBLIC)


class Guard:
    """Vets hosts.

    Args:
        policy: its `ports` and `allow_private`.
        resolve: takes the system's resolver's place in tests.
    """

    def __init__(self, policy: FetchPolicy, resolve: Resolve = resolve) -> None:
        self._ports = policy.ports
        self._allowed = tuple(map(ip_network, policy.allow_private))
        self._resolve = resolve

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Give the addresses of a host, all fit to connect to, best first.

        Raises:
            BadUrl: `address_blocked`: one of them is not public, or the port is not allowed.
            Unreachable: `dns_error`, `resolver_failed`.
        """
        literal = _literal(host)
        found = (literal,) if literal else tuple(await self._answers(host, port))
        for address in found:
            self._vet(host, port, ip_address(address))
        return found

    async def _answers(self, host: str, port: int) -> Sequence[str]:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # a label that is too long is a UnicodeError
            raise Unreachable(f"{host}: {error}", reason=reason_of(error)) from error
        if not found:
            raise Unreachable(f"{host} has no address", reason="dns_error")
        return found

    def _vet(self, host: str, port: int, address: IPv4Address | IPv6Address) -> None:
        if any(address in network for network in self._allowed):
            return
        if not is_public(address):
            named = "" if host == str(address) else f"{host} is "
            raise BadUrl(f"{named}{address}", reason="address_blocked")
        if port not in self._ports:
            raise BadUrl(f"port {port}", reason="address_blocked")


def reason_of(error: Exception) -> str:
    """Why a name has no address: the resolver could not do its work, which may pass, or the name is unknown."""
    failed = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
    return "resolver_failed" if failed else "dns_error"


def _literal(host: str) -> str:
    """The host if it is an address already, else nothing; "127.1" and the like are names here, for the resolver."""
    try:
        return str(ip_address(host))
    except ValueError:
        return ""
