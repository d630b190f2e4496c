"""From a URL over its redirects to something to read: each request in its host's turn, all within the total timeout."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newsclean.errors import BadBody, BadRedirect, BadStatus, BadUrl, NotModified, Unreachable
from newsclean.fetch.body import Body
from newsclean.fetch.decode import ACCEPT_ENCODING
from newsclean.fetch.hosts import Hosts
from newsclean.fetch.kinds import REDIRECTS
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import parse_retry_after
from newsclean.fetch.transport import Answer, Wire
from newsclean.model import Headers, Hop
from newsclean.urls import joined, normalize_url

HELD_UP_S = 2.0  # a deadline that is seen so late says nothing of the server: this program was stopped (Ctrl-Z), say
CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})

Read = Callable[[Answer, str], Awaitable[Body]]
"""Reads what is of use in the body of an answer from a URL; raises BadBody or Unreachable."""

Check = Callable[[str], Awaitable[None]]
"""Raises unless a URL may be asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for at a URL, and how.

    Attributes:
        read: reads the last answer's body; those of redirects and errors stay where they are.
        max_redirects: how many are followed.
        check: asked before every request.
        onward: gives the link that a page leads to by itself, which is followed once, or None.
        headers: sent with every request; with a condition among them, a 304 raises NotModified.
    """

    read: Read
    max_redirects: int
    check: Check | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    onward: Callable[[bytes], str | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Got:
    """What one answer brought.

    Attributes:
        status: of HTTP.
        headers: looked up without regard to case.
        location: where it redirects to.
        body: as it was read.
        took_s: from the request to the end of reading.
        urls: the URLs asked up to here, this answer's last.
        sent: the headers as sent.
        ip: the address that answered; empty if it is not known.
        hops: the answers before this one.
    """

    status: int
    headers: Mapping[str, str]
    location: str | None
    body: Body
    took_s: float
    urls: tuple[str, ...]
    sent: Headers = ()
    ip: str = ""
    hops: tuple[Hop, ...] = ()


class Exchange:
    """Follows URLs.

    Args:
        policy: its `schemes` and `total_timeout_s`.
        wire: what requests go out by.
        hosts: what gives them their turns.

    Attributes:
        has_asked: whether a request was sent, or would have been had a connection come about.
    """

    def __init__(self, policy: FetchPolicy, wire: Wire, hosts: Hosts) -> None:
        self.has_asked = False
        self._policy = policy
        self._wire = wire
        self._hosts = hosts

    def fetchable(self, url: str) -> str:
        """Normalise the URL and make sure that it can be requested, or raise BadUrl."""
        target = normalize_url(url)
        if urlsplit(target).scheme not in self._policy.schemes:
            raise BadUrl(f"here only {' and '.join(sorted(self._policy.schemes))}", reason="scheme_blocked", url=url)
        self._wire.check(target)
        return target

    async def follow(self, first: str, wanted: Wanted) -> Got:
        """Follow the redirects from `first`, as `fetchable` gives it, to something to read.

        Raises:
            FetchError: as `AsyncFetcher.fetch`, of one attempt.
        """
        urls: tuple[str, ...] = (first,)
        hops: tuple[Hop, ...] = ()
        left_s = self._policy.total_timeout_s
        while True:
            if wanted.check:
                await wanted.check(urls[-1])
            got = await self._ask(urls, wanted, left_s)
            location = got.location or (None if any(hop.body for hop in hops) else wanted.onward(got.body.decoded))
            if location is None or (not got.location and leads_back(urls[-1], location)):
                return replace(got, hops=hops)
            left_s -= got.took_s
            hops = (*hops, Hop(urls[-1], got.status, got.sent, got.ip, got.body.raw or got.body.decoded))
            urls = (*urls, self._next_hop(urls, location, wanted.max_redirects))

    async def _ask(self, urls: tuple[str, ...], wanted: Wanted, left_s: float) -> Got:
        """Ask for the last URL; again without compression if the server's can't be undone."""
        try:
            return await self._ask_once(urls, wanted, left_s, ACCEPT_ENCODING)
        except BadBody as error:
            if error.reason != "decode_error":
                raise
        return await self._ask_once(urls, wanted, left_s, "identity")

    async def _ask_once(self, urls: tuple[str, ...], wanted: Wanted, left_s: float, encoding: str) -> Got:
        """Send one request in its host's turn, and read what is of use in the answer."""
        url = urls[-1]
        headers = {**wanted.headers, "Accept-Encoding": encoding}
        async with self._hosts.turn(url):
            self.has_asked = True
            began_s = time.monotonic()
            try:
                async with asyncio.timeout(left_s) as deadline, self._wire.ask(url, headers) as answer:
                    location = answer.headers.get("location") if answer.status in REDIRECTS else None
                    if not location:
                        _check_status(answer, wanted, url)
                    body = Body(b"") if location else await wanted.read(answer, url)
            except TimeoutError as error:
                if lateness_s(deadline) > HELD_UP_S:  # the answer may be there: worth another attempt
                    raise Unreachable("this program was held up", reason="read_timeout", url=url) from error
                raise Unreachable(f"{self._policy.total_timeout_s:g} s", reason="total_timeout", url=url) from error
        took_s = time.monotonic() - began_s
        return Got(answer.status, answer.headers, location, body, took_s, urls, answer.sent, answer.ip)

    def _next_hop(self, urls: tuple[str, ...], location: str, max_redirects: int) -> str:
        """Give the URL that the last hop redirects to, or raise BadRedirect."""
        here = urls[-1]
        try:
            target = self.fetchable(joined(here, location) or location)
        except BadUrl as error:
            reason = "scheme_blocked" if error.reason == "scheme_blocked" else "redirect_invalid"
            raise BadRedirect(f"to {location[:200]!r}", reason=reason, url=here) from error
        if target in urls:
            raise BadRedirect(f"to {target[:200]}", reason="redirect_loop", url=here)
        if len(urls) > max_redirects:
            raise BadRedirect(f"{max_redirects} followed", reason="too_many_redirects", url=here)
        return target


def leads_back(url: str, link: str) -> bool:
    """Whether a page's link is to the page itself."""
    return (joined(url, link) or "").partition("#")[0] == url


def lateness_s(deadline: asyncio.Timeout) -> float:
    """How long ago a deadline was."""
    return asyncio.get_running_loop().time() - (deadline.when() or 0.0)


def _check_status(answer: Answer, wanted: Wanted, url: str) -> None:
    """Raise NotModified or BadStatus for an answer that brings nothing."""
    if answer.status == 304 and CONDITIONS & wanted.headers.keys():
        raise NotModified(url=url)
    if not 200 <= answer.status < 300:
        asked_s = parse_retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
        raise BadStatus(answer.status, url=url, retry_after_s=asked_s)
