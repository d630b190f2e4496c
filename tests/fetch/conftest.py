"""What the tests of fetching share: time that passes only by sleeping, and a web without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import httpx
import pytest

from newsclean.fetch import transport
from newsclean.fetch.client import Library

HTML = {"content-type": "text/html; charset=utf-8"}


class Clock:
    """Seconds that pass only when somebody sleeps; sleepers who wake at the same time wake together."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        """Let the time pass, once all others have gone as far as they can."""
        wake_s = self.now_s + seconds
        for _ in range(50):
            await asyncio.sleep(0)
        self.now_s = max(self.now_s, wake_s)


class Untouchable(httpx.AsyncByteStream):
    """A body that nobody may read."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""  # makes it a generator


Says = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Web(httpx.AsyncBaseTransport):
    """Hosts with pages; by default each has no robots.txt and answers everything else with a page.

    Attributes:
        says: URL, path, or host -> its answers in turn, the last one for ever.
        log: when (by the clock) which URL was asked for.
        took_s: how long an answer takes, by the clock.
        most: how many requests were under way at once, by host.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.says: dict[str, list[Says]] = {"/robots.txt": [httpx.Response(404)]}
        self.log: list[tuple[float, str]] = []
        self.took_s = 0.0
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer for this URL, or else for its path or host."""
        url, host = str(request.url), request.url.host
        self.log.append((self.clock(), url))
        self.now[host] = self.now.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self.now[host])
        try:
            await (self.clock.sleep(self.took_s) if self.took_s else asyncio.sleep(0))
            for key in (url, request.url.path, host):
                if answers := self.says.get(key):
                    answer = answers.pop(0) if len(answers) > 1 else answers[0]
                    break
            else:
                answer = httpx.Response(200, headers=HTML, content=b"<p>The mill turns.</p>")
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, httpx.Response) else answer(request)
        finally:
            self.now[host] -= 1

    def asked(self, path: str = "") -> list[str]:
        """The URLs that were asked for, in order; of one path, or all but robots.txt."""
        return [u for _, u in self.log if urlsplit(u).path == path or (not path and not u.endswith("/robots.txt"))]

    def times_s(self, host: str = "") -> list[float]:
        """When a host was asked for anything, in seconds after the first of these requests."""
        times = [t for t, u in self.log if host in u]
        return [t - times[0] for t in times]


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


@pytest.fixture
def web(clock: Clock) -> Web:
    """A web."""
    return Web(clock)


@pytest.fixture(params=["httpx", "httpx2"])
def http(request: pytest.FixtureRequest) -> str:
    """The name of each client library."""
    pytest.importorskip(request.param, reason="needs newsclean[httpx2]")
    return str(request.param)


@pytest.fixture
def either_library(http: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a policy names: each of the client libraries in turn, for tests that meet them over a socket only."""
    monkeypatch.setattr(transport, "Library", lambda _: Library(http))
