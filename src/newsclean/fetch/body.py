"""One answer's body: headers and pieces as sent go in, the decoded HTML or text comes out, or an error says why not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping

from newsclean.errors import BadBody, Unreachable
from newsclean.fetch.decode import BodyDecoder

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
UNSURE_TYPES = frozenset({"", "application/octet-stream"})
SNIFF_BYTES = 1024  # the WHATWG sniffing standard reads 1445; doctype or <html> stand well before
SLICE_BYTES = 1024  # of a text that is cut: of gzip they decode to 1 MiB at most
# what no HTML begins with: PDF, JPEG, PNG, GIF, ZIP, gzip, RIFF
_OTHER_STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")
_HTML_START = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)


async def read_html(headers: Mapping[str, str], chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> bytes:
    """Decode the body as it comes; stop as soon as it is no HTML or too large.

    Args:
        headers: of the answer; looked up in lower case.
        chunks: the body as sent; not touched if the headers rule it out.
        max_bytes: as sent and as decoded.
        url: for the errors.

    Raises:
        BadBody: `not_html`, `too_large`, `decoded_too_large`, `decode_error` or `truncated_body`.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in HTML_TYPES | UNSURE_TYPES:
        raise BadBody(media_type[:100], reason="not_html", url=url)
    announced = headers.get("content-length", "")[:20]  # digits; enough for any number that matters
    if announced.isdecimal() and int(announced) > max_bytes:
        raise BadBody(f"{announced} bytes announced", reason="too_large", url=url)
    decoder = BodyDecoder(headers.get("content-encoding", ""), max_bytes=max_bytes, url=url)
    html = bytearray()
    unsure = media_type in UNSURE_TYPES
    async for chunk in chunks:
        html += decoder.feed(chunk)
        if html.startswith(_OTHER_STARTS):
            raise BadBody(f"{media_type}, but not by its look", reason="not_html", url=url)
        if unsure and len(html) >= SNIFF_BYTES:
            _check_html(html, media_type, url)
            unsure = False
    decoder.finish()
    if unsure:
        _check_html(html, media_type, url)
    return bytes(html)


async def read_start(headers: Mapping[str, str], chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> bytes:
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
                return bytes(text[: max_bytes + 1])  # the one more tells that there was more
    decoder.finish()
    return bytes(text)


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


def _check_html(html: bytearray, media_type: str, url: str) -> None:
    """Raise BadBody unless the first KiB looks like HTML."""
    head = bytes(html[:SNIFF_BYTES]).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not (head.startswith(b"<") and _HTML_START.search(head)):
        raise BadBody(f"{media_type or 'no content type'}, and not HTML by its look", reason="not_html", url=url)
