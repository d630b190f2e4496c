"""What a file or a body is, by its first bytes: a page, a feed, or something else. One answer for every stage."""

from __future__ import annotations

import re

SNIFF_BYTES = 1024  # the WHATWG sniffing standard reads 1445; doctype, <html> and <rss> stand well before
GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # what ">" of Windows PowerShell 5 begins a file with
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
    >>> is_feed("<rss>".encode("utf-16"))
    True
    """
    return _FEED.match(without_bom(start)) is not None


def other(start: bytes) -> str | None:
    """What begins so and is neither, in words; None if it may be a page.

    >>> other(b"%PDF-1.7"), other(b"<p>%PDF")
    ('a PDF file', None)
    """
    return next((what for magic, what in OTHERS.items() if start.startswith(magic)), None)


def without_bom(start: bytes) -> bytes:
    """The first bytes in UTF-8, without its mark and white space; of UTF-16 they are known by its mark."""
    head = start[:SNIFF_BYTES]
    if head.startswith(UTF_16_MARKS):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(BOM).lstrip()
