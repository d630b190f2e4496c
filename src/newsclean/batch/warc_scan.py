"""Where records begin and end in a WARC file, found without a library, as libraries stop at damage."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Protocol

from newsclean.sniff import GZIP

MEMBER_START = b"\x1f\x8b\x08"
WARC_START = b"WARC/"
GAP = b"\r\n\r\n"  # after a record's header, and after its block
MAX_HEADER_BYTES = 32 * 1024  # of a record; FastWARC's own limit
MOST_UNPACKED_BYTES = 64 * 1024 * 1024  # to find the end of a member
PIECE_BYTES = 64 * 1024
SCAN_BYTES = 1024 * 1024
_PLAIN_START = re.compile(rb"WARC/[\d.]{1,9}\r?\n[\w-]{1,40}:")
_GZIP_BITS = 31  # zlib's wbits


class Scan(Protocol):
    """Finds records in a file without a library.

    Attributes:
        size: of the file, in bytes.
        is_gzip: whether every record is a gzip member.
    """

    size: int
    is_gzip: bool

    def is_start(self, offset: int) -> bool:
        """Whether a record may begin there."""

    def end_of(self, offset: int) -> int | None:
        """Where the record that begins at an offset ends; None if it is broken, or too large to look."""

    def next_start(self, offset: int) -> int | None:
        """Where the first record from an offset on begins."""


def scan_of(file: BinaryIO) -> Scan:
    """The scan that suits a file, which is its alone as long as it is used."""
    file.seek(0)
    return GzipScan(file) if file.read(2) == GZIP else PlainScan(file)


class GzipScan:
    """A file with a gzip member for each record."""

    is_gzip = True

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def end_of(self, offset: int) -> int | None:
        """As `Scan`."""
        member = zlib.decompressobj(_GZIP_BITS)
        at = self._file.seek(offset)
        count = 0
        with suppress(zlib.error):
            while data := self._file.read(PIECE_BYTES):
                at += len(data)
                while data and not member.eof:
                    count += len(member.decompress(data, PIECE_BYTES))
                    data = member.unconsumed_tail
                if member.eof:
                    return at - len(member.unused_data)
                if count > MOST_UNPACKED_BYTES:
                    break
        return None

    def next_start(self, offset: int) -> int | None:
        """As `Scan`."""
        return next((at for at in occurrences(self._file, MEMBER_START, offset) if self._holds_record(at)), None)

    def is_start(self, offset: int) -> bool:
        """As `Scan`."""
        self._file.seek(offset)
        return self._file.read(len(MEMBER_START)) == MEMBER_START

    def _holds_record(self, offset: int) -> bool:
        """Whether it is a record that begins here: the bytes that begin a member stand in other data as well."""
        self._file.seek(offset)
        with suppress(zlib.error):
            return zlib.decompressobj(_GZIP_BITS).decompress(self._file.read(1024), 5) == WARC_START
        return False


class PlainScan:
    """A file that is not compressed."""

    is_gzip = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def is_start(self, offset: int) -> bool:
        """As `Scan`."""
        self._file.seek(offset)
        return self._file.read(len(WARC_START)) == WARC_START

    def end_of(self, offset: int) -> int | None:
        """As `Scan`."""
        self._file.seek(offset)
        head, gap, _ = self._file.read(MAX_HEADER_BYTES).partition(GAP)
        length = re.search(rb"(?im)^content-length: {0,9}(\d{1,15})", head)
        if not gap or not length:
            return None
        end = offset + len(head) + len(gap) + int(length[1])
        if end > self.size:
            return None
        self._file.seek(end)
        rest = self._file.read(64)
        return end + len(rest) - len(rest.lstrip(b"\r\n"))

    def next_start(self, offset: int) -> int | None:
        """As `Scan`."""
        return next((at for at in occurrences(self._file, WARC_START, offset) if self._holds_record(at)), None)

    def _holds_record(self, offset: int) -> bool:
        """Whether it is a record that begins here: pages may speak of WARC as well."""
        self._file.seek(offset)
        return bool(_PLAIN_START.match(self._file.read(100)))


def occurrences(file: BinaryIO, needle: bytes, offset: int) -> Iterator[int]:
    """Where a few bytes stand in a file, from an offset on."""
    tail = b""
    while True:
        file.seek(offset)
        data = tail + file.read(SCAN_BYTES)
        if len(data) < len(needle):
            return
        base = offset - len(tail)
        found = data.find(needle)
        while found >= 0:
            yield base + found
            found = data.find(needle, found + 1)
        offset = base + len(data)
        tail = data[1 - len(needle) :]
