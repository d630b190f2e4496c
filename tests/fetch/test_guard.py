"""Which addresses are connected to, whatever a name or a number in a URL leads to."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from newsclean.errors import BadUrl, Unreachable
from newsclean.fetch.guard import Guard, is_public, resolve
from newsclean.fetch.policy import FetchPolicy

NOT_PUBLIC = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 168.63.129.16 169.254.0.1
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:1ff:ffff::1
    2001:db8::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 4000::1
""".split()
PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
    168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0
    198.17.255.255 198.20.0.0 223.255.255.255 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 3ffe::1
""".split()


class Resolver:
    """Gives its answers in turn, the last one for ever."""

    def __init__(self, *answers: Sequence[str] | Exception) -> None:
        self.answers = answers
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Give the next answer."""
        self.asked.append((host, port))
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


def addresses(resolver: Resolver, host: str = "mill.example", port: int = 443, **policy: object) -> tuple[str, ...]:
    guard = Guard(FetchPolicy(**policy), resolver)  # type: ignore[arg-type]
    return asyncio.run(guard.addresses(host, port))


def refusal(resolver: Resolver, host: str = "mill.example", port: int = 443, **policy: object) -> BadUrl:
    with pytest.raises(BadUrl) as caught:
        addresses(resolver, host, port, **policy)
    assert caught.value.reason == "address_blocked"
    return caught.value


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_known_also_beside_the_others(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_name_is_resolved_once_and_its_addresses_come_in_order() -> None:
    resolver = Resolver(["2606:4700::1111", "1.1.1.1"])

    assert addresses(resolver) == ("2606:4700::1111", "1.1.1.1")
    assert resolver.asked == [("mill.example", 443)]


@pytest.mark.parametrize("order", [1, -1], ids=["public first", "private first"])
def test_one_answer_that_is_not_public_blocks_them_all(order: int) -> None:
    assert "10.0.0.7" in refusal(Resolver(["8.8.8.8", "10.0.0.7"][::order])).detail


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:7f00:1"])
def test_an_address_in_the_url_is_vetted_without_a_resolver(host: str) -> None:
    resolver = Resolver(["8.8.8.8"])

    refusal(resolver, host)

    assert resolver.asked == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost"])
def test_a_disguised_address_is_vetted_as_the_system_reads_it(host: str) -> None:
    refusal(Resolver(asyncio.run(resolve(host, 80))), host)


@pytest.mark.parametrize("port", [22, 8080, 0, 65535])
def test_other_ports_than_those_of_the_web_are_blocked(port: int) -> None:
    assert refusal(Resolver(["8.8.8.8"]), port=port).detail == f"port {port}"


def test_the_policy_can_allow_a_port() -> None:
    assert addresses(Resolver(["8.8.8.8"]), port=8080, ports=frozenset({8080})) == ("8.8.8.8",)


def test_the_policy_can_allow_a_network_on_any_port() -> None:
    allowed = ("10.1.0.0/16", "fd00::/8")

    assert addresses(Resolver(["10.1.2.3", "fd00::1"]), port=8000, allow_private=allowed) == ("10.1.2.3", "fd00::1")
    refusal(Resolver(["10.2.2.3"]), allow_private=allowed)
    refusal(Resolver(["8.8.8.8"]), port=8000, allow_private=allowed)


@pytest.mark.parametrize("network", ["10.1.2.3/16", "local", "10.0.0.0/40"])
def test_a_network_that_is_none_is_told_at_once(network: str) -> None:
    with pytest.raises(ValueError, match=network):
        FetchPolicy(allow_private=(network,))


@pytest.mark.parametrize(
    "answer",
    [socket.gaierror(socket.EAI_NONAME, "unknown"), UnicodeError("label too long"), TimeoutError(), []],
    ids=["unknown", "label", "time-out", "nothing"],
)
def test_a_name_without_an_address_is_a_dns_error(answer: Sequence[str] | Exception) -> None:
    with pytest.raises(Unreachable) as caught:
        addresses(Resolver(answer))

    assert caught.value.reason == "dns_error"


def test_a_resolver_that_is_busy_is_no_unknown_name() -> None:
    with pytest.raises(Unreachable) as caught:
        addresses(Resolver(socket.gaierror(socket.EAI_AGAIN, "temporary failure")))

    assert caught.value.reason == "resolver_failed"


def test_the_systems_resolver_gives_each_address_once() -> None:
    assert asyncio.run(resolve("127.0.0.1", 80)) == ["127.0.0.1"]


def test_dead_name_servers_make_no_other_host_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many names are being looked up, the next look-up begins at once; and the loop ends without them."""
    dead = threading.Event()

    def answer(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host.startswith("dead"):
            dead.wait()
        return [(0, 0, 0, "", ("8.8.8.8", port))]

    async def look_up() -> list[str]:
        stuck = [asyncio.ensure_future(resolve(f"dead{n}.example", 80)) for n in range(40)]
        await asyncio.sleep(0)
        found = await asyncio.wait_for(resolve("mill.example", 80), 1)
        assert not any(task.done() for task in stuck)
        return found

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    (timer := threading.Timer(1.5, dead.set)).start()  # were they waited for, it would take that long
    begun_s = time.monotonic()
    try:
        assert asyncio.run(look_up()) == ["8.8.8.8"]
        assert time.monotonic() - begun_s < 1
    finally:
        timer.cancel()
        dead.set()
