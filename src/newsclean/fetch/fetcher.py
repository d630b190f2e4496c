"""A URL goes in, a Page comes out, or a typed error. The sole user of tenacity.

`AsyncFetcher.fetch` is the one path; `fetch` drives it for callers without a loop. From the outside in: attempts
(here), the site's permission (permission.py), redirects and turns (exchange.py, hosts.py), one request (transport.py)
over vetted connections (client.py, guard.py), its body (body.py, decode.py).
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self

import tenacity

from newsclean.errors import FetchError
from newsclean.fetch.body import Body, in_time, read_body, read_start
from newsclean.fetch.exchange import Exchange, Got, Wanted
from newsclean.fetch.guard import Guard, Resolve, resolve
from newsclean.fetch.hosts import Clock, Hosts, Sleep
from newsclean.fetch.kinds import FEED, HTML, Kind
from newsclean.fetch.permission import Permission, RobotsFile
from newsclean.fetch.policy import DEFAULT_POLICY, ONE_PAGE, FetchPolicy
from newsclean.fetch.refresh import refresh_of
from newsclean.fetch.retry import asked_wait_s, is_transient
from newsclean.fetch.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from newsclean.fetch.transport import Answer, Transport, Wire
from newsclean.fetch.validators import Validators
from newsclean.model import Page
from newsclean.urls import normalize_url

ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_MAX_AGE = re.compile(r"\bmax-age=(\d{1,9})", re.ASCII)


def fetch(url: str, *, policy: FetchPolicy = ONE_PAGE, transport: Transport | None = None) -> Page:
    """Fetch one page; to fetch many, use one AsyncFetcher. Works where a loop is running as well (Jupyter).

    A page that a person asks for is fetched as a browser does it: robots.txt is not asked, unless the policy says so.

    Args:
        url: http or https.
        policy: all limits.
        transport: takes the network's place in tests; closed at the end.

    Raises:
        FetchError: as `AsyncFetcher.fetch`.
    """

    async def once() -> Page:
        async with AsyncFetcher(policy, transport=transport) as fetcher:
            return await fetcher.fetch(url)

    if not _in_loop():
        return asyncio.run(once())
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, once()).result()


class AsyncFetcher:
    """Fetches pages over shared connections, as politely as the policy says.

        async with AsyncFetcher() as fetcher:
            page = await fetcher.fetch("https://news.example/story")

    Start as many `fetch` tasks as you like: they wait here for their turn. Who has other work for a task than waiting
    asks `wait_s` first. No cookies are kept and no environment variables (proxies, netrc) are read.

    Args:
        policy: all limits.
        transport: takes the network's place in tests; closed on leaving the context. No address is vetted then.
        resolve: takes the system's resolver's place in tests.
        ssl_context: which certificates are trusted; by default those that the client library trusts.
        clock: gives the time by which hosts are left alone, in seconds.
        sleep: waits by that clock.
    """

    def __init__(
        self,
        policy: FetchPolicy = DEFAULT_POLICY,
        *,
        transport: Transport | None = None,
        resolve: Resolve = resolve,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._hosts = Hosts(policy, clock, sleep)
        self._permission = Permission(policy, self._robots_txt, self._hosts, clock)
        self._retrying = _retrying(policy, sleep)
        self._open: Callable[[], Wire] = lambda: Wire(policy, Guard(policy, resolve), transport, ssl_context)
        self._wire: Wire | None = None

    async def __aenter__(self) -> Self:
        self._wire = self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._permission.aclose()
        wire, self._wire = self._wire, None
        if wire:
            await wire.aclose()

    def wait_s(self, url: str) -> float:
        """Give the seconds until a request to this URL's host may begin, as far as is known; `inf` for never.

        0 says that it may begin now, or that the host is new; others may still be before it.

        Raises:
            BadUrl: it is no URL.
        """
        return self._hosts.wait_s(normalize_url(url))

    async def prepare_host(self, url: str) -> None:
        """Have the robots.txt of a new host, after which its pause begins; `wait_s` tells for how long.

        Raises:
            FetchError: as `fetch` would.
        """
        target = self._exchange().fetchable(url)
        if self._policy.robots and not self._permission.knows(target):
            await self._permission.check(target)

    async def fetch(self, url: str, *, since: Validators | None = None) -> Page:
        """Fetch one page, with retries and redirects; a page that only sends its readers on is taken for one.

        Args:
            url: http or https.
            since: the version that is known (`Validators.of(page)`): the page comes only if it is another now.

        Raises:
            BadUrl: `url` can't or must not be fetched at all, or a redirect leads to an address that must not.
            Disallowed: the site's robots.txt says no, for this page or the one it redirects to.
            Unreachable: no complete answer came, after all attempts.
            HostUnavailable: the page was not asked for, as its host is to be left alone; `retry_after_s` for how long.
            NotModified: the page is still that of `since`.
            BadStatus: the server's last answer was an error; at once if it asks to wait longer than `patience_s`,
                with that time in `retry_after_s`.
            BadRedirect: the redirects lead nowhere.
            BadBody: not HTML, too large, or broken.
            FetchError: anything else that goes wrong on the way (`internal_error`).
        """
        return await self._tried(url, HTML, since.headers() if since else {})

    async def fetch_feed(self, url: str) -> Page:
        """Fetch an RSS or Atom feed or a sitemap, gzipped or not; `html` of the Page holds it.

        Raises:
            FetchError: as `fetch`; BadBody with `not_feed` for something else than a feed, by its look.
        """
        return await self._tried(url, FEED, {})

    async def _tried(self, url: str, kind: Kind, condition: Mapping[str, str]) -> Page:
        """A page or a feed, with retries; it, or what is raised, tells how often it was asked for."""
        exchanges: list[Exchange] = []

        async def once() -> Page:
            exchanges.append(self._exchange())
            return await self._page(exchanges[-1], url, kind, condition)

        try:
            # a copy for each call: tenacity keeps the state of an attempt in the object
            page: Page = await self._retrying.copy()(once)
        except FetchError as error:
            error.attempts = sum(exchange.has_asked for exchange in exchanges)
            raise
        return replace(page, attempts=sum(exchange.has_asked for exchange in exchanges))

    async def _page(self, exchange: Exchange, url: str, kind: Kind, condition: Mapping[str, str]) -> Page:
        """One attempt at a page or a feed."""
        policy = self._policy
        wanted = Wanted(
            read=partial(self._read, kind),
            max_redirects=policy.max_redirects,
            check=self._permission.check if policy.robots else None,
            headers={"Accept": kind.accept, **condition},
            onward=refresh_of if kind is HTML else lambda _: None,
        )
        got = await exchange.follow(exchange.fetchable(url), wanted)
        return Page(
            url=url,
            final_url=got.urls[-1],
            html=got.body.decoded,
            content_type=got.headers.get("content-type"),
            status=got.status,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
            redirects=got.urls[1:-1],
            headers=got.sent,
            raw=got.body.raw,
            ip=got.ip,
            hops=got.hops,
        )

    async def _robots_txt(self, origin: str) -> RobotsFile:
        """Fetch the robots.txt of an origin, with retries and redirects; errors as `fetch`."""
        follow = self._exchange().follow
        wanted = Wanted(_read_robots, ROBOTS_REDIRECTS, headers={"Accept": "text/plain,*/*;q=0.1"})
        got: Got = await self._retrying.copy()(follow, f"{origin}/robots.txt", wanted)
        max_age = _MAX_AGE.search(got.headers.get("cache-control", "").lower())
        return RobotsFile(got.body.decoded, float(max_age[1]) if max_age else None)

    async def _read(self, kind: Kind, answer: Answer, url: str) -> Body:
        policy = self._policy
        chunks = in_time(
            answer.body,
            min_bytes_per_s=policy.min_bytes_per_s,
            window_s=policy.min_rate_window_s,
            clock=self._clock,
            url=url,
        )
        max_bytes = policy.max_bytes if kind is HTML else policy.max_feed_bytes
        return await read_body(
            answer.headers, chunks, kind=kind, max_bytes=max_bytes, keep_raw=policy.keep_raw and kind is HTML, url=url
        )

    def _exchange(self) -> Exchange:
        if self._wire is None:
            raise RuntimeError("use AsyncFetcher in `async with`")
        return Exchange(self._policy, self._wire, self._hosts)


async def _read_robots(answer: Answer, url: str) -> Body:
    return await read_start(answer.headers, answer.body, max_bytes=MAX_ROBOTS_BYTES, url=url)


def _retrying(policy: FetchPolicy, sleep: Sleep) -> tenacity.AsyncRetrying:
    """What tries again as the policy says; the host's turn, not this, waits for as long as a server asks."""
    backoff = tenacity.wait_random_exponential(multiplier=policy.backoff_base_s, max=policy.backoff_cap_s)

    def wait_s(state: tenacity.RetryCallState) -> float:
        asked_s = asked_wait_s(state.outcome.exception() if state.outcome else None, policy)
        return backoff(state) if asked_s is None else 0.0

    def is_worth_it(error: BaseException) -> bool:
        # A longer wait is for the caller to plan, not for a task to sit out.
        return is_transient(error, policy) and (asked_wait_s(error, policy) or 0) <= policy.patience_s

    return tenacity.AsyncRetrying(
        sleep=sleep,
        stop=tenacity.stop_after_attempt(policy.attempts),
        wait=wait_s,
        retry=tenacity.retry_if_exception(is_worth_it),
        reraise=True,
    )


def _in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
