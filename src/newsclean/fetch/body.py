"""One answer's body: headers and pieces as sent go in, the decoded HTML comes out, or BadBody says why not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Mapping

from newsclean.errors import BadBody
from newsclean.fetch.decode import BodyDecoder

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
UNSURE_TYPES = frozenset({"", "application/octet-stream"})
SNIFF_BYTES = 1024  # the WHATWG sniffing standard reads 1445; doctype or <html> stand well before
_HTML_START = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)


async def read_html(headers: Mapping[str, str], chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> bytes:
    """Decode the body as it comes; stop as soon as it is no HTML or too large.

    Args:
        headers: of the answer; looked up in lower case.
        chunks: the body as sent; not touched if the headers rule it out.
        max_bytes: as sent and as decoded.
        url: for the errors.

    Raises:
        BadBody: `not_html`, `too_large`, `decode_error` or `truncated_body`.
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
        if unsure and len(html) >= SNIFF_BYTES:
            _check_html(html, media_type, url)
            unsure = False
    decoder.finish()
    if unsure:
        _check_html(html, media_type, url)
    return bytes(html)


def _check_html(html: bytearray, media_type: str, url: str) -> None:
    """Raise BadBody unless the first KiB looks like HTML."""
    head = bytes(html[:SNIFF_BYTES]).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not (head.startswith(b"<") and _HTML_START.search(head)):
        raise BadBody(f"{media_type or 'no content type'}, and not HTML by its look", reason="not_html", url=url)
