"""A run archives what it fetches, is replayed from there, and asks only for what has changed."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from newsclean.batch import run
from newsclean.batch.warc_in import WarcPages
from newsclean.errors import InputError, NotModified, OutputError
from newsclean.fetch import fetcher
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.validators import Validators
from newsclean.model import Page
from newsclean.output import warc
from newsclean.output.warc import WarcWriter

A, B, C, GONE = (f"https://mill.example/{name}" for name in ("a", "b", "c", "gone"))

Write = Callable[[str, bytes], Path]


def results(files: dict[str, bytes]) -> dict[str, bytes]:
    """The texts, the records and the manifest."""
    return {name: data for name, data in files.items() if name.endswith((".txt", ".json", ".jsonl"))}


@pytest.fixture
def replay(batch, tmp_path: Path):
    """Runs a batch from the archive of another into a folder of its own."""

    def run_it(inputs: list[str], **switches):
        again = type(batch)(batch.web, tmp_path / "replay")
        batch.web.asked.clear()
        again.all(inputs, fetch=None, from_warc=[batch.out / "archive"], **switches)
        assert not batch.web.asked
        return again

    return run_it


def test_a_replay_writes_the_same_bytes(batch, replay):
    inputs = [A, GONE, B, "nonsense://", C, A]
    batch.all(inputs, archive=True)
    again = replay(inputs, policy=FetchPolicy(max_connections=1, max_per_host=1))
    assert len(results(batch.files())) == 7
    assert results(again.files()) == results(batch.files())


def test_a_replay_knows_what_it_does_not_hold(batch, replay):
    batch.all([A], archive=True)
    again = replay([A, B])
    assert [e["reason"] for e in again.manifest()] == [None, "not_archived"]


@pytest.mark.parametrize("switch", [{"feeds": [A]}, {"archive": True}, {"refresh": True}, {"fetch": print}])
def test_a_replay_does_nothing_that_needs_a_network(tmp_path: Path, switch: dict[str, object]):
    with pytest.raises(ValueError, match="replay"):
        run.run([A], tmp_path / "out", from_warc=[tmp_path], **switch)


def test_an_archive_that_is_not_there_is_told_before_anything_runs(tmp_path: Path):
    with pytest.raises(InputError):
        run.run([A], tmp_path / "out", from_warc=[tmp_path / "gone.warc.gz"])
    assert not (tmp_path / "out").exists()


def test_a_run_that_goes_on_archives_what_was_left(batch):
    batch.all([A], archive=True)
    batch.all([A, B], archive=True)
    assert [p.url for p in WarcPages([batch.out / "archive"])] == [f"{A}?final", f"{B}?final"]


def test_what_was_archived_is_on_the_disk_before_its_text_counts(batch, monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    sync = WarcWriter.sync
    monkeypatch.setattr(WarcWriter, "sync", lambda writer: (said.append("archive"), sync(writer)))
    commit = run.Ledger.commit
    monkeypatch.setattr(run.Ledger, "commit", lambda ledger, *args: (said.append("ledger"), commit(ledger, *args)))
    batch.all([A], archive=True)
    assert said[-2:] == ["archive", "ledger"]


def test_row_63_a_full_disk_under_the_archive_ends_the_run_and_can_be_gone_on_from(batch, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(warc, "_write_all", full)
        with pytest.raises(OutputError) as caught:
            batch.all([A, B], archive=True)
    assert caught.value.reason == "disk_full"
    assert {o.status for o in batch.all([A, B], archive=True)} == {"done"}
    assert {p.url for p in WarcPages([batch.out / "archive"])} == {f"{A}?final", f"{B}?final"}


@pytest.mark.parametrize("kind", [str, Path], ids=["text", "path"])
def test_an_input_needs_no_list_around_it(batch, write: Write, kind: type):
    path = kind(write("list.jsonl", json.dumps({"url": A, "html": "Story a\nIt rained."}).encode()))
    assert [o.source for o in batch.all(path)] == [A]
    assert not batch.web.asked


# Refresh


@dataclass
class Site:
    """Pages with versions, as a server keeps them."""

    pages: dict[str, str]
    sent: list[str] = field(default_factory=list)

    async def fetch(self, url: str, since: Validators | None = None) -> Page:
        """The page, unless it is known."""
        etag = f'"{hash(self.pages[url])}"'
        if since and since.etag == etag:
            raise NotModified(url=url)
        self.sent.append(url)
        headers = (("Content-Type", "text/html"), ("ETag", etag))
        return Page(url, url, self.pages[url].encode(), "text/html", headers=headers)


def test_row_67_a_refresh_fetches_only_what_has_changed(batch):
    site = Site({A: "Story a\nIt rained.", B: "Story b\nIt rained."})
    batch.all([A, B], fetch=site.fetch, archive=True)
    before = results(batch.files())
    site.pages[B] = "Story b\nIt rained.\nIt stopped."
    site.sent.clear()

    outcomes = batch.all([A, B], fetch=site.fetch, archive=True, refresh=True)

    assert site.sent == [B]
    assert [o.status for o in outcomes] == ["done", "done"]
    changed = {name for name, data in results(batch.files()).items() if before.get(name) != data}
    assert changed == {outcomes[1].path, outcomes[1].path.replace(".txt", ".json"), "manifest.jsonl"}


def test_a_page_that_is_gone_when_it_is_refreshed_keeps_its_text(batch):
    batch.all([A, B])
    before = results(batch.files())
    del batch.web.pages[A]

    gone, still = batch.all([A, B], refresh=True)

    assert (gone.status, gone.reason, gone.path in before) == ("skipped", "http_4xx", True)
    assert still.status == "done"
    assert results(batch.files()) == before
    assert {o.status for o in batch.all([A, B])} == {"skipped"}


def test_a_page_that_is_gone_when_it_should_become_another_format_keeps_its_text(batch):
    (first,) = batch.all([A])
    del batch.web.pages[A]
    (gone,) = batch.all([A], format="md")
    assert (gone.status, gone.path) == ("skipped", first.path)
    (batch.out / first.path).unlink()
    (lost,) = batch.all([A])
    assert (lost.status, lost.path) == ("failed", None)


def test_without_an_archive_a_refresh_fetches_all_again(batch):
    batch.all([A, B])
    batch.all([A, B], refresh=True)
    assert batch.web.asked == {A: 2, B: 2}


# Inputs that bring their pages


def test_pages_of_archives_and_json_among_the_inputs_are_not_fetched(batch, write: Write, tmp_path: Path):
    with WarcWriter(tmp_path / "crawl") as writer:
        writer.write(Page(A, A, b"Story a\nFrom the crawl.", "text/html"))
    listed = write("list.jsonl", json.dumps({"url": GONE, "html": "Story g\nFrom the list."}).encode())
    outcomes = batch.all([str(tmp_path / "crawl" / "pages-00000.warc.gz"), str(listed), B])
    assert [(o.source, o.status) for o in outcomes] == [(A, "done"), (GONE, "done"), (B, "done")]
    assert batch.web.asked == {B: 1}
    assert b"From the crawl." in batch.files()[outcomes[0].path]


def test_row_66_broken_places_of_an_archive_cost_only_themselves(batch, tmp_path: Path):
    with WarcWriter(tmp_path / "crawl") as writer:
        where = [
            writer.write(Page(u, u, b"Story\n" + os.urandom(300).hex().encode(), "text/html"))[1] for u in (A, B, C)
        ]
    path = tmp_path / "crawl" / "pages-00000.warc.gz"
    data = bytearray(path.read_bytes())
    data[where[1] + 1] ^= 0xFF
    path.write_bytes(data[:-50])
    outcomes = batch.all([str(path)])
    assert [(o.status, o.reason) for o in outcomes] == [
        ("done", None),
        ("failed", "warc_corrupt"),
        ("failed", "warc_corrupt"),
    ]
    assert [o.source for o in outcomes] == [A, str(path), C]
    assert not batch.web.asked


# Feeds


class Transport(httpx.AsyncBaseTransport):
    """A feed and its pages."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give what is there."""
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if request.url.path == "/feed":
            feed = f"<rss><channel><item><link>{A}</link></item><item><link>{B}</link></item></channel></rss>"
            return httpx.Response(200, headers={"content-type": "application/rss+xml"}, content=feed.encode())
        return httpx.Response(200, headers={"content-type": "text/html"}, content=b"Story\nIt rained.")


def test_a_feed_is_worked_on_after_the_inputs(batch, monkeypatch: pytest.MonkeyPatch):
    real = fetcher.AsyncFetcher
    monkeypatch.setattr(fetcher, "AsyncFetcher", lambda policy, transport=None: real(policy, transport=Transport()))
    outcomes = batch.all([C], feeds=["https://mill.example/feed"], fetch=None, policy=FetchPolicy(delay_s=0))
    assert [(o.source, o.status) for o in outcomes] == [(C, "done"), (A, "done"), (B, "done")]
