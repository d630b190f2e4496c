"""What was archived comes again without a network; what is broken is told, and costs nothing else."""

from __future__ import annotations

import asyncio
import gzip
import io
import random
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsclean.batch import warc_records
from newsclean.batch.warc_in import WarcPages, page_urls, present
from newsclean.batch.warc_library import with_fastwarc, with_warcio
from newsclean.batch.warc_records import record_at, records
from newsclean.errors import BadStatus, FetchError, HostUnavailable, InputError, NewscleanError, Unreachable
from newsclean.model import Hop, Page
from newsclean.output.warc import WarcWriter

HTML = b"<html><p>The ferry is late.</p></html>"
FIRST = "pages-00000.warc.gz"
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)

Write = Callable[[str, bytes], Path]


@pytest.fixture(params=[with_fastwarc, with_warcio], autouse=True)
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "installed", lambda: request.param)


def url(name: object) -> str:
    return f"http://pier.example/{name}"


def page(name: object, html: bytes = HTML) -> Page:
    return Page(url(name), url(name), html, HEADERS[0][1], fetched_at="2026-03-04T10:30:00+00:00", headers=HEADERS)


def archive(folder: Path, *pages: Page) -> Path:
    with WarcWriter(folder) as writer:
        for each in pages:
            writer.write(each)
    return folder / FIRST


def fetch(pages: WarcPages, name: object) -> Page:
    return asyncio.run(pages.fetch(url(name)))


def failure(pages: WarcPages, name: object) -> NewscleanError:
    with pytest.raises(NewscleanError) as caught:
        fetch(pages, name)
    return caught.value


def foreign(*answers: tuple[str, str, dict[str, str], bytes], gzipped: bool = True, kind: str = "response") -> bytes:
    """An archive by another program: URL, status, HTTP headers and body as stored of each record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for target, status, headers, body in answers:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(target, kind, payload=io.BytesIO(body), length=len(body), http_headers=http)
        )
    return out.getvalue()


# What comes again


def test_a_page_comes_again_byte_for_byte(tmp_path: Path):
    packed = gzip.compress(HTML)
    sent = (("Content-Type", "text/html; charset=iso-8859-1"), ("Content-Encoding", "gzip"), ("X-Pier", "caf\xe9"))
    first = replace(page("a"), content_type=sent[0][1], headers=sent, raw=packed, ip="192.0.2.7")
    archive(tmp_path, first, page("b"))
    assert fetch(WarcPages([tmp_path], keep_raw=True), "a") == first


def test_the_pages_come_in_their_order(tmp_path: Path):
    path = archive(tmp_path, page("b"), page("a"), page("c"))
    assert [p.url for p in WarcPages([path])] == [url("b"), url("a"), url("c")]


def test_a_url_is_found_however_it_is_spelt(tmp_path: Path):
    pages = WarcPages([archive(tmp_path, page("a"))])
    asked = "HTTP://Pier.Example:80/a#top"
    got = asyncio.run(pages.fetch(asked))
    assert (got.url, got.final_url) == (asked, url("a"))


def test_an_archive_needs_no_list_around_it(tmp_path: Path):
    path = archive(tmp_path, page("a"))
    assert [p.url for p in WarcPages(str(path))] == [p.url for p in WarcPages(tmp_path)] == [url("a")]


def test_redirects_are_followed_without_a_network(tmp_path: Path):
    hops = (Hop(url("a"), 301, (("Location", "/b"),), "192.0.2.7"), Hop(url("b"), 302, (("Location", url("c")),)))
    first = replace(page("c"), url=url("a"), redirects=(url("b"),), hops=hops)
    archive(tmp_path, first)
    assert fetch(WarcPages([tmp_path]), "a") == first


def test_redirects_of_which_only_the_urls_are_known_are_followed_too(tmp_path: Path):
    archive(tmp_path, replace(page("c"), url=url("a"), redirects=(url("b"),)))
    got = fetch(WarcPages([tmp_path]), "a")
    assert (got.final_url, got.redirects, got.html) == (url("c"), (url("b"),), HTML)


def test_a_redirect_that_cannot_be_parsed_is_told(write: Write):
    data = foreign((url("a"), "302 Found", {"Location": "http://[mill]/"}, b""))
    assert failure(WarcPages([write("x.warc.gz", data)]), "a").reason == "redirect_invalid"


def test_a_page_that_is_too_large_is_passed_over_and_told(write: Write, caplog: pytest.LogCaptureFixture):
    pages = (
        (url(name), "200 OK", {"Content-Type": "text/html"}, b"<html>" + b"x" * n)
        for name, n in (("a", 5), ("b", 9000))
    )
    found = [page.url for page in WarcPages([write("x.warc.gz", foreign(*pages))], max_bytes=1000)]
    assert (found, len(caplog.messages)) == ([url("a")], 1)
    assert "too large" in caplog.text or "larger than allowed" in caplog.text


def test_redirects_that_lead_back_end(write: Write):
    data = foreign(*((url(a), "302 Found", {"Location": b}, b"") for a, b in ("ab", "ba")))
    assert failure(WarcPages([write("x.warc.gz", data)]), "a").reason == "redirect_loop"


@pytest.mark.parametrize(
    "error",
    [
        BadStatus(503, url=url("b"), retry_after_s=7.0),
        Unreachable("no route to host", url=url("a")),
        HostUnavailable("robots.txt: HTTP 500", reason="robots_unreachable", url=url("a"), retry_after_s=60.0),
        InputError("odd", url=None),
    ],
    ids=lambda e: e.reason,
)
def test_a_failure_comes_again_as_it_was(tmp_path: Path, error: NewscleanError):
    with WarcWriter(tmp_path) as writer:
        writer.failed(url("a"), error)
    again = failure(WarcPages([tmp_path]), "a")
    assert (type(again), str(again), again.reason, again.url) == (type(error), str(error), error.reason, error.url)
    for name in ("status", "retry_after_s"):
        assert getattr(again, name, None) == getattr(error, name, None)


def test_what_is_not_there_is_not_archived(tmp_path: Path):
    assert failure(WarcPages([archive(tmp_path, page("a"))]), "b").reason == "not_archived"


def test_the_last_page_counts_and_a_failure_only_without_one(tmp_path: Path):
    with WarcWriter(tmp_path) as writer:
        writer.failed(url("a"), Unreachable(url=url("a")))
        writer.write(page("a", HTML + b"first"))
        writer.write(page("a", HTML + b"second"))
        writer.failed(url("a"), Unreachable(url=url("a")))
    assert fetch(WarcPages([tmp_path]), "a").html == HTML + b"second"


def test_several_files_are_one_archive(tmp_path: Path):
    with WarcWriter(tmp_path, rotate_bytes=500) as writer:
        for name in "abcde":
            writer.write(page(name))
    pages = WarcPages([tmp_path])
    assert len(pages.files) > 2
    assert [fetch(pages, name).url for name in "abcde"] == [url(name) for name in "abcde"]


def test_a_record_is_found_where_the_writer_said_before_and_after_its_file_is_whole(tmp_path: Path):
    with WarcWriter(tmp_path) as writer:
        writer.write(page("a"))
        name, offset = writer.write(page("b"))
        assert url_at(tmp_path / name, offset) == url("b")
    assert url_at(tmp_path / name, offset) == url("b")


def url_at(path: Path, offset: int) -> str:
    with record_at(present(path), offset) as record:
        return record.url


# Other programs' archives


@pytest.mark.parametrize("gzipped", [True, False], ids=["gzip", "plain"])
def test_only_pages_of_a_crawl_are_taken(write: Write, gzipped: bool):
    html = {"Content-Type": "text/html"}
    data = foreign(
        (url("a"), "200 OK", html, HTML),
        (url("gone"), "404 Not Found", html, HTML),
        (url("photo"), "200 OK", {"Content-Type": "image/jpeg"}, b"\xff\xd8\xff"),
        (url("unnamed"), "200 OK", {}, b"<!doctype html><p>"),
        (url("unknown"), "200 OK", {}, b"\x00\x01"),
        ("ftp://pier.example/x", "200 OK", html, HTML),
        gzipped=gzipped,
    ) + foreign((url("asked"), "GET / HTTP/1.1", html, b""), gzipped=gzipped, kind="request")
    assert list(page_urls(write("x.warc", data))) == [url("a"), url("unnamed")]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(HTML)),
        ({"Content-Encoding": "gzip"}, HTML),  # unpacked by the crawler, which kept the header
        ({"X-Crawler-Content-Encoding": "gzip", "Content-Length": "9"}, HTML),
        ({"Transfer-Encoding": "chunked"}, b"5\r\n<html\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(HTML) - 5, HTML[5:])),
        ({"Transfer-Encoding": "chunked"}, HTML),
    ],
    ids=["packed", "unpacked", "renamed", "chunks", "no-chunks"],
)
def test_a_body_is_read_however_it_is_stored(write: Write, headers: dict[str, str], body: bytes):
    data = foreign((url("a"), "200 OK", {"Content-Type": "text/html", **headers}, body))
    assert fetch(WarcPages([write("x.warc.gz", data)]), "a").html == HTML


def test_the_charset_of_the_header_reaches_the_page(write: Write):
    data = foreign((url("a"), "200 OK", {"content-TYPE": "text/html; charset=windows-1251"}, HTML))
    assert fetch(WarcPages([write("x.warc.gz", data)]), "a").content_type == "text/html; charset=windows-1251"


def test_a_status_that_is_no_page_is_its_failure(write: Write):
    data = foreign((url("a"), "403 Forbidden", {"Content-Type": "text/html"}, b"no"))
    error = failure(WarcPages([write("x.warc.gz", data)]), "a")
    assert isinstance(error, BadStatus)
    assert error.status == 403


def test_a_body_that_the_crawler_cut_is_told(write: Write):
    out = io.BytesIO()
    writer = WARCWriter(out)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    cut = {"WARC-Truncated": "length"}
    writer.write_record(
        writer.create_warc_record(url("a"), "response", io.BytesIO(HTML), len(HTML), "", cut, http_headers=http)
    )
    assert failure(WarcPages([write("x.warc.gz", out.getvalue())]), "a").reason == "truncated_body"


def test_a_file_gzipped_as_a_whole_is_told_with_a_remedy(write: Write):
    html = {"Content-Type": "text/html"}
    data = foreign(*((url(name), "200 OK", html, HTML) for name in "abc"), gzipped=False)
    with pytest.raises(InputError, match="warcio recompress"):
        list(records(write("x.warc.gz", gzip.compress(data))))


# Damage


@contextmanager
def memory() -> Iterator[list[int]]:
    """Fills a list with the bytes that are kept at the end, and that were at the peak."""
    told: list[int] = []
    tracemalloc.start()
    try:
        yield told
        told += tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


def members(data: bytes) -> list[int]:
    """Where the records of a sound archive begin, by their own search."""
    return [at for at in range(len(data)) if data[at : at + 10] == data[:10]]


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    """Eight pages that can't be compressed, behind the record that opens the file."""
    rnd = random.Random(7)
    return archive(tmp_path / "sound", *(page(n, HTML + rnd.randbytes(40_000)) for n in range(8))).read_bytes()


def outcome(path: Path) -> tuple[set[str], int]:
    """Which pages can be read, and how many places are broken; every page is tried by its place and by its URL."""
    pages = WarcPages([path])
    good = {each.url for each in pages}
    for name in range(8):
        if url(name) in good:
            assert fetch(WarcPages([path]), name).url == url(name)
        else:
            assert failure(WarcPages([path]), name).reason in {"warc_corrupt", "not_archived"}
    return good, len(pages.broken)


def test_a_sound_file_has_no_broken_place(write: Write, sound: bytes):
    assert outcome(write("x.warc.gz", sound)) == ({url(n) for n in range(8)}, 0)


@pytest.mark.parametrize("seed", range(12))
def test_a_broken_byte_costs_its_record_only_and_is_counted_once(write: Write, sound: bytes, seed: int):
    rnd = random.Random(seed)
    starts = members(sound)
    broken = rnd.randrange(1, 9)
    at = rnd.randrange(starts[broken], [*starts, len(sound)][broken + 1])
    data = bytearray(sound)
    data[at] ^= rnd.randrange(1, 256)
    good, corrupt = outcome(write("x.warc.gz", bytes(data)))
    if at - starts[broken] in range(4, 10):  # time, flags and system of gzip's header, which nobody reads
        return
    assert good == {url(n) for n in range(8)} - {url(broken - 1)}
    assert corrupt == 1


@pytest.mark.parametrize("seed", range(6))
def test_a_file_that_ends_early_costs_its_last_record(write: Write, sound: bytes, seed: int):
    starts = members(sound)
    end = random.Random(seed).randrange(starts[5] + 1, starts[6] - 8)
    good, corrupt = outcome(write("x.warc.gz", sound[:end]))
    assert (good, corrupt) == ({url(n) for n in range(4)}, 1)


@pytest.mark.parametrize("gzipped", [True, False], ids=["gzip", "plain"])
def test_a_body_that_ends_early_is_broken_without_a_digest_too(write: Write, gzipped: bool):
    """Its length tells: the libraries do not."""
    body = random.Random(5).randbytes(3000)
    data = HEAD.replace(b"bomb", b"0") + b"Content-Length: 3300\r\n\r\n" + HTTP.replace(b"gzip", b"") + HTML + body
    path = write("x.warc", gzip.compress(data)[:-8] if gzipped else data)
    assert outcome(path) == (set(), 1)


def test_a_plain_file_that_ends_early_costs_its_last_record(write: Write, sound: bytes):
    good, corrupt = outcome(write("x.warc", gzip.decompress(sound)[:-20_000]))
    assert (good, corrupt) == ({url(n) for n in range(7)}, 1)


@pytest.mark.parametrize("gzipped", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("junk", [b"junk", bytes(5000), b"\x1f\x8b\x08" * 500], ids=["words", "zeros", "gzip-like"])
def test_junk_between_records_is_stepped_over(write: Write, sound: bytes, junk: bytes, gzipped: bool):
    starts = members(sound)
    parts = [sound[a:b] for a, b in zip(starts, [*starts[1:], len(sound)], strict=True)]
    parts.insert(4, gzip.compress(junk) if gzipped else junk)
    data = b"".join(parts) if gzipped else b"".join(gzip.decompress(p) if p != junk else p for p in parts)
    assert outcome(write("x.warc.gz", data)) == ({url(n) for n in range(8)}, 1)


def test_a_block_that_is_not_what_its_digest_says_is_broken(write: Write):
    data = foreign((url("a"), "200 OK", {"Content-Type": "text/html"}, HTML), gzipped=False)
    path = write("x.warc", data.replace(b"ferry is late", b"ferry is here"))
    assert "digest" in str(failure(WarcPages([path]), "a"))


def test_broken_places_are_told_among_the_pages(write: Write, sound: bytes):
    data = bytearray(sound)
    data[members(sound)[3] + 1] ^= 0xFF
    found = list(page_urls(write("x.warc.gz", bytes(data))))
    assert [n for n, each in enumerate(found) if isinstance(each, InputError)] == [2]
    assert "x.warc.gz, byte " in str(found[2])


# Bombs


HEAD = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://pier.example/bomb\r\n"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
BIG = bytes(80_000_000)


def bomb(block: bytes, claim: int | None = None) -> bytes:
    return gzip.compress(HEAD + b"Content-Length: %d\r\n\r\n" % (len(block) if claim is None else claim) + block, 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: bomb(HTTP + gzip.compress(BIG)),
        lambda: bomb(HTTP + BIG),
        lambda: bomb(HTTP, claim=10**9),
        lambda: bomb(HTTP + BIG, claim=30),
        lambda: bomb(HTTP.replace(b"gzip", b"gzip, gzip, gzip") + gzip.compress(gzip.compress(gzip.compress(HTML)))),
        lambda: gzip.compress(HEAD + b"X: " + BIG, 1),
        lambda: gzip.compress(HEAD + b"X: a\r\n" * 5_000_000, 1),
        lambda: bomb(b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 1_000_000 + b"\r\n" + HTML),
    ],
    ids=["body", "record", "claim", "hidden", "codings", "header-line", "headers", "http-headers"],
)
def test_a_bomb_costs_itself_only(write: Write, sound: bytes, make: Callable[[], bytes]):
    starts = members(sound)
    path = write("x.warc.gz", sound[: starts[3]] + make() + sound[starts[3] :])
    with memory() as told:
        pages = WarcPages([path], max_bytes=1_000_000)
        good = {each.url for each in pages} - {url("bomb")}
        asyncio.run(pages.fetch(url(7)))
        assert isinstance(failure(pages, "bomb"), FetchError | InputError)
        assert len(pages.broken) <= 1
    assert good == {url(n) for n in range(8)}
    assert sum(isinstance(each, InputError) for each in records(path)) <= 1
    assert told[1] < 20_000_000


def test_random_bytes_are_no_archive(write: Write):
    found = list(records(write("x.warc", random.Random(3).randbytes(3_000_000))))
    assert [type(each) for each in found] == [InputError]


def test_the_index_keeps_no_bodies(tmp_path: Path):
    rnd = random.Random(1)
    path = archive(tmp_path, *(page(n, HTML + rnd.randbytes(500_000)) for n in range(20)))
    pages = WarcPages([path])
    with memory() as told:
        failure(pages, "none")
    assert told[0] < 500_000
    assert told[1] < 3_000_000


# What can't be read at all


def test_a_file_or_folder_without_an_archive_is_told_at_once(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        WarcPages([tmp_path / "gone.warc.gz"])
    assert caught.value.reason == "missing_file"
    with pytest.raises(InputError, match="no archive in this folder"):
        WarcPages([tmp_path])


@pytest.mark.parametrize("data", [b"https://mill.example/a\n", gzip.compress(b"https://mill.example/a\n")])
def test_a_file_that_is_no_archive_is_told_at_once(tmp_path: Path, data: bytes):
    (tmp_path / "list").write_bytes(data)

    with pytest.raises(InputError, match="no archive, by its name and its beginning"):
        WarcPages(tmp_path / "list")


def test_an_empty_file_is_an_archive_without_pages(write: Write):
    assert list(WarcPages([write("x.warc.gz", b"")])) == []


def test_a_run_that_is_stopped_waits_for_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of a large archive takes minutes."""
    pages, made = WarcPages(archive(tmp_path, page(1))), threading.Event()
    monkeypatch.setattr(pages, "_make_index", made.wait)

    async def stopped() -> None:
        await asyncio.wait_for(pages.index(), 0.01)

    (timer := threading.Timer(1.5, made.set)).start()  # were it waited for, it would take that long
    begun_s = time.monotonic()
    try:
        with pytest.raises(TimeoutError):
            asyncio.run(stopped())
        assert time.monotonic() - begun_s < 1
    finally:
        timer.cancel()
        made.set()


def test_a_replay_tells_that_the_archive_is_broken(write: Write, sound: bytes, caplog: pytest.LogCaptureFixture):
    """What stood there can't be told from what never did."""
    at = members(sound)[3]
    pages = WarcPages([write("x.warc.gz", sound[:at] + b"XX" + sound[at + 2 :])])

    assert str(failure(pages, 2)) == f"{url(2)}: the archive does not hold it (broken places: 1)"
    assert failure(pages, 2).reason == "not_archived"
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        f"the archive is broken here (x.warc.gz, byte {at}: no record begins here)"
    ]


@pytest.mark.parametrize("raw", [b"", gzip.compress(b"raw")], ids=["decoded", "raw"])
def test_a_page_that_led_on_leads_on_again(tmp_path: Path, raw: bytes):
    onward = b'<html><meta http-equiv="refresh" content="0; url=/b">'
    encoded = (*HEADERS, ("Content-Encoding", "gzip"))
    hop = Hop(url("a"), 200, encoded, "", gzip.compress(onward) if raw else onward)
    led = replace(page("b"), url=url("a"), hops=(hop,), headers=encoded, raw=gzip.compress(HTML) if raw else b"")
    pages = WarcPages([archive(tmp_path, led)])

    again = fetch(pages, "a")
    assert (again.html, again.final_url, [hop.url for hop in again.hops]) == (HTML, url("b"), [url("a")])


def test_a_page_that_leads_to_none_in_the_archive_is_the_page(tmp_path: Path):
    onward = b'<html><meta http-equiv="refresh" content="0; url=/b">'

    assert fetch(WarcPages([archive(tmp_path, page("a", onward))]), "a").html == onward
