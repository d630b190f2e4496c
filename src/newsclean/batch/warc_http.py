"""The HTTP answer in a record's block, as a Page: the same checks and the same bounded decoder as for a live one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from newsclean.errors import BadBody, BadStatus
from newsclean.fetch.body import BodyReader
from newsclean.fetch.kinds import HTML
from newsclean.model import Headers, Page
from newsclean.sniff import is_html

MAX_HEAD_BYTES = 256 * 1024  # httpx takes 100 KiB
PIECE_BYTES = 16 * 1024  # the decoder checks the ratio of what comes out to what went in piece by piece
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? {1,3}(\d{3})\b")
_CHUNK = re.compile(rb"([0-9a-f]{1,8})[^\r\n]{0,200}\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArchivedAnswer:
    """An HTTP answer, as a record has it.

    Attributes:
        status: 0 if it is none.
        headers: as sent.
        body: as stored.
    """

    status: int
    headers: Headers
    body: bytes

    @property
    def named(self) -> dict[str, str]:
        """Lower-case name -> value; of several with one name all, with commas between, as a fetch joins them."""
        found: dict[str, str] = {}
        for name, value in self.headers:
            key, text = name.lower(), as_text(value)
            found[key] = f"{found[key]}, {text}" if key in found else text
        return found


def read_answer(block: bytes) -> ArchivedAnswer:
    r"""Take a block apart; one that holds no HTTP answer has status 0.

    >>> read_answer(b"HTTP/1.1 404 Not Found\r\nServer: mill\r\n\r\ngone")
    ArchivedAnswer(status=404, headers=(('Server', 'mill'),), body=b'gone')
    """
    status = _STATUS.match(block)
    gap = re.search(rb"\r?\n\r?\n", block[:MAX_HEAD_BYTES])
    head = block[: gap.start() if gap else MAX_HEAD_BYTES]
    headers: list[tuple[str, str]] = []
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and headers:  # a continued line
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif colon:
            headers.append((name.strip(), value.strip()))
    return ArchivedAnswer(int(status[1]) if status else 0, tuple(headers), block[gap.end() :] if gap else b"")


def page_of(
    answer: ArchivedAnswer, url: str, warc: Mapping[str, str], *, max_bytes: int, keep_raw: bool = False
) -> Page:
    """The page in an answer from a URL.

    Args:
        answer: with its whole body.
        url: asked for.
        warc: the record's headers, in lower case.
        max_bytes: as `FetchPolicy.max_bytes`.
        keep_raw: as `FetchPolicy.keep_raw`.

    Raises:
        BadStatus: not 2xx.
        BadBody: as `AsyncFetcher.fetch`.
    """
    if not 200 <= answer.status < 300:
        raise BadStatus(answer.status, url=url)
    named = answer.named
    named.pop("content-length", None)  # the record has its own; this one may be of the body before it was unpacked
    body = answer.body
    if "chunked" in named.get("transfer-encoding", "").lower():
        body = unchunked(body)
    return Page(
        url=url,
        final_url=url,
        html=_html(named, body, max_bytes, url),
        content_type=named.get("content-type"),
        status=answer.status,
        fetched_at=fetched_at(warc.get("warc-date", "")),
        headers=answer.headers,
        raw=body if keep_raw else b"",
        ip=warc.get("warc-ip-address", ""),
    )


def unchunked(body: bytes) -> bytes:
    r"""The body without the sizes of its chunks; as it is, if it has none: many archives keep the header only.

    >>> unchunked(b"4\r\nmill\r\n0\r\n\r\n"), unchunked(b"mill")
    (b'mill', b'mill')
    """
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return body


def _html(named: dict[str, str], body: bytes, max_bytes: int, url: str) -> bytes:
    """The decoded body; as it is stored, if it is HTML and only the header says that it is compressed."""
    try:
        return _decoded(named, body, max_bytes, url)
    except BadBody as error:
        if error.reason not in {"decode_error", "truncated_body"} or not is_html(body):
            raise
    return _decoded({**named, "content-encoding": ""}, body, max_bytes, url)


def _decoded(named: Mapping[str, str], body: bytes, max_bytes: int, url: str) -> bytes:
    reader = BodyReader(named, kind=HTML, max_bytes=max_bytes, url=url)
    for at in range(0, len(body), PIECE_BYTES):
        reader.feed(body[at : at + PIECE_BYTES])
    return reader.finish()


def as_text(value: str) -> str:
    """A header's value as a client reads it: UTF-8 if it is that, else Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def fetched_at(date: str) -> str:
    """A WARC-Date as `Page.fetched_at`; empty if it is none.

    >>> fetched_at("2026-03-04T10:30:00.25Z")
    '2026-03-04T10:30:00+00:00'
    """
    try:
        return datetime.fromisoformat(date).astimezone(UTC).isoformat(timespec="seconds")
    except ValueError:
        return ""
