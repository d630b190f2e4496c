"""What counts as HTML, and when a body is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from newsclean.errors import BadBody
from newsclean.fetch.body import read_html

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
    return asyncio.run(read_html(named, body, max_bytes=max_bytes, url=URL))


def refusal(body: Body, *, max_bytes: int = 100_000, **headers: str) -> BadBody:
    with pytest.raises(BadBody) as caught:
        read(body, max_bytes=max_bytes, **headers)
    assert caught.value.url == URL
    return caught.value


@pytest.mark.parametrize("content_type", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_html_is_taken_by_its_type(content_type: str) -> None:
    assert read(Body(b"no markup at all"), content_type=content_type) == b"no markup at all"


@pytest.mark.parametrize("content_type", ["text/plain", "application/pdf", "image/jpeg", "application/rss+xml"])
def test_another_type_is_refused_by_name_and_its_body_left(content_type: str) -> None:
    body = Body(PAGE)

    error = refusal(body, content_type=content_type)

    assert (error.reason, error.detail, body.read_bytes) == ("not_html", content_type, 0)


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
    body = Body(b"\x89PNG" + b"\0" * 50_000)

    refusal(body)

    assert body.read_bytes == 1500


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
