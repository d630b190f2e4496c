"""Hosts that must wait hold nobody up, and what a server puts off is fetched later: by a clock that is ours.

The fetcher is the real one over a web without a network, unless a test says otherwise.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from heapq import heapify, heappush
from itertools import count, pairwise
from math import inf
from queue import Empty, SimpleQueue
from time import process_time, sleep

import httpx
import pytest

from newsclean.batch.fetched import LONGEST_WAIT_S
from newsclean.batch.fetching import Fetching
from newsclean.errors import BadStatus, HostUnavailable
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Page

POLICY = FetchPolicy(backoff_base_s=0, patience_s=0)
HTML = {"content-type": "text/html"}
MILL = "https://mill.example/story"
WEIR = "https://weir.example/story"

Says = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]
Get = Callable[[str], Awaitable[Page]]


class Clock:
    """Seconds that pass when all have gone as far as they can: up to the moment that the first sleeper waits for.

    Attributes:
        fetching: whose caller is among those all.
    """

    def __init__(self) -> None:
        self.fetching: Fetching | None = None
        self.now_s = 1000.0
        self.sleepers: list[tuple[float, int]] = []
        self.numbers = count()

    def __call__(self) -> float:
        """Tell the time."""
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        """Return when the time has come."""
        me = (self.now_s + seconds, next(self.numbers))
        heappush(self.sleepers, me)
        try:
            while self.now_s < me[0]:
                await self.calm()
                if self.sleepers[0] == me:
                    self.now_s = max(self.now_s, me[0])
        finally:
            self.sleepers.remove(me)
            heapify(self.sleepers)

    async def calm(self) -> None:
        """Let all others go on, until the caller has nothing more to take either."""
        calm = 0
        while calm < 40:
            await asyncio.sleep(0)
            calm += 1
            if self.fetching:
                with self.fetching._lock:
                    if self.fetching._held > self.fetching._running:
                        calm = 0


@dataclass
class Web(httpx.AsyncBaseTransport):
    """Hosts without robots.txt that answer everything else with a page.

    Attributes:
        clock: gives the time.
        says: URL or host -> its answers in turn, the last one for ever.
        took_s: how long an answer takes.
        log: when which URL was asked for.
        most: how many requests were under way at once, by host.
    """

    clock: Clock
    says: dict[str, list[Says]] = field(default_factory=dict)
    took_s: float = 0.0
    log: list[tuple[float, str]] = field(default_factory=list)
    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer for this URL or its host."""
        url, host = str(request.url), request.url.host
        self.log.append((self.clock(), url))
        self.now[host] += 1
        self.most[host] = max(self.most[host], self.now[host])
        await (self.clock.sleep(self.took_s) if self.took_s else asyncio.sleep(0))
        self.now[host] -= 1
        answers = self.says.get(url) or self.says.get(host)
        if answers is None:
            is_robots = url.endswith("/robots.txt")
            return httpx.Response(404) if is_robots else httpx.Response(200, headers=HTML, content=b"<p>Rain.</p>")
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def times_s(self, host: str) -> list[float]:
        """When a host was asked for pages."""
        return [t for t, u in self.log if f"//{host}/" in u and not u.endswith("/robots.txt")]

    def asked(self, host: str, path: str | None = None) -> int:
        """How often a host was asked, for anything or for a path."""
        return sum(f"//{host}{path or '/'}" in u for _, u in self.log)


@dataclass
class Run:
    """What a run came to.

    Attributes:
        results: a page's URL or an error's reason, by the URL that was given.
        order: the URLs as they were handed over.
        took_s: by the clock.
    """

    results: dict[str, str]
    order: list[str]
    took_s: float


def fetch_all(
    urls: Iterable[str], web: Web, policy: FetchPolicy = POLICY, *, get: Get | None = None, at_once: int = 8
) -> Run:
    """Fetch all URLs, by `get` or over the web, beginning when all are there."""
    urls, began_s, all_there = list(urls), web.clock(), threading.Event()

    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        await asyncio.to_thread(all_there.wait)
        async with (
            asyncio.timeout(30),  # instead of a hang
            AsyncFetcher(policy, transport=web, clock=web.clock, sleep=web.clock.sleep) as fetcher,
        ):
            yield get or fetcher.fetch

    def short(result: Page | Exception) -> str:
        return "page" if isinstance(result, Page) else getattr(result, "reason", repr(result))

    run = Run({}, [], 0.0)
    with Fetching(
        session(), at_once, policy.max_per_host, policy=policy, clock=web.clock, sleep=web.clock.sleep
    ) as fetching:
        web.clock.fetching = fetching
        for ticket, url in enumerate(urls):
            fetching.start(ticket, url)
        all_there.set()
        while fetched := fetching.next(wait=True):
            run.results[urls[fetched.errand.ticket]] = short(fetched.result)
            run.order.append(urls[fetched.errand.ticket])
    run.took_s = web.clock() - began_s
    return run


@pytest.fixture
def web() -> Web:
    return Web(Clock())


def of_host(host: str, how_many: int) -> list[str]:
    return [f"https://{host}.example/{n}" for n in range(how_many)]


def gaps_s(times_s: list[float]) -> list[float]:
    return [b - a for a, b in pairwise(times_s)]


def status(code: int, **headers: str) -> httpx.Response:
    return httpx.Response(code, headers={k.replace("_", "-"): v for k, v in headers.items()})


# ---- turns


def test_three_hosts_take_the_time_of_one_and_each_is_asked_for_one_page_at_a_time(web: Web) -> None:
    web.took_s = 0.1
    run = fetch_all([u for n in range(30) for u in (of_host(h, 30)[n] for h in ("mill", "weir", "lock"))], web)

    assert Counter(run.results.values()) == {"page": 90}
    assert set(web.most.values()) == {1}
    for host in ("mill", "weir", "lock"):
        assert min(gaps_s(web.times_s(f"{host}.example"))) >= 0.95 * POLICY.delay_s
    assert run.took_s < 1.1 * 31 * (POLICY.delay_s + web.took_s)  # 31: the robots.txt


def test_a_host_that_must_wait_holds_no_worker(web: Web) -> None:
    """One worker, and all pages of the quick host come between two of the one that asks for a minute."""
    web.says["https://mill.example/robots.txt"] = [httpx.Response(200, text="User-agent: *\nCrawl-delay: 60")]
    run = fetch_all([*of_host("mill", 3), *of_host("weir", 20)], web, at_once=1)

    assert set(run.results.values()) == {"page"}
    assert run.order[-2:] == of_host("mill", 3)[-2:]
    assert gaps_s(web.times_s("weir.example"))[1:] == pytest.approx([1.0] * 18, abs=0.01)


def test_more_hosts_than_workers_are_all_served_at_their_own_pace(web: Web) -> None:
    run = fetch_all([u for h in range(20) for u in of_host(f"h{h}", 5)], web, at_once=2)

    assert Counter(run.results.values()) == {"page": 100}
    assert run.took_s < 60  # 20 hosts one after the other would take 100


def test_a_host_may_be_given_several_places(web: Web) -> None:
    web.took_s = 1.0
    policy = replace(POLICY, max_per_host=3, delay_s=0)
    fetch_all(of_host("mill", 12), web, policy)
    assert web.most["mill.example"] == 3


def test_cold_hosts_are_asked_for_one_robots_txt_each_whatever_the_number_of_workers(web: Web) -> None:
    """Row 48."""
    policy = replace(POLICY, max_per_host=4, delay_s=0)
    fetch_all([u for h in range(4) for u in of_host(f"h{h}", 8)], web, policy, at_once=32)
    assert [web.asked(f"h{h}.example", "/robots.txt") for h in range(4)] == [1] * 4


def test_the_pause_after_a_robots_txt_holds_no_worker(web: Web) -> None:
    web.took_s = 0.1
    colds = [f"https://cold{n}.example/" for n in range(80)]
    run = fetch_all([*of_host("mill", 5), *colds], web, at_once=8)

    assert Counter(run.results.values()) == {"page": 85}
    assert all(web.asked(f"cold{n}.example", "/robots.txt") == 1 for n in range(80))
    assert max(web.times_s("mill.example")) - 1000 < 10
    assert run.took_s < 12  # 4.5 s for 170 requests and 5 for the pauses of one host; 16 if a worker waited at each


def test_a_pause_longer_than_a_robots_txt_is_kept_ends(web: Web) -> None:
    web.says["https://mill.example/robots.txt"] = [httpx.Response(200, headers={"cache-control": "max-age=0"})]
    run = fetch_all(of_host("mill", 2), web, replace(POLICY, delay_s=400))

    assert set(run.results.values()) == {"page"}
    assert web.asked("mill", "/robots.txt") <= 4


@pytest.mark.parametrize(
    ("crawl_delay", "result", "pages"), [("2", "page", 4), ("3600", "robots_delay_too_long", 0)], ids=["2", "3600"]
)
def test_a_crawl_delay_is_kept_or_the_host_is_left(web: Web, crawl_delay: str, result: str, pages: int) -> None:
    """Row 49."""
    web.says["https://mill.example/robots.txt"] = [
        httpx.Response(200, text=f"User-agent: *\nCrawl-delay: {crawl_delay}")
    ]
    run = fetch_all([*of_host("mill", 4), WEIR], web)

    times_s = web.times_s("mill.example")
    assert Counter(run.results.values()) == Counter([*[result] * 4, "page"])
    assert len(times_s) == pages
    assert all(gap >= 0.95 * 2 for gap in gaps_s(times_s))


# ---- what is put off


def test_a_host_that_asks_for_rest_gets_it_and_others_go_ahead(web: Web) -> None:
    """Row 37, longer: with one worker."""
    web.says[MILL] = [status(429, retry_after="30"), httpx.Response(200, headers=HTML, content=b"<p>Rain.</p>")]
    run = fetch_all([MILL, *of_host("mill", 2), *of_host("weir", 10)], web, at_once=1)

    assert set(run.results.values()) == {"page"}
    assert run.order[-3:] == [*of_host("mill", 2), MILL]  # it goes to the end of its host's queue
    assert gaps_s(web.times_s("mill.example"))[0] >= 30
    assert web.times_s("weir.example")[-1] < web.times_s("mill.example")[1]


@pytest.mark.parametrize(
    ("says", "least_s", "most_s"),
    [("2", 2, 3.1), ("soon", 0, 2), ("1000000000", 300, 302), ("-1", 0, 2), ("Wed, 04 Mar 2020 10:00:30 GMT", 0, 2)],
    ids=["seconds", "junk", "too-long", "negative", "past-date"],
)
def test_retry_after_is_read_in_all_its_forms(web: Web, says: str, least_s: float, most_s: float) -> None:
    """Rows 37 and 38."""
    web.says[MILL] = [status(503, retry_after=says), httpx.Response(200, headers=HTML, content=b"<p>Rain.</p>")]
    run = fetch_all([MILL, WEIR], web)

    assert set(run.results.values()) == {"page"}
    assert least_s <= gaps_s(web.times_s("mill.example"))[0] <= most_s


def test_a_page_that_always_asks_for_rest_fails_after_as_many_attempts_as_the_policy_has(web: Web) -> None:
    web.says[MILL] = [status(503, retry_after="20")]
    run = fetch_all([MILL, *of_host("mill", 2)], web)

    assert run.results == {MILL: "http_5xx", **dict.fromkeys(of_host("mill", 2), "page")}
    assert web.asked("mill.example", "/story") == POLICY.attempts


def test_a_server_that_fails_twice_gives_its_page_at_the_third_attempt(web: Web) -> None:
    """Row 39."""
    web.says[MILL] = [status(500), status(502), httpx.Response(200, headers=HTML, content=b"<p>Rain.</p>")]
    run = fetch_all([MILL, WEIR], web)

    assert set(run.results.values()) == {"page"}
    assert web.asked("mill.example", "/story") == 3


@pytest.mark.parametrize("code", [404, 410, 403, 451])
def test_a_refusal_is_final_whatever_it_says_of_later(web: Web, code: int) -> None:
    """Row 40."""
    web.says[MILL] = [status(code, retry_after="5")]
    run = fetch_all([MILL, WEIR], web)

    assert run.results == {MILL: "http_410" if code == 410 else "http_4xx", WEIR: "page"}
    assert web.asked("mill.example", "/story") == 1


def test_only_the_page_waits_for_the_host_that_it_is_redirected_to(web: Web) -> None:
    async def get(url: str) -> Page:
        times[url].append(web.clock())
        if url == MILL and len(times[url]) == 1:
            raise HostUnavailable(url=WEIR, retry_after_s=50)
        if "lock" in url and len(times[url]) == 1:
            raise BadStatus(503, url=url, retry_after_s=99)  # something to do until then
        return Page(url, url, b"")

    times: defaultdict[str, list[float]] = defaultdict(list)
    mills = of_host("mill", 2)
    run = fetch_all([MILL, *mills, "https://lock.example/"], web, get=get)

    assert run.order == [*mills, MILL, "https://lock.example/"]
    assert gaps_s(times[MILL]) == pytest.approx([50])
    assert times[mills[1]] == [1000.0]


# ---- hosts that fail


def test_a_dead_host_with_a_thousand_urls_costs_a_few_connects_and_its_neighbour_nothing(web: Web) -> None:
    """Row 41."""
    web.says["dead.example"] = [httpx.ConnectError("refused")]
    urls = [u for pair in zip(of_host("dead", 1000), of_host("mill", 1000), strict=True) for u in pair]
    run = fetch_all(urls, web, at_once=4)

    reasons = Counter(run.results[u] for u in of_host("dead", 1000))
    assert web.asked("dead.example") <= 20
    assert reasons.keys() <= {"connect_error", "host_unavailable"}
    assert max(gaps_s(web.times_s("mill.example"))) <= 1.01 * POLICY.delay_s
    assert len(web.times_s("mill.example")) == 1000


def test_a_host_that_is_given_up_for_good_fails_all_its_urls_at_once(web: Web) -> None:
    web.says["dead.example"] = [httpx.ConnectError("unknown")]
    web.says["dead.example"][0].__cause__ = OSError(-2, "Name or service not known")
    asked = []

    async def get(url: str) -> Page:
        asked.append(url)
        raise HostUnavailable(reason="dns_error", url=url)

    get.wait_s = lambda url: inf  # type: ignore[attr-defined]
    run = fetch_all(of_host("dead", 50), web, get=get)

    assert set(run.results.values()) == {"dns_error"}
    assert run.took_s == 0


@pytest.mark.parametrize("robots", [status(500), httpx.ConnectError("refused")], ids=["500", "refused"])
def test_a_list_does_not_end_minutes_later_for_a_host_that_never_answered(web: Web, robots: Says) -> None:
    """Rows 41 and 44."""
    web.says["https://dead.example/robots.txt"] = [robots]
    run = fetch_all([*of_host("dead", 20), *of_host("mill", 5)], web)

    reason = "robots_unreachable" if isinstance(robots, httpx.Response) else "connect_error"
    assert Counter(run.results.values()) == {reason: 20, "page": 5}
    assert web.asked("dead.example") == POLICY.attempts
    assert run.took_s < 10


def test_while_there_is_something_else_to_do_it_is_tried_again(web: Web) -> None:
    web.says["https://ill.example/robots.txt"] = [status(500), status(500), status(500), status(404)]
    run = fetch_all([*of_host("ill", 2), *of_host("mill", 90)], web)

    assert set(run.results.values()) == {"page"}


def test_a_host_that_has_answered_is_waited_for_though_nothing_else_is_left(web: Web) -> None:
    """Its server restarts, which takes a minute."""
    restarts_s = web.clock() + 5.5

    def answer(request: httpx.Request) -> httpx.Response:
        if restarts_s < web.clock() < restarts_s + 60:
            raise httpx.ConnectError("refused")
        return status(404) if request.url.path == "/robots.txt" else httpx.Response(200, headers=HTML, content=b"<p>")

    web.says["mill.example"] = [answer]
    run = fetch_all(of_host("mill", 20), web)

    assert Counter(run.results.values()) == {"page": 19, "connect_error": 1}  # the one that opened the breaker


@pytest.mark.parametrize(
    "which", [range(12), [*range(6), *range(66, 72)], range(0, 72, 2)], ids=["first", "edges", "half"]
)
@pytest.mark.parametrize("says", [httpx.ReadTimeout(""), status(500), status(502)], ids=["silent", "500", "502"])
def test_faulty_pages_cost_a_host_none_of_its_good_ones(web: Web, which: Iterable[int], says: Says) -> None:
    urls = of_host("mill", 72)
    bad = {urls[n] for n in which}
    web.says.update((url, [says]) for url in bad)
    run = fetch_all(urls, web)

    assert [url for url in urls if url not in bad and run.results[url] != "page"] == []


def test_a_host_whose_pages_all_fail_is_left_alone(web: Web) -> None:
    """Four pages at three attempts, the fifth that opens the breaker, and two on trial, beside its robots.txt."""
    web.says["mill.example"] = [status(404), status(503)]
    run = fetch_all([*of_host("mill", 1000), *of_host("weir", 50)], web)

    assert web.asked("mill.example") == 1 + 4 * 3 + 1 + 2
    assert [run.results[url] for url in of_host("weir", 50)] == ["page"] * 50


def test_a_host_whose_pages_failed_at_first_is_waited_for(web: Web) -> None:
    """It has given its robots.txt; five pages have opened the breaker."""
    for url in of_host("mill", 5):
        web.says[url] = [httpx.ReadTimeout("")]
    run = fetch_all([*of_host("mill", 5), MILL], web, replace(POLICY, attempts=1, breaker_failures=2))

    assert run.results[MILL] == "page"


def test_a_wait_that_is_longer_than_a_run_should_take_fails_at_once(web: Web) -> None:
    policy = replace(POLICY, retry_after_cap_s=2 * LONGEST_WAIT_S)
    web.says[MILL] = [status(503, retry_after="1800")]
    run = fetch_all([MILL, *of_host("mill", 3), WEIR], web, policy)

    assert run.results == {MILL: "http_5xx", **dict.fromkeys(of_host("mill", 3), "host_unavailable"), WEIR: "page"}
    assert web.asked("mill.example") == 2
    assert run.took_s < 10


# ---- threads


def test_no_more_results_are_kept_than_twice_the_number_of_workers() -> None:
    begun = []

    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        async def get(url: str) -> Page:
            begun.append(url)
            return Page(url, url, b"")

        yield get

    with Fetching(session(), at_once=2, per_host=9) as fetching:
        for n in range(50):
            fetching.start(n, f"https://h{n}.example/")
        until(lambda: len(begun) == 4)
        sleep(0.05)  # time for one too many
        assert len(begun) == 4
        fetching.next(wait=True)
        until(lambda: len(begun) == 5)
        assert fetching.pending == 49


def test_once_it_is_held_only_what_was_begun_comes() -> None:
    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        async def get(url: str) -> Page:
            begun.append(url)
            await asyncio.to_thread(go_on.wait)
            raise BadStatus(503, url=url, retry_after_s=1)

        yield get

    begun, go_on, bell = [], threading.Event(), SimpleQueue[None]()
    with Fetching(session(), at_once=2, per_host=1, ready=lambda: bell.put(None)) as fetching:
        for n in range(6):
            fetching.start(n, f"https://h{n}.example/")
        until(lambda: len(begun) == 2)
        fetching.hold()
        go_on.set()
        assert fetching.pending == 2
        for _ in begun:
            bell.get(timeout=5)
            assert fetching.next(wait=False)
        assert (fetching.next(wait=True), len(begun)) == (None, 2)


def test_a_caller_with_something_else_to_wait_for_can_say_that_it_waits() -> None:
    """The host fails and has never answered, so nobody waits for it any more."""

    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        async def get(url: str) -> Page:
            raise HostUnavailable(url=url, retry_after_s=600)

        yield get

    bell = SimpleQueue[None]()
    with Fetching(session(), at_once=2, per_host=1, ready=lambda: bell.put(None)) as fetching:
        fetching.start(0, MILL)
        with pytest.raises(Empty):
            bell.get(timeout=0.1)
        with fetching.waiting():
            bell.get(timeout=5)
        assert fetching.next(wait=False)


def test_while_all_hosts_rest_nothing_runs() -> None:
    """Real time: a thread that looks again and again would take all of it."""

    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        async def get(url: str) -> Page:
            if url == MILL and not asked:
                asked.append(url)
                raise BadStatus(503, url=url, retry_after_s=0.8)
            return Page(url, url, b"")

        yield get

    asked: list[str] = []
    with Fetching(session(), at_once=2, per_host=1) as fetching:
        fetching.start(0, MILL)
        for n in range(1, 1000):
            fetching.start(n, f"{MILL}/{n}")
        until(lambda: bool(asked))
        began_s = process_time()
        sleep(0.5)
        assert process_time() - began_s < 0.1
        assert fetching.out == 0
        assert fetching.next(wait=True)


def test_what_ends_the_session_reaches_whoever_waits_as_often_as_he_asks() -> None:
    @asynccontextmanager
    async def session() -> AsyncIterator[Get]:
        await asyncio.to_thread(started.wait)
        raise OSError("no sockets left")
        yield

    started = threading.Event()
    with Fetching(session(), at_once=2, per_host=1) as fetching:
        fetching.start(0, MILL)
        started.set()
        for _ in range(2):
            with pytest.raises(OSError, match="no sockets"):
                fetching.next(wait=True)


def until(done: Callable[[], bool]) -> None:
    for _ in range(5_000):
        if done():
            return
        sleep(0.001)
    raise AssertionError("it did not come to that")
