"""Whose turn it is: so many requests at once in all and to one host, with a pause between two to the same.

What a host has shown sets its pause: a Crawl-delay, slow answers, a Retry-After, failures in a row.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from math import inf, isinf
from urllib.parse import urlsplit

from newsclean.errors import BadStatus, BadUrl, FetchError, HostUnavailable, Unreachable
from newsclean.fetch.breaker import Breaker
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import asked_wait_s, is_transient

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

MOST_HOSTS = 4096  # remembered; the longest unused go first, and of a host that is met again all is learnt anew
FORGET_AT_ONCE = 16  # some of them may have to stay
ASKED = frozenset({"read_timeout", "total_timeout", "protocol_error"})  # a connection stood when it failed
SLOWNESS = 2  # a pause of twice the answer's time takes a third of what a host can do


@dataclass(slots=True)
class _Host:
    """What is known of one host; times are the clock's.

    Attributes:
        places: for requests under way.
        breaker: its failures.
        delay_s: the policy's.
        alone: taken by the one that tries it again.
        users: how many wait for it or ask it.
        last_s: when the last answer ended, or the last request began.
        slow_delay_s: the pause that its last answer's slowness calls for.
        crawl_delay_s: what its robots.txt asks for.
        rest_until_s: until when its Retry-After asks to be left alone.
        closed_for: why it is left alone, once the breaker is open.
    """

    places: asyncio.Semaphore
    breaker: Breaker
    delay_s: float
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    last_s: float = -inf
    slow_delay_s: float = 0.0
    crawl_delay_s: float = 0.0
    rest_until_s: float = -inf
    closed_for: str = "host_unavailable"

    def wait_s(self, now_s: float) -> float:
        """Give the seconds until the next request may begin."""
        next_s = self.last_s + max(self.delay_s, self.slow_delay_s, self.crawl_delay_s)
        return max(0.0, next_s - now_s, self.rest_until_s - now_s, self.breaker.wait_s(now_s))


class Hosts:
    """Gives turns.

    Args:
        policy: its numbers.
        clock: in seconds; only differences count.
        sleep: waits by that clock.
    """

    def __init__(self, policy: FetchPolicy, clock: Clock, sleep: Sleep) -> None:
        self._policy = policy
        self._clock = clock
        self._sleep = sleep
        self._places = asyncio.Semaphore(policy.max_connections)
        self._hosts: dict[str, _Host] = {}  # the longest unused first

    def wait_s(self, url: str) -> float:
        """Give the seconds until a request to this URL's host may begin, as far as is known; `inf` for never."""
        host = self._hosts.get(origin_of(url))
        return host.wait_s(self._clock()) if host else 0.0

    def set_crawl_delay(self, url: str, delay_s: float) -> None:
        """Leave at least so many seconds between two requests to this URL's host, from the last one on."""
        self._host(url).crawl_delay_s = delay_s

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for a place at the host, for its pause, then for one of all places: a slow host holds up no other.

        Raises:
            HostUnavailable: it is left alone, for longer than is worth waiting for here.
        """
        host = self._host(url)
        host.users += 1
        try:
            async with host.places, host.alone if host.breaker.on_trial else nullcontext():
                await self._wait(host, url)
                async with self._places:
                    before_s, began_s = host.last_s, self._clock()
                    host.last_s = began_s  # of several at once, the beginnings keep apart too
                    sent = True
                    try:
                        yield
                    except FetchError as error:
                        sent = not isinstance(error, BadUrl)  # the address is blocked: there is nothing to pause after
                        if sent:
                            self._learn(host, error, url)
                        raise
                    else:
                        host.breaker.answered()
                    finally:
                        if sent:
                            self._ended(host, began_s)
                        elif host.last_s == began_s:
                            host.last_s = before_s
        finally:
            host.users -= 1

    def _host(self, url: str) -> _Host:
        """Find the host, or begin to remember it."""
        origin = origin_of(url)
        host = self._hosts.pop(origin, None) or _Host(
            asyncio.Semaphore(self._policy.max_per_host),
            Breaker(self._policy.breaker_failures, self._policy.breaker_open_s),
            self._policy.delay_s,
        )
        self._hosts[origin] = host
        self._forget()
        return host

    def _forget(self) -> None:
        """Forget the longest unused hosts above MOST_HOSTS, if nobody uses them and they don't ask for rest."""
        for origin in list(islice(self._hosts, max(0, min(len(self._hosts) - MOST_HOSTS, FORGET_AT_ONCE)))):
            host = self._hosts.pop(origin)
            if host.users or 0 < host.wait_s(self._clock()) < inf:
                self._hosts[origin] = host  # its turn to go comes again

    async def _wait(self, host: _Host, url: str) -> None:
        """Sleep until the host may be asked, unless that is for the caller to plan."""
        while (wait_s := host.wait_s(now_s := self._clock())) > 0:
            resting_s = max(0.0, host.rest_until_s - now_s)
            if host.breaker.wait_s(now_s) or resting_s > self._policy.patience_s:
                known_s = None if isinf(wait_s) else wait_s
                raise HostUnavailable(reason=host.closed_for, url=url, retry_after_s=known_s)
            await self._sleep(wait_s)

    def _ended(self, host: _Host, began_s: float) -> None:
        """Let the pause begin."""
        host.last_s = self._clock()
        if host.delay_s:
            host.slow_delay_s = min(SLOWNESS * (host.last_s - began_s), self._policy.max_slow_delay_s)

    def _learn(self, host: _Host, error: FetchError, url: str) -> None:
        """Draw from an error what it says of the host rather than of the page."""
        now_s = self._clock()
        asked_s = asked_wait_s(error, self._policy) if is_transient(error, self._policy) else None
        if asked_s is not None:
            host.rest_until_s = max(host.rest_until_s, now_s + asked_s)
        if error.reason == "dns_error":  # an unknown name stays unknown
            host.closed_for = "dns_error"
            host.breaker.give_up()
        elif is_host_failure(error, self._policy):
            host.breaker.failed(now_s, url if may_be_the_pages(error, url) else None)
        else:
            host.breaker.answered()


def is_host_failure(error: FetchError, policy: FetchPolicy) -> bool:
    """Tell whether the host failed, not the page: no answer, or one of the 5xx that pass."""
    if isinstance(error, BadStatus):
        return error.status >= 500 and is_transient(error, policy)
    return isinstance(error, Unreachable) and error.reason != "too_slow"


def may_be_the_pages(error: FetchError, url: str) -> bool:
    """Tell whether another page of a host that failed so may do better: the request was taken before it failed.

    Without its robots.txt no page is asked for, so that it stands for the host each time.
    """
    return (isinstance(error, BadStatus) or error.reason in ASKED) and not url.endswith("/robots.txt")


def origin_of(url: str) -> str:
    """Scheme, host and port of a normalised URL: `https://news.example`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
