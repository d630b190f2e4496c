"""Archive pages as they came: WARC/1.1, every record a gzip member of its own. The sole user of warcio for writing.

A page becomes a `response` record for every answer on its way, bodies as sent; a failed fetch becomes a `metadata`
record. The file that grows is called `pages-00000.warc.gz.open` and loses `.open` when it is whole.
"""

from __future__ import annotations

import os
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from newsclean.errors import NewscleanError
from newsclean.model import Headers, Hop, Page
from newsclean.output.store import make_folder, writing
from newsclean.output.warc_failure import FAILURE_TYPE, block_of
from newsclean.output.warc_names import OPEN

try:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError as error:
    raise ImportError("to write archives, install warcio: pip install 'newsclean[warc]'") from error

ROTATE_BYTES = 1_000_000_000  # what Heritrix and Common Crawl cut at
COMPRESSION = 6  # bodies are mostly compressed already
PHRASES = {known.value: known.phrase for known in HTTPStatus}
PIECE_BYTES = 64 * 1024
# What no longer says how the stored body is encoded, renamed as Common Crawl does it.
_ORIGINAL = "X-Crawler-"
_GZIP_BITS = 31  # zlib's wbits
_NAME = re.compile(r"pages-(\d{5,9})\.warc\.gz(?:\.open)?")


class WarcWriter:
    """Appends pages to the archive of a folder; a context that leaves a whole file behind. Any thread may call it.

    What a killed run left is cut back to its last whole record, and continued.

    Args:
        folder: made if it is missing.
        rotate_bytes: a file that has as many is closed, and the next begun.

    Raises:
        OutputError: disk_full or write_error, from everything that writes; what was written before stays whole.
    """

    def __init__(self, folder: str | Path, rotate_bytes: int = ROTATE_BYTES) -> None:
        folder = Path(folder)
        self._folder = folder
        self._rotate_bytes = rotate_bytes
        self._file: BinaryIO | None = None
        self._size = 0
        self._lock = threading.RLock()
        make_folder(folder)
        with writing(folder):
            numbered = {int(m[1]): p for p in folder.iterdir() if (m := _NAME.fullmatch(p.name))}
        self._number = max(numbered, default=-1) + 1
        for number, path in sorted(numbered.items()):
            if path.name.endswith(OPEN):
                self._recover(path, last=number == self._number - 1)

    def write(self, page: Page) -> tuple[str, int]:
        """Append a page; returns the name that its file will have, and where in it the page's own record begins."""
        hops = [
            replace(hop, headers=_as_stored(hop.headers, has_raw=bool(hop.body and page.raw)))
            for hop in page.hops or _redirects(page)
        ]
        headers = page.headers or (("Content-Type", page.content_type or "text/html"),)
        answer = Hop(page.final_url, page.status, _as_stored(headers, has_raw=bool(page.raw)), page.ip)
        records = [_response(hop, hop.body, page.fetched_at) for hop in hops]
        return self._append_all([*records, _response(answer, page.raw or page.html, page.fetched_at)])

    def failed(self, url: str, error: NewscleanError) -> tuple[str, int]:
        """Append why there is no page; returns as `write`."""
        return self._append_all([_record("metadata", url, block_of(error), content_type=FAILURE_TYPE)])

    def sync(self) -> None:
        """Have on the disk all that was written."""
        with self._lock:
            if self._file:
                with writing(self._path()):
                    os.fsync(self._file.fileno())

    def close(self) -> None:
        """Have all on the disk and give the file its name; a second call does nothing."""
        with self._lock:
            file, self._file = self._file, None
            if file is None:
                return
            with writing(self._path()), file:
                os.fsync(file.fileno())
            _finish(self._path())
            self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _name(self) -> str:
        return f"pages-{self._number:05d}.warc.gz"

    def _path(self) -> Path:
        return self._folder / (self._name() + OPEN)

    def _append_all(self, records: list[bytes]) -> tuple[str, int]:
        """Append records to one file; returns its name, and where the last of them begins."""
        with self._lock:
            file = self._ready()
            return self._name(), [self._append(file, record) for record in records][-1]

    def _ready(self) -> BinaryIO:
        """The file to append to, a new one if the last is full."""
        if self._file and self._size >= self._rotate_bytes:
            self.close()
        if self._file is None:
            self._open()
        assert self._file is not None  # noqa: S101 - for mypy
        return self._file

    def _open(self) -> None:
        """Open the file of this number; what is there is whole."""
        with writing(self._path()):
            self._file = self._path().open("ab", buffering=0)
            self._size = self._file.seek(0, os.SEEK_END)
        if not self._size:
            info = b"software: newsclean\r\nformat: WARC File Format 1.1\r\n"
            self._append(self._file, _record("warcinfo", "", info, headers={"WARC-Filename": self._name()}))

    def _append(self, file: BinaryIO, record: bytes) -> int:
        """Add a gzip member; returns where it begins."""
        begin = self._size
        packer = zlib.compressobj(COMPRESSION, wbits=_GZIP_BITS)
        data = packer.compress(record) + packer.flush()
        with writing(self._path()):
            try:
                _write_all(file, data)
            except BaseException:
                with suppress(OSError):
                    file.truncate(begin)
                raise
        self._size = begin + len(data)
        return begin

    def _recover(self, path: Path, *, last: bool) -> None:
        """Cut a file that was left open back to what is whole; go on with the last, give others their name."""
        with writing(path), path.open("r+b") as file:
            file.truncate(whole_size(file))
            os.fsync(file.fileno())
        if last:
            self._number -= 1
            self._open()
        else:
            _finish(path)


def whole_size(file: BinaryIO) -> int:
    """Where the last gzip member ends whose checksum holds, in bytes, from a file's beginning."""
    whole = at = 0
    member = zlib.decompressobj(_GZIP_BITS)
    with suppress(zlib.error):
        while data := file.read(PIECE_BYTES):
            at += len(data)
            while data:
                member.decompress(data, PIECE_BYTES)
                if not member.eof:
                    data = member.unconsumed_tail
                    continue
                data = member.unused_data
                whole = at - len(data)
                member = zlib.decompressobj(_GZIP_BITS)
    return whole


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write to an unbuffered file, which may take less than it is given."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _finish(path: Path) -> None:
    """Give a whole file its name, and have that on the disk."""
    with writing(path):
        path.rename(path.with_name(path.name.removesuffix(OPEN)))
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _redirects(page: Page) -> Iterator[Hop]:
    """The answers that must have led from URL to URL; their own fetcher did not tell them."""
    urls = [page.url, *page.redirects, page.final_url] if page.url != page.final_url else []
    for url, target in pairwise(urls):
        yield Hop(url, 302, (("Location", target),))


def _as_stored(headers: Headers, *, has_raw: bool = False) -> Headers:
    """The headers that hold for the body as it is stored: without chunks, and decoded or missing if it is not raw."""
    changed = {"transfer-encoding"} if has_raw else {"transfer-encoding", "content-encoding", "content-length"}
    return tuple((_ORIGINAL + name if name.lower() in changed else name, value) for name, value in headers)


def _response(answer: Hop, body: bytes, fetched_at: str) -> bytes:
    """A response record."""
    http = _Sent(f"{answer.status} {PHRASES.get(answer.status, '')}", answer.headers, "HTTP/1.1")
    named = {"WARC-IP-Address": answer.ip} if answer.ip else {}
    return _record("response", answer.url, body, headers={**named, "WARC-Date": _date(fetched_at)}, http=http)


def _record(
    kind: str,
    url: str,
    block: bytes,
    *,
    headers: dict[str, str] | None = None,
    http: StatusAndHeaders | None = None,
    content_type: str = "",
) -> bytes:
    """A record, with its length and digests."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=content_type,
        warc_headers_dict={"WARC-Date": _date(""), **(headers or {})},
        http_headers=http,
    )
    writer.write_record(record)
    return out.getvalue()


def _date(fetched_at: str) -> str:
    """A time as WARC has it: UTC, to the second; now if there is none.

    >>> _date("2026-03-04T11:30:00+01:00")
    '2026-03-04T10:30:00Z'
    """
    when = datetime.fromisoformat(fetched_at) if fetched_at else datetime.now(UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Sent(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers that are written as they were sent; warcio would percent-encode what is not ASCII."""

    def __init__(self, status: str, headers: Headers, protocol: str) -> None:
        super().__init__(status, list(headers), protocol=protocol)

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Set the bytes."""
        self.headers_buff = self.to_bytes(encoding="latin-1")
