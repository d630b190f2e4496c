"""What counts as HTML, and when a body is given up."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest

from newsclean.errors import BadBody, Unreachable
from newsclean.fetch.body import in_time, read_body, read_start

PAGE = b"<!DOCTYPE html><html><body><p>The harbour opens at six.</p></body></html>"
URL = "http://news.example/"


class Body:
    """A body in pieces of 500 bytes that remembers how much of it was read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.read_bytes = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.data), 500):
            piece = self.data[start : start + 500]
            self.read_bytes += len(piece)
            yield piece


def read(body: Body, *, max_bytes: int = 100_000, **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(read_body(named, body, max_bytes=max_bytes, url=URL)).decoded


def refusal(body: Body, *, max_bytes: int = 100_000, **headers: str) -> BadBody:
    with pytest.raises(BadBody) as caught:
        read(body, max_bytes=max_bytes, **headers)
    assert caught.value.url == URL
    return caught.value


@pytest.mark.parametrize("content_type", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_html_is_taken_by_its_type(content_type: str) -> None:
    assert read(Body(b"no markup at all"), content_type=content_type) == b"no markup at all"


@pytest.mark.parametrize("content_type", ["text/plain", "application/pdf", "image/jpeg", "image/svg+xml"])
def test_another_type_is_refused_by_name_and_its_body_left(content_type: str) -> None:
    body = Body(PAGE)

    error = refusal(body, content_type=content_type)

    assert (error.reason, error.detail, body.read_bytes) == ("not_html", content_type, 0)


@pytest.mark.parametrize("content_type", ["application/rss+xml; charset=utf-8", "text/xml"])
def test_a_feed_where_a_page_is_wanted_names_the_flag_for_it(content_type: str) -> None:
    error = refusal(Body(b"<rss>"), content_type=content_type)

    assert error.reason == "not_html"
    assert "--feed, in Python feeds" in error.detail


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"<!doctype html>", id="doctype"),
        pytest.param(b"\xef\xbb\xbf\r\n  <HTML lang=en>", id="BOM, space, capitals"),
        pytest.param(b'<?xml version="1.0"?>\n<!-- desk --><html>', id="XML declaration and comment"),
    ],
)
@pytest.mark.parametrize("content_type", ["", "application/octet-stream"], ids=["no type", "octet-stream"])
def test_an_unsure_type_is_html_if_it_looks_so(start: bytes, content_type: str) -> None:
    assert read(Body(start + b"<p>Rain."), content_type=content_type) == start + b"<p>Rain."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7 <html>", id="PDF that mentions HTML"),
        pytest.param(b'<?xml version="1.0"?><rss><channel><title>News</title>', id="feed"),
        pytest.param(b"<header>no page</header>", id="an element that only begins like head"),
        pytest.param(b"<" + b" " * 1100 + b"<html>", id="too late"),
    ],
)
def test_an_unsure_type_that_does_not_look_like_html_is_refused(data: bytes) -> None:
    assert refusal(Body(data)).reason == "not_html"


def test_an_unsure_body_is_given_up_after_its_first_kib() -> None:
    body = Body(b"ID3" + b"\0" * 50_000)

    refusal(body)

    assert body.read_bytes == 1500


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n", b"GIF89a", b"PK\x03\x04", b"\x1f\x8b\x08", b"RIFF"]
)
def test_what_calls_itself_html_and_is_not_is_given_up_at_once(start: bytes) -> None:
    body = Body(start + b"\0" * 50_000)

    error = refusal(body, content_type="text/html")

    assert (error.reason, body.read_bytes) == ("not_html", 500)


def test_an_announced_length_over_the_cap_is_refused_before_the_body() -> None:
    body = Body(PAGE)

    error = refusal(body, max_bytes=1000, content_type="text/html", content_length="1001")

    assert (error.reason, body.read_bytes) == ("too_large", 0)


@pytest.mark.parametrize("length", ["1000", "-1", "many", "²"])
def test_an_announced_length_that_fits_or_is_none_does_no_harm(length: str) -> None:
    assert read(Body(PAGE), max_bytes=1000, content_type="text/html", content_length=length) == PAGE


def test_a_body_over_the_cap_is_given_up_on_the_way() -> None:
    body = Body(b"x" * 50_000)

    error = refusal(body, max_bytes=1000, content_type="text/html")

    assert (error.reason, body.read_bytes) == ("too_large", 1500)


# ---- the beginning of a text


def start_of(body: Body, **headers: str) -> bytes:
    return asyncio.run(read_start(headers, body, max_bytes=2000, url=URL)).decoded


def test_a_short_text_is_read_whole() -> None:
    assert start_of(Body(b"User-agent: *\n")) == b"User-agent: *\n"


def test_of_a_long_text_no_more_is_read_than_counts() -> None:
    """One byte more than that comes back, as a sign that there was more."""
    body = Body(b"x" * 50_000)

    assert (len(start_of(body)), body.read_bytes) == (2001, 2500)


def test_a_text_that_is_compressed_is_cut_by_its_decoded_length() -> None:
    body = Body(gzip.compress(bytes(range(256)) * 100))

    assert len(start_of(body, **{"content-encoding": "gzip"})) == 2001


def test_a_text_that_swells_is_refused() -> None:
    with pytest.raises(BadBody) as caught:
        start_of(Body(gzip.compress(bytes(10_000_000))), **{"content-encoding": "gzip"})

    assert caught.value.reason == "decoded_too_large"


def test_a_text_that_is_cut_in_transit_is_no_short_text() -> None:
    with pytest.raises(BadBody) as caught:
        start_of(Body(gzip.compress(b"User-agent: *\n")[:-5]), **{"content-encoding": "gzip"})

    assert caught.value.reason == "truncated_body"


# ---- its rate


class Drip:
    """Pieces of 500 bytes that come at these times, by its clock, after the beginning."""

    def __init__(self, *times_s: float) -> None:
        self.times_s = times_s
        self.now_s = 0.0
        self.passed = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for time_s in self.times_s:
            self.now_s = time_s
            yield b"x" * 500

    def run(self) -> None:
        """Pass them on at 100 bytes a second or more, over windows of 10 s."""

        async def run() -> None:
            async for _ in in_time(self, min_bytes_per_s=100, window_s=10, clock=lambda: self.now_s, url=URL):
                self.passed += 1

        asyncio.run(run())


@pytest.mark.parametrize(
    "times_s",
    [
        pytest.param((1, 2, 3), id="fast"),
        pytest.param((9.9,), id="slow, but not for long"),
        pytest.param((5, 10, 15, 20, 25, 30), id="just fast enough"),
        pytest.param((1, 4, 9, 12, 19, 22), id="just so in the second window"),
    ],
)
def test_a_body_that_comes_fast_enough_passes(times_s: tuple[float, ...]) -> None:
    drip = Drip(*times_s)

    drip.run()

    assert drip.passed == len(times_s)


@pytest.mark.parametrize(
    ("times_s", "passed"),
    [
        pytest.param((6, 11, 16), 1, id="from the start"),
        pytest.param((1, 2, 3, 4, 10, 15, 21), 6, id="later"),
        pytest.param((40,), 0, id="one piece, late"),
    ],
)
def test_a_body_that_comes_slowly_over_a_window_is_given_up(times_s: tuple[float, ...], passed: int) -> None:
    drip = Drip(*times_s)

    with pytest.raises(Unreachable) as caught:
        drip.run()

    assert (caught.value.reason, caught.value.url, drip.passed) == ("too_slow", URL, passed)
