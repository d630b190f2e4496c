"""Attempts, redirects, turns and errors of the fetcher, over a transport without a network."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from newsclean.errors import BadBody, BadRedirect, BadStatus, BadUrl, FetchError, Unreachable
from newsclean.fetch import exchange
from newsclean.fetch.fetcher import AsyncFetcher, fetch
from newsclean.fetch.policy import FetchPolicy

AT_ONCE = FetchPolicy(robots=False, delay_s=0, backoff_base_s=0, retry_after_cap_s=0)
HTML = {"content-type": "text/html; charset=utf-8"}
URL = "http://news.example/story"


class Untouchable(httpx.AsyncByteStream):
    """A body that nobody may read."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""  # makes it a generator


class Script(httpx.AsyncBaseTransport):
    """Gives its answers in turn, the last one for ever; raises those that are errors."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = answers
        self.requests: list[httpx.Request] = []
        self.times_s: list[float] = []
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer."""
        self.times_s.append(time.monotonic())
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True

    @property
    def urls(self) -> list[str]:
        """What was asked for, in order."""
        return [str(r.url) for r in self.requests]


def page(text: str = "<p>Rain is expected.</p>") -> httpx.Response:
    return httpx.Response(200, headers=HTML, content=text.encode())


def redirect(location: str, status: int = 302) -> httpx.Response:
    return httpx.Response(status, headers={"location": location}, stream=Untouchable())


def answer(status: int, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=Untouchable())


def connect_error(cause: Exception) -> httpx.ConnectError:
    error = httpx.ConnectError("no connection")
    error.__cause__ = cause
    return error


def failure(transport: httpx.AsyncBaseTransport, policy: FetchPolicy = AT_ONCE, url: str = URL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, policy=policy, transport=transport)
    return caught.value


# ---- the page


def test_a_page_tells_how_it_came() -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    got = fetch("HTTP://News.Example/story#top", transport=Script(page("<p>Täglich</p>")))

    assert (got.url, got.final_url, got.redirects) == ("HTTP://News.Example/story#top", URL, ())
    assert (got.html, got.status, got.content_type) == ("<p>Täglich</p>".encode(), 200, "text/html; charset=utf-8")
    assert before <= datetime.fromisoformat(got.fetched_at) <= datetime.now(UTC)


def test_a_request_says_who_asks_and_what_can_be_read() -> None:
    script = Script(page())

    fetch(URL, policy=replace(AT_ONCE, user_agent="desk-bot (desk@news.example)"), transport=script)

    sent = script.requests[0].headers
    assert sent["user-agent"] == "desk-bot (desk@news.example)"
    assert sent["accept-encoding"] == "gzip, br, deflate"
    assert sent["host"] == "news.example"


def test_the_timeouts_of_the_policy_reach_the_transport() -> None:
    script = Script(page())

    fetch(URL, policy=replace(AT_ONCE, connect_timeout_s=1, read_timeout_s=2, write_timeout_s=3), transport=script)

    assert script.requests[0].extensions["timeout"] == {"connect": 1, "read": 2, "write": 3, "pool": None}


def test_cookies_are_not_sent_back() -> None:
    first = httpx.Response(200, headers={**HTML, "set-cookie": "seen=1"}, content=b"<p>")
    script = Script(first, page())

    async def twice() -> None:
        async with AsyncFetcher(AT_ONCE, transport=script) as fetcher:
            await fetcher.fetch(URL)
            await fetcher.fetch(URL)

    asyncio.run(twice())
    assert "cookie" not in script.requests[1].headers


# ---- attempts


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_a_refusal_is_final(status: int) -> None:
    script = Script(answer(status))

    error = failure(script)

    assert isinstance(error, BadStatus)
    assert (error.status, error.url, len(script.requests)) == (status, URL, 1)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_a_passing_failure_is_asked_three_times(status: int) -> None:
    script = Script(answer(status))

    error = failure(script)

    assert isinstance(error, BadStatus)
    assert len(script.requests) == 3


def test_the_third_attempt_can_succeed() -> None:
    assert fetch(URL, policy=AT_ONCE, transport=Script(answer(500), httpx.ReadError(""), page())).status == 200


def test_the_policy_says_how_many_attempts() -> None:
    script = Script(answer(503))

    failure(script, replace(AT_ONCE, attempts=1))

    assert len(script.requests) == 1


def test_attempts_are_spread_by_random_waits() -> None:
    """Eleven waits of 0 to 20 ms; that they stay below 20 ms in all has a chance of one in 40 million."""
    script = Script(answer(503))

    failure(script, replace(AT_ONCE, attempts=12, breaker_failures=99, backoff_base_s=0.02, backoff_cap_s=0.02))

    waits_s = [b - a for a, b in zip(script.times_s, script.times_s[1:], strict=False)]
    assert sum(waits_s) > 0.02
    assert max(waits_s) < 1  # doubled without the cap, the last would be 0 to 20 s


def test_the_server_says_how_long_to_wait_up_to_the_cap() -> None:
    script = Script(answer(429, retry_after="3"), page())

    fetch(URL, policy=replace(AT_ONCE, retry_after_cap_s=0.05), transport=script)

    assert 0.05 <= script.times_s[1] - script.times_s[0] < 2


def test_a_server_that_asks_for_more_time_than_our_patience_is_not_waited_for() -> None:
    script = Script(answer(429, retry_after="70"), page())

    error = failure(script, replace(AT_ONCE, patience_s=60, retry_after_cap_s=300))

    assert isinstance(error, BadStatus)
    assert (error.retry_after_s, len(script.requests)) == (70, 1)


def test_the_last_error_tells_what_the_server_asked() -> None:
    error = failure(Script(answer(429, retry_after="3")))

    assert isinstance(error, BadStatus)
    assert (error.reason, error.retry_after_s) == ("http_429", 3)


@pytest.mark.parametrize(
    ("raised", "reason", "requests"),
    [
        pytest.param(httpx.ConnectTimeout(""), "connect_timeout", 3, id="connect timeout"),
        pytest.param(httpx.ReadTimeout(""), "read_timeout", 3, id="read timeout"),
        pytest.param(httpx.WriteTimeout(""), "read_timeout", 3, id="write timeout"),
        pytest.param(httpx.RemoteProtocolError(""), "protocol_error", 3, id="not HTTP"),
        pytest.param(httpx.ReadError(""), "connect_error", 3, id="reset"),
        pytest.param(connect_error(ConnectionRefusedError()), "connect_error", 3, id="refused"),
        pytest.param(connect_error(socket.gaierror(socket.EAI_NONAME, "")), "dns_error", 1, id="unknown host"),
        pytest.param(connect_error(socket.gaierror(socket.EAI_AGAIN, "")), "resolver_failed", 3, id="resolver busy"),
        pytest.param(connect_error(ssl.SSLCertVerificationError("expired")), "tls_error", 1, id="certificate"),
    ],
)
def test_a_host_that_is_not_reached_says_why(raised: Exception, reason: str, requests: int) -> None:
    script = Script(raised)

    error = failure(script)

    assert isinstance(error, Unreachable)
    assert (error.reason, error.url, len(script.requests)) == (reason, URL, requests)


@pytest.mark.parametrize(
    "raised", [ExceptionGroup("port", [OverflowError()]), httpx.StreamClosed(), UnicodeError("idna"), KeyError("x")]
)
def test_a_strange_exception_comes_out_typed(raised: Exception) -> None:
    error = failure(Script(raised))

    assert (error.reason, error.url, error.__cause__) == ("internal_error", URL, raised)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("ftp://news.example/", "scheme_blocked", id="ftp"),
        pytest.param("no url", "invalid_url", id="words"),
        pytest.param("http://xn--a.example/", "invalid_url", id="broken IDNA"),
        pytest.param("http://news.example/a\x00b", "invalid_url", id="NUL"),
        pytest.param("http://news.example/" + "a" * 70_000, "invalid_url", id="70 KB"),
    ],
)
def test_a_bad_url_is_never_asked_for(url: str, reason: str) -> None:
    script = Script(page())

    error = failure(script, url=url)

    assert isinstance(error, BadUrl)
    assert (error.reason, error.url, script.requests) == (reason, url, [])


def test_the_policy_can_refuse_plain_http() -> None:
    assert failure(Script(page()), replace(AT_ONCE, schemes=frozenset({"https"}))).reason == "scheme_blocked"


def test_a_redirect_from_https_to_http_is_followed_unless_the_policy_forbids_it() -> None:
    assert fetch("https://news.example/", policy=AT_ONCE, transport=Script(redirect(URL), page())).final_url == URL

    policy = replace(AT_ONCE, schemes=frozenset({"https"}))
    with pytest.raises(BadRedirect) as caught:
        fetch("https://news.example/", policy=policy, transport=Script(redirect(URL), page()))
    assert caught.value.reason == "scheme_blocked"


# ---- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_without_its_body(status: int) -> None:
    script = Script(redirect("/moved?a=1#part", status), redirect("//www.news.example"), page())

    got = fetch(URL, transport=script)

    assert got.redirects == ("http://news.example/moved?a=1",)
    assert got.final_url == script.urls[-1] == "http://www.news.example/"


def test_a_loop_is_left_when_it_closes() -> None:
    script = Script(redirect("/other"), redirect("/story"))

    error = failure(script)

    assert isinstance(error, BadRedirect)
    assert (error.reason, len(script.requests)) == ("redirect_loop", 2)


def test_redirects_end_at_the_cap() -> None:
    script = Script(*(redirect(f"/{n}") for n in range(9)))

    error = failure(script, replace(AT_ONCE, max_redirects=5))

    assert isinstance(error, BadRedirect)
    assert (error.reason, len(script.requests)) == ("too_many_redirects", 6)


def test_as_many_redirects_as_allowed_are_followed() -> None:
    script = Script(*(redirect(f"/{n}") for n in range(5)), page())

    assert fetch(URL, policy=replace(AT_ONCE, max_redirects=5), transport=script).final_url == "http://news.example/4"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        pytest.param("file:///etc/hostname", "scheme_blocked", id="file"),
        pytest.param("javascript:void(0)", "scheme_blocked", id="javascript"),
        pytest.param("http://[::1", "redirect_invalid", id="open bracket"),
        pytest.param("http://news.example:99999/", "redirect_invalid", id="port"),
        pytest.param("http://xn--a.example/", "redirect_invalid", id="broken IDNA"),
        pytest.param("//", "redirect_loop", id="only slashes lead back"),
    ],
)
def test_a_redirect_to_nowhere_says_why(location: str, reason: str) -> None:
    script = Script(redirect(location))

    error = failure(script)

    assert isinstance(error, BadRedirect)
    assert (error.reason, error.url, len(script.requests)) == (reason, URL, 1)


@pytest.mark.parametrize("status", [302, 304])
def test_a_redirect_without_a_target_is_a_bad_status(status: int) -> None:
    error = failure(Script(answer(status)))

    assert isinstance(error, BadStatus)
    assert error.reason == "http_3xx"


# ---- bodies


@pytest.mark.parametrize(
    ("headers", "reason", "requests"),
    [
        pytest.param({"content-type": "application/pdf"}, "not_html", 1, id="PDF"),
        pytest.param({**HTML, "content-length": "9" * 15}, "too_large", 1, id="announced length"),
        pytest.param({**HTML, "content-encoding": "zstd"}, "decode_error", 2, id="coding not asked for"),
    ],
)
def test_headers_rule_a_body_out_before_it_is_read(headers: dict[str, str], reason: str, requests: int) -> None:
    script = Script(httpx.Response(200, headers=headers, stream=Untouchable()))

    error = failure(script)

    assert isinstance(error, BadBody)
    assert (error.reason, error.url, len(script.requests)) == (reason, URL, requests)


def test_a_coding_that_cannot_be_undone_is_asked_for_without() -> None:
    broken = httpx.Response(200, headers={**HTML, "content-encoding": "gzip"}, stream=httpx.ByteStream(b"<p>plain"))
    script = Script(broken, page())

    assert fetch(URL, policy=AT_ONCE, transport=script).status == 200
    assert [r.headers["accept-encoding"] for r in script.requests] == ["gzip, br, deflate", "identity"]


# ---- turns and time


class Slow(httpx.AsyncBaseTransport):
    """Takes its time for every request and counts how many are under way."""

    def __init__(self, delay_s: float, give: Callable[[httpx.Request], httpx.Response] = lambda _: page()) -> None:
        self.delay_s = delay_s
        self.give = give
        self.now = 0
        self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer after the delay."""
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.delay_s)
        self.now -= 1
        return self.give(request)


def crawl(urls: list[str], policy: FetchPolicy, transport: httpx.AsyncBaseTransport) -> int:
    """Fetch all at once; give the number of pages."""

    async def run() -> int:
        async with AsyncFetcher(policy, transport=transport) as fetcher:
            return len(await asyncio.gather(*(fetcher.fetch(u) for u in urls)))

    return asyncio.run(run())


def test_one_host_is_asked_for_one_page_at_a_time() -> None:
    slow = Slow(0.002)

    pages = crawl([f"http://news.example/{n}" for n in range(6)], AT_ONCE, slow)

    assert (pages, slow.most) == (6, 1)


def test_the_policy_says_how_many_at_once_to_a_host() -> None:
    slow = Slow(0.01)

    crawl([f"http://news.example/{n}" for n in range(9)], replace(AT_ONCE, max_per_host=3), slow)

    assert slow.most == 3


def test_all_hosts_together_are_asked_for_so_many_at_once() -> None:
    slow = Slow(0.01)

    crawl([f"http://news{n}.example/" for n in range(9)], replace(AT_ONCE, max_connections=4), slow)

    assert slow.most == 4


def test_tasks_that_wait_for_one_host_hold_up_no_other() -> None:
    """With two places in all, the queue at the stuck host takes one of them, not both."""
    release = asyncio.Event()

    async def give(request: httpx.Request) -> httpx.Response:
        if request.url.host == "stuck.example":
            await release.wait()
        return page()

    async def run() -> None:
        transport = httpx.MockTransport(give)
        async with AsyncFetcher(replace(AT_ONCE, max_connections=2), transport=transport) as fetcher:
            stuck = [asyncio.create_task(fetcher.fetch(f"http://stuck.example/{n}")) for n in range(4)]
            await asyncio.sleep(0)
            await asyncio.wait_for(fetcher.fetch("http://quick.example/"), timeout=5)
            release.set()
            await asyncio.gather(*stuck)

    asyncio.run(run())


def test_redirects_between_two_hosts_do_not_wait_for_each_other() -> None:
    """Each hop gives its place back before the next one takes one."""

    def swap(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/end":
            return page()
        return redirect("http://b.example/end" if request.url.host == "a.example" else "http://a.example/end")

    assert crawl(["http://a.example/", "http://b.example/"], replace(AT_ONCE, total_timeout_s=5), Slow(0.01, swap)) == 2


def test_the_total_timeout_counts_all_hops() -> None:
    numbers = iter(range(1000))
    slow = Slow(0.03, lambda _: redirect(f"/{next(numbers)}"))

    error = failure(slow, replace(AT_ONCE, total_timeout_s=0.1, max_redirects=100))

    assert (type(error), error.reason) == (Unreachable, "total_timeout")


def test_a_time_out_while_this_program_was_held_up_is_no_failure_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-Z stops the clock for nobody; what was under way is asked for again."""
    monkeypatch.setattr(exchange, "HELD_UP_S", 0.1)
    stops = iter([0.3, 0])

    class Stopping(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if stop_s := next(stops):
                time.sleep(stop_s)
                await asyncio.sleep(10)
            return page()

    assert fetch(URL, policy=replace(AT_ONCE, total_timeout_s=0.05), transport=Stopping()).status == 200


def test_waiting_for_a_turn_does_not_count_as_time_taken() -> None:
    """The last of eight waits 0.7 s, and may itself take 0.6 s."""
    urls = [f"http://news.example/{n}" for n in range(8)]

    assert crawl(urls, replace(AT_ONCE, total_timeout_s=0.6), Slow(0.1)) == 8


# ---- the two entrances


def test_fetch_works_inside_a_running_loop() -> None:
    """As in a notebook cell."""

    async def cell() -> None:
        assert fetch(URL, transport=Script(page())).status == 200

    asyncio.run(cell())


def test_leaving_the_context_closes_the_transport() -> None:
    script = Script(page())

    fetch(URL, transport=script)

    assert script.closed


def test_a_fetcher_outside_its_context_says_so() -> None:
    async def forgot() -> None:
        with pytest.raises(RuntimeError, match="async with"):
            await AsyncFetcher().fetch(URL)

    asyncio.run(forgot())


def test_a_cancelled_fetch_stays_cancelled_and_gives_its_turn_back() -> None:
    async def work() -> None:
        async with AsyncFetcher(AT_ONCE, transport=Slow(0.05)) as fetcher:
            task = asyncio.create_task(fetcher.fetch(URL))
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await asyncio.wait_for(fetcher.fetch(URL), timeout=5)).status == 200

    asyncio.run(work())
