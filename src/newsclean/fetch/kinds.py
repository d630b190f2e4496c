"""What a fetch looks for, HTML pages or feeds, and how either is known: by its media type, then by its look. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110, 15.4: those that name another address to ask
SNIFF_BYTES = 1024  # the WHATWG sniffing standard reads 1445; doctype, <html> and <rss> stand well before
GZIP_START = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
# what no HTML begins with: PDF, JPEG, PNG, GIF, ZIP, gzip, RIFF
_OTHER_STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", GZIP_START, b"RIFF")
_HTML_START = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
_FEED_START = re.compile(rb"<(?:[\w-]{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of thing to fetch.

    Attributes:
        accept: the header that asks for it.
        types: media types that are believed; "" would stand for none at all.
        unsure_types: media types under which it may come: its first KiB decides.
        looks_so: tells it by its first KiB.
        not_starts: what it never begins with, whatever its media type says.
        reason: why something else is refused.
    """

    accept: str
    types: frozenset[str]
    unsure_types: frozenset[str]
    looks_so: Callable[[bytes], bool]
    not_starts: tuple[bytes, ...]
    reason: str


def is_html(start: bytes) -> bool:
    r"""Whether a body that begins so is a page.

    >>> is_html(b"\n<!doctype HTML>"), is_html(b"<rss>")
    (True, False)
    """
    head = start[:SNIFF_BYTES].removeprefix(_BOM).lstrip()
    return head.startswith(b"<") and bool(_HTML_START.search(head))


def is_feed(start: bytes) -> bool:
    """Whether a body that begins so is RSS, Atom or a sitemap; gzip may hold one.

    >>> is_feed(b"<?xml version='1.0'?><urlset xmlns='x'>"), is_feed(b"<!doctype html><p>rss")
    (True, False)
    """
    head = start[:SNIFF_BYTES].removeprefix(_BOM).lstrip()
    return head.startswith(GZIP_START) or (head.startswith(b"<") and bool(_FEED_START.search(head)))


HTML = Kind(
    accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    types=frozenset({"text/html", "application/xhtml+xml"}),
    unsure_types=frozenset({"", "application/octet-stream"}),
    looks_so=is_html,
    not_starts=_OTHER_STARTS,
    reason="not_html",
)
FEED_TYPES = frozenset({"text/xml", *(f"application/{name}" for name in ("xml", "rss+xml", "atom+xml", "rdf+xml"))})
# Feeds come under many names, text/html among them, and sitemaps.xml.gz as what gzip makes of them.
FEED = Kind(
    accept="application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1",
    types=frozenset(),
    unsure_types=frozenset(
        {
            "",
            "application/octet-stream",
            "text/html",
            "text/plain",
            "application/gzip",
            "application/x-gzip",
            *FEED_TYPES,
        }
    ),
    looks_so=is_feed,
    not_starts=(),
    reason="not_feed",
)
