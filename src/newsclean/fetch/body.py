"""One answer's body: headers and pieces as sent go in, the decoded HTML or text comes out, or an error says why not."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from newsclean.errors import BadBody, Unreachable
from newsclean.fetch.decode import BodyDecoder
from newsclean.fetch.kinds import FEED_TYPES, HTML, Kind
from newsclean.sniff import SNIFF_BYTES

SLICE_BYTES = 1024  # of a text that is cut: of gzip they decode to 1 MiB at most


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of a body.

    Attributes:
        decoded: its bytes.
        raw: as sent, still encoded; empty if nobody wants it.
    """

    decoded: bytes
    raw: bytes = b""


class BodyReader:
    """Decodes a body piece by piece, and stops as soon as it is not what is looked for, or too large.

    Args:
        headers: of the answer; looked up in lower case.
        kind: what is looked for.
        max_bytes: as sent and as decoded.
        url: for the errors.

    Raises:
        BadBody: `kind.reason`, `too_large` or `decode_error`, for what the headers say.
    """

    def __init__(self, headers: Mapping[str, str], *, kind: Kind = HTML, max_bytes: int, url: str) -> None:
        self._kind = kind
        self._url = url
        self._media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if self._media_type not in kind.types | kind.unsure_types:
            hint = "; a feed or a sitemap goes with --feed, in Python feeds" if self._media_type in FEED_TYPES else ""
            raise BadBody(f"{self._media_type[:100]}{hint}", reason=kind.reason, url=url)
        announced = headers.get("content-length", "")[:20]  # digits; enough for any number that matters
        if announced.isdecimal() and int(announced) > max_bytes:
            raise BadBody(f"{announced} bytes announced", reason="too_large", url=url)
        self._decoder = BodyDecoder(headers.get("content-encoding", ""), max_bytes=max_bytes, url=url)
        self._decoded = bytearray()
        self._unsure = self._media_type in kind.unsure_types

    def feed(self, chunk: bytes) -> None:
        """Take the next piece as sent.

        Raises:
            BadBody: `kind.reason`, `too_large`, `decoded_too_large` or `decode_error`.
        """
        self._decoded += self._decoder.feed(chunk)
        if self._decoded.startswith(self._kind.not_starts):
            raise BadBody(f"{self._media_type}, but not by its look", reason=self._kind.reason, url=self._url)
        if self._unsure and len(self._decoded) >= SNIFF_BYTES:
            self._check_look()

    def finish(self) -> bytes:
        """Give the decoded body.

        Raises:
            BadBody: `kind.reason` or `truncated_body`.
        """
        self._decoder.finish()
        if self._unsure:
            self._check_look()
        return bytes(self._decoded)

    def _check_look(self) -> None:
        self._unsure = False
        if not self._kind.looks_so(bytes(self._decoded[:SNIFF_BYTES])):
            said = f"{self._media_type or 'no content type'}, and something else by its look"
            raise BadBody(said, reason=self._kind.reason, url=self._url)


async def read_body(
    headers: Mapping[str, str],
    chunks: AsyncIterable[bytes],
    *,
    kind: Kind = HTML,
    max_bytes: int,
    keep_raw: bool = False,
    url: str,
) -> Body:
    """Decode the body as it comes; it is not touched if the headers rule it out.

    Raises:
        BadBody: as `BodyReader`, its `feed` and its `finish`.
    """
    reader = BodyReader(headers, kind=kind, max_bytes=max_bytes, url=url)
    raw = bytearray()
    async for chunk in chunks:
        reader.feed(chunk)
        if keep_raw:
            raw += chunk
    decoded = reader.finish()
    return Body(decoded, decoded if raw == decoded else bytes(raw))


async def read_start(headers: Mapping[str, str], chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> Body:
    """Decode the beginning of a text of any type; what comes after `max_bytes` is left where it is.

    Raises:
        BadBody: `decode_error` or `truncated_body`; `decoded_too_large` for a bomb.
    """
    decoder = BodyDecoder(headers.get("content-encoding", ""), max_bytes=16 * max_bytes, url=url)
    text = bytearray()
    async for chunk in chunks:
        for start in range(0, len(chunk), SLICE_BYTES):
            text += decoder.feed(chunk[start : start + SLICE_BYTES])
            if len(text) > max_bytes:
                return Body(bytes(text[: max_bytes + 1]))  # the one more tells that there was more
    decoder.finish()
    return Body(bytes(text))


async def in_time(
    chunks: AsyncIterable[bytes], *, min_bytes_per_s: float, window_s: float, clock: Callable[[], float], url: str
) -> AsyncIterator[bytes]:
    """Pass the pieces on as long as they come fast enough, by the mean over each window.

    Raises:
        Unreachable: `too_slow`.
    """
    began_s, count = clock(), 0
    async for chunk in chunks:
        count += len(chunk)
        passed_s = clock() - began_s
        if passed_s >= window_s:
            if count < min_bytes_per_s * passed_s:
                raise Unreachable(f"{count} bytes in {passed_s:.0f} s", reason="too_slow", url=url)
            began_s, count = clock(), 0
        yield chunk
