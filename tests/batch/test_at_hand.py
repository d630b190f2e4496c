"""Pages that come with the inputs are not fetched; all others are."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsclean.batch.at_hand import AtHand, files_with_pages
from newsclean.errors import NewscleanError
from newsclean.model import Page
from newsclean.output.warc import WarcWriter

A, B, C = (f"https://mill.example/{name}" for name in "abc")
HTML = "<html><p>Täglich frisch.</p></html>"

Write = Callable[[str, bytes], Path]


class Live:
    """A fetcher that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.prepared: list[str] = []

    async def fetch(self, url: str) -> Page:
        """A page."""
        self.asked.append(url)
        return Page(url, url, b"live")

    def wait_s(self, _: str) -> float:
        """A while."""
        return 7.0

    async def prepare_host(self, url: str) -> None:
        """Remember it."""
        self.prepared.append(url)


def lines(*objects: dict[str, object]) -> bytes:
    return "".join(json.dumps(o) + "\n" for o in objects).encode()


def at_hand(live: Live, *paths: Path, max_bytes: int = 10_000) -> AtHand:
    return AtHand(files_with_pages(["-", A, *map(str, paths)]), live.fetch, max_bytes=max_bytes)


def test_pages_in_json_and_archives_are_not_fetched(write: Write, tmp_path: Path):
    with WarcWriter(tmp_path / "archive") as writer:
        writer.write(Page(B, B, b"archived", "text/html"))
    live = Live()
    listed = write("list.jsonl", lines({"url": C}, {"url": A, "html": HTML}, {"url": A, "html": "second"}))
    here = at_hand(live, listed, tmp_path / "archive" / "pages-00000.warc.gz")
    for url in (A, B, C):
        asyncio.run(here.prepare_host(url))
    assert live.prepared == [C]
    pages = [asyncio.run(here.fetch(url)) for url in (A, B, C)]
    assert [p.html for p in pages] == [HTML.encode(), b"archived", b"live"]
    assert (pages[0].final_url, pages[0].content_type) == (A, "text/html; charset=utf-8")
    assert live.asked == [C]
    assert [here.wait_s(url) for url in (A, B, C)] == [0.0, 0.0, 7.0]


def test_a_saved_page_can_be_given_its_url(write: Write):
    write("saved/a.html.gz", gzip.compress(HTML.encode()))
    listed = write("saved/list.jsonl", lines({"url": A, "file": "a.html.gz"}))
    page = asyncio.run(at_hand(Live(), listed).fetch(A))
    assert (page.url, page.final_url, page.html) == (A, A, HTML.encode())


@pytest.mark.parametrize(
    ("said", "reason"),
    [({"html": "x" * 2000}, "too_large"), ({"file": "gone.html"}, "missing_file")],
    ids=["large", "missing"],
)
def test_a_page_that_cannot_be_taken_says_why(write: Write, said: dict[str, object], reason: str):
    live = Live()
    here = at_hand(live, write("list.jsonl", lines({"url": A, **said})), max_bytes=1000)
    with pytest.raises(NewscleanError) as caught:
        asyncio.run(here.fetch(A))
    assert caught.value.reason == reason
    assert live.asked == []


def test_lone_surrogates_do_no_harm(write: Write):
    page = asyncio.run(at_hand(Live(), write("list.jsonl", lines({"url": A, "html": "<p>\ud800"}))).fetch(A))
    assert page.html == b"<p>?"


def test_other_arguments_hold_no_pages(write: Write, tmp_path: Path):
    write("list.txt", A.encode())
    assert files_with_pages([A, "-", str(tmp_path), tmp_path / "list.txt", tmp_path / "gone"]) == []
