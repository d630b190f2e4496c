"""Whose turn it is, by a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from math import inf
from typing import Any

import pytest

from newsclean.errors import BadBody, BadStatus, BadUrl, FetchError, HostUnavailable, Unreachable
from newsclean.fetch import hosts as module
from newsclean.fetch.hosts import Hosts, is_host_failure
from newsclean.fetch.policy import FetchPolicy

POLICY = FetchPolicy(delay_s=1)
URL = "https://mill.example/"
REFUSED = Unreachable(reason="connect_error")
UNKNOWN = Unreachable(reason="dns_error")


class Desk:
    """Takes turns at hosts, and notes when each began."""

    def __init__(self, clock: Any, policy: FetchPolicy = POLICY) -> None:
        self.clock = clock
        self.hosts = Hosts(policy, clock, clock.sleep)
        self.began_s: list[float] = []
        self.now = self.most = 0

    async def ask(self, url: str = URL, *, takes_s: float = 0, fails: FetchError | None = None) -> FetchError | None:
        """Take a turn; gives what it raised."""
        try:
            async with self.hosts.turn(url):
                self.began_s.append(self.clock() - 1000)
                self.now += 1
                self.most = max(self.most, self.now)
                await self.clock.sleep(takes_s)
                self.now -= 1
                if fails:
                    raise fails
        except FetchError as error:
            return error
        return None

    async def fail(self, *errors: FetchError, url: str = URL) -> list[FetchError | None]:
        """Fail one after the other."""
        return [await self.ask(url, fails=error) for error in errors]


@pytest.fixture
def desk(clock: Any) -> Callable[..., Desk]:
    """Makes a desk by a policy of one's own."""
    return lambda **policy: Desk(clock, replace(POLICY, **policy))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


# ---- pauses


def test_between_two_requests_to_a_host_there_is_a_pause_from_the_end_of_the_first(desk: Callable[..., Desk]) -> None:
    d = desk(delay_s=5)

    async def work() -> None:
        await asyncio.gather(*(d.ask(takes_s=0.25) for _ in range(3)))

    run(work())
    assert d.began_s == [0, 5.25, 10.5]


def test_other_hosts_are_asked_meanwhile(desk: Callable[..., Desk]) -> None:
    d = desk(delay_s=5)

    async def work() -> None:
        await asyncio.gather(*(d.ask(f"https://mill{n}.example/") for n in range(3)))

    run(work())
    assert d.began_s == [0, 0, 0]


@pytest.mark.parametrize(
    ("url", "same"),
    [("https://mill.example/b?c", True), ("https://mill.example:8443/", False), ("http://mill.example/", False)],
)
def test_a_host_is_its_scheme_name_and_port(desk: Callable[..., Desk], url: str, same: bool) -> None:
    d = desk()

    run(d.ask())

    assert d.hosts.wait_s(url) == (1 if same else 0)


@pytest.mark.parametrize(
    ("takes_s", "pause_s"), [(0.4, 1), (4, 8), (50, 30)], ids=["quick", "twice as long", "not for ever"]
)
def test_a_slow_answer_is_followed_by_a_longer_pause(desk: Callable[..., Desk], takes_s: float, pause_s: float) -> None:
    d = desk(max_slow_delay_s=30)

    run(d.ask(takes_s=takes_s))

    assert d.hosts.wait_s(URL) == pytest.approx(pause_s)


def test_where_nothing_was_sent_nothing_is_waited_for(desk: Callable[..., Desk]) -> None:
    d = desk()
    blocked = BadUrl(reason="address_blocked")

    run(d.fail(blocked, blocked, blocked))

    assert (d.began_s, d.hosts.wait_s(URL)) == ([0, 0, 0], 0)


def test_a_blocked_address_shortens_no_pause_that_is_due(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> None:
        await d.ask()
        await d.ask(fails=BadUrl(reason="address_blocked"))

    run(work())
    assert d.began_s == [0, 1]
    d.clock.now_s -= 0.25
    assert d.hosts.wait_s(URL) == 0.25


def test_without_a_delay_there_is_no_pause_at_all(desk: Callable[..., Desk]) -> None:
    d = desk(delay_s=0)

    run(d.ask(takes_s=4))

    assert d.hosts.wait_s(URL) == 0


@pytest.mark.parametrize(("delay_s", "crawl_delay_s", "pause_s"), [(1, 7, 7), (9, 7, 9), (0, 7, 7)])
def test_a_crawl_delay_counts_if_it_is_the_longer(
    desk: Callable[..., Desk], delay_s: float, crawl_delay_s: float, pause_s: float
) -> None:
    """It is known after the first request, from whose end it counts."""
    d = desk(delay_s=delay_s)

    run(d.ask())
    d.hosts.set_crawl_delay(URL, crawl_delay_s)

    assert d.hosts.wait_s(URL) == pause_s


def test_one_host_is_asked_for_one_thing_at_a_time(desk: Callable[..., Desk]) -> None:
    d = desk(delay_s=0)

    async def work() -> None:
        await asyncio.gather(*(d.ask(takes_s=1) for _ in range(5)))

    run(work())
    assert d.most == 1


def test_where_several_may_ask_at_once_their_beginnings_keep_apart(desk: Callable[..., Desk]) -> None:
    d = desk(delay_s=2, max_per_host=3)

    async def work() -> None:
        await asyncio.gather(*(d.ask(takes_s=0) for _ in range(3)))

    run(work())
    assert [b - a for a, b in zip(d.began_s, d.began_s[1:], strict=False)] == [2, 2]


# ---- what a host asks for


def test_a_host_that_asks_for_rest_gets_it_for_all_its_pages(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> None:
        await d.fail(BadStatus(429, retry_after_s=20))
        await d.ask(URL + "another")

    run(work())
    assert d.began_s == [0, 20]


@pytest.mark.parametrize(
    ("error", "wait_s"),
    [
        pytest.param(BadStatus(503, retry_after_s=20), 20, id="503"),
        pytest.param(BadStatus(429, retry_after_s=0), 1, id="none"),
        pytest.param(BadStatus(429, retry_after_s=1e9), 300, id="clamped"),
        pytest.param(BadStatus(429), 1, id="not asked"),
        pytest.param(BadStatus(404, retry_after_s=20), 1, id="of a page that is gone"),
    ],
)
def test_rest_is_given_up_to_the_cap(desk: Callable[..., Desk], error: FetchError, wait_s: float) -> None:
    d = desk(retry_after_cap_s=300)

    run(d.fail(error))

    assert d.hosts.wait_s(URL) == wait_s


def test_a_long_rest_is_for_the_caller_to_plan(desk: Callable[..., Desk]) -> None:
    d = desk(patience_s=60)

    async def work() -> FetchError | None:
        await d.fail(BadStatus(429, retry_after_s=100))
        return await d.ask()

    error = run(work())
    assert isinstance(error, HostUnavailable)
    assert (error.reason, error.url, error.retry_after_s) == ("host_unavailable", URL, 100)


# ---- failures


def test_after_five_failures_in_a_row_nobody_asks(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> FetchError | None:
        await d.fail(*[REFUSED] * 5)
        return await d.ask()

    error = run(work())
    assert isinstance(error, HostUnavailable)
    assert (error.reason, error.retry_after_s, len(d.began_s)) == ("host_unavailable", 60, 5)


def test_after_a_minute_one_may_ask_and_if_it_fails_the_next_waits_for_two(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> tuple[list[FetchError | None], FetchError | None]:
        await d.fail(*[REFUSED] * 5)
        await d.clock.sleep(60)
        return await d.fail(REFUSED), await d.ask()

    (failed,), refused = run(work())
    assert failed is REFUSED
    assert refused.retry_after_s == 120


def test_only_one_asks_a_host_that_is_on_trial(desk: Callable[..., Desk]) -> None:
    """The others, who had a place too, hear what became of it."""
    d = desk(max_per_host=4, delay_s=0)

    async def work() -> list[FetchError | None]:
        await d.fail(*[REFUSED] * 5)
        await d.clock.sleep(60)
        return await asyncio.gather(*(d.ask(fails=REFUSED, takes_s=1) for _ in range(4)))

    errors = run(work())
    assert len(d.began_s) == 6
    assert [type(e) for e in errors] == [Unreachable, *[HostUnavailable] * 3]


def test_the_third_time_is_for_good(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> FetchError | None:
        await d.fail(*[REFUSED] * 5)
        for pause_s in (60, 120):
            await d.clock.sleep(pause_s)
            await d.fail(REFUSED)
        return await d.ask()

    error = run(work())
    assert error.retry_after_s is None
    assert d.hosts.wait_s(URL) == inf


def test_a_name_that_is_unknown_is_asked_for_once(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> FetchError | None:
        await d.fail(UNKNOWN)
        return await d.ask()

    error = run(work())
    assert isinstance(error, HostUnavailable)
    assert (error.reason, error.retry_after_s, len(d.began_s)) == ("dns_error", None, 1)


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        pytest.param(REFUSED, True, id="refused"),
        pytest.param(Unreachable(reason="total_timeout"), True, id="total timeout"),
        pytest.param(Unreachable(reason="tls_error"), True, id="TLS"),
        pytest.param(BadBody(reason="truncated_body"), False, id="truncated"),
        pytest.param(BadStatus(503), True, id="503"),
        pytest.param(BadStatus(501), False, id="501"),
        pytest.param(BadStatus(429), False, id="429"),
        pytest.param(BadStatus(404), False, id="404"),
        pytest.param(BadBody(reason="not_html"), False, id="a PDF"),
        pytest.param(Unreachable(reason="too_slow"), False, id="slow"),
    ],
)
def test_a_failure_is_the_hosts_or_the_pages(error: FetchError, is_one: bool) -> None:
    assert is_host_failure(error, POLICY) is is_one


def test_a_page_that_fails_again_and_again_is_one_failure_of_its_host(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> None:
        for n in range(4):
            await d.fail(*[BadStatus(500)] * 3, url=f"{URL}{n}")

    run(work())
    assert (len(d.began_s), d.hosts.wait_s(URL)) == (12, 1)


@pytest.mark.parametrize(
    ("error", "path", "asked"),
    [
        pytest.param(REFUSED, "", 5, id="no connection"),
        pytest.param(BadStatus(503), "robots.txt", 5, id="no robots.txt"),
        pytest.param(Unreachable(reason="read_timeout"), "{n}", 13, id="no page"),
    ],
)
def test_a_host_is_left_alone_after_five_connections_or_five_pages(
    desk: Callable[..., Desk], error: FetchError, path: str, asked: int
) -> None:
    """What fails before the request is sent, or the one file that comes before all pages, is the fault of no page."""
    d = desk()

    async def work() -> None:
        for n in range(6):
            await d.fail(*[error] * 3, url=URL + path.format(n=n))

    run(work())
    assert len(d.began_s) == asked


def test_a_page_that_is_gone_shows_that_the_host_is_there(desk: Callable[..., Desk]) -> None:
    d = desk()

    run(d.fail(*[REFUSED] * 4, BadStatus(404), *[REFUSED] * 4))

    assert d.hosts.wait_s(URL) <= 1


def test_an_answer_shows_it_too(desk: Callable[..., Desk]) -> None:
    d = desk()

    async def work() -> None:
        await d.fail(*[REFUSED] * 4)
        await d.ask()
        await d.fail(*[REFUSED] * 4)

    run(work())
    assert d.hosts.wait_s(URL) <= 1


# ---- memory


def test_hosts_are_forgotten_but_not_those_in_use_or_at_rest(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_HOSTS", 3)
    d = desk(delay_s=0)

    async def work() -> None:
        async with d.hosts.turn("https://used.example/"):
            await d.fail(BadStatus(429, retry_after_s=50), url="https://resting.example/")
            for n in range(20):
                await d.ask(f"https://mill{n}.example/")

    run(work())
    assert len(d.hosts._hosts) <= 4
    assert {"https://used.example", "https://resting.example"} <= set(d.hosts._hosts)
    assert d.hosts.wait_s("https://resting.example/") == 50
