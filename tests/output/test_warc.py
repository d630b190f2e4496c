"""What is archived is what was sent; a file is whole or can be made whole, whatever happened to the run."""

from __future__ import annotations

import errno
import gzip
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsclean.errors import BadStatus, OutputError
from newsclean.model import Hop, Page
from newsclean.output import warc
from newsclean.output.warc import OPEN, WarcWriter, whole_size

FIRST = "pages-00000.warc.gz"
HTML = b"<html><p>The ferry is late.</p></html>"
URL = "http://pier.example/ferry"


def page(name: str = "ferry", size: int = 0) -> Page:
    return Page(f"http://pier.example/{name}", f"http://pier.example/{name}", HTML + os.urandom(size))


def killed(folder: Path, names: str, size: int = 0) -> Path:
    """What is left of a run that wrote these pages and was killed."""
    writer = WarcWriter(folder)
    for name in names:
        writer.write(page(name, size))
    assert writer._file is not None
    writer._file.close()
    return folder / (FIRST + OPEN)


def records(data: bytes) -> list[tuple[dict[str, str], bytes]]:
    """WARC headers and block of each record, as another reader has them, which checks the digests."""
    for checked in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        checked.raw_stream.read()
    raw = ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    return [(dict(r.rec_headers.headers), r.raw_stream.read()) for r in raw]


def targets(folder: Path, name: str = FIRST) -> list[str]:
    """The URLs of a file's records."""
    return [h["WARC-Target-URI"].rpartition("/")[2] for h, _ in records((folder / name).read_bytes())[1:]]


def test_the_folder_may_be_named_by_a_text(tmp_path: Path):
    with WarcWriter(str(tmp_path / "archive")) as writer:
        writer.write(page())
    assert (tmp_path / "archive" / FIRST).exists()


def test_a_page_is_kept_as_it_was_sent(tmp_path: Path):
    sent = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Pier", "caf\xe9"))
    packed = gzip.compress(HTML)
    with WarcWriter(tmp_path) as writer:
        name, offset = writer.write(
            Page(URL, URL, HTML, headers=sent, raw=packed, ip="192.0.2.7", fetched_at="2026-03-04T10:30:00+00:00")
        )
    data = (tmp_path / name).read_bytes()
    head, block = records(data[offset:])[0]
    assert (
        block
        == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nX-Pier: caf\xe9\r\n\r\n" + packed
    )
    assert (head["WARC-Type"], head["WARC-Target-URI"], head["WARC-IP-Address"]) == ("response", URL, "192.0.2.7")
    assert head["WARC-Date"] == "2026-03-04T10:30:00Z"
    assert head["WARC-Payload-Digest"].startswith("sha1:")
    assert data.startswith(b"\x1f\x8b")
    assert records(data)[0][0]["WARC-Type"] == "warcinfo"


def test_headers_that_no_longer_hold_are_renamed(tmp_path: Path):
    """The body is stored without its chunks; without the bytes as sent it is stored decoded."""
    sent = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "br"), ("Content-Length", "9"))
    with WarcWriter(tmp_path) as writer:
        writer.write(Page(URL, URL, HTML, headers=sent))
        writer.write(Page(URL, URL, HTML, headers=sent, raw=b"packed"))
    decoded, packed = (block for _, block in records((tmp_path / FIRST).read_bytes())[1:])
    assert decoded.count(b"\r\nX-Crawler-") == 3
    assert packed.count(b"\r\nX-Crawler-") == 1


def test_redirects_are_answers_without_a_body(tmp_path: Path):
    hops = (Hop(URL, 301, (("Location", "/boat"),), "192.0.2.7"), Hop("http://pier.example/boat", 307))
    with WarcWriter(tmp_path) as writer:
        writer.write(Page(URL, "http://pier.example/ship", HTML, hops=hops))
    blocks = [block.partition(b"\r\n")[0] for _, block in records((tmp_path / FIRST).read_bytes())[1:]]
    assert targets(tmp_path) == ["ferry", "boat", "ship"]
    assert blocks == [b"HTTP/1.1 301 Moved Permanently", b"HTTP/1.1 307 Temporary Redirect", b"HTTP/1.1 200 OK"]


def test_a_failure_is_a_metadata_record(tmp_path: Path):
    with WarcWriter(tmp_path) as writer:
        writer.failed(URL, BadStatus(410, url=URL))
    head, block = records((tmp_path / FIRST).read_bytes())[1]
    assert (head["WARC-Type"], head["WARC-Target-URI"]) == ("metadata", URL)
    assert b'"reason": "http_410"' in block
    assert b'"status": 410' in block


def test_without_pages_there_is_no_file(tmp_path: Path):
    with WarcWriter(tmp_path / "archive") as writer:
        writer.sync()
    assert list((tmp_path / "archive").iterdir()) == []


def test_a_file_has_its_name_when_it_is_whole(tmp_path: Path):
    writer = WarcWriter(tmp_path)
    name, _ = writer.write(page())
    writer.sync()
    assert [p.name for p in tmp_path.iterdir()] == [name + OPEN]
    writer.close()
    writer.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_full_file_is_closed_and_the_next_begun(tmp_path: Path):
    with WarcWriter(tmp_path, rotate_bytes=5000) as writer:
        where = [writer.write(page(str(n), 3000))[0] for n in range(4)]
        during = sorted(p.name for p in tmp_path.iterdir())
    assert where == [FIRST, FIRST, "pages-00001.warc.gz", "pages-00001.warc.gz"]
    assert during == [FIRST, "pages-00001.warc.gz" + OPEN]
    assert targets(tmp_path, "pages-00001.warc.gz") == ["2", "3"]


def test_the_next_run_begins_a_file_of_its_own(tmp_path: Path):
    for name in "ab":
        with WarcWriter(tmp_path) as writer:
            writer.write(page(name))
    assert [targets(tmp_path, f"pages-0000{n}.warc.gz") for n in range(2)] == [["a"], ["b"]]


@pytest.mark.parametrize("cut", [1, 10, 500, 3200], ids=lambda n: f"{n}-bytes")
def test_what_a_killed_run_left_is_cut_back_and_continued(tmp_path: Path, cut: int):
    path = killed(tmp_path, "abc", 3000)
    os.truncate(path, path.stat().st_size - cut)
    with WarcWriter(tmp_path) as writer:
        name, _ = writer.write(page("d"))
    assert name == FIRST
    assert targets(tmp_path) == ["a", "b", "d"]


def test_what_a_killed_run_left_gets_its_name_even_if_nothing_more_comes(tmp_path: Path):
    killed(tmp_path, "ab")
    with WarcWriter(tmp_path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == [FIRST]
    assert targets(tmp_path) == ["a", "b"]


def test_what_a_power_cut_left_is_cut_back_too(tmp_path: Path):
    """The size of a file may be on the disk before its data: zeros stand there then."""
    path = killed(tmp_path, "a")
    os.truncate(path, path.stat().st_size + 4096)
    with WarcWriter(tmp_path) as writer:
        writer.write(page("b"))
    assert targets(tmp_path) == ["a", "b"]


def test_nothing_whole_is_begun_anew(tmp_path: Path):
    (tmp_path / (FIRST + OPEN)).write_bytes(b"\x1f\x8b\x08 no more")
    with WarcWriter(tmp_path) as writer:
        writer.write(page("a"))
    assert targets(tmp_path) == ["a"]


def test_a_checksum_that_does_not_hold_ends_what_is_whole():
    members = [gzip.compress(os.urandom(1000)) for _ in range(3)]
    broken = members[1][:-8] + b"\0" * 8
    assert whole_size(io.BytesIO(b"".join(members))) == sum(map(len, members))
    assert whole_size(io.BytesIO(members[0] + broken + members[2])) == len(members[0])


def test_a_bomb_is_not_unpacked_as_a_whole_to_see_that_it_is_whole():
    data = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    assert whole_size(io.BytesIO(data)) == len(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_on_a_full_disk_what_was_written_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    writer = WarcWriter(tmp_path)
    writer.write(page("a"))

    def short(file: io.RawIOBase, data: bytes) -> None:
        file.write(data[:100])
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(warc, "_write_all", short)
        with pytest.raises(OutputError) as caught:
            writer.write(page("b"))
    assert caught.value.reason == "disk_full"
    writer.write(page("c"))
    writer.close()
    assert targets(tmp_path) == ["a", "c"]


def test_a_write_that_the_system_cuts_short_is_continued():
    class Short(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            return super().write(bytes(data[:7]))

    file = Short()
    warc._write_all(file, b"the ferry leaves at nine")
    assert file.getvalue() == b"the ferry leaves at nine"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        WarcWriter(tmp_path / "file" / "archive")
