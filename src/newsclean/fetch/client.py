"""A URL goes in, a Page comes out, or a typed error. The sole user of httpx and tenacity.

`AsyncFetcher.fetch` is the one path; `fetch` drives it for callers without a loop. From the outside in: attempts
(`fetch`), hops (`_attempt`), one request in its host's turn (`_exchange`), one answer (`_read`).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from weakref import WeakValueDictionary

import httpx
import tenacity

from newsclean.errors import BadBody, BadRedirect, BadStatus, BadUrl, FetchError, Unreachable
from newsclean.fetch.body import read_html
from newsclean.fetch.decode import ACCEPT_ENCODING
from newsclean.fetch.policy import DEFAULT_POLICY, FetchPolicy
from newsclean.fetch.retry import asked_wait_s, causes, is_transient, parse_retry_after
from newsclean.model import Page
from newsclean.urls import normalize_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(url: str, *, policy: FetchPolicy = DEFAULT_POLICY, transport: httpx.AsyncBaseTransport | None = None) -> Page:
    """Fetch one page; to fetch many, use one AsyncFetcher. Works where a loop is running as well (Jupyter).

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
    """Fetches pages over shared connections, so many at once and so many to one host as the policy says.

        async with AsyncFetcher() as fetcher:
            page = await fetcher.fetch("https://news.example/story")

    Start as many `fetch` tasks as you like: they wait here for their turn. No cookies are kept and no environment
    variables (proxies, netrc) are read.

    Args:
        policy: all limits.
        transport: takes the network's place in tests; closed on leaving the context.
    """

    def __init__(
        self, policy: FetchPolicy = DEFAULT_POLICY, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._policy = policy
        self._transport = transport
        self._places = asyncio.Semaphore(policy.max_connections)
        self._host_places: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        # The bare transport instead of a client: no cookie jar, redirects or decoding to switch off again.
        self._transport = self._transport or httpx.AsyncHTTPTransport(
            trust_env=False,
            limits=httpx.Limits(
                max_connections=self._policy.max_connections + 8,  # closing ones; ours is the limit that counts
                max_keepalive_connections=self._policy.max_connections,
                keepalive_expiry=5,  # seconds; httpx's own default
            ),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        transport, self._transport = self._transport, None
        if transport:
            await transport.aclose()

    async def fetch(self, url: str) -> Page:
        """Fetch one page, with retries and redirects.

        Raises:
            BadUrl: `url` can't be fetched at all.
            Unreachable: no complete answer came, after all attempts.
            BadStatus: the server's last answer was an error; at once if it asks to wait longer than `total_timeout_s`,
                with that time in `retry_after_s`.
            BadRedirect: the redirects lead nowhere.
            BadBody: not HTML, too large, or broken.
            FetchError: anything else that goes wrong on the way (`internal_error`).
        """
        policy = self._policy
        backoff = tenacity.wait_random_exponential(multiplier=policy.backoff_base_s, max=policy.backoff_cap_s)

        def wait_s(state: tenacity.RetryCallState) -> float:
            asked_s = asked_wait_s(state.outcome.exception() if state.outcome else None, policy)
            return backoff(state) if asked_s is None else asked_s

        def is_worth_it(error: BaseException) -> bool:
            # A wait that is longer than an attempt may take is for the caller to plan, not for a place to be held.
            return is_transient(error, policy) and (asked_wait_s(error, policy) or 0) <= policy.total_timeout_s

        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(policy.attempts),
            wait=wait_s,
            retry=tenacity.retry_if_exception(is_worth_it),
            reraise=True,
        )
        first = _fetchable(url, policy)
        return await retrying(self._attempt, url, first)

    async def _attempt(self, url: str, first: str) -> Page:
        """Follow the redirects from `first` to a page, all within the total timeout."""
        hops = [first]
        left_s = self._policy.total_timeout_s
        while True:
            async with self._turn(hops[-1]):
                began_s = time.monotonic()
                answer = await self._exchange(hops[-1], left_s)
                left_s -= time.monotonic() - began_s
            if answer.location is None:
                break
            hops.append(_next_hop(hops, answer.location, self._policy))
        return Page(
            url=url,
            final_url=hops[-1],
            html=answer.html,
            content_type=answer.content_type,
            status=answer.status,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
            redirects=tuple(hops[1:-1]),
        )

    @asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[None]:
        """Wait for a place at the host, then for one of all; in this order a slow host holds up no other."""
        fresh = asyncio.Semaphore(self._policy.max_per_host)
        host_places = self._host_places.setdefault(urlsplit(url).netloc, fresh)
        async with host_places, self._places:
            yield

    async def _exchange(self, url: str, left_s: float) -> _Answer:
        """Send one request and read what is of use in the answer; every failure comes out as a FetchError."""
        if self._transport is None:
            raise RuntimeError("use AsyncFetcher in `async with`")
        try:
            async with asyncio.timeout(left_s):
                response = await self._transport.handle_async_request(_request(url, self._policy))
                try:
                    return await _read(response, url, self._policy)
                finally:
                    await response.aclose()
        except FetchError:
            raise
        except TimeoutError as error:
            raise Unreachable(f"{self._policy.total_timeout_s:g} s", reason="total_timeout", url=url) from error
        except httpx.HTTPError as error:
            raise _unreachable(error, url) from error
        except Exception as error:  # httpx lets strange ones out: ExceptionGroup, OverflowError, StreamError
            raise FetchError(repr(error), url=url) from error


def _in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is of use in a response: where it leads to, or the page."""

    status: int
    location: str | None = None
    content_type: str | None = None
    html: bytes = b""


def _fetchable(url: str, policy: FetchPolicy) -> str:
    """Normalise the URL and make sure that it can be requested, or raise BadUrl."""
    target = normalize_url(url)
    if urlsplit(target).scheme not in policy.schemes:
        raise BadUrl("not in the policy's schemes", reason="scheme_blocked", url=url)
    try:
        httpx.URL(target).host  # noqa: B018  # decodes IDNA, which raises idna's ValueError for xn--a.example
    except (httpx.InvalidURL, ValueError) as error:
        raise BadUrl(str(error), url=url) from error
    return target


def _next_hop(hops: list[str], location: str, policy: FetchPolicy) -> str:
    """Give the URL that the last hop redirects to, or raise BadRedirect."""
    here = hops[-1]
    try:
        target = _fetchable(urljoin(here, location), policy)
    except (BadUrl, ValueError) as error:
        blocked = isinstance(error, BadUrl) and error.reason == "scheme_blocked"
        reason = "scheme_blocked" if blocked else "redirect_invalid"
        raise BadRedirect(f"to {location[:200]!r}", reason=reason, url=here) from error
    if target in hops:
        raise BadRedirect(f"to {target[:200]}", reason="redirect_loop", url=here)
    if len(hops) > policy.max_redirects:
        raise BadRedirect(f"{policy.max_redirects} followed", reason="too_many_redirects", url=here)
    return target


def _request(url: str, policy: FetchPolicy) -> httpx.Request:
    timeout = httpx.Timeout(
        connect=policy.connect_timeout_s,
        read=policy.read_timeout_s,
        write=policy.write_timeout_s,
        pool=None,  # our own places are the queue; whoever has one finds a connection
    )
    headers = {
        "User-Agent": policy.user_agent,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "Accept-Encoding": ACCEPT_ENCODING,
    }
    return httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout.as_dict()})


async def _read(response: httpx.Response, url: str, policy: FetchPolicy) -> _Answer:
    """Read the body if it is a page's; redirects' and errors' bodies stay where they are."""
    status = response.status_code
    if status in REDIRECTS and (location := response.headers.get("location")):
        return _Answer(status, location=location)
    if not response.is_success:
        asked_s = parse_retry_after(response.headers.get("retry-after"), datetime.now(UTC))
        raise BadStatus(status, url=url, retry_after_s=asked_s)
    content_type = response.headers.get("content-type")
    html = await read_html(response.headers, _raw_body(response, url), max_bytes=policy.max_bytes, url=url)
    return _Answer(status, content_type=content_type, html=html)


async def _raw_body(response: httpx.Response, url: str) -> AsyncIterator[bytes]:
    """Give the body as sent; a connection that breaks here has cut a body that had begun."""
    assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101  # an async transport's always is
    try:
        async for chunk in response.stream:
            yield chunk
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise BadBody(str(error)[:200], reason="truncated_body", url=url) from error


def _unreachable(error: httpx.HTTPError, url: str) -> Unreachable:
    """Name what httpx met while connecting or waiting for the answer."""
    chain = tuple(causes(error))
    if isinstance(error, httpx.ConnectTimeout):
        reason = "connect_timeout"
    elif isinstance(error, httpx.TimeoutException):
        reason = "read_timeout"
    elif isinstance(error, httpx.ProtocolError):
        reason = "protocol_error"
    elif any(isinstance(cause, socket.gaierror) for cause in chain):
        reason = "dns_error"
    elif any(isinstance(cause, ssl.SSLError) for cause in chain):
        reason = "tls_error"
    else:
        reason = "connect_error"
    return Unreachable(str(chain[-1])[:200], reason=reason, url=url)  # the innermost says most
