"""What is done with a robots.txt, or without one: a web without a network, a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import httpx
import pytest

from newsclean.errors import BadStatus, Disallowed, FetchError, HostUnavailable
from newsclean.fetch import permission as module
from newsclean.fetch.fetcher import AsyncFetcher, fetch
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.robots import MAX_BYTES
from newsclean.model import Page

POLICY = FetchPolicy(delay_s=1, backoff_base_s=0)
URL = "https://mill.example/tides"
ROBOTS = "https://mill.example/robots.txt"
GOOD = "https://good.example/"
DAY_S = 24 * 3600

Result = Page | FetchError
Crawl = Callable[..., Any]


@pytest.fixture
def crawl(web: Any, clock: Any) -> Crawl:
    """Runs a coroutine function that is given a fetch which returns errors instead of raising them.

    Beside what it fetches, three good pages of another host must come; they leave no trace in the web's log.
    """

    def run(work: Callable[[Callable[[str], Awaitable[Result]]], Awaitable[Any]], **policy: Any) -> Any:
        async def session() -> Any:
            fetcher = AsyncFetcher(replace(POLICY, **policy), transport=web, clock=clock, sleep=clock.sleep)

            async def ask(url: str = URL) -> Result:
                try:
                    return await fetcher.fetch(url)
                except FetchError as error:
                    return error

            async with fetcher:
                result, *good_ones = await asyncio.gather(work(ask), *(ask(f"{GOOD}{n}") for n in range(3)))
                assert [getattr(page, "status", page) for page in good_ones] == [200] * 3
                return result

        web.says[f"{GOOD}robots.txt"] = [httpx.Response(404)]
        result = asyncio.run(session())
        web.log[:] = [(time_s, url) for time_s, url in web.log if not url.startswith(GOOD)]
        return result

    return run


@pytest.fixture
def one(crawl: Crawl) -> Callable[..., Any]:
    """Fetches one page, and gives it or its error."""
    return lambda url=URL, **policy: crawl(lambda ask: ask(url), **policy)


def text(body: str | bytes, status: int = 200, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, content=body)


def gai(code: int) -> httpx.ConnectError:
    error = httpx.ConnectError("")
    error.__cause__ = socket.gaierror(code, "no such name")
    return error


DISALLOW = "User-agent: *\nDisallow: /tides"


# ---- rules


def test_a_page_that_is_disallowed_is_never_asked_for(web: Any, one: Callable[..., Any]) -> None:
    web.says[ROBOTS] = [text(DISALLOW)]

    error = one()

    assert isinstance(error, Disallowed)
    assert (error.reason, error.url, error.retry_after_s) == ("robots_disallowed", URL, None)
    assert (web.asked(), error.attempts) == ([], 0)


def test_another_page_of_the_same_site_is(web: Any, one: Callable[..., Any]) -> None:
    web.says[ROBOTS] = [text(DISALLOW)]

    assert one("https://mill.example/weir").status == 200


def test_the_policy_can_ask_nobody(web: Any, one: Callable[..., Any]) -> None:
    web.says[ROBOTS] = [text(DISALLOW)]

    assert one(robots=False).status == 200
    assert web.asked("/robots.txt") == []


@pytest.mark.parametrize(("robots", "asked"), [(True, 1), (False, 0)], ids=["asked", "not asked"])
def test_a_new_host_can_be_prepared_and_then_pauses(web: Any, robots: bool, asked: int) -> None:
    async def prepared() -> float:
        policy = replace(POLICY, robots=robots, delay_s=3)
        async with AsyncFetcher(policy, transport=web, clock=web.clock, sleep=web.clock.sleep) as fetcher:
            await fetcher.prepare_host(URL)
            await fetcher.prepare_host("https://mill.example/weir")
            return fetcher.wait_s(URL)

    assert asyncio.run(prepared()) == 3 * asked
    assert (len(web.asked("/robots.txt")), web.asked()) == (asked, [])


def test_a_person_who_asks_for_one_page_gets_it(web: Any) -> None:
    web.says[ROBOTS] = [text(DISALLOW)]

    assert fetch(URL, transport=web).status == 200


def test_the_rules_for_our_own_name_count(web: Any, one: Callable[..., Any]) -> None:
    web.says[ROBOTS] = [text("User-agent: *\nDisallow: /\nUser-agent: tide-desk\nDisallow: /weir")]

    assert one(robots_agent="tide-desk").status == 200
    assert isinstance(one(), Disallowed)


def test_where_a_redirect_leads_must_be_allowed_there(web: Any, one: Callable[..., Any]) -> None:
    web.says[URL] = [httpx.Response(302, headers={"location": "https://weir.example/tides"})]
    web.says["https://weir.example/robots.txt"] = [text(DISALLOW)]

    error = one()

    assert isinstance(error, Disallowed)
    assert error.url == "https://weir.example/tides"
    assert web.asked("/tides") == [URL]


# ---- no rules


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 304])
def test_without_a_robots_txt_all_is_allowed(web: Any, one: Callable[..., Any], status: int) -> None:
    web.says[ROBOTS] = [text("", status)]

    assert one().status == 200


@pytest.mark.parametrize("body", ["", "<!doctype html><p>User-agent: *</p><p>Disallow: /", "\0\xff"])
def test_a_robots_txt_without_rules_allows_all(web: Any, one: Callable[..., Any], body: str) -> None:
    web.says[ROBOTS] = [text(body)]

    assert one().status == 200


# ---- no answer


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        pytest.param(text("", 500), 3, id="500"),
        pytest.param(text("", 503), 3, id="503"),
        pytest.param(text("", 501), 1, id="501"),
        pytest.param(text("", 429), 3, id="429"),
        pytest.param(httpx.ReadTimeout(""), 3, id="time-out"),
        pytest.param(httpx.RemoteProtocolError(""), 3, id="no HTTP"),
        pytest.param(text(b"plain", content_encoding="zstd"), 2, id="coding"),
    ],
)
def test_a_robots_txt_that_cannot_be_had_disallows_all(
    web: Any, one: Callable[..., Any], says: httpx.Response | Exception, asked: int
) -> None:
    web.says[ROBOTS] = [says]

    error = one()

    assert isinstance(error, HostUnavailable)
    assert (error.reason, error.url, error.retry_after_s) == ("robots_unreachable", URL, 60)
    assert (len(web.asked("/robots.txt")), web.asked()) == (asked, [])


@pytest.mark.parametrize(
    ("raised", "reason", "asked"),
    [
        pytest.param(httpx.ConnectError(""), "connect_error", 3, id="refused"),
        pytest.param(httpx.ConnectTimeout(""), "connect_timeout", 3, id="no connection"),
        pytest.param(gai(socket.EAI_NONAME), "dns_error", 1, id="unknown name"),
        pytest.param(gai(socket.EAI_AGAIN), "resolver_failed", 3, id="busy resolver"),
    ],
)
def test_what_is_wrong_with_the_host_is_told_as_such(
    web: Any, one: Callable[..., Any], raised: Exception, reason: str, asked: int
) -> None:
    web.says["mill.example"] = web.says["/robots.txt"] = [raised]

    error = one()

    assert isinstance(error, HostUnavailable)
    assert (error.reason, len(web.log)) == (reason, asked)
    assert error.retry_after_s == (None if reason == "dns_error" else 60)


def test_it_is_asked_for_again_after_a_while(web: Any, clock: Any, crawl: Crawl) -> None:
    web.says[ROBOTS] = [*[text("", 500)] * 3, text("")]

    async def work(ask: Any) -> list[Result]:
        first, second = await ask(), await ask()
        await clock.sleep(second.retry_after_s)
        return [first, second, await ask()]

    first, second, third = crawl(work)
    assert (first.reason, second.reason, third.status) == ("robots_unreachable", "robots_unreachable", 200)
    assert len(web.asked("/robots.txt")) == 4


def test_it_is_not_asked_for_earlier_than_the_server_says(web: Any, one: Callable[..., Any]) -> None:
    web.says[ROBOTS] = [text("", 503, retry_after="200")]

    error = one()

    assert (error.retry_after_s, len(web.log)) == (200, 1)


# ---- redirects of robots.txt


def redirects(web: Any, *hosts: str) -> None:
    """Let each host's robots.txt redirect to the next one's."""
    for here, there in pairwise(hosts):
        web.says[f"https://{here}.example/robots.txt"] = [
            httpx.Response(301, headers={"location": f"https://{there}.example/robots.txt"})
        ]


def test_rules_from_another_host_are_for_the_one_that_redirected(web: Any, one: Callable[..., Any]) -> None:
    redirects(web, "mill", "a", "b", "c", "d", "e")
    web.says["https://e.example/robots.txt"] = [text(DISALLOW)]

    assert isinstance(one(), Disallowed)
    assert one("https://e.example/weir").status == 200


@pytest.mark.parametrize(
    "location",
    ["https://a.example/robots.txt", "/robots.txt", "ftp://mill.example/robots.txt", "http://[::1"],
    ids=["six", "loop", "scheme", "no URL"],
)
def test_redirects_to_nowhere_are_no_robots_txt(web: Any, one: Callable[..., Any], location: str) -> None:
    redirects(web, "mill", "a", "b", "c", "d", "e", "f")
    web.says["https://f.example/robots.txt"] = [text(DISALLOW)]
    web.says[ROBOTS] = [httpx.Response(302, headers={"location": location})]

    assert one().status == 200


# ---- once


def test_all_who_wait_for_it_wait_for_one_request(web: Any, crawl: Crawl) -> None:
    web.took_s = 5

    async def work(ask: Any) -> list[Result]:
        return await asyncio.gather(*(ask(f"https://mill.example/{n}") for n in range(32)))

    assert {page.status for page in crawl(work, max_per_host=4)} == {200}
    assert web.asked("/robots.txt") == [ROBOTS]


def test_one_that_is_cancelled_takes_it_from_nobody_else(web: Any, clock: Any, crawl: Crawl) -> None:
    web.took_s = 5

    async def work(ask: Any) -> Result:
        first = asyncio.create_task(ask())
        second = asyncio.create_task(ask("https://mill.example/weir"))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert crawl(work).status == 200
    assert web.asked("/robots.txt") == [ROBOTS]


def test_each_origin_has_its_own(web: Any, crawl: Crawl) -> None:
    async def work(ask: Any) -> None:
        for base in (
            "https://mill.example",
            "http://mill.example",
            "https://mill.example:8443",
            "https://mill.example",
        ):
            await ask(f"{base}/weir")

    crawl(work)
    assert len(web.asked("/robots.txt")) == 3


def test_leaving_while_it_is_asked_for_leaves_no_task_behind(web: Any, clock: Any) -> None:
    web.took_s = 1

    async def work() -> set[Any]:
        async with AsyncFetcher(POLICY, transport=web, clock=clock, sleep=clock.sleep) as fetcher:
            task = asyncio.create_task(fetcher.fetch(URL))
            await asyncio.sleep(0)
            task.cancel()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(work()) == set()
    assert web.log == []


@pytest.mark.parametrize(
    ("headers", "kept_s"),
    [
        pytest.param({}, DAY_S, id="a day"),
        pytest.param({"cache_control": "public, max-age=3600"}, 3600, id="as long as it says"),
        pytest.param({"cache_control": "max-age=0"}, 300, id="five minutes at least"),
        pytest.param({"cache_control": "max-age=9999999"}, DAY_S, id="a day at most"),
        pytest.param({"cache_control": "no-store"}, DAY_S, id="nothing said of time"),
    ],
)
def test_it_is_kept_for_a_while(web: Any, clock: Any, crawl: Crawl, headers: dict[str, str], kept_s: float) -> None:
    web.says[ROBOTS] = [text("", **headers)]

    async def work(ask: Any) -> list[int]:
        counts = []
        for pause_s in (0, kept_s - 60, 120):
            await clock.sleep(pause_s)
            await ask()
            counts.append([url for _, url in web.log].count(ROBOTS))
        return counts

    assert crawl(work) == [1, 1, 2]


@pytest.mark.parametrize(
    ("age_s", "reason"), [(2 * DAY_S, "robots_disallowed"), (31 * DAY_S, "robots_unreachable")], ids=["2 days", "31"]
)
def test_an_old_one_counts_when_a_new_one_cannot_be_had(
    web: Any, clock: Any, crawl: Crawl, age_s: float, reason: str
) -> None:
    web.says[ROBOTS] = [text(DISALLOW), text("", 500)]

    async def work(ask: Any) -> Result:
        await ask()
        await clock.sleep(age_s)
        return await ask()

    assert crawl(work).reason == reason


def test_origins_are_forgotten(web: Any, crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ORIGINS", 2)

    async def work(ask: Any) -> None:
        for name in "abbcb":
            await ask(f"https://{name}.example/")
        await ask("https://a.example/")

    crawl(work)
    assert [u[8] for u in web.asked("/robots.txt")] == ["a", "b", "c", "a"]


# ---- what is read of it


def test_what_stands_beyond_the_limit_does_not_count(web: Any, crawl: Crawl) -> None:
    filler = "# water\n" * (MAX_BYTES // 8)
    web.says[ROBOTS] = [text(f"User-agent: *\nDisallow: /tides\n{filler}Disallow: /weir\n" * 2)]

    async def work(ask: Any) -> list[Result]:
        return [await ask(), await ask("https://mill.example/weir")]

    first, second = crawl(work)
    assert isinstance(first, Disallowed)
    assert second.status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + DISALLOW.encode(),
        DISALLOW.replace("\n", "\r").encode(),
        b"\0" + DISALLOW.encode() + b"\0",
        b"# m\xfchle\n" + DISALLOW.encode(),
    ],
    ids=["BOM", "CR", "NUL", "Latin-1"],
)
def test_rules_are_obeyed_however_they_are_encoded(web: Any, one: Callable[..., Any], body: bytes) -> None:
    web.says[ROBOTS] = [text(body)]

    assert isinstance(one(), Disallowed)


# ---- delays


def test_a_crawl_delay_is_kept_from_the_robots_txt_on(web: Any, crawl: Crawl) -> None:
    web.says[ROBOTS] = [text("User-agent: *\nCrawl-delay: 2")]

    async def work(ask: Any) -> None:
        await asyncio.gather(*(ask(f"https://mill.example/{n}") for n in range(3)))

    crawl(work)
    assert web.times_s() == [0, 2, 4, 6]


@pytest.mark.parametrize(("delay_s", "ok"), [(60, True), (61, False), (3600, False)])
def test_a_crawl_delay_over_the_cap_is_not_waited_for(
    web: Any, one: Callable[..., Any], delay_s: int, ok: bool
) -> None:
    web.says[ROBOTS] = [text(f"User-agent: *\nCrawl-delay: {delay_s}")]

    result = one(crawl_delay_cap_s=60)

    assert (result.status == 200) if ok else (result.reason == "robots_delay_too_long")
    assert isinstance(result, Page if ok else Disallowed)


# ---- the host, as fetching pages shows it


def test_a_page_that_asks_for_rest_is_asked_again_after_it(web: Any, one: Callable[..., Any]) -> None:
    web.says[URL] = [text("", 429, retry_after="7"), httpx.Response(200, headers={"content-type": "text/html"})]

    assert one(robots=False).status == 200
    assert web.times_s() == [0, 7]


@pytest.mark.parametrize(
    ("value", "gap_s"),
    [("junk", 1), ("-1", 1), ("0", 1), ("1e1", 10), ("Thu, 01 Jan 1970 00:00:00 GMT", 1)],
)
def test_rest_is_read_in_all_its_forms(web: Any, one: Callable[..., Any], value: str, gap_s: float) -> None:
    web.says[URL] = [text("", 503, retry_after=value), httpx.Response(200, headers={"content-type": "text/html"})]

    assert one(robots=False).status == 200
    assert web.times_s() == [0, gap_s]


def test_rest_for_longer_than_an_attempt_is_left_to_the_caller(web: Any, one: Callable[..., Any]) -> None:
    web.says[URL] = [text("", 503, retry_after="1e9")]

    error = one(robots=False)

    assert isinstance(error, BadStatus)
    assert (error.retry_after_s, len(web.log)) == (1e9, 1)


def test_a_dead_host_is_asked_a_few_times_whatever_the_number_of_its_pages(web: Any, crawl: Crawl) -> None:
    web.says["dead.example"] = [httpx.ConnectError("refused")]
    web.says["https://dead.example/robots.txt"] = [httpx.ConnectError("refused")]

    async def work(ask: Any) -> list[Result]:
        dead = (ask(f"https://dead.example/{n}") for n in range(1000))
        live = (ask(f"https://mill.example/{n}") for n in range(20))
        return await asyncio.gather(*dead, *live)

    results = crawl(work)
    assert [r.status for r in results[1000:]] == [200] * 20
    assert {r.reason for r in results[:1000]} == {"connect_error"}
    assert len(web.times_s("dead")) == 3


def test_a_host_that_dies_on_the_way_is_left_alone(web: Any, crawl: Crawl) -> None:
    web.says["dead.example"] = [httpx.ConnectError("refused")]

    async def work(ask: Any) -> list[Result]:
        return await asyncio.gather(*(ask(f"https://dead.example/{n}") for n in range(1000)))

    assert {r.reason for r in crawl(work)} == {"host_unavailable"}
    assert len(web.asked()) == 5


def test_who_asks_first_knows_how_long_a_host_is_to_be_left_alone(web: Any, clock: Any) -> None:
    async def work() -> list[float]:
        async with AsyncFetcher(POLICY, transport=web, clock=clock, sleep=clock.sleep) as fetcher:
            before = fetcher.wait_s("HTTPS://Mill.Example/weir")
            await fetcher.fetch(URL)
            return [before, fetcher.wait_s("HTTPS://Mill.Example/weir"), fetcher.wait_s("https://weir.example/")]

    assert asyncio.run(work()) == [0, 1, 0]
