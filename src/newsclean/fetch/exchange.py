"""From a URL over its redirects to something to read: each request in its host's turn, all within the total timeout."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from newsclean.errors import BadBody, BadRedirect, BadStatus, BadUrl, Unreachable
from newsclean.fetch.decode import ACCEPT_ENCODING
from newsclean.fetch.hosts import Hosts
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import parse_retry_after
from newsclean.fetch.transport import Answer, Wire
from newsclean.urls import normalize_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})

Read = Callable[[Answer, str], Awaitable[bytes]]
"""Reads what is of use in the body of an answer from a URL; raises BadBody or Unreachable."""

Check = Callable[[str], Awaitable[None]]
"""Raises unless a URL may be asked for."""


@dataclass(frozen=True, slots=True)
class Got:
    """What one answer, or all redirects to the last one, brought.

    Attributes:
        status: of HTTP.
        headers: looked up without regard to case.
        location: where it redirects to.
        body: as it was read.
        took_s: from the request to the end of reading.
        hops: the URLs asked, `url` last.
    """

    status: int
    headers: Mapping[str, str]
    location: str | None
    body: bytes
    took_s: float
    hops: tuple[str, ...]


class Exchange:
    """Follows URLs.

    Args:
        policy: its `schemes` and `total_timeout_s`.
        wire: what requests go out by.
        hosts: what gives them their turns.
    """

    def __init__(self, policy: FetchPolicy, wire: Wire, hosts: Hosts) -> None:
        self._policy = policy
        self._wire = wire
        self._hosts = hosts

    def fetchable(self, url: str) -> str:
        """Normalise the URL and make sure that it can be requested, or raise BadUrl."""
        target = normalize_url(url)
        if urlsplit(target).scheme not in self._policy.schemes:
            raise BadUrl("not in the policy's schemes", reason="scheme_blocked", url=url)
        self._wire.check(target)
        return target

    async def follow(self, first: str, read: Read, max_redirects: int, check: Check | None = None) -> Got:
        """Follow the redirects from `first` to something to read.

        Args:
            first: as `fetchable` gives it.
            read: for the last answer's body; those of redirects and errors stay where they are.
            max_redirects: how many are followed.
            check: asked before every request.

        Raises:
            FetchError: as `AsyncFetcher.fetch`, of one attempt.
        """
        hops: tuple[str, ...] = (first,)
        left_s = self._policy.total_timeout_s
        while True:
            if check:
                await check(hops[-1])
            got = await self._ask(hops, read, left_s)
            if got.location is None:
                return got
            left_s -= got.took_s
            hops = (*hops, self._next_hop(hops, got.location, max_redirects))

    async def _ask(self, hops: tuple[str, ...], read: Read, left_s: float) -> Got:
        """Ask for the last hop; again without compression if the server's can't be undone."""
        try:
            return await self._ask_once(hops, read, left_s, ACCEPT_ENCODING)
        except BadBody as error:
            if error.reason != "decode_error":
                raise
        return await self._ask_once(hops, read, left_s, "identity")

    async def _ask_once(self, hops: tuple[str, ...], read: Read, left_s: float, encoding: str) -> Got:
        """Send one request in its host's turn, and read what is of use in the answer."""
        url = hops[-1]
        headers = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1", "Accept-Encoding": encoding}
        async with self._hosts.turn(url):
            began_s = time.monotonic()
            try:
                async with asyncio.timeout(left_s), self._wire.ask(url, headers) as answer:
                    location = answer.headers.get("location") if answer.status in REDIRECTS else None
                    if not location and not 200 <= answer.status < 300:
                        asked_s = parse_retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
                        raise BadStatus(answer.status, url=url, retry_after_s=asked_s)
                    body = b"" if location else await read(answer, url)
            except TimeoutError as error:
                raise Unreachable(f"{self._policy.total_timeout_s:g} s", reason="total_timeout", url=url) from error
        return Got(answer.status, answer.headers, location, body, time.monotonic() - began_s, hops)

    def _next_hop(self, hops: tuple[str, ...], location: str, max_redirects: int) -> str:
        """Give the URL that the last hop redirects to, or raise BadRedirect."""
        here = hops[-1]
        try:
            target = self.fetchable(urljoin(here, location))
        except (BadUrl, ValueError) as error:
            blocked = isinstance(error, BadUrl) and error.reason == "scheme_blocked"
            reason = "scheme_blocked" if blocked else "redirect_invalid"
            raise BadRedirect(f"to {location[:200]!r}", reason=reason, url=here) from error
        if target in hops:
            raise BadRedirect(f"to {target[:200]}", reason="redirect_loop", url=here)
        if len(hops) > max_redirects:
            raise BadRedirect(f"{max_redirects} followed", reason="too_many_redirects", url=here)
        return target
