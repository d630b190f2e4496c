"""What can go wrong between us and a page, row by row, against servers on loopback: three good pages come all the same.

Which test covers which row of the fault matrix, here and elsewhere, is in tests/test_fault_matrix.py.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import brotli  # type: ignore[import-untyped]
import httpcore
import pytest

from newsclean.errors import FetchError
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.guard import Resolve, resolve
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Page

MIB = 1024 * 1024
POLICY = FetchPolicy(
    delay_s=0,
    backoff_base_s=0,
    total_timeout_s=20,
    max_bytes=MIB,
    allow_private=("127.0.0.1/32",),
    retry_after_cap_s=0,
)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
PAGE = OK + b"Content-Length: 12\r\n\r\n<p>Rain.</p>"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
HEADERS = b"".join(b"X-%d: a\r\n" % n for n in range(9_000))
COOKIES = b"".join(b"Set-Cookie: c%d=a\r\n" % n for n in range(2_000))

# RFC 8878: a frame whose window is 2 ** 27 bytes, and 512 blocks of which each is a byte, to be repeated 128 Ki times
ZSTD_BOMB = b"\x28\xb5\x2f\xfd\x00\x88" + b"\x02\x00\x10x" * 511 + b"\x03\x00\x10x"

Say = Callable[[asyncio.StreamWriter], Awaitable[None]]


def send(data: bytes) -> Say:
    """Answer with these bytes."""

    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return say


def forever(head: bytes, piece: bytes, *, pause_s: float = 0) -> Say:
    """Answer with the head and then with the piece until nobody listens."""

    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return say


def reset_after(data: bytes) -> Say:
    """Answer with these bytes and break off with an RST, which lingering for no time does."""

    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0.05)  # else the RST overtakes the bytes
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return say


async def silence(_: asyncio.StreamWriter) -> None:
    """Say nothing for a while."""
    await asyncio.sleep(0.3)


def redirect(location: str, status: int = 302) -> Say:
    return send(b"HTTP/1.1 %d Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, location.encode()))


def status(code: int) -> Say:
    return send(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % code)


class Server:
    """Has no robots.txt, good pages in /good/, and for each other request the next of its answers, the last for ever."""

    def __init__(self, *says: Say, address: str = "127.0.0.1") -> None:
        self.says = says
        self.address = address
        self.port = 0
        self.connections = 0
        self.requests: list[bytes] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Server]:
        """Serve until the block ends."""
        server = await asyncio.start_server(self._serve, self.address, 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            request = await reader.read(65536)
            if request.startswith(b"GET /robots.txt "):
                await send(GONE)(writer)
            elif request.startswith(b"GET /good/"):
                await send(PAGE)(writer)
            elif request:
                self.requests.append(request)
                await self.says[min(len(self.requests), len(self.says)) - 1](writer)
        except ConnectionError:
            pass  # the client had enough, as it should
        finally:
            writer.close()


@dataclass
class Resolver:
    """Every name is this machine, except those that are told."""

    answers: dict[str, list[Sequence[str] | Exception]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Give the next answer for a name, the last one for ever."""
        self.asked.append(host)
        says = self.answers.get(host, [["127.0.0.1"]])
        answer = says.pop(0) if len(says) > 1 else says[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def fetch_beside_good_ones(
    url: str,
    bad: Server,
    policy: FetchPolicy = POLICY,
    resolver: Resolve | None = None,
    *,
    good_address: str = "127.0.0.1",
    same_host: bool = False,
) -> Page | FetchError:
    """Fetch a URL, with the bad server's port for PORT, beside three good pages; these must come.

    Args:
        url: of the fault.
        bad: what serves it.
        policy: of fetching.
        resolver: of names.
        good_address: of the host of the good pages.
        same_host: whether three good pages of the bad server must come as well.
    """
    good = Server(send(PAGE), address=good_address)

    async def ask(fetcher: AsyncFetcher, url: str) -> Page | FetchError:
        try:
            return await fetcher.fetch(url)
        except FetchError as error:
            return error

    async def run() -> list[Page | FetchError]:
        async with (
            bad.open(),
            good.open(),
            asyncio.timeout(20),
            AsyncFetcher(policy, resolve=resolver or Resolver()) as fetcher,
        ):
            urls = [url.replace("PORT", str(bad.port)), *(f"http://good.example:{good.port}/{n}" for n in range(3))]
            if same_host:
                urls += [f"http://bad.example:{bad.port}/good/{n}" for n in range(3)]
            return await asyncio.gather(*(ask(fetcher, u) for u in urls))

    result, *good_ones = asyncio.run(run())
    assert [getattr(page, "html", page) for page in good_ones] == [b"<p>Rain.</p>"] * (6 if same_host else 3)
    return result


URL = "http://bad.example:PORT/story"

FAILURES = [
    # row, what happens, the answers, its reason, how many requests it takes, what the policy has besides
    (2, "accepts and never answers", [silence], "read_timeout", 3, {"read_timeout_s": 0.1}),
    (4, "reset before the headers", [reset_after(b"")], "connect_error", 3, {}),
    (6, "headers byte by byte", [forever(OK + b"X: ", b"x", pause_s=0.02)], "total_timeout", 1, {"total_timeout_s": 0.4}),
    (7, "body byte by byte", [forever(OK + b"\r\n", b"x", pause_s=0.02)], "too_slow", 1, {"min_rate_window_s": 0.2}),
    (7, "body byte by byte, long", [forever(OK + b"\r\n", b"x", pause_s=0.02)], "total_timeout", 1, {"total_timeout_s": 0.4}),
    (8, "endless body", [forever(OK + b"\r\n", b"<p>more</p>" * 900)], "too_large", 1, {}),
    (9, "a terabyte announced", [send(OK + b"Content-Length: 1099511627776\r\n\r\n")], "too_large", 1, {}),
    (10, "shorter than announced", [send(OK + b"Content-Length: 99\r\n\r\n<p>Rai")], "truncated_body", 3, {}),
    (11, "no last chunk", [send(OK + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<p>Rai\r\n")], "truncated_body", 3, {}),
    (12, "10 MB header line", [send(OK + b"X: " + b"x" * 10_000_000)], "protocol_error", 3, {}),
    (13, "endless headers", [forever(OK, b"X: a\r\n" * 1000)], "protocol_error", 3, {}),
    (15, "103 for ever", [forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50)], "total_timeout", 1, {"total_timeout_s": 0.4}),
    (16, "gzip bomb", [send(GZIP + gzip.compress(bytes(64 * MIB)))], "decoded_too_large", 1, {}),
    (17, "br bomb", [send(GZIP.replace(b"gzip", b"br") + brotli.compress(bytes(64 * MIB), quality=5))], "decoded_too_large", 1, {}),
    (18, "zstd bomb with a window of 128 MiB", [send(GZIP.replace(b"gzip", b"zstd") + ZSTD_BOMB)], "decode_error", 2, {}),
    (18, "zstd, which was not asked for", [send(GZIP.replace(b"gzip", b"zstd") + b"x")], "decode_error", 2, {}),
    (19, "gzip in gzip bomb", [send(GZIP.replace(b"gzip", b"gzip, gzip") + gzip.compress(gzip.compress(bytes(64 * MIB))))], "decoded_too_large", 1, {}),
    (19, "200 codings", [send(GZIP.replace(b"gzip", b", ".join([b"gzip"] * 200)) + b"x")], "decode_error", 2, {}),
    (20, "gzip cut", [send(GZIP + gzip.compress(b"<p>" * 99)[:-9])], "truncated_body", 3, {}),
    (21, "plain that calls itself gzip", [send(GZIP + b"<p>Rain.</p>")], "decode_error", 2, {}),
    (22, "garbage", [send(b"\x00\x01\x02 220 mail.example ready\r\n\r\n")], "protocol_error", 3, {}),
    (22, "TLS bytes", [send(b"\x15\x03\x01\x00\x02\x02\x46")], "protocol_error", 3, {}),
    (22, "HTTP/0.9", [send(b"<html><p>Rain.</p></html>")], "protocol_error", 3, {}),
    (23, "two lengths", [send(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<p>Rai")], "protocol_error", 3, {}),
    (24, "a redirect to itself", [redirect("/story")], "redirect_loop", 1, {}),
    (24, "a loop of two", [redirect("/other"), redirect("/story")], "redirect_loop", 2, {}),
    (25, "six hops", [redirect(f"/{n}") for n in range(6)], "too_many_redirects", 6, {}),
    (26, "to a file", [redirect("file:///etc/hostname")], "scheme_blocked", 1, {}),
    (28, "to half a host", [redirect("http://[::1")], "redirect_invalid", 1, {}),
    (28, "to no port", [redirect("http://mill.example:99999/")], "redirect_invalid", 1, {}),
    (28, "to broken IDNA", [redirect("http://xn--a.invalid/")], "redirect_invalid", 1, {}),
    (30, "to nowhere", [send(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")], "http_3xx", 1, {}),
    (39, "500 for ever", [status(500)], "http_5xx", 3, {}),
    *((40, f"{code}", [status(code)], "http_4xx", 1, {}) for code in (403, 404, 451)),
    (40, "410", [status(410)], "http_410", 1, {}),
    (50, "JSON", [forever(OK.replace(b"text/html", b"application/json") + b"\r\n", b"[")], "not_html", 1, {}),
    (50, "PDF that calls itself HTML", [forever(OK + b"\r\n%PDF-1.7", b"x" * 999)], "not_html", 1, {}),
]  # fmt: skip

SUCCESSES = [
    # row, what happens, the answers, how many requests and how many attempts it takes
    (5, "reset in the body, then a page", [reset_after(OK + b"Content-Length: 99\r\n\r\n<p>Rai"), send(PAGE)], 2, 2),
    (14, "9,000 headers", [send(OK + HEADERS + b"Content-Length: 12\r\n\r\n<p>Rain.</p>")], 1, 1),
    (14, "2,000 cookies", [send(OK + COOKIES + b"Content-Length: 12\r\n\r\n<p>Rain.</p>")], 1, 1),
    (14, "cookies on a redirect", [send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n" + COOKIES + b"\r\n"), send(PAGE)], 2, 1),
    (21, "plain that calls itself gzip, once", [send(GZIP + b"<p>Rain.</p>"), send(PAGE)], 2, 1),
    (29, "a redirect with an endless body", [forever(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"x" * 9999), send(PAGE)], 2, 1),
    (39, "500 twice, then a page", [status(500), status(500), send(PAGE)], 3, 3),
]  # fmt: skip


def ids(rows: list[Any]) -> list[str]:
    return [f"row {row[0]}: {row[1]}" for row in rows]


@pytest.mark.parametrize("fault", FAILURES, ids=ids(FAILURES))
def test_a_fault_has_its_reason(http: str, fault: tuple[int, str, list[Say], str, int, dict[str, Any]]) -> None:
    _, _, says, reason, requests, policy = fault
    bad = Server(*says)

    error = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http, **policy), same_host=True)

    assert isinstance(error, FetchError)
    assert (error.reason, len(bad.requests)) == (reason, requests)
    assert error.url
    assert error.url.startswith("http://bad.example")


@pytest.mark.parametrize("trouble", SUCCESSES, ids=ids(SUCCESSES))
def test_a_page_comes_in_spite_of_it(http: str, trouble: tuple[int, str, list[Say], int, int]) -> None:
    _, _, says, requests, attempts = trouble
    bad = Server(*says)

    page = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http), same_host=True)

    assert isinstance(page, Page), page
    assert (page.html, len(bad.requests), page.attempts) == (b"<p>Rain.</p>", requests, attempts)
    assert not any(b"cookie" in request.lower() for request in bad.requests)


def test_row_1_nobody_listens(http: str) -> None:
    with socket.socket() as taken:  # bound, not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        url = f"http://bad.example:{taken.getsockname()[1]}/"
        resolver = Resolver()
        error = fetch_beside_good_ones(url, Server(), replace(POLICY, http=http, robots=False), resolver)

    assert isinstance(error, FetchError)
    assert (error.reason, error.attempts, resolver.asked.count("bad.example")) == ("connect_error", 3, 3)


def test_row_3_a_connection_that_never_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packets can't be made to vanish on loopback: the core's network stands in."""
    connect, tried = httpcore.AnyIOBackend.connect_tcp, []

    async def vanish(self: Any, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        if host != "127.0.0.9":
            return await connect(self, host, port, timeout, **options)
        tried.append(timeout)
        await asyncio.sleep(timeout or 0)
        raise httpcore.ConnectTimeout

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", vanish)
    policy = replace(POLICY, connect_timeout_s=0.1, robots=False, allow_private=("127.0.0.0/8",))
    error = fetch_beside_good_ones(URL, Server(), policy, Resolver({"bad.example": [["127.0.0.9"]]}))

    assert isinstance(error, FetchError)
    assert (error.reason, len(tried)) == ("connect_timeout", 3)


def test_row_3_a_resolver_that_never_answers(http: str) -> None:
    class Stuck(Resolver):
        async def __call__(self, host: str, port: int) -> Sequence[str]:
            if host == "bad.example":
                await asyncio.sleep(9)
            return await super().__call__(host, port)

    error = fetch_beside_good_ones(
        URL, Server(), replace(POLICY, http=http, connect_timeout_s=0.1, robots=False), Stuck()
    )

    assert isinstance(error, FetchError)
    assert error.reason == "connect_timeout"


@pytest.mark.parametrize("what", ["row 27: redirect", "row 31: meta refresh"])
def test_a_private_stand_in_is_never_connected_to(http: str, what: str) -> None:
    """127.0.0.2 is not in the policy's networks, and somebody listens there."""
    private = Server(send(PAGE), address="127.0.0.2")

    async def run() -> Page | FetchError:
        async with private.open():
            target = f"http://127.0.0.2:{private.port}/"
            refresh = b'<meta http-equiv="refresh" content="0;url=%s">' % target.encode()
            says = redirect(target) if "27" in what else send(OK + b"\r\n" + refresh)
            bad = Server(says)
            return await asyncio.to_thread(fetch_beside_good_ones, URL, bad, replace(POLICY, http=http))

    result = asyncio.run(run())
    assert private.connections == 0
    assert isinstance(result, FetchError)
    assert (result.reason, result.url) == ("address_blocked", f"http://127.0.0.2:{private.port}/")


def test_row_32_an_unknown_name_is_asked_for_once(http: str) -> None:
    resolver = Resolver({"bad.example": [socket.gaierror(socket.EAI_NONAME, "unknown")]})

    error = fetch_beside_good_ones(URL, Server(), replace(POLICY, http=http), resolver)

    assert isinstance(error, FetchError)
    assert (error.reason, resolver.asked.count("bad.example")) == ("dns_error", 1)


def test_row_33_a_name_is_resolved_once_and_that_address_used(http: str) -> None:
    """A second answer, which nobody hears, would be blocked."""
    bad, resolver = Server(send(PAGE)), Resolver({"bad.example": [["127.0.0.1"], ["127.0.0.2"]]})

    page = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http, robots=False), resolver)

    assert isinstance(page, Page)
    assert resolver.asked.count("bad.example") == 1


def test_row_33_a_second_answer_is_vetted_as_the_first_was(http: str) -> None:
    """The server hangs up after robots.txt; the name has moved when the page is asked for."""
    bad, resolver = Server(send(PAGE)), Resolver({"bad.example": [["127.0.0.1"], ["127.0.0.2"]]})

    error = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http), resolver)

    assert isinstance(error, FetchError)
    assert (error.reason, bad.connections) == ("address_blocked", 1)


def test_row_34_one_private_answer_blocks_all(http: str) -> None:
    bad, resolver = Server(send(PAGE)), Resolver({"bad.example": [["127.0.0.1", "127.0.0.2"]]})

    error = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http), resolver)

    assert isinstance(error, FetchError)
    assert (error.reason, bad.connections) == ("address_blocked", 0)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
        "localhost",
    ],
)
def test_row_35_a_disguised_address_is_not_connected_to(http: str, host: str) -> None:
    """The good pages' address is allowed; this one is as the system reads it."""
    bad = Server(send(PAGE))

    async def known(name: str, port: int) -> Sequence[str]:
        return ["127.0.0.5"] if name == "good.example" else await resolve(name, port)

    policy = replace(POLICY, http=http, allow_private=("127.0.0.5/32",), ports=frozenset(range(65536)))
    error = fetch_beside_good_ones(f"http://{host}:PORT/", bad, policy, known, good_address="127.0.0.5")

    assert isinstance(error, FetchError)
    assert (error.reason, bad.connections) == ("address_blocked", 0)


def test_row_36_the_environment_names_no_proxy(http: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    page = fetch_beside_good_ones(URL, Server(send(PAGE)), replace(POLICY, http=http), same_host=True)

    assert isinstance(page, Page)


def test_a_dead_address_of_several_is_passed_over(http: str) -> None:
    """Nobody listens at the first; at the second somebody does."""
    bad = Server(send(PAGE))
    resolver = Resolver({"bad.example": [["127.0.0.3", "127.0.0.1"]]})

    page = fetch_beside_good_ones(URL, bad, replace(POLICY, http=http, allow_private=("127.0.0.0/8",)), resolver)

    assert isinstance(page, Page)
