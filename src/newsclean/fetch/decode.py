"""Bounded decompression: pieces of a body as sent go in, the decoded bytes come out, never more than allowed.

httpx 0.28 decodes a whole piece at once, so a cap on its output comes after a bomb has gone off; it also gives a
truncated gzip body as complete. Therefore the raw body is decoded here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from newsclean.errors import BadBody
from newsclean.sniff import GZIP

ACCEPT_ENCODING = "gzip, br, deflate"
PIECE_BYTES = 64 * 1024  # what a stage holds at once; httpx reads the network in such pieces as well
MAX_CODINGS = 2  # more than one is a server's mistake, more than two a bomb
MAX_RATIO = 100  # of what is decoded, above RATIO_FROM_BYTES; HTML of news comes to 4 to 20, deflate's most is 1032
RATIO_FROM_BYTES = 1024 * 1024
MAX_MEMBERS = 1024  # bgzip begins one every 64 KiB, so 10 MiB have 160

_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 31, 15, -15  # zlib's wbits


class _Stage(Protocol):
    """One content coding being undone."""

    def expand(self, data: bytes) -> Iterator[bytes]: ...

    def complete(self) -> bool: ...


class BodyDecoder:
    """Undoes the content codings of one body, piece by piece.

    Args:
        content_encoding: the header, "" if there was none.
        max_bytes: of the body as sent, after each coding, and at the end.
        url: for the errors.

    Raises:
        BadBody: `decode_error` if a coding is unknown or there are too many.
    """

    def __init__(self, content_encoding: str, *, max_bytes: int, url: str) -> None:
        names = [name for c in content_encoding.lower().split(",") if (name := c.strip()) not in {"", "identity"}]
        self._url = url
        self._max_bytes = max_bytes
        if len(names) > MAX_CODINGS:
            raise self._error("decode_error", f"{len(names)} content codings")
        self._stages = [self._stage(name) for name in reversed(names)]  # undone last first
        self._counts = [0] * (len(names) + 1)

    def feed(self, data: bytes) -> bytes:
        """Decode the next piece of the body as sent; may be empty.

        Raises:
            BadBody: `too_large`, `decoded_too_large` or `decode_error`.
        """
        pieces = self._counted([data], 0)
        for number, stage in enumerate(self._stages, start=1):
            pieces = self._counted(_expand_all(stage, pieces), number)
        try:
            return b"".join(pieces)
        except (zlib.error, brotli.error) as error:
            raise self._error("decode_error", str(error)) from error

    def finish(self) -> None:
        """Check that nothing is missing at the end.

        Raises:
            BadBody: `truncated_body`.
        """
        if self._counts[0] and not all(stage.complete() for stage in self._stages):
            raise self._error("truncated_body", "the compressed data end early")

    def _counted(self, pieces: Iterable[bytes], number: int) -> Iterator[bytes]:
        """Pass the pieces on until there are too many bytes; lazy, so no stage runs ahead of the cap."""
        for piece in pieces:
            count = self._counts[number] = self._counts[number] + len(piece)
            if count > self._max_bytes:
                reason = "decoded_too_large" if number else "too_large"
                raise self._error(reason, f"more than {self._max_bytes} bytes")
            if count > max(RATIO_FROM_BYTES, MAX_RATIO * self._counts[0]):
                raise self._error("decoded_too_large", f"more than {MAX_RATIO} times what was sent")
            yield piece

    def _stage(self, name: str) -> _Stage:
        if name in {"gzip", "x-gzip", "deflate"}:
            return _Inflate(gzip=name != "deflate")
        if name == "br":
            return _Brotli()
        raise self._error("decode_error", f"content coding {name[:40]!r}")

    def _error(self, reason: str, detail: str) -> BadBody:
        return BadBody(detail, reason=reason, url=self._url)


class _Inflate:
    """gzip with all its members, or deflate with or without the zlib header (servers send both)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._member: zlib._Decompress | None = None
        self._members = 0
        self._head = b""  # a first byte that came alone: the second decides what it begins

    def expand(self, data: bytes) -> Iterator[bytes]:
        data = self._head + data
        self._head = b""
        while data:
            if self._member is None or self._member.eof:
                if len(data) < 2:
                    self._head = data
                    return
                if not self._begin(data[:2]):
                    return
            yield from self._pieces(data)
            data = self._member.unused_data if self._member else b""

    def complete(self) -> bool:
        return self._member is not None and self._member.eof

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        """Decompress up to the end of the member or of the data."""
        assert self._member is not None  # noqa: S101  # expand has begun one
        piece = self._member.decompress(data, PIECE_BYTES)
        # a full piece may leave output waiting behind input that is used up
        while len(piece) == PIECE_BYTES and not self._member.eof:
            yield piece
            piece = self._member.decompress(self._member.unconsumed_tail, PIECE_BYTES)
        yield piece

    def _begin(self, head: bytes) -> bool:
        """Begin a member; False if what follows the last one is padding, which gzip allows."""
        if self._members and not (self._gzip and head == GZIP):
            return False
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise zlib.error(f"more than {MAX_MEMBERS} gzip members")
        is_zlib = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head, "big") % 31 == 0  # RFC 1950, 2.2
        self._member = zlib.decompressobj(_GZIP_BITS if self._gzip else _ZLIB_BITS if is_zlib else _RAW_BITS)
        return True


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def expand(self, data: bytes) -> Iterator[bytes]:
        yield self._decompressor.process(data, output_buffer_limit=PIECE_BYTES)
        while not self._decompressor.can_accept_more_data():
            yield self._decompressor.process(b"", output_buffer_limit=PIECE_BYTES)

    def complete(self) -> bool:
        return bool(self._decompressor.is_finished())


def _expand_all(stage: _Stage, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from stage.expand(piece)
