"""A page that has not changed since does not come again."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from newsclean.errors import BadStatus, NotModified
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.validators import Validators
from newsclean.model import Page

POLICY = FetchPolicy(delay_s=0, backoff_base_s=0, breaker_failures=2)
URL = "http://news.example/story"
MARCH = "Wed, 04 Mar 2026 10:00:30 GMT"
KNOWN = Validators('"7-a"', MARCH)


def versioned(request: httpx.Request) -> httpx.Response:
    """A server whose page is still the known one."""
    headers = {"content-type": "text/html", "etag": '"7-a"', "last-modified": MARCH}
    if request.headers.get("if-none-match") == '"7-a"' or request.headers.get("if-modified-since") == MARCH:
        return httpx.Response(304, headers=headers)
    return httpx.Response(200, headers=headers, content=b"<p>Rain.</p>")


def fetch(web, clock, *since: Validators | None, url: str = URL) -> list[Page]:
    async def all_of_them() -> list[Page]:
        async with AsyncFetcher(POLICY, transport=web, clock=clock, sleep=clock.sleep) as fetcher:
            return [await fetcher.fetch(url, since=each) for each in since]

    return asyncio.run(all_of_them())


def test_a_page_tells_its_version(web, clock):
    web.says["/story"] = [versioned]
    (page,) = fetch(web, clock, None)
    assert Validators.of(page) == KNOWN


@pytest.mark.parametrize(
    "since", [KNOWN, Validators(etag='"7-a"'), Validators(last_modified=MARCH)], ids=["both", "etag", "date"]
)
def test_a_page_that_is_still_the_same_is_not_modified(web, clock, since):
    web.says["/story"] = [versioned]
    with pytest.raises(NotModified) as caught:
        fetch(web, clock, since)
    assert (caught.value.reason, caught.value.url) == ("unchanged", URL)
    assert len(web.asked()) == 1


@pytest.mark.parametrize(
    "since",
    [None, Validators(), Validators('"6"'), Validators('"7-a"\r\nX-Evil: 1'), Validators("x" * 5000)],
    ids=["none", "empty", "older", "newline", "long"],
)
def test_otherwise_the_page_comes(web, clock, since):
    web.says["/story"] = [versioned]
    (page,) = fetch(web, clock, since)
    assert page.html == b"<p>Rain.</p>"


def test_a_304_that_nobody_asked_for_is_a_bad_status(web, clock):
    web.says["/story"] = [httpx.Response(304)]
    with pytest.raises(BadStatus):
        fetch(web, clock, None)


def test_the_condition_goes_along_with_redirects(web, clock):
    web.says["/old"] = [httpx.Response(301, headers={"location": "/story"})]
    web.says["/story"] = [versioned]
    with pytest.raises(NotModified) as caught:
        fetch(web, clock, KNOWN, url="http://news.example/old")
    assert caught.value.url == URL


def test_pages_that_have_not_changed_are_no_failures_of_their_host(web, clock):
    """The policy's breaker opens after two."""
    web.says["/story"] = [versioned]

    async def again_and_again() -> Page:
        async with AsyncFetcher(POLICY, transport=web, clock=clock, sleep=clock.sleep) as fetcher:
            for _ in range(4):
                with pytest.raises(NotModified):
                    await fetcher.fetch(URL, since=KNOWN)
            return await fetcher.fetch(URL)

    assert asyncio.run(again_and_again()).status == 200


def test_the_site_is_asked_for_permission_without_the_condition(web, clock):
    conditions: list[bool] = []

    def robots(request: httpx.Request) -> httpx.Response:
        conditions.append("if-none-match" in request.headers)
        return httpx.Response(404)

    web.says["/robots.txt"] = [robots]
    fetch(web, clock, Validators('"6"'))
    assert conditions == [False]
