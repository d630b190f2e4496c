"""What reads WARC: FastWARC if it is installed, else warcio, both brought to one form. Their sole user for reading.

Neither decodes anything but gzip here: what is in a record is for our own, bounded decoder.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from newsclean.errors import InputError

MAX_HEADER_BYTES = 32 * 1024  # of a record; FastWARC's own limit
LIBRARY_ERRORS = (EOFError, OSError, ValueError, zlib.error)  # OSError without errno: FastWARC's word for damage


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as a library gives it.

    Attributes:
        offset: where it begins in the file, in bytes.
        headers: lower-case name -> value.
        length: of its block, as its header says; 0 if it says nothing of use.
        read: gives up to so many of the block's next bytes; none at its end.
    """

    offset: int
    headers: Mapping[str, str]
    length: int
    read: Callable[[int], bytes]


Read = Callable[[BinaryIO], Iterator[Raw]]
"""Gives the records from where a file stands; each can be read until the next is asked for."""


def installed() -> Read:
    """What there is to read with.

    Raises:
        ImportError: nothing.
    """
    try:
        import fastwarc.warc  # noqa: F401, PLC0415 - an extra
    except ImportError:
        pass
    else:
        return with_fastwarc
    try:
        import warcio.archiveiterator  # noqa: F401, PLC0415
    except ImportError as error:
        raise ImportError("to read archives, install FastWARC or warcio: pip install 'newsclean[warc]'") from error
    return with_warcio


def with_fastwarc(file: BinaryIO) -> Iterator[Raw]:
    """The records of a file; raises LIBRARY_ERRORS at damage."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415

    for record in ArchiveIterator(file, parse_http=False, max_header_len=MAX_HEADER_BYTES):
        headers = {name.lower(): value for name, value in record.headers.to_tuples()}
        yield Raw(record.stream_pos, headers, record.content_length, record.reader.read)


def with_warcio(file: BinaryIO) -> Iterator[Raw]:
    """The records of a file; raises LIBRARY_ERRORS at damage."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    archive: Any = ArchiveIterator(file, no_record_parse=True)
    archive.reader = _bounded(file)
    try:
        for record in archive:
            headers = {name.lower(): value for name, value in record.rec_headers.headers}
            yield Raw(archive.offset, headers, max(0, record.length or 0), record.raw_stream.read)
    except ArchiveLoadFailed as error:
        if "non-chunked gzip" in str(error):
            raise InputError("several records in one gzip member: run `warcio recompress` on it") from error
        raise ValueError(str(error)[:100]) from error


def _bounded(file: BinaryIO) -> Any:
    """A warcio reader that gives up headers without end."""
    from warcio.bufferedreaders import DecompressingBufferedReader  # noqa: PLC0415

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
        count = 0  # of the bytes of the header that is being read

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or MAX_HEADER_BYTES, MAX_HEADER_BYTES))
            self.count = self.count + len(line) if line.strip() else 0
            if self.count >= MAX_HEADER_BYTES:
                raise ValueError("a header without end")
            return line

    return Bounded(file)
