"""The fetcher against servers on loopback that break, stall, flood or hang up."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from newsclean.errors import FetchError
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Page

MIB = 1024 * 1024
pytestmark = pytest.mark.usefixtures("either_library")
POLICY = FetchPolicy(
    robots=False, delay_s=0, backoff_base_s=0, total_timeout_s=20, allow_private=("127.0.0.0/8",), breaker_failures=99
)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = OK + b"Content-Length: 12\r\n\r\n<p>Rain.</p>"
CUT = OK + b"Content-Length: 500\r\n\r\n<p>Rai"
CUT_CHUNK = OK + b"Transfer-Encoding: chunked\r\n\r\n40\r\n<p>Rai"

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def send(data: bytes) -> Answer:
    """Answer with these bytes."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return answer


def forever(head: bytes, piece: bytes, *, pause_s: float = 0) -> Answer:
    """Answer with the head and then with the piece until nobody listens."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off with an RST, which lingering for no time does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def silence(_: asyncio.StreamWriter) -> None:
    """Say nothing for a while."""
    await asyncio.sleep(0.3)


class Server:
    """Gives its answers in turn, the last one for ever, and hangs up after each unless told to keep alive."""

    def __init__(self, *answers: Answer, keep_alive: bool = False) -> None:
        self.answers = answers
        self.keep_alive = keep_alive
        self.connections = 0
        self.requests: list[bytes] = []

    def fetch(self, policy: FetchPolicy = POLICY, *, scheme: str = "http", times: int = 1) -> Page:
        """Fetch from this server, over one fetcher; give the last page."""

        async def run() -> Page:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            async with server, AsyncFetcher(policy) as fetcher:
                for _ in range(times):
                    page = await fetcher.fetch(f"{scheme}://127.0.0.1:{port}/")
                return page

        return asyncio.run(run())

    def failure(self, policy: FetchPolicy = POLICY, *, scheme: str = "http") -> tuple[str, int]:
        """Give the reason why fetching failed and the number of requests."""
        with pytest.raises(FetchError) as caught:
            self.fetch(policy, scheme=scheme)
        return caught.value.reason, len(self.requests)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while request := await reader.read(65536):
                self.requests.append(request)
                await self.answers[min(len(self.requests), len(self.answers)) - 1](writer)
                if not self.keep_alive:
                    break
        except ConnectionError:
            pass  # the client had enough, as it should
        finally:
            writer.close()


def test_a_page_comes_over_a_socket() -> None:
    page = Server(send(PAGE)).fetch()

    assert (page.html, page.status) == (b"<p>Rain.</p>", 200)


@pytest.mark.parametrize("keep_raw", [False, True], ids=["without", "with"])
def test_a_page_keeps_what_an_archive_needs(http: str, keep_raw: bool) -> None:
    """Headers as sent, with their capitals and bytes; the body still packed; the address that answered."""
    packed = gzip.compress(b"<p>Rain.</p>")
    sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Pier: caf\xe9\r\nContent-Encoding: gzip\r\n"
    server = Server(send(sent + b"Content-Length: %d\r\n\r\n" % len(packed) + packed))

    page = server.fetch(replace(POLICY, keep_raw=keep_raw, http=http))

    assert page.headers[1:3] == (("X-Pier", "caf\xe9"), ("Content-Encoding", "gzip"))
    assert page.header("content-TYPE") == "text/html"
    assert (page.ip, page.html) == ("127.0.0.1", b"<p>Rain.</p>")
    assert page.raw == (packed if keep_raw else b"")


def test_a_body_that_came_as_it_is_is_kept_once() -> None:
    page = Server(send(PAGE)).fetch(replace(POLICY, keep_raw=True))

    assert page.raw is page.html


def test_answers_that_redirect_are_kept_as_hops(http: str) -> None:
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n"
    page = Server(send(moved), send(PAGE)).fetch(replace(POLICY, http=http))

    (hop,) = page.hops
    assert (hop.url, hop.status, hop.headers[0], hop.ip) == (page.url, 301, ("Location", "/new"), "127.0.0.1")
    assert page.final_url == f"{page.url.removesuffix('/')}/new"


def test_a_connection_is_used_again() -> None:
    server = Server(send(PAGE), keep_alive=True)

    server.fetch(times=2)

    assert (len(server.requests), server.connections) == (2, 1)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(send(CUT), id="shorter than announced"),
        pytest.param(send(CUT_CHUNK), id="chunk without its end"),
        pytest.param(send(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" * 99)[:-9]), id="gzip cut"),
    ],
)
def test_a_body_cut_short_is_asked_for_again(broken: Answer) -> None:
    server = Server(broken, send(PAGE))

    assert server.fetch().html == b"<p>Rain.</p>"
    assert Server(broken).failure() == ("truncated_body", 3)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(send(b"220 mail.example ready\r\n"), "protocol_error", id="another protocol"),
        pytest.param(send(b""), "protocol_error", id="nothing"),
        pytest.param(send(b"HTTP/1.1 200 OK\r\nX: " + b"x" * MIB), "protocol_error", id="endless header"),
        pytest.param(send(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n"), "protocol_error", id="two lengths"),
        pytest.param(reset, "connect_error", id="reset"),
    ],
)
def test_an_answer_that_is_no_http_is_tried_three_times(answer: Answer, reason: str) -> None:
    assert Server(answer).failure() == (reason, 3)


def test_nobody_listening_is_a_connect_error() -> None:
    async def run(port: int) -> None:
        async with AsyncFetcher(POLICY) as fetcher:
            await fetcher.fetch(f"http://127.0.0.1:{port}/")

    with socket.socket() as taken:  # bound, not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError) as caught:
            asyncio.run(run(taken.getsockname()[1]))

    assert caught.value.reason == "connect_error"


def test_a_server_without_tls_is_a_tls_error_at_once() -> None:
    assert Server(send(PAGE)).failure(scheme="https") == ("tls_error", 1)


@pytest.mark.parametrize(
    "drip",
    [
        pytest.param(forever(OK + b"\r\n", b"x", pause_s=0.02), id="body"),
        pytest.param(forever(OK + b"X-Drip: ", b"x", pause_s=0.02), id="headers"),
        pytest.param(forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", pause_s=0.02), id="early hints"),
    ],
)
def test_a_byte_now_and_then_ends_with_the_total_timeout(drip: Answer) -> None:
    """The read timeout never strikes: something always comes in time."""
    policy = replace(POLICY, read_timeout_s=5, total_timeout_s=0.3)

    assert Server(drip).failure(policy) == ("total_timeout", 1)


def test_silence_ends_with_the_read_timeout() -> None:
    assert Server(silence).failure(replace(POLICY, read_timeout_s=0.1)) == ("read_timeout", 3)


@pytest.mark.parametrize(
    ("flood", "reason"),
    [
        pytest.param(forever(OK + b"\r\n", b"<p>more</p>" * 900), "too_large", id="endless body"),
        pytest.param(
            send(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(64 * MIB))),
            "decoded_too_large",
            id="gzip bomb",
        ),
        pytest.param(send(OK + b"Content-Length: 999999999999\r\n\r\n"), "too_large", id="announced"),
    ],
)
def test_a_flood_is_too_large_and_not_asked_for_again(flood: Answer, reason: str) -> None:
    assert Server(flood).failure(replace(POLICY, max_bytes=MIB)) == (reason, 1)


def test_a_redirect_with_an_endless_body_is_followed_at_once() -> None:
    flood = forever(b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n", b"x" * 10_000)
    server = Server(flood, send(PAGE))

    page = server.fetch()

    assert page.final_url.endswith("/there")
    assert server.requests[1].startswith(b"GET /there HTTP/1.1\r\n")


def test_proxies_and_certificates_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "no-such-file.pem")

    assert Server(send(PAGE)).fetch().status == 200
