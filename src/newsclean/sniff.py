"""What a file or a body is, by its first bytes: a page, a feed, or something else. One answer for every stage."""

from __future__ import annotations

import re

SNIFF_BYTES = 1024  # the WHATWG sniffing standard reads 1445; doctype, <html> and <rss> stand well before
GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
OTHERS = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an office file",
    GZIP: "a gzip file",
}
_HTML = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
_PROLOGUE = rb"(?:\s|<\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!doctype(?!\s{1,9}html)[^>]*+>)*+"
_FEED = re.compile(
    _PROLOGUE + rb"<(?:[\w-]{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE | re.DOTALL
)


def is_html(start: bytes) -> bool:
    r"""Whether what begins so is a page.

    >>> is_html(b"\n<!doctype HTML>"), is_html(b"<rss>"), is_html(b"html")
    (True, False, False)
    """
    head = without_bom(start)
    return head.startswith(b"<") and bool(_HTML.search(head)) and not is_feed(head)


def is_feed(start: bytes) -> bool:
    """Whether what begins so is RSS, Atom or a sitemap: its first element tells.

    >>> is_feed(b"<?xml version='1.0'?><!-- of <html> --><urlset xmlns='x'>"), is_feed(b"<!doctype html><rss>")
    (True, False)
    """
    return _FEED.match(without_bom(start)) is not None


def other(start: bytes) -> str | None:
    """What begins so and is neither, in words; None if it may be a page.

    >>> other(b"%PDF-1.7"), other(b"<p>%PDF")
    ('a PDF file', None)
    """
    return next((what for magic, what in OTHERS.items() if start.startswith(magic)), None)


def without_bom(start: bytes) -> bytes:
    """The first bytes without the mark of UTF-8 and white space."""
    return start[:SNIFF_BYTES].removeprefix(BOM).lstrip()
