"""The records of WARC files, plain or gzipped record by record: what is broken is told and stepped over.

Neither library that reads them tells of a file that ends early, and both stop at the first broken member. So lengths
and digests are checked here, and after damage the next record is looked for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from newsclean.batch.saved import reading
from newsclean.batch.warc_library import LIBRARY_ERRORS, Raw, Read, installed
from newsclean.batch.warc_scan import Scan, scan_of
from newsclean.errors import BadBody, InputError

PIECE_BYTES = 64 * 1024
SKIP_OVER_BYTES = 64 * 1024 * 1024  # unpacked; what is larger is not unpacked only to come to the next record
DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"})


@dataclass(slots=True)
class Record:
    """One record; its block can be read until the next record is asked for.

    Attributes:
        path: of the file.
        offset: where it begins there, in bytes.
        kind: "response", "metadata", …
        url: its target; empty if it has none.
        headers: lower-case name -> value.
    """

    path: Path
    offset: int
    kind: str
    url: str
    headers: Mapping[str, str]
    _raw: Raw
    _begun: bytearray = field(default_factory=bytearray)

    def start(self, size: int) -> bytes:
        """The block's first bytes, unchecked. Raises InputError (`warc_corrupt`)."""
        self._read(size)
        return bytes(self._begun[:size])

    def block(self, max_bytes: int) -> bytes:
        """The block, whole and checked.

        Raises:
            BadBody: `too_large`; `truncated_body` if the crawler cut it.
            InputError: `warc_corrupt`: it ends early, or is not what its digest says.
        """
        if self._raw.length > max_bytes:
            raise BadBody(f"{self._raw.length} bytes", reason="too_large", url=self.url)
        self._read(self._raw.length)
        if len(self._begun) < self._raw.length:
            raise self.corrupt(f"{len(self._begun)} of {self._raw.length} bytes")
        block = bytes(self._begun)
        if not self._is_genuine(block):
            raise self.corrupt("the digest is another")
        if cut := self.headers.get("warc-truncated"):
            raise BadBody(f"the crawler cut it: {cut[:40]}", reason="truncated_body", url=self.url)
        return block

    def _read(self, size: int) -> None:
        """Have so many bytes in `_begun`, or all that there are."""
        with damage(self.corrupt):
            while len(self._begun) < size and (piece := self._raw.read(min(size - len(self._begun), PIECE_BYTES))):
                self._begun += piece

    def _is_genuine(self, block: bytes) -> bool:
        """Whether the block has the digest that its header says; the payload's, if it says nothing of the block."""
        if said := self.headers.get("warc-block-digest"):
            return has_digest(block, said)
        said = self.headers.get("warc-payload-digest", "")
        head, gap, payload = block.partition(b"\r\n\r\n")
        if self.kind != "response" or not gap or b"transfer-encoding" in head.lower():
            return True  # of chunks some take the digest with their sizes, some without
        return has_digest(payload, said)

    def corrupt(self, detail: str) -> InputError:
        """The error (`warc_corrupt`) about this record."""
        return corrupt(self.path, self.offset, detail, self.url)


def records(path: Path, begin: int = 0) -> Generator[Record | InputError]:
    """Each record of a file from an offset on, and one error (`warc_corrupt`) for each stretch that is none.

    Raises:
        InputError: missing_file, unreadable_file: no WARC file, or one that is gzipped as a whole.
        ImportError: no library that reads WARC is installed.
    """
    read = installed()
    with reading(path), path.open("rb") as file:
        scan = scan_of(file)
        at: int | None = begin
        told = False  # of the damage that is being stepped over
        while at is not None:
            last = None
            for record in _until_damage(read, path, at, scan):
                last, told = record.offset, False
                yield record
            end = at if last is None else scan.end_of(last)  # None: its block is broken, which who reads it learns
            if end is not None and end < scan.size and not told:
                yield corrupt(path, end, "no record begins here")
                told = True
            after = at + 1 if last is None else end or last + 1
            at = scan.next_start(after)


def _until_damage(read: Read, path: Path, begin: int, scan: Scan) -> Iterator[Record]:
    """The records from an offset on, as far as the library reads them, or as it is worth reading on."""
    before = -1
    try:
        with path.open("rb") as file:
            file.seek(begin)
            for raw in read(file):
                if raw.offset <= before or not scan.is_start(raw.offset):
                    said = "several records in one gzip member: run `warcio recompress` on it"
                    raise InputError(said, url=str(path))
                before = raw.offset
                if not raw.headers.get("warc-type"):
                    return  # what warcio makes of a broken header
                url = raw.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")
                yield Record(path, raw.offset, raw.headers["warc-type"], url, raw.headers, raw)
                if scan.is_gzip and raw.length > SKIP_OVER_BYTES:
                    return
    except LIBRARY_ERRORS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise


@contextmanager
def record_at(path: Path, offset: int) -> Iterator[Record]:
    """The record that begins at an offset; its block can be read in the context.

    Raises:
        InputError: warc_corrupt: none does; and as `records`.
    """
    with closing(records(path, offset)) as found:
        record = next(found, None)
        if not isinstance(record, Record) or record.offset != offset:
            raise corrupt(path, offset, "no record begins here")
        yield record


def corrupt(path: Path, offset: int, detail: str, url: str = "") -> InputError:
    """The error about a place in an archive."""
    return InputError(f"{path.name}, byte {offset}: {detail}", reason="warc_corrupt", url=url or str(path))


def has_digest(data: bytes, said: str) -> bool:
    """Whether data have a digest like "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"; yes, if that can't be told.

    >>> has_digest(b"", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), has_digest(b"a", "md5:" + 32 * "0")
    (True, False)
    """
    name, _, value = said.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in DIGESTS:
        return True
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    return value.strip().lower() in {digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()}


@contextmanager
def damage(error: Callable[[str], InputError]) -> Iterator[None]:
    """Turn what a library raises about damage in the block into an error; what the disk raises stays."""
    try:
        yield
    except LIBRARY_ERRORS as raised:
        if isinstance(raised, OSError) and raised.errno is not None:
            raise
        raise error(str(raised)[:100]) from raised
