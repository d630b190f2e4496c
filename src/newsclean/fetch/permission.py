"""Whether a site allows a page: its robots.txt is fetched once, kept for a day, and asked before every request.

RFC 9309, 2.3 and 2.4: no robots.txt allows all; one that can't be had disallows all, for now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from math import isinf

from newsclean.daemons import in_daemon
from newsclean.errors import BadRedirect, BadStatus, BadUrl, Disallowed, FetchError, HostUnavailable
from newsclean.fetch.hosts import Clock, Hosts, origin_of
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.robots import Robots

DAY_S = 24 * 3600.0
LONGEST_KEPT_S = DAY_S  # RFC 9309, 2.4: not longer, unless the file can't be had
SHORTEST_KEPT_S = 300.0  # whatever Cache-Control says: a request for each page would be no kindness
STALE_KEPT_S = 30 * DAY_S  # RFC 9309, 2.3.1.4, calls that a reasonable time
ASK_AGAIN_S = 60.0  # after a failure; as long as a breaker opens
MOST_ORIGINS = 4096  # remembered, as hosts are
LARGE_BYTES = 50_000  # parsing takes 20 to 30 ms, in which nothing else would move

# Failures of the host, which the page shares; all others are the file's own.
_OF_THE_HOST = frozenset(
    {"dns_error", "resolver_failed", "connect_error", "connect_timeout", "tls_error", "host_unavailable"}
)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt as it came.

    Attributes:
        body: decompressed, at most 500 KiB of it.
        max_age_s: what its Cache-Control says, if it does.
    """

    body: bytes
    max_age_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What holds for an origin.

    Attributes:
        robots: its rules; None if it has none.
        problem: why they can't be had; then nothing is allowed.
        got_s: when it was asked, by the clock.
        until_s: when to ask again.
    """

    robots: Robots | None
    problem: FetchError | None
    got_s: float
    until_s: float


class Permission:
    """Says whether a URL may be fetched.

    Args:
        policy: `robots_agent` and `crawl_delay_cap_s`.
        get: fetches the robots.txt of an origin, with retries, or raises what `AsyncFetcher.fetch` would.
        hosts: told of Crawl-delays.
        clock: in seconds.
    """

    def __init__(
        self, policy: FetchPolicy, get: Callable[[str], Awaitable[RobotsFile]], hosts: Hosts, clock: Clock
    ) -> None:
        self._policy = policy
        self._get = get
        self._hosts = hosts
        self._clock = clock
        self._known: dict[str, _Verdict] = {}  # the longest unused first
        self._asking: dict[str, asyncio.Task[_Verdict]] = {}

    async def check(self, url: str) -> None:
        """Return if a URL may be fetched.

        Raises:
            Disallowed: by the site's rules, or `robots_delay_too_long`.
            HostUnavailable: the rules can't be had: `robots_unreachable`, or what is wrong with the host.
        """
        verdict = await self._verdict(origin_of(url))
        if verdict.problem:
            raise self._unavailable(verdict.problem, url, verdict.until_s - self._clock())
        if verdict.robots is None:
            return
        agent = self._policy.robots_agent
        if not verdict.robots.allows(url, agent):
            raise Disallowed(url=url)
        delay_s = verdict.robots.crawl_delay_s(agent) or 0.0
        if delay_s > self._policy.crawl_delay_cap_s:
            raise Disallowed(f"Crawl-delay {delay_s:g}", reason="robots_delay_too_long", url=url)
        self._hosts.set_crawl_delay(url, delay_s)

    def knows(self, url: str) -> bool:
        """Whether what holds for this URL's site is known, so that `check` asks nobody."""
        known = self._known.get(origin_of(url))
        return known is not None and self._clock() < known.until_s

    async def aclose(self) -> None:
        """Stop asking."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _verdict(self, origin: str) -> _Verdict:
        """What holds for an origin; all who wait for it wait for one request."""
        known = self._known.pop(origin, None)
        if known:
            self._known[origin] = known
        if known and self._clock() < known.until_s:
            return known
        task = self._asking.get(origin)
        if task is None:
            task = self._asking[origin] = asyncio.create_task(self._ask(origin, known))
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)  # one that is cancelled takes it from none of the others

    async def _ask(self, origin: str, stale: _Verdict | None) -> _Verdict:
        verdict = await self._answer(origin)
        if verdict.problem and stale and not stale.problem and verdict.got_s - stale.got_s < STALE_KEPT_S:
            verdict = replace(stale, until_s=verdict.until_s)
        self._known[origin] = verdict
        if len(self._known) > MOST_ORIGINS:
            del self._known[next(iter(self._known))]
        return verdict

    async def _answer(self, origin: str) -> _Verdict:
        robots, problem, kept_s = None, None, LONGEST_KEPT_S
        try:
            file = await self._get(origin)
            robots = await _parsed(file.body)
            if file.max_age_s is not None:
                kept_s = min(max(file.max_age_s, SHORTEST_KEPT_S), LONGEST_KEPT_S)
        except FetchError as error:
            if not _is_none(error):
                problem = error
                kept_s = min(max(error.retry_after_s or 0.0, ASK_AGAIN_S), self._policy.retry_after_cap_s)
        now_s = self._clock()
        return _Verdict(robots, problem, now_s, now_s + kept_s)

    def _unavailable(self, problem: FetchError, url: str, again_s: float) -> HostUnavailable:
        """Say of a page what went wrong with the robots.txt."""
        shared = problem.reason in _OF_THE_HOST
        never = isinf(self._hosts.wait_s(url))
        return HostUnavailable(
            f"robots.txt: {problem.detail}",
            reason=problem.reason if shared else "robots_unreachable",
            url=url,
            retry_after_s=None if never else max(0.0, again_s),
        )


def _is_none(error: FetchError) -> bool:
    """Tell whether there is no robots.txt: the server says so, or redirects to nowhere.

    An address that is blocked counts as nowhere: where it is the host's own, the page won't be connected to either.
    """
    if isinstance(error, BadStatus):
        return 300 <= error.status < 500 and error.status != 429
    return isinstance(error, BadRedirect | BadUrl)


async def _parsed(body: bytes) -> Robots:
    return await in_daemon(Robots.parse, body) if len(body) > LARGE_BYTES else Robots.parse(body)
