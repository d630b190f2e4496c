"""What was fetched comes again from its archive: the same files, byte for byte; what changed since is fetched anew."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from newsclean.batch.archive import Archiving, Refreshing
from newsclean.batch.warc_in import WarcPages
from newsclean.batch.warc_records import records
from newsclean.errors import BadStatus, NewscleanError, NotModified, Unreachable
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.validators import Validators
from newsclean.model import Page
from newsclean.output.warc import WarcWriter

A, B, C, GONE, BUG = (f"https://mill.example/{name}" for name in ("a", "b", "c", "gone", "bug"))


class Versions:
    """Pages with a version each, as a server keeps them."""

    def __init__(self, **pages: tuple[str, bytes]) -> None:
        self.pages = pages
        self.sent = Counter[str]()
        self.prepared: list[str] = []

    async def fetch(self, url: str, since: Validators | None = None) -> Page:
        """The page, unless it is still that of `since`."""
        name = url.rpartition("/")[2]
        if name not in self.pages:
            raise BadStatus(404, url=url)
        etag, html = self.pages[name]
        if since and since.etag == etag:
            error = NotModified(url=url)
            error.attempts = 1
            raise error
        self.sent[name] += 1
        headers = (("Content-Type", "text/html"), ("ETag", etag))
        return Page(url, url, html, "text/html", headers=headers)

    def wait_s(self, _: str) -> float:
        """A while."""
        return 3.0

    async def prepare_host(self, url: str) -> None:
        """Remember it."""
        self.prepared.append(url)


def without_times(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that say what became of the inputs."""
    return {name: data for name, data in files.items() if name.endswith((".txt", ".json", ".jsonl"))}


def test_a_replay_writes_the_same_bytes(batch, tmp_path: Path):
    """Texts, records and manifest, failures and redirects included, with another number of fetches at once."""
    inputs = [A, GONE, B, "nonsense://", C, A]
    with WarcWriter(tmp_path / "archive") as writer:
        batch.all(inputs, fetch=Archiving(batch.web.fetch, writer).fetch)
    replay = replace(batch, out=tmp_path / "replay")
    policy = FetchPolicy(max_connections=1, max_per_host=1)
    replay.all(inputs, fetch=WarcPages([tmp_path / "archive"]).fetch, policy=policy)
    assert len(without_times(batch.files())) >= 7
    assert without_times(replay.files()) == without_times(batch.files())


def test_failures_of_any_kind_are_archived_and_raised(tmp_path: Path):
    async def broken(url: str) -> Page:
        raise Unreachable(url=url) if url == A else ZeroDivisionError("no drops in the weir")

    with WarcWriter(tmp_path) as writer:
        fetch = Archiving(broken, writer).fetch
        with pytest.raises(Unreachable):
            asyncio.run(fetch(A))
        with pytest.raises(ZeroDivisionError):
            asyncio.run(fetch(BUG))
    with pytest.raises(NewscleanError, match="ZeroDivisionError: no drops in the weir"):
        asyncio.run(WarcPages([tmp_path]).fetch(BUG))


def test_a_page_is_in_the_archive_when_it_comes(tmp_path: Path):
    with WarcWriter(tmp_path) as writer:
        archiving = Archiving(Versions(a=('"1"', b"<p>one")).fetch, writer)
        asyncio.run(archiving.fetch(A))
        writer.sync()
        assert asyncio.run(WarcPages([tmp_path]).fetch(A)).html == b"<p>one"


def test_row_67_what_has_not_changed_is_taken_from_the_archive(tmp_path: Path):
    site = Versions(a=('"1"', b"<p>one"), b=('"1"', b"<p>two"))
    with WarcWriter(tmp_path) as writer:
        for url in (A, B):
            asyncio.run(Archiving(site.fetch, writer).fetch(url))
    site.pages |= {"b": ('"2"', b"<p>two, mended"), "c": ('"1"', b"<p>three")}

    known = WarcPages([tmp_path])
    with WarcWriter(tmp_path) as writer:
        fetch = Refreshing(Archiving(site.fetch, writer).fetch, known).fetch
        pages = [asyncio.run(fetch(url)) for url in (A, B, C)]

    assert [page.html for page in pages] == [b"<p>one", b"<p>two, mended", b"<p>three"]
    assert pages[0].attempts == 1  # it was asked for
    assert site.sent == {"a": 1, "b": 2, "c": 1}
    assert [p.url for p in WarcPages([tmp_path])] == [A, B, B, C]
    (_, again) = WarcPages([tmp_path]).files
    assert [r.kind for r in records(again)] == ["warcinfo", "response", "response"]  # nothing of A


def test_what_is_gone_now_is_a_failure_though_it_was_archived(tmp_path: Path):
    site = Versions(a=('"1"', b"<p>one"))
    with WarcWriter(tmp_path) as writer:
        asyncio.run(Archiving(site.fetch, writer).fetch(A))
    site.pages.clear()
    with pytest.raises(BadStatus):
        asyncio.run(Refreshing(site.fetch, WarcPages([tmp_path])).fetch(A))


def test_who_stands_in_the_way_tells_how_long_a_host_must_wait(tmp_path: Path):
    site = Versions(a=('"1"', b"<p>one"))
    with WarcWriter(tmp_path) as writer:
        archiving = Archiving(site.fetch, writer)
        writer.write(asyncio.run(site.fetch(A)))
        refreshing = Refreshing(archiving.fetch, WarcPages([tmp_path]))
    assert refreshing.wait_s(A) == archiving.wait_s(A) == 3.0
    asyncio.run(refreshing.prepare_host(A))
    assert site.prepared == [A]
